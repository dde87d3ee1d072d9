import { HAS_IPV6 } from './listen.js';

/** How the address of a host on this machine can be written. */
export const SPELLINGS = [
  '127.0.0.1',
  'localhost',
  '127.1',
  '0x7f.1',
  '[::1]',
  'upper case',
  'trailing dot',
  'path prefix',
  'double slash',
] as const;
export type Spelling = (typeof SPELLINGS)[number];

/** The address of a port of this machine, spelled in one of these ways. */
export function spell(spelling: Spelling, port: number): string {
  switch (spelling) {
    case 'upper case':
      return `HTTP://LOCALHOST:${port}`;
    case 'trailing dot':
      return `http://127.0.0.1.:${port}`;
    case 'path prefix':
      return `http://127.0.0.1:${port}/prefix`;
    case 'double slash':
      return `http://127.0.0.1:${port}//`;
    case '[::1]':
      return HAS_IPV6 ? `http://[::1]:${port}` : `http://localhost:${port}`;
    default:
      return `http://${spelling}:${port}`;
  }
}

/** The segments that every path has before those of the contract. */
export function prefixOf(spelling: Spelling): string[] {
  return spelling === 'path prefix' ? ['prefix'] : [];
}
