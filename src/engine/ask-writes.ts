import { IDEMPOTENT_METHODS } from '../contract/methods.js';
import type { Operation } from '../contract/operation.js';
import { asText, type Json } from '../json.js';
import { fill, filledRequest, type Fillers, type Probe } from '../probe/build.js';
import type { RealWrite } from '../probe/creations.js';
import { withMarker } from '../probe/marker.js';
import type { Value } from '../probe/value.js';
import { findViolations } from '../checks/find-violations.js';
import {
  orFault,
  STOPPED,
  wasStopped,
  type AskedStep,
  type Asking,
  type Observation,
} from './observation.js';
import type { Step } from './plan.js';
import { sentenceOf } from '../session/withheld.js';
import { secondTry } from './again.js';
import { hasSucceeded, isOfNothing } from '../targets/reply.js';
import { list, type Listed } from './created/list.js';
import { removedBy, type Made } from './created/made.js';
import { remember } from './created/remember.js';
import { isGone, removeRest } from './created/remove.js';

/**
 * Asks operations that could change something, one after another: first what creates, then what changes, then
 * what removes, the newest first. Only what the run itself has created is touched. Each request that could
 * create something is in the journal before it is sent; what is still there at the end is removed, also
 * when the run has been stopped.
 * @param ids from earlier answers, by operation
 */
export async function askWrites(
  steps: readonly Step[],
  ids: ReadonlyMap<string, Value[]>,
  asking: Asking,
): Promise<Observation[]> {
  const made: Made[] = [];
  const observations: Observation[] = [];
  for (const values of ids.values()) for (const { sent } of values) asking.shown.add(sent);
  try {
    for (const step of inOrder(steps, asking)) {
      const onFault = (error: Error): void => {
        asking.onFault(error);
        const why = 'conform failed while it asked this, so something may have been created';
        asking.onLeft({ operation: step.operation.id, why, journal: true });
      };
      const observation = await orFault(step, { onFault }, () => askWrite(step, made, ids, asking));
      observations.push(observation);
      asking.onObserved(observation);
    }
  } finally {
    await removeRest(made, asking);
  }
  return observations;
}

/** Asks one operation for real, or with a body that the contract forbids. What it creates is added to `made`. */
export async function askWrite(
  step: Step,
  made: Made[],
  ids: ReadonlyMap<string, Value[]>,
  asking: Asking,
): Promise<Observation> {
  if (isStopped(asking)) return { step, asked: false, why: 'the run was stopped before it was asked' };
  const probe = probeFor(step, made, ids, asking);
  if ('why' in probe) return { step, asked: false, why: probe.why };
  const first = await sendWrite(step, probe, { made, ids }, asking);
  if (!mayGoAgain(step)) return first;
  const again = () => sendWrite(step, probe, { made, ids, isSecond: true }, asking);
  const came = await secondTry(first, again, asking);
  return came !== first && isGoneBefore(came) ? answerLost(came) : came;
}

/**
 * Whether a write may be sent again although nobody knows whether it has arrived: only what is idempotent. It touches
 * what the run itself has created, or nothing. A creation whose answer was lost would be there twice, also one with a
 * body that should be refused.
 */
function mayGoAgain({ operation }: Step): boolean {
  return IDEMPOTENT_METHODS.has(operation.method);
}

/** Whether what an operation removes was gone already when it was asked for the second time. */
function isGoneBefore(came: Observation): came is AskedStep {
  return came.asked && came.step.operation.method === 'DELETE' && isOfNothing(came.exchange.status);
}

function answerLost({ step, before, exchange }: AskedStep): Observation {
  const why = 'its first answer was lost, and by the second what it removes is gone';
  return { step, asked: false, why, looks: [...before, exchange] };
}

/**
 * Sends the request of an operation that could change something. What could create something is in the journal
 * first, and what it has created is added to `made`.
 * @param listed what its collection holds, where that is known already
 */
export async function sendWrite(
  step: Step,
  { probe, marker }: Marked,
  {
    made,
    ids,
    listed: known,
    isSecond = false,
  }: {
    made: Made[];
    ids: ReadonlyMap<string, Value[]>;
    listed?: Listed | undefined;
    /** Whether the same request has failed a moment ago. */
    isSecond?: boolean;
  },
  asking: Asking,
): Promise<Observation> {
  const { operation } = step;
  const write = asking.writes.get(operation.id);
  const isForbidden = step.manner === 'forbidden-body';
  const mayMake = isForbidden
    ? operation.method !== 'DELETE'
    : write?.removal !== undefined || write?.leaves === true;
  const fillers = fillersFor(write, made, ids, asking);
  const listed =
    known ??
    (mayMake && asking.policy === 'full' && write !== undefined
      ? await list(probe, { operation, fillers, purpose: 'what is there before' }, asking)
      : undefined);
  // What is there already is not created by what follows.
  if (listed?.body !== undefined) asking.shown.add(listed.body);
  if (isStopped(asking)) return { step, asked: false, why: 'the run was stopped before it was asked' };
  const entry = mayMake ? asking.journal.creating(operation.id) : undefined;
  const asked = await asking.conversation.ask(probe, {
    token: 'valid',
    repeatable: false,
    atMost: isForbidden ? 'validate' : 'full',
    ...(isSecond ? { kind: 'retries' as const } : {}),
  });
  if ('withheld' in asked) {
    if (entry !== undefined) asking.journal.created(entry, undefined);
    return { step, asked: false, why: sentenceOf(asked.withheld) };
  }
  const { reply, exchange, digest, redirect, before } = asked;
  if (wasStopped(reply)) {
    if (entry !== undefined) {
      const why = 'the run was stopped before its answer came, so something may have been created';
      asking.onLeft({ operation: operation.id, why, journal: true });
    }
    return { step, asked: false, why: STOPPED };
  }
  const findings =
    reply.kind === 'answer' ? findViolations(operation, reply, asking.validator, step.manner) : [];
  const observation: AskedStep = {
    step,
    asked: true,
    probe: asked.probe,
    token: 'valid',
    isToken: false,
    ...{ reply, exchange, digest, redirect },
    before,
    findings,
    listing: undefined,
    ...(listed === undefined ? {} : { after: [listed.heard.exchange] }),
  };
  if (entry !== undefined) {
    const sent = { observation, entry, write, marker, made, fillers, listed };
    const one = await remember(reply, sent, asking);
    if (one) {
      made.push(one);
      observation.isOurs = true;
    }
  }
  // Only what removes exactly the thing counts as its removal.
  const removed = hasSucceeded(reply) ? removedBy(probe.request, made) : undefined;
  if (removed) await isGone(removed, reply, asking);
  return observation;
}

/** A request, and the text in it by which what it creates is known again. */
export interface Marked {
  probe: Probe;
  marker: string | undefined;
}

/** The request of an operation on what the run itself has created, or why there is none. */
export function probeFor(
  { operation, write, forbidden }: Step,
  made: readonly Made[],
  ids: ReadonlyMap<string, Value[]>,
  asking: Asking,
): Marked | { why: string } {
  const real = fillersFor(write, made, ids, asking);
  const needed = forbidden === undefined ? asking.samples.references(operation.id) : [];
  const missing = needed.find((id) => real.found(id) === undefined);
  if (missing !== undefined) return { why: `what it needs could not be created: ${missing} has given no id` };
  // What is named has to be a thing of the run, whatever the samples say.
  const lacking = [...(write?.creators ?? [])].find(
    ([name]) => real.harvested(operation, name) === undefined,
  );
  if (forbidden === undefined && lacking) {
    return { why: `what it needs could not be created: ${lacking[1].id} has given no id` };
  }
  const nothing = (): Value => ({ sent: asking.absent.make({}) ?? '', shown: 'absent-id' });
  const nothingFor = ({ parameters }: Operation, name: string): Value | undefined => {
    const schema = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.schema;
    const sent = asking.absent.make(schema ?? {});
    return sent === undefined ? undefined : { sent, shown: 'absent-id' };
  };
  let marker: string | undefined;
  const marked = (_: Operation, body: Json): Json => {
    const wanted = `Conform-Test ${asking.chance(4)}`;
    const result = withMarker(operation, body, wanted, asking.contract);
    if (result.marked) marker = wanted;
    return result.body;
  };
  const filled = fill(
    operation,
    forbidden === undefined
      ? { ...real, ...(write?.removal || write?.leaves ? { adapt: marked } : {}) }
      : { ...real, harvested: nothingFor, found: nothing, forbidden },
  );
  if (!filled.ok) return { why: `what it needs could not be created: ${filled.why}` };
  const probe: Probe = {
    operation: operation.id,
    role: 'operation',
    ...(forbidden === undefined ? {} : { purpose: 'with a body that the contract forbids' }),
    request: filledRequest(operation, filled, asking.target.baseUrl),
    shown: asking.target.baseUrl + filled.path.shown,
  };
  return { probe, marker };
}

export function fillersFor(
  write: RealWrite | undefined,
  made: readonly Made[],
  ids: ReadonlyMap<string, Value[]>,
  asking: Asking,
): Fillers {
  const madeBy = (operation: string | undefined, id?: string) => {
    const own = made.filter(({ by, removed }) => !removed && by.step.operation.id === operation);
    return (own.find(({ value }) => value.sent === id) ?? own.at(-1))?.value;
  };
  return {
    contract: asking.contract,
    samples: asking.samples,
    environment: asking.environment,
    inventIds: false,
    // An id that the samples write down counts where it is that of a thing of the run.
    harvested: ({ id }, parameter) =>
      madeBy(write?.creators.get(parameter)?.id, literal(asking.samples.parameter(id, 'path', parameter))),
    found: (from) => madeBy(from) ?? ids.get(from)?.[0],
  };
}

const TURN: Record<string, number> = { POST: 0, PUT: 1, PATCH: 1, DELETE: 2 };

function isStopped({ signal }: Asking): boolean {
  return signal.aborted;
}

/** Creations in the order in which they need one another, then changes, then removals in the reverse order. */
export function inOrder(steps: readonly Step[], { samples, writes }: Asking): Step[] {
  const byId = new Map(steps.map((step) => [step.operation.id, step]));
  const sorted: Step[] = [];
  const visit = (step: Step): void => {
    if (sorted.includes(step) || open.has(step)) return;
    open.add(step);
    const creators = [...(step.write?.creators.values() ?? [])].map(({ id }) => id);
    for (const id of [...creators, ...samples.references(step.operation.id)]) {
      const before = byId.get(id);
      if (before) visit(before);
    }
    sorted.push(step);
  };
  const open = new Set<Step>();
  for (const step of steps) visit(step);
  const removers = new Set([...writes.values()].map(({ remover }) => remover?.id));
  const turn = ({ operation }: Step) => (removers.has(operation.id) ? 2 : (TURN[operation.method] ?? 1));
  const forward = sorted.filter((step) => turn(step) < 2).sort((one, other) => turn(one) - turn(other));
  return [...forward, ...sorted.filter((step) => turn(step) === 2).reverse()];
}

/** The value of a sample that is written down, as it is in a path. */
function literal(sample: unknown): string | undefined {
  return typeof sample === 'string' || typeof sample === 'number' || typeof sample === 'boolean'
    ? asText(sample)
    : undefined;
}
