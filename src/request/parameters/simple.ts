import { asPairs, inRow } from './flat.js';
import type { WriteStyle } from './style.js';

/** `blue,black,brown` (RFC 6570, section 3.2.2). */
export const writeSimple: WriteStyle = (value, { explode }) => {
  if (value.kind === 'one') return [value.text];
  const parts = value.kind === 'list' ? value.items : explode ? asPairs(value.members) : inRow(value.members);
  return parts.length === 0 ? [] : [parts.join(',')];
};
