import { asPairs, inRow } from './flat.js';
import type { WriteStyle } from './style.js';

/** `color=blue&color=black` (RFC 6570, section 3.2.8), as pairs. */
export const writeForm: WriteStyle = (value, { name, explode }) => {
  if (value.kind === 'one') return [`${name}=${value.text}`];
  if (explode)
    return value.kind === 'list' ? value.items.map((item) => `${name}=${item}`) : asPairs(value.members);
  const parts = value.kind === 'list' ? value.items : inRow(value.members);
  return parts.length === 0 ? [] : [`${name}=${parts.join(',')}`];
};
