import type { Capability, Run } from '../record/run.js';
import { proofOf, stateOf } from '../record/proof.js';
import { provedAnything } from '../record/success.js';
import { ageMs, readableAge, type Consumer, type Need, type ProofKind } from '../impact/consumer.js';
import { shownBy, type Shown } from '../impact/state.js';

/** What is known of one operation that a feature needs. */
export interface Proof {
  operation: string;
  loss: Need['loss'];
  /** Whether it will do for the feature, by the consumer's policy. */
  ok: boolean;
  /** What is shown of it, whatever the policy makes of that. */
  state: Shown;
  /** The member of the policy by which it will do although it is not proven, as `writes: route`. */
  reliesOn?: string;
  /** Set when no run that was given has it. */
  unasked?: true;
  /** How far it is proven; `none` when it was not asked, or what was asked failed. */
  kind: ProofKind | 'none';
  why: string;
  /** Where, in which run, when (ISO 8601, UTC), and how long ago in hours. Left out when it was never asked. */
  target?: string;
  run?: string;
  at?: string;
  ageHours?: number;
  outcome?: Capability['outcome'];
  cause?: NonNullable<Capability['cause']>;
  /** Set when evidence is too old. */
  stale?: true;
  /** Set when it will do, but something about it has to be said. */
  warning?: string;
  /** Median, in milliseconds. */
  latencyMs?: number;
}

/** One run's word on one operation. */
interface Evidence {
  run: Run;
  capability: Capability;
  /** Where the run is in the order of targets; the first is that on which the consumer runs. */
  place: number;
  kind: ProofKind;
  shown: Shown;
  ageMs: number;
}

const RANK: Record<ProofKind, number> = { route: 1, validate: 2, full: 3, read: 3 };

/** Finds what runs prove of the operations that a consumer needs, at a moment. */
export function createProver(consumer: Consumer, runs: readonly Run[], now: Date) {
  const { policy } = consumer;
  const placeOf = (target: string) => {
    const place = policy.targets.indexOf(target);
    return place < 0 ? policy.targets.length : place;
  };
  const asked = new Map<string, Evidence[]>();
  /** Why the newest run that could have asked proves nothing. */
  const skipped = new Map<string, string>();
  for (const run of runs) {
    const proved = provedAnything(run);
    for (const capability of run.operations) {
      const shown = shownBy(capability);
      const kind = kindOf(capability);
      if (!proved || (shown !== 'fails' && kind === undefined)) {
        skipped.set(capability.id, whyNothing(capability, proved ? undefined : run));
        continue;
      }
      const evidence = asked.get(capability.id) ?? [];
      evidence.push({
        run,
        capability,
        place: placeOf(run.target),
        // What a request has failed at is refuted as far as that kind of request could have proven it.
        kind: shown === 'fails' || kind === undefined ? kindAsked(capability) : kind,
        shown,
        ageMs: now.getTime() - Date.parse(run.startedAt),
      });
      asked.set(capability.id, evidence);
    }
  }

  return (need: Need): Proof => {
    const all = asked.get(need.operation) ?? [];
    const base = { operation: need.operation, loss: need.loss };
    if (all.length === 0) {
      const unasked = skipped.get(need.operation);
      const why = unasked ?? UNASKED;
      const unproven = {
        ...{ ...base, state: 'not proven' as const, kind: 'none' as const, why },
        ...(unasked === undefined ? { unasked: true as const } : {}),
      };
      return policy.skipped === 'warns'
        ? { ...unproven, ok: true, reliesOn: 'skipped: warns', warning: `not proven: ${why}` }
        : { ...unproven, ok: false };
    }
    const failure = standingFailure(all);
    if (failure) {
      return {
        ...base,
        ...about(failure),
        ok: false,
        state: 'fails',
        kind: 'none',
        why: `${describe(failure.capability)}${defectText(need)}`,
      };
    }
    return weigh(
      need,
      all.filter(({ shown }) => shown !== 'fails'),
      consumer,
    );
  };
}

/** Why there is no proof where no run that was given has an operation. */
const UNASKED = 'no run has asked it';

/**
 * Why what a run holds of an operation is no evidence at all.
 * @param silent the run, where it proved nothing of anything
 */
function whyNothing(capability: Capability, silent: Run | undefined): string {
  if (capability.outcome === 'skipped') return `it was not asked: ${capability.explanation}`;
  if (silent) return `the run ${silent.id} proved nothing`;
  if (stateOf(capability) === 'works') return 'it works, but a part of the answer could not be checked';
  return 'the host looks at the token before it looks for the route, so a bad token proves nothing';
}

/**
 * The newest failure on the first target that was asked, unless something newer there that proves at least as
 * much shows that it is over: that there is such a route does not show that what failed behind it works again.
 */
function standingFailure(all: readonly Evidence[]): Evidence | undefined {
  const place = Math.min(...all.map((evidence) => evidence.place));
  const here = all.filter((evidence) => evidence.place === place);
  return here
    .filter(({ shown }) => shown === 'fails')
    .sort(newestFirst)
    .find(
      (bad) =>
        !here.some(
          (later) => later.shown !== 'fails' && later.ageMs < bad.ageMs && RANK[later.kind] >= RANK[bad.kind],
        ),
    );
}

function weigh(need: Need, good: readonly Evidence[], { policy }: Consumer): Proof {
  const base = { operation: need.operation, loss: need.loss };
  const wanted = need.defect ? 'full' : (need.proof ?? policy.writes);
  const enough = good.filter(({ kind }) => RANK[kind] >= RANK[wanted]).sort(strongestFirst);
  const fresh = enough.find(({ kind, ageMs: age }) => age <= ageMs(policy.maxAge[kind]));
  if (fresh) {
    const deviates = fresh.capability.outcome === 'deviates';
    const stated = { ...base, ...about(fresh), kind: fresh.kind, state: fresh.shown };
    if (deviates && policy.deviates === 'blocks') {
      return { ...stated, ok: false, why: describe(fresh.capability) };
    }
    return {
      ...stated,
      ok: true,
      why: SHOWN[fresh.kind],
      ...(fresh.shown === 'works'
        ? {}
        : { reliesOn: need.proof === undefined ? `writes: ${policy.writes}` : `proof: ${need.proof}` }),
      ...(deviates ? { warning: describe(fresh.capability) } : {}),
    };
  }
  const [old] = [...enough].sort(newestFirst);
  if (old) {
    const why = `its evidence is ${readableAge(old.ageMs)} old; ${policy.maxAge[old.kind]} is the limit${defectText(need)}`;
    const stated = {
      ...base,
      ...about(old),
      kind: old.kind,
      state: 'not proven' as const,
      stale: true as const,
      why,
    };
    return policy.stale === 'warns'
      ? { ...stated, ok: true, reliesOn: 'stale: warns', warning: why }
      : { ...stated, ok: false };
  }
  const [best] = [...good].sort(strongestFirst);
  return {
    ...base,
    ...(best ? { ...about(best), kind: best.kind } : { kind: 'none' as const }),
    ok: false,
    state: 'not proven',
    why: `it is proven as far as “${best?.kind ?? 'none'}”, and “${wanted}” is needed${defectText(need)}`,
  };
}

const SHOWN: Record<ProofKind, string> = {
  read: 'it works',
  full: 'it works, done for real',
  validate: 'it is routed and permitted; it was not done for real',
  route: 'it is routed; whether it is permitted was not asked',
};

/** How far an answer proves an operation; undefined when it proves nothing, or not all of it could be checked. */
function kindOf(capability: Capability): ProofKind | undefined {
  switch (proofOf(capability)) {
    case 'works':
      return capability.safe ? 'read' : 'full';
    case 'permission':
      return 'validate';
    case 'route':
      return 'route';
    case 'works-unchecked':
    case 'nothing':
      return undefined;
  }
}

/** How far asking in this manner could have proven it. */
function kindAsked({ safe, manner }: Capability): ProofKind {
  if (manner === 'invalid-token') return 'route';
  if (manner === 'forbidden-body') return 'validate';
  return safe ? 'read' : 'full';
}

function about({ run, capability, ageMs: age }: Evidence) {
  return {
    target: run.target,
    run: run.id,
    at: run.startedAt,
    ageHours: Math.round(age / 360_000) / 10,
    outcome: capability.outcome,
    ...(capability.cause === undefined ? {} : { cause: capability.cause }),
    ...(capability.latencyMs === null ? {} : { latencyMs: capability.latencyMs.p50 }),
  };
}

function describe({ outcome, cause, side, expected, findings }: Capability): string {
  const known = expected?.accepted;
  const text =
    outcome === 'deviates'
      ? `it works, but breaks the contract (${findings[0]?.message ?? 'see the run'})`
      : `it is ${WORDS[outcome]}${cause === undefined ? '' : ` (${[cause, ...(side === undefined ? [] : [`side: ${side}`])].join(', ')})`}`;
  return known
    ? `${text}; known: ${known.reason}${known.ticket === undefined ? '' : `, ticket “${known.ticket}”`}`
    : text;
}

const WORDS: Record<Capability['outcome'], string> = {
  works: 'working',
  deviates: 'deviating',
  rejects: 'refused as wrong input',
  denied: 'denied',
  unrouted: 'not routed',
  absent: 'absent',
  gone: 'gone with its host',
  broken: 'broken',
  throttled: 'throttled',
  unreachable: 'unreachable',
  skipped: 'not asked',
};

function defectText({ defect }: Need): string {
  return defect
    ? `; open defect of the vendor since ${defect.since}: ${defect.what} (ticket “${defect.ticket}”)`
    : '';
}

function newestFirst(one: Evidence, other: Evidence): number {
  return one.ageMs - other.ageMs;
}

function strongestFirst(one: Evidence, other: Evidence): number {
  return RANK[other.kind] - RANK[one.kind] || one.place - other.place || one.ageMs - other.ageMs;
}
