import type { Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { PageParameter } from '../list-form.js';
import type { Subject } from '../subject.js';
import { pageOf, type Page } from './page.js';
import { areSame } from './thing.js';
import { firstPageQuery } from './walk.js';

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

export const COUNTED_ELSEWHERE = 'the pages are not counted from where the contract says';

/**
 * Whether the first page by its documented number is another one than the first page without a number: then pages that are
 * counted lose things or repeat them for no other reason. Where links lead from page to page nothing is counted.
 */
export function* isCountedElsewhere(subject: Subject, first: Page): Generator<Ask, boolean, SeenReply> {
  const { list, request } = subject;
  if (!list?.page || list.page.kind === 'cursor' || first.next !== undefined) return false;
  const origin = documentedOrigin(list.page);
  if (origin === undefined) return false;
  const query = { ...firstPageQuery(subject), [list.page.parameter.name]: String(origin) };
  const counted = yield* pageOf(subject, request.same('the first page by its number', { query }));
  return counted !== undefined && !areSame(subject, first.things, counted.things);
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
