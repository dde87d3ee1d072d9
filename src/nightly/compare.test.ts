import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectations, type Expectations } from '../record/expected.js';
import type { Capability, Run } from '../record/run.js';
import { temporaryFolder } from '../testing/folder.js';
import { recorded } from '../testing/recorded.js';
import { askedAgain, night, onlyOperations, refused, withOperation, writeRuns } from '../testing/vary.js';
import { compareRun } from './compare.js';
import { newsOfTarget } from './news.js';
import { createProofs } from './proofs.js';
import { openRecords } from '../artefact/folder.js';

const ID = 'GET /v1/locations/';
const BASE = onlyOperations(await recorded('mock'), /locations/);
const NOTHING_SAID = expectations({ operations: {} });

type Change = (operation: Capability) => Capability;

const same: Change = (one) => one;
const denied: Change = (one) =>
  refused(one, { status: 403, outcome: 'denied', layer: 'application', cause: 'access-denied' });
const skipped: Change = (one) => ({ ...one, outcome: 'skipped', exchanges: [], explanation: 'no id' });
const slow: Change = (one) => ({ ...one, latencyMs: { min: 900, p50: 900, max: 900 } });
const withoutBody: Change = (one) => ({
  ...one,
  exchanges: one.exchanges.map((exchange) => ({ ...exchange, bodyShape: { total: 'integer' } })),
});

function runsOf(changes: readonly Change[]): Run[] {
  return changes.map((change, index) => withOperation(askedAgain(BASE, night(index), index), ID, change));
}

/** What the last of these nights finds. */
async function foundAfter(
  changes: readonly Change[],
  known: readonly string[] = [],
  more: { since?: string; expected?: Expectations } = {},
) {
  await using folder = await temporaryFolder();
  const runs = runsOf(changes);
  await writeRuns(join(folder.path, 'runs'), runs.slice(0, -1));
  const last = runs.at(-1);
  if (!last) throw new Error('no night');
  const comparison = await compareRun(last, openRecords(folder.path), {
    expectations: more.expected ?? NOTHING_SAID,
    needs: new Map(),
    window: { nights: 30, since: more.since },
  });
  return newsOfTarget(last, comparison, { needs: new Map(), counts: true, known: new Set(known) });
}

const codes = async (changes: readonly Change[]) =>
  (await foundAfter(changes)).filter(({ operation }) => operation === ID).map(({ code }) => code);
const calm = Array.from({ length: 8 }, () => same);

test.each([
  ['nothing, when nothing changed', [...calm], []],
  ['what is not expected, in the first night', [...calm, denied], ['worse']],
  ['a shape that changed, in the second', [...calm, withoutBody], []],
  ['a shape that changed, in the second', [...calm, withoutBody, withoutBody], ['body-shape']],
  ['a latency beyond its scatter, in the second', [...calm, slow], []],
  ['a latency beyond its scatter, in the second', [...calm, slow, slow], ['slower']],
  ['a proof that is lost, in the second', [...calm, skipped], []],
  ['a proof that is lost, in the second', [...calm, skipped, skipped], ['proof-lost']],
  ['nothing, when it is as expected again', [...calm, denied, denied, same], []],
  [
    'nothing that has just gone, and was not found before',
    [...calm, withoutBody, same, withoutBody, same],
    [],
  ],
])('a night finds %s', async (_, changes, expected) => {
  expect([...new Set(await codes(changes))]).toEqual(expected);
});

test('a key stays the same while milliseconds vary, and a state is another one by its cause', async () => {
  const slower: Change = (one) => ({ ...one, latencyMs: { min: 950, p50: 950, max: 950 } });
  const [one] = await foundAfter([...calm, slow, slow]);
  const [other] = await foundAfter([...calm, slow, slow, slower, slower]);
  expect(one?.key).toBe(other?.key);
  const crashed: Change = (operation) =>
    refused(operation, { status: 500, outcome: 'broken', layer: 'application', cause: 'crashed' });
  const [before] = await foundAfter([...calm, denied]);
  const [again] = await foundAfter([...calm, denied, denied]);
  const [now] = await foundAfter([...calm, denied, crashed]);
  expect(before?.key).toBe(again?.key);
  expect(now?.key).not.toBe(before?.key);
});

test('what changed before the day that is compared since is how things are', async () => {
  const changes = [...calm, withoutBody, withoutBody, withoutBody];
  expect((await foundAfter(changes)).length).toBeGreaterThan(0);
  expect(await foundAfter(changes, [], { since: night(8).toISOString().slice(0, 10) })).toEqual([]);
});

test('what is expected is no news, whatever the nights before did', async () => {
  const expected = expectations({ operations: { [ID]: { outcome: 'denied', cause: 'access-denied' } } });
  expect(await foundAfter([...calm, denied, denied, denied], [], { expected })).toEqual([]);
});

test('a change that has just gone goes on where it was found before', async () => {
  const changes = [...calm, withoutBody, withoutBody, same];
  const known = (await foundAfter(changes.slice(0, -1))).map(({ key }) => key);
  expect((await foundAfter(changes, known)).map(({ key }) => key).sort()).toEqual([...known].sort());
});

test('a proof is lost only when all runs before had it', () => {
  const lostAfter = (changes: readonly Change[]) => {
    const proofs = createProofs();
    for (const run of runsOf(changes)) proofs.add(run);
    return proofs.lost();
  };
  expect(lostAfter([...calm, skipped, skipped])).toMatchObject([
    { operation: ID, from: 'works', to: 'nothing' },
  ]);
  expect(lostAfter([same, skipped, same, same, skipped, skipped])).toEqual([]);
  expect(lostAfter([same, skipped, skipped])).toEqual([]);
  expect(lostAfter([...calm, skipped, skipped, same])).toEqual([]);
});
