import type { Capability, Run } from '../record/run.js';
import { provedAnything } from '../record/success.js';
import { isProvenToWork, proofOf, usefulness } from '../record/proof.js';
import type { Outcome } from '../verdict/causes.js';

/** A time during which an operation did the same, by the first and the last run that show it. */
export interface Stretch {
  outcome: Outcome;
  cause?: NonNullable<Capability['cause']>;
  /** Whether that is what can be asked of it. */
  usable: boolean;
  /** In how many runs it was judged during that time. */
  runs: number;
  /** Start of the first and of the last run, ISO 8601, UTC. */
  from: string;
  to: string;
}

/** What the runs of a target show of one operation over time. */
export interface OperationHistory {
  operation: string;
  tag: string;
  /** What it does as of the newest run that judged it. */
  now: Stretch;
  /** Whether that is what can be asked of it. */
  usable: boolean;
  /** Since when it has been usable, or not; start of the first run of which that is known without a break. */
  since: string;
  /** What it did before that, when a run shows it. */
  before?: Stretch;
  /** How often it went from usable to not, or back. */
  flaps: number;
  /**
   * The share of the time from the first to the newest run in which it was usable, 0 to 1. Between two runs that
   * differ, half of the time counts for each. Null with a single run.
   */
  uptime: number | null;
  /** In how many runs it was judged. */
  runs: number;
  /** Start of the newest run in which it was routed, and in which it worked; absent when there is none. */
  routedAt?: string;
  workedAt?: string;
  /** From oldest to newest. */
  stretches: Stretch[];
}

export interface History {
  target: string;
  /** Start of the oldest and of the newest run that proved something, ISO 8601, UTC. */
  from: string;
  to: string;
  runs: number;
  /** The days on which a run proved something, YYYY-MM-DD, UTC. */
  days: string[];
  /** Runs that proved nothing: no network, no token. They are no sign that anything broke. */
  provedNothing: string[];
  operations: OperationHistory[];
}

interface Track {
  operation: string;
  tag: string;
  stretches: Stretch[];
  usableSince: string;
  flaps: number;
  usableMs: number;
  knownMs: number;
  runs: number;
  routedAt: string | undefined;
  workedAt: string | undefined;
}

/**
 * Sums up runs, given one at a time in the order of time. What is kept grows with the changes, not with the runs;
 * and a folder that was pruned to the first and last run of each state gives the same sum, but for the counts.
 */
export function createHistory(target: string) {
  const tracks = new Map<string, Track>();
  const provedNothing: string[] = [];
  let from: string | undefined;
  let to = '';
  let runs = 0;
  const days = new Set<string>();
  return {
    add: (run: Run): void => {
      if (!provedAnything(run)) {
        provedNothing.push(run.startedAt);
        return;
      }
      runs += 1;
      from ??= run.startedAt;
      to = run.startedAt;
      days.add(to.slice(0, 10));
      for (const capability of run.operations) {
        if (capability.outcome !== 'skipped') note(tracks, capability, run.startedAt);
      }
    },
    /** Undefined when no run proved anything. */
    sum: (): History | undefined =>
      from === undefined
        ? undefined
        : {
            target,
            from,
            to,
            runs,
            days: [...days],
            provedNothing,
            operations: [...tracks.values()].flatMap(sumOf),
          },
  };
}

function note(tracks: Map<string, Track>, capability: Capability, at: string): void {
  const { id, tag, outcome, cause } = capability;
  const usable = usefulness(capability) > 0;
  const stretch = {
    outcome,
    ...(cause === undefined || outcome === 'works' ? {} : { cause }),
    usable,
    runs: 1,
    from: at,
    to: at,
  };
  const known = tracks.get(id);
  const proof = proofOf(capability);
  const routedAt = proof === 'nothing' ? known?.routedAt : at;
  const workedAt = isProvenToWork(capability) ? at : known?.workedAt;
  const last = known?.stretches.at(-1);
  if (!known || !last) {
    tracks.set(id, {
      operation: id,
      tag,
      stretches: [stretch],
      usableSince: at,
      flaps: 0,
      usableMs: 0,
      knownMs: 0,
      runs: 1,
      routedAt,
      workedAt,
    });
    return;
  }
  const elapsed = Date.parse(at) - Date.parse(last.to);
  known.runs += 1;
  known.routedAt = routedAt;
  known.workedAt = workedAt;
  known.knownMs += elapsed;
  known.usableMs += (elapsed * (Number(last.usable) + Number(usable))) / 2;
  if (last.usable !== usable) {
    known.flaps += 1;
    known.usableSince = at;
  }
  if (last.outcome === stretch.outcome && last.cause === stretch.cause && last.usable === usable) {
    last.to = at;
    last.runs += 1;
  } else known.stretches.push(stretch);
}

function sumOf({ routedAt, workedAt, ...track }: Track): OperationHistory[] {
  const { operation, tag, stretches, usableSince, flaps, usableMs, knownMs, runs } = track;
  const now = stretches.at(-1);
  if (!now) return [];
  const before = stretches.findLast(({ usable }) => usable !== now.usable);
  return [
    {
      operation,
      tag,
      now,
      usable: now.usable,
      since: usableSince,
      ...(before ? { before } : {}),
      flaps,
      uptime: knownMs === 0 ? null : usableMs / knownMs,
      runs,
      ...(routedAt === undefined ? {} : { routedAt }),
      ...(workedAt === undefined ? {} : { workedAt }),
      stretches,
    },
  ];
}
