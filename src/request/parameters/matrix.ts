import { asPairs, inRow } from './flat.js';
import type { WriteStyle } from './style.js';

/** `;color=blue;color=black` (RFC 6570, section 3.2.7). */
export const writeMatrix: WriteStyle = (value, { name, explode }) => {
  const pair = (text: string) => (text === '' ? `;${name}` : `;${name}=${text}`);
  if (value.kind === 'one') return [pair(value.text)];
  const parts = value.kind === 'list' ? value.items : explode ? asPairs(value.members) : inRow(value.members);
  if (parts.length === 0) return [];
  if (!explode) return [pair(parts.join(','))];
  return [parts.map((part) => (value.kind === 'list' ? pair(part) : `;${part}`)).join('')];
};
