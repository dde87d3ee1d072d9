import { answeredMembers } from '../../contract/member-names.js';
import { NotApplicable } from '../../drive/drive.js';
import type { JsonObject } from '../../json.js';
import { idNames, plainName, type IdNames } from '../../probe/id-names.js';
import { isSaneId } from '../../probe/segments.js';
import { isSuccess, type Reply } from '../../targets/reply.js';
import { check, inconclusive, passed } from '../check.js';
import { nameAmong } from '../fact.js';
import { isScalar, isSameScalar } from '../same-scalar.js';
import { jsonOf, type Subject } from '../subject.js';
import { resourceIn, type Resource } from '../resource.js';

export const listEqualsRead = check({
  id: 'read/list-equals-read',
  promise: 'A thing in a list has the same values as when it is read by its id.',
  source: { kind: 'practice', ref: 'a list and a read show the same things' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  messages: {
    'other-value': ({ member }) =>
      `the member ${member} has one value in the list and another one where the thing is read by its id`,
  },
  *run({ list, item, collection, body, operation, host, request }) {
    if (!list || !item) return new NotApplicable('it lists nothing that can be read by an id');
    const names = idNames(item.parameter, collection);
    const found = listed(list, body, names, collection).find(({ ids: [first] }) => isSaneId(first?.id ?? ''));
    const id = found?.ids[0]?.id;
    if (!found || id === undefined) return new NotApplicable('it lists nothing with an id');
    const shown = host.pseudonyms.of(item.parameter, id);
    const { reply } = yield request.same('one of them', {
      below: { sent: id, shown },
      operation: item.operation.id,
    });
    const read = resourceIn(bodyOf(reply), names, collection);
    if (!read || !has(read, id)) return inconclusive('the thing could not be read by its id');
    const differing = differences(
      found.members,
      read.members,
      new Set(found.ids.map(({ member }) => member)),
    );
    if (differing.length === 0) return passed;
    // Who reads an older state of a thing sees that it is older.
    if (differing.some((name) => STATE.test(plainName(name))))
      return inconclusive('the list shows another state of the thing');
    const again = yield request.same('the list once more', { fresh: true });
    const later = listed(list, bodyOf(again.reply), names, collection).find((one) => has(one, id));
    if (!later) return inconclusive('the list does not have the thing any more');
    const kept = differing.filter((name) => later.members[name] === found.members[name]);
    if (kept.length === 0) return inconclusive('the thing has changed meanwhile');
    const known = new Set(
      [operation, item.operation].flatMap((one) => [...answeredMembers(host.contract, one)]),
    );
    return {
      kind: 'failed',
      broken: kept.map((name) => ({ code: 'other-value', facts: { member: nameAmong(known, name) } })),
    };
  },
});

/** What says in which state a thing is. */
const STATE =
  /^(version|revision|etag|(date|time)?(last)?(updated|modified|changed|edited)(at|on|date|time)?)$/;

function listed(
  { itemsOf }: NonNullable<Subject['list']>,
  body: Subject['body'],
  names: IdNames,
  collection: string | undefined,
): Resource[] {
  return (itemsOf(body) ?? []).flatMap((one) => resourceIn(one, names, collection) ?? []);
}

function bodyOf(reply: Reply): Subject['body'] {
  return reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined;
}

function has({ ids }: Resource, id: string): boolean {
  return ids.some((one) => one.id.toLowerCase() === id.toLowerCase());
}

/** The members that both have, and that say different things. */
function differences(listed: JsonObject, read: JsonObject, ids: ReadonlySet<string>): string[] {
  return Object.keys(listed).filter((name) => {
    const [one, other] = [listed[name], Object.hasOwn(read, name) ? read[name] : undefined];
    if (ids.has(name) || SAYS_WHAT_IT_IS.test(name) || !isScalar(one) || !isScalar(other)) return false;
    // Like null: a list leaves empty what it does not show.
    if (one === '' || other === '') return false;
    return !isSameScalar(one, other) && !isWrittenForItsPlace(one, other);
  });
}

/** A list may say that it has no whole things, but short forms of them. */
const SAYS_WHAT_IT_IS = /^([@$_].*|object|kind)$/;

/** An address may be signed, or lead to where it is; a list may shorten a long text, or mask a part of one. */
function isWrittenForItsPlace(one: string | number | boolean, other: string | number | boolean): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  return [one, other].some((text) => ADDRESS.test(text) || MASKED.test(text)) || isStartOf(one, other);
}

const ADDRESS = /^([a-z][a-z\d+.-]*:)?\//i;
const MASKED = /\*{2}|[•●…]{2}|x{4}/i;

function isStartOf(short: string, long: string): boolean {
  const [, start] = /^(.+?)\s*(?:…|\.\.\.)$/s.exec(short) ?? [];
  return start === undefined
    ? short.length >= SHORTEST_START && long.startsWith(short)
    : long.startsWith(start);
}

/** A text that is cut off without a sign is not shorter. */
const SHORTEST_START = 40;
