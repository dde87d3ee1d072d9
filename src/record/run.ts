import { Type, type Static, type TInteger } from '@sinclair/typebox';
import { CHECK_RESULTS } from '../checks/check.js';
import { UNASKED } from '../checks/checked.js';
import { Seen } from '../contract-coverage/seen.js';
import { BUDGET_KINDS, type BudgetKind } from '../session/budget.js';
import { literals } from '../document/literals.js';
import { Exchange } from '../exchange/exchange.js';
import { MANNERS } from '../probe/writes.js';
import { TARGET_NAME, WRITE_POLICIES } from '../targets/targets.js';
import { PROOFS } from './proof.js';
import { SIDES } from '../verdict/side.js';
import { CAUSES, CONFIDENCES, LAYERS, OUTCOMES, type Cause } from '../verdict/causes.js';

/** The id of a run is the name of its file. */
const RUN_NAME = '^[\\p{L}\\p{N}][\\p{L}\\p{N} ._~-]{0,149}$';

const CauseName = literals(Object.keys(CAUSES) as Cause[]);
const OutcomeName = literals(OUTCOMES);

/** Why an expectation is not met although the outcome is as expected, or has only now become another one. */
export const UNMET = [
  'other-cause',
  'other-status',
  'finding-new',
  'acceptance-over',
  'answer-changed',
] as const;

const Said = Type.Object({
  code: Type.String(),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});

export const RunRepair = Type.Object({
  kind: Type.String(),
  what: Type.String(),
  file: Type.String(),
  line: Type.Optional(Type.Integer()),
  assumed: Type.String(),
});

/** Why a finding is accepted for now, and until when; see docs/configure-checks.md. */
const KnownFinding = Type.Object({
  reason: Type.String(),
  until: Type.String(),
  ticket: Type.Optional(Type.String()),
});

export const RunFinding = Type.Object({
  check: Type.String(),
  /** In which way the promise is not kept; not in runs of former versions. */
  code: Type.Optional(Type.String()),
  facts: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  severity: literals(['error', 'warning']),
  /** Set where the promise could not be checked. */
  inconclusive: Type.Optional(Type.Literal(true)),
  message: Type.String(),
  pointer: Type.Optional(Type.String()),
  /** The component of the contract that describes what is broken, as `#/components/schemas/Thing`. */
  schema: Type.Optional(Type.String()),
  /** Set where it is known and accepted for now: then it is no more than a warning. */
  accepted: Type.Optional(KnownFinding),
  /** Set where it was accepted until a day that is over. */
  lapsed: Type.Optional(KnownFinding),
  /** Index into the exchanges of the operation. */
  exchange: Type.Integer(),
  /** The exchanges that show it, where it takes several: the last is that above. */
  exchanges: Type.Optional(Type.Array(Type.Integer())),
});

/** What was expected of the operation on this target, and how what was found compares. */
export const Expectation = Type.Object({
  outcome: OutcomeName,
  cause: Type.Optional(CauseName),
  /** Whether the operation does what was expected. */
  met: Type.Boolean(),
  /** Set for a known defect that is accepted for now. */
  accepted: Type.Optional(
    Type.Object({
      reason: Type.String(),
      owner: Type.Optional(Type.String()),
      until: Type.String(),
      ticket: Type.Optional(Type.String()),
    }),
  ),
  /** Why it is not met, where the outcomes do not show it: as a code, and as a sentence. */
  code: Type.Optional(literals(UNMET)),
  because: Type.Optional(Type.String()),
});

/** What one operation does on one target: the verdicts of its exchanges, summed. */
export const Capability = Type.Object({
  /** Method and path template: `GET /v1/things/`. */
  id: Type.String(),
  operationId: Type.String(),
  /** Its first tag in the contract; without one, the first segment of its path. */
  tag: Type.String(),
  /** Whether it can change nothing: a GET, HEAD or OPTIONS, or a POST that is marked as a safe search. */
  safe: Type.Boolean(),
  /** How it was asked; see docs/writes.md. */
  manner: Type.Optional(literals(MANNERS)),
  /** The same as long as the contract asks and promises the same of the operation. */
  definition: Type.Optional(Type.String()),
  /** What it turns out to do; see docs/words.md. */
  outcome: OutcomeName,
  expected: Type.Union([Expectation, Type.Null()]),
  /** The layer that has answered. */
  layer: Type.Optional(literals(LAYERS)),
  /** Why it does not work; see docs/refusals.md. */
  cause: Type.Optional(CauseName),
  /** How sure the cause is. */
  confidence: Type.Optional(literals(CONFIDENCES)),
  /** What the answer proves, from how it was asked and what came back. */
  proof: Type.Optional(literals(PROOFS)),
  /** Who can change it. */
  side: Type.Optional(literals(SIDES)),
  /** What was found, as a sentence. */
  explanation: Type.String(),
  /** What to do, as a sentence. */
  fix: Type.Optional(Type.String()),
  /** What was seen, a sentence for each thing. */
  evidence: Type.Array(Type.String()),
  /** Other explanations, and what excludes each. */
  ruledOut: Type.Array(Type.Object({ cause: Type.String(), because: Type.String() })),
  /** The sentences above as codes with facts, in the same order: whatever goes by them goes by these. */
  codes: Type.Optional(
    Type.Object({
      explanation: Said,
      fix: Type.Optional(Said),
      evidence: Type.Array(Said),
      ruledOut: Type.Array(Said),
    }),
  ),
  /** The statuses with which it was answered. */
  statuses: Type.Array(Type.Integer()),
  /** How long its answers took, in milliseconds; null where none came. */
  latencyMs: Type.Union([
    Type.Object({ min: Type.Number(), p50: Type.Number(), max: Type.Number() }),
    Type.Null(),
  ]),
  /** The ways in which its answers break the contract or another promise. */
  findings: Type.Array(RunFinding),
  /** Every request that bears on it, with its answer, redacted. */
  exchanges: Type.Array(Exchange),
  /** What came of the promises that it was held to besides those of the single answer; absent where there were none. */
  checks: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String(),
        result: literals(CHECK_RESULTS),
        why: Type.Optional(Type.String()),
        /** Set where the budget left it undone: it is due another night, or needs more than a night may use. */
        code: Type.Optional(literals(UNASKED)),
      }),
    ),
  ),
  /** What of the contract was seen at it, whatever was asked for; absent where no answer to it came. */
  seen: Type.Optional(Seen),
});
export type Capability = Static<typeof Capability>;

const Count = Type.Object(
  Object.fromEntries(BUDGET_KINDS.map((kind) => [kind, Type.Integer()])) as Record<BudgetKind, TInteger>,
);

/**
 * The run file, format `conform-run/1`: all capabilities of one target at one time. Outside programs read it;
 * a member may be added, none may change its meaning.
 */
export const Run = Type.Object(
  {
    /** The version of the format; a later one has another name. */
    format: Type.Literal('conform-run/1'),
    /** The name of its file: its start in UTC and the target, with a suffix where that name was taken. */
    id: Type.String({ pattern: RUN_NAME }),
    /** The name of the target in `targets.yaml`. */
    target: Type.String({ pattern: TARGET_NAME }),
    /** The date of the world that a replica has served. */
    world: Type.Optional(Type.String()),
    /** ISO 8601, UTC. */
    startedAt: Type.String(),
    /** ISO 8601, UTC. */
    finishedAt: Type.String(),
    /** The program that has made it. */
    tool: Type.Object({ name: Type.String(), version: Type.String() }),
    /** The contract that it went by. */
    contract: Type.Object({
      title: Type.String(),
      version: Type.String(),
      sha256: Type.String(),
      operations: Type.Integer(),
      repairs: Type.Array(RunRepair),
    }),
    /** How far writes were allowed to go, and how fast it was allowed to ask. */
    policy: Type.Object({
      writes: literals(WRITE_POLICIES),
      /** Null when nothing limits the rate. */
      requestsPerSecond: Type.Union([Type.Number(), Type.Null()]),
    }),
    /** How many operations have each outcome; every outcome is listed. */
    totals: Type.Record(Type.String(), Type.Integer()),
    /** How many requests were planned at the most, and how many were sent, by what they were sent for. */
    budget: Type.Optional(Type.Object({ planned: Count, sent: Count })),
    /** False where it was stopped before its end, or joined of shards that are not all there. */
    complete: Type.Boolean(),
    /** The ids of the runs that were joined to this one. */
    mergedFrom: Type.Optional(Type.Array(Type.String())),
    /** Operations of which it does not show what they do with a good token and a valid request, with the reason. */
    unproven: Type.Array(
      Type.Object({ operation: Type.String(), why: Type.String(), lastProven: Type.Optional(Type.String()) }),
    ),
    /** What the run has created, or may have, and has not removed. Absent when there is nothing of that kind. */
    left: Type.Optional(
      Type.Array(
        Type.Object({
          operation: Type.String(),
          why: Type.String(),
          /** Whether the journal of the run knows of it. */
          journal: Type.Boolean(),
        }),
      ),
    ),
    /** One for each operation of the contract, or of the shard, also for those that were not asked. */
    operations: Type.Array(Capability),
  },
  { $id: 'https://conform.invalid/schemas/conform-run-1.json', title: 'conform run file, format 1' },
);
export type Run = Static<typeof Run>;

/** The checks of an operation that the budget of the run left undone: nothing is known of what they would find. */
export function unaskedOf({ checks = [] }: Pick<Capability, 'checks'>): ReadonlySet<string> {
  return new Set(checks.flatMap(({ id, code }) => (code === undefined ? [] : [id])));
}
