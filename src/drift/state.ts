import type { Json } from '../json.js';
import type { Manner } from '../probe/writes.js';
import { usefulness } from '../record/proof.js';
import { isOfHost } from '../checks/promise-of.js';
import { unaskedOf, type Capability, type Run } from '../record/run.js';

/** What one run shows of one operation: only what can be compared with another run. */
export interface State {
  operation: string;
  manner: Manner;
  outcome: Capability['outcome'];
  layer?: NonNullable<Capability['layer']>;
  cause?: NonNullable<Capability['cause']>;
  /** How far it does what it is meant to, asked so. */
  usefulness: 0 | 1 | 2;
  explanation: string;
  status: number | null;
  message: string | undefined;
  fingerprint: string | undefined;
  shape: Json | undefined;
  findings: Capability['findings'];
  /** Checks that were left undone here: nothing is known of what they would find. */
  unasked: ReadonlySet<string>;
  /** In milliseconds. */
  latencyMs: NonNullable<Capability['latencyMs']> | undefined;
  definition: string | undefined;
}

/** What one run shows. */
export interface Snapshot {
  id: string;
  target: string;
  /** The world that was served, where one was. */
  world: string | undefined;
  /** Start of the run, ISO 8601, UTC. */
  at: string;
  contract: Run['contract'];
  states: ReadonlyMap<string, State>;
}

export function snapshotOf(run: Run): Snapshot {
  return {
    id: run.id,
    target: run.target,
    world: run.world,
    at: run.startedAt,
    contract: run.contract,
    states: new Map(run.operations.map((capability) => [capability.id, stateOf(capability)])),
  };
}

/** Whether an operation was asked in a run and does not work. */
export function isDownIn({ states }: Snapshot): (operation: string) => boolean {
  return (operation) => {
    const state = states.get(operation);
    return state !== undefined && state.outcome !== 'skipped' && state.usefulness === 0;
  };
}

function stateOf(capability: Capability): State {
  // Tries that came to nothing are before the answer; controls and variants are asked about something else.
  const own = capability.exchanges.filter(({ role }) => role === 'operation').at(-1);
  return {
    operation: capability.id,
    // Runs of older versions do not say it.
    manner: capability.manner ?? 'plain',
    outcome: capability.outcome,
    ...(capability.layer === undefined ? {} : { layer: capability.layer }),
    ...(capability.cause === undefined ? {} : { cause: capability.cause }),
    usefulness: usefulness(capability),
    explanation: capability.explanation,
    status: own?.status ?? null,
    message: own?.message ?? own?.failure,
    fingerprint: own?.fingerprint,
    shape: own ? (own.bodyShape as Json) : undefined,
    findings: capability.findings,
    unasked: new Set([...unaskedOf(capability), ...shownElsewhere(capability)]),
    latencyMs: capability.latencyMs ?? undefined,
    definition: capability.definition,
  };
}

/**
 * The checks of a whole host that did not look at this operation, since another one has shown what they ask for. Which
 * operation that is changes from run to run, and is no news.
 */
function shownElsewhere({ checks = [] }: Capability): string[] {
  return checks.flatMap(({ id, result }) => (result === 'not-applicable' && isOfHost(id) ? [id] : []));
}

/** `denied by the gateway (access-denied)`: what an operation does, in the words of the verdict. */
export function describeState({
  outcome,
  layer,
  cause,
}: Pick<Capability, 'outcome' | 'layer' | 'cause'>): string {
  if (outcome === 'works' || cause === undefined) return outcome;
  return layer === undefined ? `${outcome} (${cause})` : `${outcome} at the ${layer} (${cause})`;
}
