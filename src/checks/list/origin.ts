import type { PageParameter } from '../list-form.js';

/**
 * The number of the first page, or of the first thing, as somebody has stated it or the contract says: in words, by the
 * default, or by the least value.
 * @returns undefined where the contract does not say it, or says both
 */
export function documentedOrigin({
  parameter: { schema, description },
  origin,
}: PageParameter): 0 | 1 | undefined {
  if (origin !== undefined) return origin;
  const said = ([0, 1] as const).filter((number) => SAYS[number].test(description));
  const least = [schema['default'], schema['minimum']].find((value) => value === 0 || value === 1);
  const all = new Set([...said, ...(least === 0 || least === 1 ? [least] : [])]);
  const [only] = all;
  return all.size === 1 ? only : undefined;
}

const SAYS = {
  0: saying('0|zero'),
  1: saying('1|one'),
};

function saying(number: string): RegExp {
  return new RegExp(
    `\\b(${number})[- ](based|indexed)\\b` +
      `|\\b(start|begin|count)\\w*( \\w+)? (at|from|with) (${number})\\b` +
      `|\\bfirst page (is|has( the)? number) (${number})\\b`,
    'i',
  );
}
