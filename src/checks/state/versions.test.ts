import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.js';
import { answer, exchangeOf, seenOf } from '../../testing/host.js';
import { BOAT, changedOf, heard, judgedBy, lifeOf } from '../../testing/life.js';
import type { Changed, ReadRecord } from '../life.js';
import { versions } from './versions.js';

/** A read of a record with an ETag and a version in it. */
function read(record: JsonObject, { tag, id }: { tag?: string; id?: string } = {}): ReadRecord {
  const whole = id === undefined ? record : { ...record, meta: { versionId: id } };
  const reply = answer(200, whole, tag === undefined ? {} : { etag: tag });
  return { heard: seenOf(exchangeOf({ status: 200 }), { reply }), record: whole };
}

const LONGER = { ...BOAT, length: 10 };

/** A change of the record, with what the reads before and after it show. */
function seen(before: ReadRecord, after: ReadRecord, still: ReadRecord | undefined = after): Changed {
  return changedOf('PUT', { before: before.record, readBefore: before.heard, after, still });
}

test.each<[what: string, change: Changed, gives: string]>([
  ['refused', changedOf('PUT', { stale: heard(412) }), 'passed'],
  ['taken', changedOf('PUT', { stale: heard(200) }), 'stale-taken'],
  ['refused for something else', changedOf('PUT', { stale: heard(409) }), 'inconclusive'],
  ['too many requests', changedOf('PUT', { stale: heard(429) }), 'inconclusive'],
  ['no condition can be set', changedOf('PUT'), 'not-applicable'],
  ['an ETag that follows', seen(read(BOAT, { tag: '"1"' }), read(LONGER, { tag: '"2"' })), 'passed'],
  ['an ETag that does not', seen(read(BOAT, { tag: '"1"' }), read(LONGER, { tag: '"1"' })), 'not-counted'],
  ['a weak ETag that does not', seen(read(BOAT, { tag: 'W/"1"' }), read(LONGER, { tag: 'W/"1"' })), 'passed'],
  ['a versionId that follows', seen(read(BOAT, { id: '1' }), read(LONGER, { id: '2' })), 'passed'],
  ['a versionId that does not', seen(read(BOAT, { id: '1' }), read(LONGER, { id: '1' })), 'not-counted'],
  ['a change that changes nothing', seen(read(LONGER, { id: '1' }), read(LONGER, { id: '1' })), 'passed'],
  [
    'an ETag that is another one each time',
    seen(read(BOAT, { tag: '"1"' }), read(LONGER, { tag: '"2"' }), read(LONGER, { tag: '"3"' })),
    'counted-without-change',
  ],
  [
    'a versionId that is another one each time',
    seen(read(BOAT, { id: '1' }), read(LONGER, { id: '2' }), read(LONGER, { id: '3' })),
    'counted-without-change',
  ],
  [
    'a record that somebody else has changed meanwhile',
    seen(read(BOAT, { id: '1' }), read(LONGER, { id: '2' }), read({ ...LONGER, call: 'x' }, { id: '3' })),
    'passed',
  ],
  ...(
    [
      ['with the old value', read(BOAT), 'passed'],
      ['with the new value', read(LONGER), 'former-changed'],
      ['without the member', read({ id: 'k1' }), 'passed'],
      ['not there', { heard: heard(404), record: undefined }, 'former-lost'],
      ['not allowed', { heard: heard(403), record: undefined }, 'passed'],
    ] as const
  ).map(([what, came, gives]): [string, Changed, string] => [
    `the version from before, ${what}`,
    {
      ...seen(read(BOAT, { id: '1' }), read(LONGER, { id: '2' })),
      former: { came, present: heard(200) },
    },
    gives,
  ]),
])('%s', (_, change, gives) => {
  expect(judgedBy(versions, lifeOf({ changes: [change] }))).toBe(gives);
});
