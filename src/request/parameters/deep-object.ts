import type { WriteStyle } from './style.js';

/** `color[R]=100&color[G]=200` (OpenAPI 3.0.4, section 4.7.12.4), as pairs. It is defined for objects only. */
export const writeDeepObject: WriteStyle = (value, { name }) =>
  value.kind === 'object'
    ? value.members.map(([member, text]) => `${name}%5B${member}%5D=${text}`)
    : undefined;
