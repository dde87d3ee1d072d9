import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFolder, type Folder } from '../artefact/folder.js';
import { Secrets } from '../targets/secrets.js';
import { leapingClock } from '../testing/clock.js';
import { temporaryFolder } from '../testing/folder.js';
import { isStale, takeLock, type Holder, type Machine } from './lock.js';

const START = new Date('2026-03-05T09:17:00Z');
const HOUR_MS = 3_600_000;

/** A machine on which these processes run. */
function machine(given: Partial<Machine> & { running?: number[] } = {}): Machine {
  const { running = [], ...others } = given;
  return {
    host: 'first',
    pid: 100,
    upMs: () => 24 * HOUR_MS,
    isRunning: (pid) => running.includes(pid),
    ...others,
  };
}

function take(path: string, on: Machine, startedAt = START) {
  const out = openFolder(path, new Secrets());
  return takeLock(out, leapingClock(startedAt), on, { startedAt, longestMs: HOUR_MS });
}

test('a night that begins while another is running learns who holds the lock', async () => {
  await using folder = await temporaryFolder();
  await take(folder.path, machine());
  const second = await take(folder.path, machine({ pid: 200, running: [100] }));
  expect(second).toEqual({ heldBy: expect.objectContaining({ pid: 100, host: 'first' }) as Holder });
});

test('a lock that is released is free', async () => {
  await using folder = await temporaryFolder();
  const first = await take(folder.path, machine());
  if ('heldBy' in first) throw new Error('it is held');
  await first.release();
  expect(await readdir(join(folder.path, 'nights'))).toEqual([]);
  expect(await take(folder.path, machine({ pid: 200 }))).toMatchObject({ former: undefined });
});

test('the lock of a process that is gone is taken over, and whose it was is known', async () => {
  await using folder = await temporaryFolder();
  await take(folder.path, machine());
  expect(await take(folder.path, machine({ pid: 200 }))).toMatchObject({
    former: { pid: 100, startedAt: START.toISOString() },
  });
  expect(await readdir(join(folder.path, 'nights'))).toEqual(['lock.json']);
});

test('of several that find a stale lock at the same time, one takes it over', async () => {
  await using folder = await temporaryFolder();
  await take(folder.path, machine());
  const others = [201, 202, 203, 204, 205];
  const taken = await Promise.all(
    others.map((pid) => take(folder.path, machine({ pid, running: others.filter((one) => one !== pid) }))),
  );
  expect(taken.filter((one) => !('heldBy' in one))).toHaveLength(1);
});

/** Takes the lock in a folder of which some functions do something else before. */
function takeThrough(path: string, on: Machine, given: (real: Folder) => Partial<Folder>) {
  const real = openFolder(path, new Secrets());
  const out = { ...real, ...given(real) };
  return takeLock(out, leapingClock(START), on, { startedAt: START, longestMs: HOUR_MS });
}

test('a lock that was stale, and was taken over by another in between, is not taken from that one', async () => {
  await using folder = await temporaryFolder();
  await take(folder.path, machine());
  const second = await takeThrough(folder.path, machine({ pid: 200, running: [300] }), (real) => ({
    claim: async (...name) => {
      await take(folder.path, machine({ pid: 300 }));
      return real.claim(...name);
    },
  }));
  expect(second).toMatchObject({ heldBy: { pid: 300 } });
});

test('while one takes a stale lock over, no other does', async () => {
  await using folder = await temporaryFolder();
  await take(folder.path, machine());
  let other: unknown;
  const second = await takeThrough(folder.path, machine({ pid: 200, running: [300] }), (real) => ({
    remove: async (name) => {
      other ??= await take(folder.path, machine({ pid: 300, running: [200] })).catch(String);
      await real.remove(name);
    },
  }));
  expect(second).toMatchObject({ former: { pid: 100 } });
  expect(other).toMatch(/is taken by others again and again/);
});

const HELD: Holder = {
  format: 'conform-night-lock/1',
  pid: 100,
  host: 'first',
  bootedAt: '2026-03-04T09:17:00.000Z',
  startedAt: '2026-03-05T09:17:00.000Z',
  longestMs: HOUR_MS,
};

test.each([
  ['its process runs', {}, { running: [100] }, false],
  ['its process is gone', {}, {}, true],
  ['its process has the number of this one', {}, { pid: 100, running: [100] }, true],
  ['the machine was started again since', { bootedAt: '2026-03-05T08:00:00.000Z' }, { running: [100] }, true],
  ['a clock was set by a minute', { bootedAt: '2026-03-04T09:18:00.000Z' }, { running: [100] }, false],
  ['it is of another machine, and not old', { host: 'second' }, {}, false],
  [
    'it is of another machine, and no night takes so long',
    { host: 'second', startedAt: '2026-03-05T08:00:00Z' },
    {},
    true,
  ],
])('stale or not: %s', (_, held, on, expected) => {
  const own = machine({ pid: 200, ...on });
  expect(isStale({ ...HELD, ...held }, { ...HELD, pid: own.pid }, own)).toBe(expected);
});

test('a lock that cannot be read is not taken over', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'nights'));
  await writeFile(join(folder.path, 'nights/lock.json'), '{"pid":');
  await expect(take(folder.path, machine())).rejects.toThrow('the lock of the night cannot be read');
});
