import type { Parameter } from '../../contract/parameter.js';
import { NotApplicable } from '../../drive/drive.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import { NO_PAGE, pageOf } from './page.js';
import { comparable, goes, ordersOf } from './sort-order.js';
import { memberOf, thingsOf } from './thing.js';

/** What is changed by others while an index is made, so that it is often behind. */
const CHANGING = /updat|modif|chang|seen|access|activ|score|relevan|popular|views/;

export const sortHolds = check({
  id: 'list/sort-holds',
  promise: 'Things come in the order that was asked for.',
  source: { kind: 'contract', ref: 'the parameter for the order' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  messages: {
    'not-in-order': ({ member, parameter }) =>
      `the things are not in the order of ‘${member}’ that was asked for with ‘${parameter}’`,
  },
  *run(subject) {
    const { list, body, request } = subject;
    const things = thingsOf(subject, body) ?? [];
    const orders = ordersOf(subject).filter(
      ({ member }) =>
        !CHANGING.test(member) && comparable(things.map((thing) => memberOf(subject, thing, member))),
    );
    // Numbers are what is most often compared as texts.
    const isNumber = (member: string) =>
      things.some((thing) => typeof memberOf(subject, thing, member) === 'number');
    const [first] = orders.toSorted(
      (a, b) =>
        Number(isNumber(b.member)) - Number(isNumber(a.member)) || rank(a.direction) - rank(b.direction),
    );
    if (!list?.sort || !first) return new NotApplicable('it has no order by a member whose values show it');
    const { member } = first;
    const opposite = orders.find((one) => one.member === member && one.direction === 'down' && one !== first);
    const broken: Broken<'not-in-order'>[] = [];
    let isJudged = false;
    for (const { value, direction, beside } of opposite ? [first, opposite] : [first]) {
      const query = { [list.sort.name]: value, ...beside, ...manyOf(list.size) };
      const page = yield* pageOf(subject, request.same(`in the order of ${member}`, { query }));
      const values = comparable(page?.things.map((thing) => memberOf(subject, thing, member)) ?? []);
      if (!values) continue;
      isJudged = true;
      const isInOrder = direction ? goes(direction, values) : goes('up', values) || goes('down', values);
      const facts = { member: nameOf(member), parameter: nameOf(list.sort.name) };
      if (!isInOrder) broken.push({ code: 'not-in-order', facts });
    }
    const [one] = broken;
    if (one) return { kind: 'failed', broken: [one] };
    return isJudged ? passed : inconclusive(NO_PAGE);
  },
});

/** So many things a page, where the contract allows it: among few, many orders look alike. */
const MANY = 50;

function manyOf(size: Parameter | undefined): Record<string, string> {
  const most = size?.schema['maximum'];
  return size ? { [size.name]: String(typeof most === 'number' ? Math.min(most, MANY) : MANY) } : {};
}

function rank(direction: 'up' | 'down' | undefined): number {
  return direction === 'up' ? 0 : direction === undefined ? 1 : 2;
}
