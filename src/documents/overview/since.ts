import type { Past } from '../../history/past.js';
import { readableTime } from '../../clock.js';
import type { Run } from '../../record/run.js';

/** Since when an operation does what it does, as far as the runs go back. */
export interface Since {
  /** Start of the first run that shows it without a break, ISO 8601, UTC. */
  at: string;
  /** In how many runs, the newest included. */
  runs: number;
  /** What it did before, and start of the last run that shows it; undefined where no run shows anything else. */
  before: { outcome: string; until: string } | undefined;
  /** Whether the run before this one showed something else. */
  isNew: boolean;
}

/** Since when an operation of a run does what it does there. */
export function sinceOf(operation: string, { startedAt }: Pick<Run, 'startedAt'>, past: Past): Since {
  const streak = past.get(operation);
  if (!streak) return { at: startedAt, runs: 1, before: undefined, isNew: false };
  const { since, runs, before } = streak;
  return { at: since, runs, before, isNew: since === startedAt && before !== undefined };
}

/** `2026-02-26, 3 runs`: that it may be older is said where no run shows anything else. */
export function sinceText({ at, runs, before, isNew }: Since): string {
  if (isNew && before) return `new (${beforeText(before)})`;
  const day = at.slice(0, 10);
  if (before === undefined && runs === 1) return `${day}, the first run that shows it`;
  return `${day}${before === undefined ? ' or earlier' : ''}, ${runs} ${runs === 1 ? 'run' : 'runs'}`;
}

/** `worked until 2026-02-25 06:00 UTC`, `unrouted until …` */
export function beforeText({ outcome, until }: NonNullable<Since['before']>): string {
  return `${outcome === 'works' ? 'worked' : outcome} until ${readableTime(until)}`;
}
