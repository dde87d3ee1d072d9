import { expect, test } from 'vitest';
import { changedSince, logged } from './acceptance-log.js';

const ENTRY = {
  ...{ at: '2026-02-26T08:00:00.000Z', by: 'ada', run: '20260226T074000Z-live', reason: 'agreed' },
  changes: [{ operation: 'GET /things', from: 'works', to: 'broken (crashed)' }],
};
const HASH: unknown = expect.stringMatching(/^[\da-f]{64}$/);
const FILE = 'operations:\n  GET /things: { outcome: broken }\n';

test('each line says who changed what, when, on which run and why', () => {
  const log = logged(logged('', 'a: 1\n', { ...ENTRY, by: 'grace' }), FILE, ENTRY);
  const lines = log
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).toEqual([
    { ...ENTRY, by: 'grace', sha256: HASH },
    { ...ENTRY, sha256: HASH },
  ]);
});

test('a log that was cut goes on with a line of its own', () => {
  expect(logged('{"at":', FILE, ENTRY).split('\n')).toHaveLength(3);
});

test('a file that was changed by hand is noticed', () => {
  const log = logged('', FILE, ENTRY);
  expect(changedSince(log, FILE)).toBeUndefined();
  expect(changedSince(log, FILE.replaceAll('\n', '\r\n'))).toBeUndefined();
  expect(changedSince(log, `${FILE}# by hand\n`)).toMatchObject({ by: 'ada', at: ENTRY.at });
});

test.each(['', 'no JSON\n', '{"at":1}\n'])('without a record nothing is noticed: %j', (log) => {
  expect(changedSince(log, FILE)).toBeUndefined();
});
