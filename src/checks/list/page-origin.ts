import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { check, failed, inconclusive, passed, type Result } from '../check.js';
import { count, nameOf } from '../fact.js';
import type { Subject } from '../subject.js';
import { isEstimate } from './estimate.js';
import { documentedOrigin } from './origin.js';
import { NO_PAGE, pageOf, type Page } from './page.js';
import { areSame, keysOf, thingsOf } from './thing.js';
import { firstPageQuery } from './walk.js';

type Code = 'first-differs' | 'second-is-first' | 'below-is-first';

export const pageOrigin = check({
  id: 'list/page-origin',
  promise: 'Pages are counted from where the contract begins to count.',
  source: { kind: 'contract', ref: 'the parameter for the page' },
  since: '0.2.0',
  severity: 'error',
  warnings: ['below-is-first'],
  asks: { atMost: 4 },
  messages: {
    'first-differs': ({ parameter, origin }) =>
      `‘${parameter}’ is documented to begin at ${origin}, and with that another page came than without it`,
    'second-is-first': ({ parameter, second }) =>
      `with ‘${parameter}’ at ${second}, where the second page begins, the first page came again`,
    'below-is-first': ({ parameter, below }) =>
      `with ‘${parameter}’ at ${below}, which is less than the contract allows, the first page came`,
  },
  *run(subject) {
    const { list, request } = subject;
    if (!list?.page || list.page.kind === 'cursor')
      return new NotApplicable('the contract has no parameter that counts pages');
    const origin = documentedOrigin(list.page);
    if (origin === undefined)
      return new NotApplicable('the contract does not say from where pages are counted');
    const { parameter } = list.page;
    const base = firstPageQuery(subject);
    const plain = request.same('the first page', { query: base });
    const at = (number: number, purpose: string) =>
      pageOf(subject, request.same(purpose, { query: { ...base, [parameter.name]: String(number) } }));
    const first = yield* pageOf(subject, plain);
    if (!first) return inconclusive(NO_PAGE);
    if (first.things.length === 0 || !keysOf(subject, first.things))
      return new NotApplicable('its things have no ids to tell them apart');
    const counted = yield* at(origin, 'the first page by its number');
    if (!counted) return inconclusive(NO_PAGE);
    const name = nameOf(parameter.name);
    if (!areSame(subject, first.things, counted.things))
      return yield* differing(subject, plain, first, { parameter: name, origin: count(origin) });
    const second = origin + (list.page.kind === 'page' ? 1 : first.things.length);
    const behind = isLonger(subject, first) ? yield* at(second, 'the second page by its number') : undefined;
    if (behind && areSame(subject, first.things, behind.things))
      return failed('second-is-first', { parameter: name, second: count(second) });
    if (!behind) return inconclusive('no second page is known to be there');
    // Who counts from 0 gets the first page twice; a negative number nobody asks for by mistake.
    const isRefused = REFUSALS.some((code) => Object.hasOwn(subject.operation.responses, code));
    if (list.page.kind !== 'page' || origin !== 1 || parameter.schema['minimum'] !== 1 || !isRefused)
      return passed;
    const below = yield* at(origin - 1, 'the page below the first one');
    return below && areSame(subject, first.things, below.things)
      ? failed('below-is-first', { parameter: name, below: count(origin - 1) })
      : passed;
  },
});

/** The statuses that the contract has for values that it does not allow. */
const REFUSALS = ['400', '422', '4XX'];

/** Another page is only one if the list still begins as before. */
function* differing(
  subject: Subject,
  plain: Ask,
  first: Page,
  facts: Parameters<typeof failed<Code>>[1],
): Generator<Ask, Result<Code>, SeenReply> {
  const again = yield* pageOf(subject, { ...plain, fresh: true });
  return again && areSame(subject, first.things, again.things)
    ? failed('first-differs', facts)
    : inconclusive('the list has changed in the meantime');
}

/** Whether something is known to be behind the first page. */
function isLonger(subject: Subject, { things, next }: Page): boolean {
  const { list, body, own, operation, host } = subject;
  if (next !== undefined) return true;
  const total = list?.totalOf(body, own.reply) ?? 0;
  const known = thingsOf(subject, body)?.length ?? 0;
  return known > things.length || (total > things.length && !isEstimate(host.contract, operation, body));
}
