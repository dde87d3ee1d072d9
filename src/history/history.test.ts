import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Run } from '../record/run.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { recorded } from '../testing/recorded.js';
import {
  askedAgain,
  begunAt,
  night,
  onlyOperations,
  refused,
  withOperation,
  writeRuns,
} from '../testing/vary.js';
import { gridOf, type Grid } from './grid.js';
import { createHistory, type History, type OperationHistory } from './history.js';

const ID = 'GET /v1/locations/';
const BROKEN = { status: 500, outcome: 'broken', layer: 'application', cause: 'crashed' } as const;

const asked = onlyOperations(await recorded('mock'), /locations/);

/** One sign a night: `.` works, `x` is broken, `0` proved nothing, a blank for a night without a run. */
function nights(pattern: string): Run[] {
  return pattern.split('').flatMap((sign, index) => {
    const run = askedAgain(asked, night(index), index);
    if (sign === ' ') return [];
    if (sign === 'x') return [withOperation(run, ID, (one) => refused(one, BROKEN))];
    if (sign === '.') return [run];
    return [
      {
        ...run,
        operations: run.operations.map((one) => ({ ...one, outcome: 'skipped' as const, exchanges: [] })),
      },
    ];
  });
}

type Summed = History & { grid: Grid; removed?: string[]; wouldRemove?: string[] };

async function historyOf(folder: string, ...more: string[]): Promise<Summed> {
  const { code, out } = await conform(['history', folder, '--json', ...more]);
  expect(code).toBe(0);
  const [only] = JSON.parse(out) as Summed[];
  if (!only) throw new Error('no history');
  return only;
}

function sumOf(runs: readonly Run[]): History {
  const history = createHistory('mock');
  for (const run of runs) history.add(run);
  const summed = history.sum();
  if (!summed) throw new Error('no run proves anything');
  return summed;
}

function of(history: History): OperationHistory {
  const found = history.operations.find(({ operation }) => operation === ID);
  if (!found) throw new Error('the operation has no history');
  return found;
}

/** All of it but in how many runs it was seen: the one thing that pruning changes. */
function withoutCounts(history: OperationHistory) {
  const uncounted = <Counted extends { runs: number }>(counted: Counted) => ({ ...counted, runs: 0 });
  return {
    ...uncounted(history),
    now: uncounted(history.now),
    ...(history.before && { before: uncounted(history.before) }),
    stretches: history.stretches.map(uncounted),
  };
}

describe('what months of runs say of an operation', () => {
  test('since when it works, how often it flapped, and its uptime', () => {
    const summed = of(sumOf(nights('...xx..x..')));
    expect(summed).toMatchObject({ usable: true, since: '2026-02-09T09:00:00.000Z', flaps: 4, runs: 10 });
    expect(summed.before).toMatchObject({ outcome: 'broken', cause: 'crashed' });
    // Of nine days: two down between nights 3 and 5 (half of each edge), one around night 7.
    expect(summed.uptime).toBeCloseTo((9 - 3) / 9, 10);
  });

  test('a night that proved nothing is no outage', () => {
    const summed = sumOf(nights('..0..'));
    expect(of(summed)).toMatchObject({ usable: true, flaps: 0, uptime: 1, runs: 4 });
    expect(summed.provedNothing).toEqual(['2026-02-03T09:00:00.000Z']);
  });

  test('a write that refuses a bad token is not down', () => {
    const guarded = withOperation(askedAgain(asked, night(0), 1), ID, (one) => ({
      ...refused(one, { status: 401, outcome: 'denied', layer: 'token', cause: 'token-invalid' }),
      manner: 'invalid-token',
    }));
    expect(of(sumOf([guarded, begunAt(guarded, night(1))]))).toMatchObject({ usable: true, uptime: 1 });
  });

  test('the grid has a cell for each day, and says what was seen', () => {
    const twice = withOperation(begunAt(asked, new Date('2026-02-01T20:00:00Z')), ID, (one) =>
      refused(one, BROKEN),
    );
    const [first, ...others] = nights('.x  x.');
    if (!first) throw new Error('no first night');
    const summed = sumOf([first, twice, ...others]);
    const grid = gridOf(summed);
    expect(grid.days).toEqual([
      '2026-02-01',
      '2026-02-02',
      '2026-02-03',
      '2026-02-04',
      '2026-02-05',
      '2026-02-06',
    ]);
    const cells = grid.rows.find(({ operation }) => operation === ID)?.cells;
    expect(cells?.map((cell) => cell && [cell.outcome, cell.seen, cell.mixed])).toEqual([
      ['broken', true, true],
      ['broken', true, false],
      ['broken', false, false],
      ['broken', false, false],
      ['broken', true, false],
      ['works', true, false],
    ]);
    expect(gridOf(summed, 2).days).toEqual(['2026-02-05', '2026-02-06']);
  });

  test('the command reads a folder in the order of time, and says the same', async () => {
    await using folder = await temporaryFolder();
    const runs = nights('.x0 x.');
    await writeRuns(folder.path, runs.toReversed());
    const summed = sumOf(runs);
    expect(await historyOf(folder.path, '--days', '2')).toEqual({ ...summed, grid: gridOf(summed, 2) });
  });

  test('as a table: what is eventful first, on 80 columns', async () => {
    await using folder = await temporaryFolder();
    await writeRuns(folder.path, nights(`${'.'.repeat(40)}x..`));
    const { out } = await conform(['history', folder.path]);
    expect(out).toContain(`works       2026-03-14   97.6 %      2  ${'▪'.repeat(27)}✗▪▪`);
    expect(out).toContain('1 operation did what was asked of it in every run');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('pruning', () => {
  test('keeps the first and last run of each state, and changes nothing of what is summed up', async () => {
    await using folder = await temporaryFolder();
    await writeRuns(folder.path, nights('.....xxxx.x....'));
    const before = await historyOf(folder.path);
    const planned = await historyOf(folder.path, '--prune', '--plan');
    expect(await readdir(folder.path)).toHaveLength(15);
    const pruned = await historyOf(folder.path, '--prune');
    expect(pruned.removed).toEqual(planned.wouldRemove);
    const days = (await readdir(folder.path)).sort().map((name) => Number(name.slice(6, 8)));
    expect(days).toEqual([1, 5, 6, 9, 10, 11, 12, 15]);
    const after = await historyOf(folder.path);
    expect(withoutCounts(of(after))).toEqual(withoutCounts(of(before)));
    expect([of(before).runs, of(after).runs]).toEqual([15, 8]);
    expect((await historyOf(folder.path, '--prune')).removed).toEqual([]);
  });

  test('keeps both sides of a change that is only in the words of a refusal', async () => {
    await using folder = await temporaryFolder();
    const reworded = nights('xxxxxx').map((run, index) =>
      index < 3
        ? run
        : withOperation(run, ID, (one) => ({
            ...one,
            exchanges: one.exchanges.map((exchange) => ({ ...exchange, fingerprint: 'ffffffffffffffff' })),
          })),
    );
    await writeRuns(folder.path, reworded);
    await historyOf(folder.path, '--prune');
    expect((await readdir(folder.path)).sort().map((name) => Number(name.slice(6, 8)))).toEqual([1, 3, 4, 6]);
  });
});

test('a folder without runs is no history', async () => {
  await using folder = await temporaryFolder();
  expect((await conform(['history', folder.path])).code).toBe(3);
  expect((await conform(['history', join(folder.path, 'nowhere')])).code).toBe(2);
  expect((await conform(['history', folder.path, '--plan'])).code).toBe(2);
});
