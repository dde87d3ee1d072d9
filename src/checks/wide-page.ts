import type { Parameter } from '../contract/parameter.js';

/** So many things of a list show how it is one. */
const WIDE = 20;

/** The size of a page that shows how a list is one, as far as the contract allows it. */
export function wideSize({ schema }: Pick<Parameter, 'schema'>): number {
  const { maximum } = schema;
  return typeof maximum === 'number' ? Math.min(WIDE, maximum) : WIDE;
}
