import type { Operation } from '../contract/contract.js';
import { jsonOf } from '../exchange/record.js';
import { isObject, type Json } from '../json.js';
import { fill, type Fillers, type Probe } from '../probe/build.js';
import type { RealWrite } from '../probe/creations.js';
import type { Value } from '../probe/value.js';
import { header, type Reply } from '../target/reply.js';
import { findViolations } from '../verdict/checks/index.js';
import { STOPPED, wasStopped, type Asked, type Asking, type Observation } from './observation.js';
import type { Step } from './plan.js';
import { sentenceOf } from './withheld.js';

/** One thing that the run has created, and how it is removed. */
interface Made {
  by: Asked;
  value: Value;
  entry: number;
  removal: Value;
  removed: boolean;
}

/**
 * Asks operations that could change something, one after another: first what creates, then what changes, then
 * what removes, the newest first. Only what the run itself has created is touched. Each request that could
 * create something stands in the journal before it is sent; what is still there at the end is removed, also
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
  try {
    for (const step of inOrder(steps, asking)) {
      const observation = await askWrite(step, made, ids, asking);
      observations.push(observation);
      asking.onObserved(observation);
    }
  } finally {
    await removeRest(made, asking);
  }
  return observations;
}

async function askWrite(
  step: Step,
  made: Made[],
  ids: ReadonlyMap<string, Value[]>,
  asking: Asking,
): Promise<Observation> {
  const { operation } = step;
  if (asking.signal.aborted) return { step, asked: false, why: 'the run was stopped before it was asked' };
  const probe = probeFor(step, made, ids, asking);
  if ('why' in probe) return { step, asked: false, why: probe.why };

  const remover = asking.writes.get(operation.id)?.remover;
  const creates = remover !== undefined || (operation.method === 'POST' && step.manner === 'forbidden-body');
  const entry = creates ? asking.journal.creating(operation.id) : undefined;
  const asked = await asking.conversation.ask(probe, {
    token: 'valid',
    repeatable: false,
    atMost: step.forbidden === undefined ? 'full' : 'validate',
  });
  if ('withheld' in asked) {
    if (entry !== undefined) asking.journal.created(entry, undefined);
    return { step, asked: false, why: sentenceOf(asked.withheld) };
  }
  const { reply, exchange, before } = asked;
  if (wasStopped(reply)) return { step, asked: false, why: STOPPED };
  const findings = reply.kind === 'answer' ? findViolations(operation, reply, asking.validator) : [];
  const observation: Asked = {
    step,
    asked: true,
    probe: asked.probe,
    token: 'valid',
    isToken: false,
    exchange,
    before,
    findings,
    listing: undefined,
  };
  if (entry !== undefined) remember(reply, entry, { observation, remover, made, ids, asking });
  if (operation.method === 'DELETE' && isSuccess(reply)) {
    const gone = made.find(({ removal }) => probe.request.url.endsWith(removal.sent));
    if (gone) settle(gone, asking);
  }
  return observation;
}

function probeFor(
  { operation, write, forbidden }: Step,
  made: readonly Made[],
  ids: ReadonlyMap<string, Value[]>,
  asking: Asking,
): Probe | { why: string } {
  const real = fillersFor(write, made, ids, asking);
  const needed = forbidden === undefined ? asking.samples.references(operation.id) : [];
  const missing = needed.find((id) => real.found(id) === undefined);
  if (missing !== undefined) return { why: `what it needs could not be created: ${missing} has given no id` };
  const nothing = () => ({ sent: asking.absent.make({}) ?? '', shown: 'absent-id' });
  const filled = fill(
    operation,
    forbidden === undefined ? real : { ...real, harvested: nothing, found: nothing },
  );
  if (!filled.ok) return { why: `what it needs could not be created: ${filled.why}` };
  const body = forbidden === undefined ? filled.body : JSON.stringify(forbidden);
  return {
    operation: operation.id,
    role: 'operation',
    ...(forbidden === undefined ? {} : { purpose: 'with a body that the contract forbids' }),
    request: {
      method: operation.method,
      url: asking.target.baseUrl + filled.path.sent,
      headers: filled.headers,
      ...(body === undefined ? {} : { body }),
    },
    shown: asking.target.baseUrl + filled.path.shown,
  };
}

function fillersFor(
  write: RealWrite | undefined,
  made: readonly Made[],
  ids: ReadonlyMap<string, Value[]>,
  asking: Asking,
): Fillers {
  const madeBy = (operation: string | undefined) =>
    made.findLast(({ by, removed }) => !removed && by.step.operation.id === operation)?.value;
  return {
    contract: asking.contract,
    samples: asking.samples,
    environment: asking.environment,
    inventIds: false,
    harvested: (_, parameter) => madeBy(write?.creators.get(parameter)?.id),
    found: (from) => madeBy(from) ?? ids.get(from)?.[0],
  };
}

/** Notes what a request has created, so that it can be removed. */
function remember(
  reply: Reply,
  entry: number,
  context: {
    observation: Asked;
    remover: Operation | undefined;
    made: Made[];
    ids: ReadonlyMap<string, Value[]>;
    asking: Asking;
  },
): void {
  const { observation, remover, made, ids, asking } = context;
  // No answer: something may have been created. The journal keeps the entry open, and cleanup tells of it.
  if (reply.kind !== 'answer') return;
  if (!isSuccess(reply)) {
    asking.journal.created(entry, undefined);
    return;
  }
  const id = idOf(jsonOf(reply)) ?? header(reply, 'location')?.split('/').filter(Boolean).at(-1);
  // Something was created that cannot be removed: the journal keeps the entry open.
  if (id === undefined || remover === undefined) return;
  const { operation } = observation.step;
  const name =
    operation.path
      .split('/')
      .filter((part) => part && !part.startsWith('{'))
      .at(-1) ?? 'thing';
  const value = { sent: id, shown: asking.pseudonyms.of(name, id) };
  const last = remover.parameters.filter((parameter) => parameter.in === 'path').at(-1)?.name;
  const others = fillersFor(asking.writes.get(remover.id), made, ids, asking);
  const path = fill(remover, {
    ...others,
    harvested: (_, parameter) => (parameter === last ? value : others.harvested(remover, parameter)),
    found: (from) => (from === operation.id ? value : others.found(from)),
  });
  if (!path.ok) return;
  asking.created.add(id);
  asking.journal.created(entry, path.path.sent);
  made.push({ by: observation, value, entry, removal: path.path, removed: false });
}

async function removeRest(made: readonly Made[], asking: Asking): Promise<void> {
  for (const one of made.filter(({ removed }) => !removed).reverse()) {
    const probe: Probe = {
      operation: one.by.step.operation.id,
      role: 'control',
      purpose: 'removal',
      request: {
        method: 'DELETE',
        url: asking.target.baseUrl + one.removal.sent,
        headers: { accept: 'application/json' },
      },
      shown: asking.target.baseUrl + one.removal.shown,
    };
    const came = await asking.conversation.ask(probe, {
      token: 'valid',
      repeatable: true,
      evenWhenStopped: true,
      kind: 'removal',
      atMost: 'full',
    });
    if ('withheld' in came) continue;
    const { reply, exchange } = came;
    one.by.after = [...(one.by.after ?? []), exchange];
    if (isSuccess(reply) || (reply.kind === 'answer' && [404, 410].includes(reply.status)))
      settle(one, asking);
  }
}

function settle(one: Made, asking: Asking): void {
  one.removed = true;
  asking.journal.removed(one.entry);
}

function isSuccess(reply: Reply): boolean {
  return reply.kind === 'answer' && reply.status >= 200 && reply.status < 300;
}

function idOf(body: Json | undefined): string | undefined {
  const id = isObject(body) ? body['id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

const TURN: Record<string, number> = { POST: 0, PUT: 1, PATCH: 1, DELETE: 2 };

/** Creations in the order in which they need one another, then changes, then removals in the reverse order. */
function inOrder(steps: readonly Step[], { samples }: Asking): Step[] {
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
  const turn = (step: Step) => TURN[step.operation.method] ?? 1;
  const forward = sorted.filter((step) => turn(step) < 2).sort((one, other) => turn(one) - turn(other));
  return [...forward, ...sorted.filter((step) => turn(step) === 2).reverse()];
}
