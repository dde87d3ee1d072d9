import type { Records } from '../artefact/folder.js';
import { driftFromExpected } from '../drift/against-expected.js';
import type { Change, Drift } from '../drift/change.js';
import { createSeries, STEADY } from '../drift/series.js';
import { earlierRuns } from '../history/read.js';
import type { Needs } from '../impact/needs.js';
import type { Expectations } from '../record/expected.js';
import { readRuns } from '../record/folder.js';
import type { Run } from '../record/run.js';
import { provedAnything } from '../record/success.js';
import { createProofs, type LostProof } from './proofs.js';

/** What a run does otherwise than expected, and otherwise than the nights before. */
export interface Comparison {
  expected: Drift;
  /** Undefined when no run before this one proved anything. */
  nights: Drift | undefined;
  lost: LostProof[];
  /** Start of the oldest run that it was compared with. */
  since: string | undefined;
}

/**
 * Holds a run against its expectation and against the runs of the nights before, without what the expectation decides:
 * an operation that does more or less than in former nights, and just what is expected of it now, is no news.
 * @param window at most so many runs before this one, and none before that day (YYYY-MM-DD)
 */
export async function compareRun(
  run: Run,
  records: Records,
  sources: {
    expectations: Expectations;
    needs: Needs;
    window: { nights: number; since?: string | undefined };
  },
): Promise<Comparison> {
  const { expectations, needs, window } = sources;
  const expected = driftFromExpected(run, expectations, 'what is expected', needs);
  const series = createSeries(STEADY, needs);
  const proofs = createProofs();
  let since: string | undefined;
  const files = (await earlierRuns(run, records)).filter(
    ({ startedAt }) => startedAt >= (window.since ?? ''),
  );
  for await (const { run: earlier } of readRuns(records, files.slice(-window.nights), () => undefined)) {
    if (earlier.target !== run.target || !provedAnything(earlier)) continue;
    since ??= earlier.startedAt;
    series.add(earlier);
    proofs.add(earlier);
  }
  series.add(run);
  proofs.add(run);
  const found = provedAnything(run) ? series.drift() : undefined;
  const unmet = new Set(expected.changes.map(({ operation }) => operation));
  return {
    expected,
    nights: found && { ...found, changes: found.changes.filter((change) => isOwnNews(change, unmet)) },
    lost: provedAnything(run) ? proofs.lost().filter(({ operation }) => !unmet.has(operation)) : [],
    since,
  };
}

/** Whether the expectation says nothing of a change. What it says of an operation covers its verdict and its findings. */
function isOwnNews({ operation, kind }: Change, unmet: ReadonlySet<string>): boolean {
  switch (kind) {
    case 'worse':
    case 'better':
      return false;
    case 'different':
    case 'finding-new':
    case 'finding-gone':
      return !unmet.has(operation);
    default:
      return true;
  }
}
