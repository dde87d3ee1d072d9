import { describe, expect, test } from 'vitest';
import { LIFE_CHECKS } from '../../checks/index.js';
import { answer, contractOf, converseWith, type Sent } from '../../testing/host.js';
import { askingOf, journalIn } from '../../testing/asking.js';
import { BOATS, keeperOf, type Wrong } from '../../testing/keeper.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { askOperations } from '../ask-operations.js';
import type { Left } from '../observation.js';

/** Asks all operations of a host for real, and holds what is created to its promises. */
async function lifeOn(host: (sent: Sent) => Answer | NoAnswer) {
  const conversation = converseWith(host);
  const journal: string[] = [];
  const left: Left[] = [];
  let hex = 0;
  const { plan, asking } = askingOf(contractOf(BOATS), conversation, {
    lifeChecks: LIFE_CHECKS,
    journal: journalIn(journal),
    onLeft: (one) => left.push(one),
  });
  // Every marker and every key is another one.
  const chance = (bytes: number) => (hex += 1).toString(16).padStart(bytes * 2, '0');
  await askOperations(plan.steps, { ...asking, chance, validator: contractOf(BOATS).validators.answer });
  const lived = asking.lived.flatMap((one) => [...one]);
  const found = lived.flatMap(([operation, { findings }]) =>
    findings.map(({ check, code }) => `${operation}: ${check} ${code}`),
  );
  const results = lived.flatMap(([operation, { results: own }]) =>
    own.map(({ id, result }) => `${operation}: ${id} ${result}`),
  );
  return { found, results, left, journal, calls: conversation.calls() };
}

test('a host that keeps its promises is found to, and nothing is left on it', async () => {
  const keeper = keeperOf();
  const { found, results, left } = await lifeOn(keeper.host);
  expect(found).toEqual([]);
  expect(left).toEqual([]);
  expect(keeper.left()).toBe(0);
  for (const kept of [
    'POST /boats: state/created-there passed',
    'POST /boats: state/location-leads passed',
    'POST /boats: state/created-as-sent passed',
    'PUT /boats/{boat_id}: state/changed-as-sent passed',
    'PUT /boats/{boat_id}: state/put-again passed',
    'PUT /boats/{boat_id}: state/read-only-member passed',
    'PUT /boats/{boat_id}: state/versions passed',
    'PATCH /boats/{boat_id}: state/others-untouched passed',
    'POST /boats: state/duplicate-create passed',
    'POST /boats: state/failed-write-is-none passed',
    'POST /boats: input/forbidden-member passed',
    'POST /boats: http/media-type-refused passed',
    'POST /boats: input/largest-body passed',
    'POST /boats: input/valid-accepted passed',
    'PUT /boats/{boat_id}: state/put-replaces passed',
    'PUT /boats/{boat_id}: state/others-untouched passed',
    'DELETE /boats/{boat_id}: state/deleted-gone passed',
    'POST /boats/{boat_id}/notes: state/idempotency-key passed',
    'POST /boats/{boat_id}/notes: state/failed-write-is-none passed',
    'DELETE /boats/{boat_id}/notes/{note_id}: state/deleted-gone passed',
  ])
    expect(results).toContain(kept);
});

describe('a host that', () => {
  const CASES: [Wrong, string[]][] = [
    ['hides what it creates', ['POST /boats: state/created-there not-there']],
    ['does not list what it creates', ['POST /boats: state/created-there not-listed']],
    ['leads nowhere', ['POST /boats: state/location-leads leads-nowhere']],
    [
      'loses a member',
      [
        'POST /boats: state/created-as-sent lost',
        'GET /boats: answer/body-schema type',
        'GET /boats/{boat_id}: answer/body-schema type',
      ],
    ],
    [
      'keeps the old value',
      [
        'PATCH /boats/{boat_id}: state/changed-as-sent old',
        'PUT /boats/{boat_id}: state/changed-as-sent old',
      ],
    ],
    ['empties another member', ['PATCH /boats/{boat_id}: state/others-untouched changed']],
    ['fails at the same PUT', ['PUT /boats/{boat_id}: state/put-again server-error']],
    [
      'takes what is read-only',
      [
        'PATCH /boats/{boat_id}: state/read-only-member taken',
        'PUT /boats/{boat_id}: state/read-only-member taken',
      ],
    ],
    ['adds to a list at the same PUT', ['PUT /boats/{boat_id}: state/put-again other-state']],
    ['keeps what a PUT leaves out', ['PUT /boats/{boat_id}: state/put-replaces kept']],
    ['does not count changes', ['PUT /boats/{boat_id}: state/versions not-counted']],
    [
      'counts reads as changes',
      [
        'PATCH /boats/{boat_id}: state/versions counted-without-change',
        'PUT /boats/{boat_id}: state/versions counted-without-change',
      ],
    ],
    [
      'loses old versions',
      [
        'PATCH /boats/{boat_id}: state/versions former-lost',
        'PUT /boats/{boat_id}: state/versions former-lost',
      ],
    ],
    ['changes old versions', ['PUT /boats/{boat_id}: state/versions former-changed']],
    [
      'changes another one as well',
      [
        'PATCH /boats/{boat_id}: state/others-untouched other-record',
        'PUT /boats/{boat_id}: state/others-untouched other-record',
      ],
    ],
    ['removes another one as well', ['DELETE /boats/{boat_id}: state/deleted-gone other-gone']],
    ['has another default', ['POST /boats: state/created-as-sent not-default']],
    ['refuses a listed value', ['POST /boats: input/valid-accepted enum']],
    ['fails at a listed value', ['POST /boats: input/valid-accepted fails']],
    ['wants what is not required', ['POST /boats: input/valid-accepted left-out']],
    ['refuses the least', ['POST /boats: input/valid-accepted least']],
    ['refuses the most', ['POST /boats: input/valid-accepted most']],
    ['takes a stale ETag', ['PUT /boats/{boat_id}: state/versions stale-taken']],
    ['makes two of one', ['POST /boats: state/duplicate-create two']],
    ['fails at a second one', ['POST /boats: state/duplicate-create server-error']],
    ['makes two with one key', ['POST /boats/{boat_id}/notes: state/idempotency-key two']],
    [
      'keeps what it refuses',
      [
        'POST /boats/{boat_id}/notes: state/failed-write-is-none kept',
        'POST /boats: state/failed-write-is-none kept',
        'GET /boats: answer/body-schema type',
      ],
    ],
    ['takes what is forbidden', ['POST /boats: input/forbidden-member left-out']],
    [
      'takes every media type',
      [
        'POST /boats/{boat_id}/notes: http/media-type-refused other-type-taken',
        'POST /boats: http/media-type-refused other-type-taken',
      ],
    ],
    [
      'fails at broken JSON',
      [
        'POST /boats/{boat_id}/notes: http/media-type-refused broken-json-fails',
        'POST /boats: http/media-type-refused broken-json-fails',
      ],
    ],
    ['fails at the largest', ['POST /boats: input/largest-body server-error']],
    ['deletes nothing', ['DELETE /boats/{boat_id}: state/deleted-gone still-there']],
    ['lists what it has deleted', ['DELETE /boats/{boat_id}: state/deleted-gone still-listed']],
    ['refuses to remove', []],
    ['sends no JSON of an empty list', ['GET /boats/{boat_id}/notes: answer/content-type not-documented']],
  ];
  test.each(CASES)('%s', async (wrong, expected) => {
    const { found } = await lifeOn(keeperOf(wrong).host);
    expect([...new Set(found)].sort()).toEqual(expected.sort());
  });
});

test('what is seen broken once only is no finding', async () => {
  const [good, bad] = [keeperOf(), keeperOf('loses a member')];
  let creations = 0;
  // The second boat that is created is that of the first life.
  const { found, results } = await lifeOn((sent) => {
    if (sent.method === 'POST' && sent.path === '/boats') creations += 1;
    return (creations === 2 ? bad : good).host(sent);
  });
  expect(found).toEqual([]);
  expect(results).toContain('POST /boats: state/created-as-sent inconclusive');
});

test('a host whose lists lag, and that removes a little later, is waited for', async () => {
  const keeper = keeperOf();
  const before = new Map<string, Answer | NoAnswer>();
  let stale = 0;
  let going: string | undefined;
  const { found, left } = await lifeOn((sent) => {
    const isList = sent.method === 'GET' && sent.path === '/boats';
    const isWrite = sent.path.startsWith('/boats') && ['POST', 'DELETE'].includes(sent.method);
    if (isWrite) {
      stale = 2;
      before.set('/boats', keeper.host({ ...sent, method: 'GET', path: '/boats' }));
      before.set(sent.path, keeper.host({ ...sent, method: 'GET' }));
      going = sent.method === 'DELETE' ? sent.path : undefined;
    }
    const isStale = stale > 0 && sent.method === 'GET' && (isList || sent.path === going);
    if (isStale) stale -= 1;
    return (isStale ? before.get(sent.path) : undefined) ?? keeper.host(sent);
  });
  expect([found, left]).toEqual([[], []]);
});

test.each([401, 403, 429])(
  'a host that answers every write with %s is blamed for nothing',
  async (status) => {
    const keeper = keeperOf();
    const { found, left } = await lifeOn((sent) =>
      sent.method === 'GET' ? keeper.host(sent) : answer(status),
    );
    expect([found, left]).toEqual([[], []]);
  },
);

test('what cannot be distinguished from other things is not created a second time', async () => {
  const { left, calls } = await lifeOn(keeperOf('names no id').host);
  expect(calls.filter((call) => call === 'POST /boats')).toHaveLength(1);
  expect(left).toHaveLength(1);
});

test('every creation is in the journal before it is sent, and every removal after it', async () => {
  const { journal } = await lifeOn(keeperOf().host);
  const of = (word: string) => journal.filter((line) => line.includes(word)).length;
  expect(of('creating')).toBe(of(' created '));
  expect(of(' removed')).toBe(of(' created DELETE'));
});

test('a change that reaches the record behind it is found, where a second one was created before', async () => {
  const { found } = await lifeOn(keeperOf('makes two of one', 'changes the next one').host);
  expect(found).toContain('PUT /boats/{boat_id}: state/changed-as-sent old');
});
