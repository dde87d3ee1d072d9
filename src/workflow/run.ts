import type { Operation } from '../contract/operation.js';
import { jsonOf } from '../exchange/record.js';
import type { Json } from '../json.js';
import { sendWrite } from '../engine/ask-writes.js';
import type { Made } from '../engine/created/made.js';
import { removeRest } from '../engine/created/remove.js';
import { sentenceOf } from '../session/withheld.js';
import { header, type Reply } from '../targets/reply.js';
import { firstSelected } from './criterion.js';
import { filledValue, parseExpression, valueOf, type Scope, type SpokenAnswer } from './expression.js';
import type { Action, Flow, FlowStep } from './flow.js';
import { startingValue } from './inputs.js';
import { LEAVES_NOTHING, type FlowOutcome, type StepOutcome } from './outcome.js';
import { requestFor } from './request.js';
import type { Stage } from './stage.js';

/** A flow that goes in a circle ends after so many steps. */
const MOST_STEPS = 100;

/** What came of a step: what it puts out where it passed, and why not where it did not. */
type StepReply =
  | { result: 'passed'; outputs: Record<string, Json> }
  | { result: 'failed'; why: string; scope: Scope }
  | { result: 'skipped' | 'bypassed'; why: string };

/**
 * Runs a flow, and removes what it has created. A step that fails ends it, unless the flow says what to do then;
 * one that may not be sent is skipped with all that needs what it would have put out.
 */
export async function runFlow(flow: Flow, stage: Stage): Promise<FlowOutcome> {
  const made: Made[] = [];
  stage.left.length = 0;
  let steps: StepOutcome[];
  try {
    steps = (await goThrough(flow, {}, { stage, made })).steps;
  } finally {
    await removeRest(made, stage.asking);
  }
  const remains = stage.left.filter(({ operation }) => stage.knownRefusal(operation) === undefined);
  const stated = { step: '', sentence: LEAVES_NOTHING };
  const [one] = remains;
  if (one) steps.push({ ...stated, result: 'failed', why: `${one.operation}: ${one.why}` });
  else if (made.length > 0) steps.push({ ...stated, result: 'passed' });
  return { flow: flow.id, title: flow.title, steps };
}

/** Where a flow is run: the target, and what was created so far. */
interface Going {
  stage: Stage;
  made: Made[];
}

async function goThrough(
  flow: Flow,
  given: Readonly<Record<string, Json>>,
  going: Going,
): Promise<{ steps: StepOutcome[]; outputs: Record<string, Json> }> {
  const inputs = { ...startingInputs(flow, going.stage), ...given };
  const outputs = new Map<string, Record<string, Json>>();
  const outcomes = new Map<string, StepOutcome>();
  const says = (step: FlowStep, came: StepReply): StepOutcome => {
    const stated = { step: step.id, sentence: step.sentence };
    return came.result === 'passed'
      ? { ...stated, result: 'passed' }
      : { ...stated, result: came.result, why: came.why };
  };
  /** Why the steps that were not reached were not. */
  let unreached: StepReply = { result: 'bypassed', why: 'the flow went another way' };
  let place = 0;
  for (let taken = 0; place < flow.steps.length; taken += 1) {
    const step = flow.steps[place];
    if (!step) break;
    if (taken >= MOST_STEPS) {
      outcomes.set(step.id, {
        ...{ step: step.id, sentence: step.sentence, result: 'failed' },
        why: `the flow takes more than ${MOST_STEPS} steps`,
      });
      break;
    }
    const scope: Scope = { inputs, steps: outputs, answer: undefined };
    const { came, next } = await goThroughStep(step, scope, going);
    if (came.result === 'passed') outputs.set(step.id, came.outputs);
    outcomes.set(step.id, says(step, came));
    if (next === 'end') break;
    if (next === 'fail') {
      unreached = { result: 'skipped', why: 'an earlier step failed' };
      break;
    }
    place = next === 'next' ? place + 1 : flow.steps.findIndex(({ id }) => id === next.goto);
  }
  const steps = flow.steps.map((step) => outcomes.get(step.id) ?? says(step, unreached));
  const end: Scope = { inputs, steps: outputs, answer: undefined };
  return { steps, outputs: valuesOf(flow.outputs, end) };
}

function startingInputs(flow: Flow, { startedAt, chance, asking }: Stage): Record<string, Json> {
  const beginning = {
    ...{ startedAt, chance, environment: asking.environment },
    absent: () => asking.absent.make({}),
  };
  return Object.fromEntries(
    [...flow.inputs].flatMap(([name, input]): [string, Json][] => {
      const value = startingValue(input, beginning);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What is done after a step. */
type Next = 'next' | 'end' | 'fail' | { goto: string };

/** Runs one step, again where the flow says so, and says what is next. */
async function goThroughStep(
  step: FlowStep,
  scope: Scope,
  going: Going,
): Promise<{ came: StepReply; next: Next }> {
  for (let repeated = 0; ; repeated += 1) {
    const came = await tryStep(step, scope, going);
    if (came.result === 'passed') {
      return { came, next: nextOf(firstFitting(step.onSuccess, scope), 'next') };
    }
    if (came.result !== 'failed') return { came, next: 'next' };
    const action = firstFitting(step.onFailure, came.scope);
    if (action?.does.kind === 'retry' && repeated < action.does.atMost) {
      await going.stage.clock.sleep(action.does.afterMs, going.stage.signal);
      continue;
    }
    if (action && action.does.kind !== 'retry') {
      return { came: { result: 'bypassed', why: came.why }, next: nextOf(action, 'fail') };
    }
    const known =
      step.does.kind === 'operation' ? going.stage.knownRefusal(step.does.operation.id) : undefined;
    if (known === undefined) return { came, next: 'fail' };
    const why = `it is expected of this target: ${known}`;
    return { came: { result: 'skipped', why }, next: 'next' };
  }
}

function firstFitting(actions: readonly Action[], scope: Scope): Action | undefined {
  return actions.find(({ criteria }) => criteria.every((criterion) => criterion.holds(scope)));
}

function nextOf(action: Action | undefined, otherwise: Next): Next {
  if (action?.does.kind === 'goto') return { goto: action.does.step };
  return action?.does.kind === 'end' ? 'end' : otherwise;
}

async function tryStep(step: FlowStep, scope: Scope, going: Going): Promise<StepReply> {
  if (going.stage.signal.aborted) return { result: 'skipped', why: 'the flows were stopped' };
  return step.does.kind === 'flow'
    ? callFlow(step, step.does.flow, scope, going)
    : askOperation(step, step.does.operation, scope, going);
}

/** Runs another flow as one step: it fails where a step of that fails. */
async function callFlow(step: FlowStep, flow: Flow, scope: Scope, going: Going): Promise<StepReply> {
  const given: Record<string, Json> = {};
  for (const { name, value } of step.parameters) {
    const filled = filledValue(value, scope);
    if (!filled.ok) return { result: 'skipped', why: lacking(filled.lacks) };
    given[name] = filled.value;
  }
  const { steps, outputs } = await goThrough(flow, given, going);
  const failed = steps.find(({ result }) => result === 'failed');
  if (failed && failed.result === 'failed')
    return { result: 'failed', why: `${failed.sentence}: ${failed.why}`, scope };
  const skipped = steps.find(({ result }) => result === 'skipped');
  if (skipped && skipped.result === 'skipped') return { result: 'skipped', why: skipped.why };
  return judged(step, { ...scope, outputs });
}

async function askOperation(
  step: FlowStep,
  operation: Operation,
  scope: Scope,
  { stage, made }: Going,
): Promise<StepReply> {
  const { asking } = stage;
  const built = requestFor(step, operation, scope, {
    contract: asking.contract,
    baseUrl: asking.target.baseUrl,
  });
  if (!built.ok) {
    return { result: 'skipped', why: built.lacks === undefined ? built.why : lacking(built.lacks) };
  }
  const sent = await send(operation, built.probe, made, stage);
  if ('why' in sent) return { result: 'skipped', why: sent.why };
  const { reply } = sent;
  if (reply.kind !== 'answer') {
    return { result: 'failed', why: `no answer came (${reply.code})`, scope };
  }
  const body = jsonOf(reply);
  // What is there already is not created by what follows.
  if (operation.safe && body !== undefined) asking.shown.add(body);
  const answer: SpokenAnswer = { status: reply.status, header: (name) => header(reply, name), body };
  return judged(step, { ...scope, answer });
}

/** Sends a request, as far as the target lets it be sent. */
async function send(
  operation: Operation,
  probe: Parameters<typeof sendWrite>[1]['probe'],
  made: Made[],
  { asking, steps }: Stage,
): Promise<{ reply: Reply } | { why: string }> {
  if (operation.safe) {
    const came = await asking.conversation.ask(probe, { token: 'valid', repeatable: true });
    return 'withheld' in came ? { why: sentenceOf(came.withheld) } : came;
  }
  const step = steps.get(operation.id);
  if (!step) return { why: 'the target has no address for it' };
  // What would stay is created only where it ends with the server that was started for the flows.
  const isOurs = asking.target.serve !== undefined && asking.policy === 'full';
  if (step.manner !== 'real' && !isOurs) {
    return { why: step.why ?? `the policy “${asking.policy}” does not allow it` };
  }
  const came = await sendWrite(
    { ...step, manner: 'real', forbidden: undefined },
    { probe, marker: undefined },
    { made, ids: new Map() },
    asking,
  );
  return came.asked ? came : { why: came.why };
}

/** Whether everything holds that has to come, and what the step puts out. */
function judged(step: FlowStep, scope: Scope): StepReply {
  const broken = step.criteria.find((criterion) => !criterion.holds(scope));
  if (broken) {
    const status = scope.answer ? ` (the status was ${scope.answer.status})` : '';
    return { result: 'failed', why: `this does not hold: ${broken.written}${status}`, scope };
  }
  const selected = [...step.selected].flatMap(([name, selector]): [string, Json][] => {
    const value = firstSelected(selector, scope);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    result: 'passed',
    outputs: { ...valuesOf(step.outputs, scope), ...Object.fromEntries(selected) },
  };
}

function valuesOf(expressions: ReadonlyMap<string, string>, scope: Scope): Record<string, Json> {
  return Object.fromEntries(
    [...expressions].flatMap(([name, text]): [string, Json][] => {
      const expression = parseExpression(text);
      const value = expression && valueOf(expression, scope);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Why a step is not run that needs a value which is not there. */
function lacking(text: string): string {
  const expression = parseExpression(text);
  return expression?.of === 'output'
    ? `it needs what the step “${expression.step}” puts out as “${expression.name}”, and that has put out none`
    : `it needs ${text}, which has no value`;
}
