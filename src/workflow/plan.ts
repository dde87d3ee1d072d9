import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { pointer, type Json } from '../json.js';
import { Problem, throwAll } from '../problem.js';
import { readCriterion, whyNoPath, type Criterion } from './criterion.js';
import { EXPRESSIONS, bracedIn, expressionsIn, parseExpression } from './expression.js';
import { missing, misnamed, operationNamed, remedyFor } from '../targets/named.js';
import type { Action, Flow, FlowStep, GivenParameter } from './flow.js';
import type { Input } from './inputs.js';
import { operationsOf } from './names.js';
import type { WorkflowDocument } from './read.js';
import type {
  WrittenAction,
  WrittenCriterion,
  WrittenParameter,
  WrittenStep,
  WrittenWorkflow,
} from './shape.js';

/**
 * The flows of all documents of a spec folder, in their order.
 * @throws Problem with file, line and remedy, for everything that is named and is not there
 */
export function planFlows(
  documents: readonly WorkflowDocument[],
  { operations }: Pick<Contract, 'operations'>,
): Flow[] {
  const faults: Problem[] = [];
  const flows = documents.flatMap((document) => {
    const planned = planDocument(document, operations);
    faults.push(...planned.faults);
    return planned.flows;
  });
  faults.push(...repeatedIds(documents));
  throwAll(faults);
  return flows;
}

/** The flows that are run by themselves. */
export function ownFlows(flows: readonly Flow[]): Flow[] {
  return flows.filter(({ isPart }) => !isPart);
}

/** Ids of workflows that are in several documents: whoever reads of one has to know which is meant. */
function repeatedIds(documents: readonly WorkflowDocument[]): Problem[] {
  const seen = new Set<string>();
  return documents.flatMap(({ file, value, lineOf }) =>
    value.workflows.flatMap(({ workflowId }, index) => {
      const isNew = !seen.has(workflowId);
      seen.add(workflowId);
      if (isNew) return [];
      return new Problem('CONFORM_E_FLOW_INVALID', `there are two workflows “${workflowId}”`, {
        place: { file, line: lineOf(pointer('workflows', index, 'workflowId')) },
        remedy: 'Give each an id of its own.',
      });
    }),
  );
}

function planDocument(
  document: WorkflowDocument,
  operations: readonly Operation[],
): { flows: Flow[]; faults: Problem[] } {
  const { file, value, lineOf } = document;
  const faults: Problem[] = [];
  const fault: Report = (where, what, remedy) => {
    faults.push(
      new Problem('CONFORM_E_FLOW_INVALID', what, { place: { file, line: lineOf(where) }, remedy }),
    );
  };
  const named = new Set(value.workflows.flatMap(({ steps }) => steps.map(({ workflowId }) => workflowId)));
  const planned = new Map<string, Flow>();
  const places = new Map(value.workflows.map((one, index) => [one.workflowId, index]));
  /** A flow is planned after those that it runs. @param above those that lead to it */
  const flowOf = (id: string, above: readonly string[]): Flow | undefined => {
    const known = planned.get(id);
    if (known || above.includes(id)) return known;
    const index = places.get(id);
    const written = index === undefined ? undefined : value.workflows[index];
    if (!written || index === undefined) return undefined;
    const context: Context = {
      operations,
      document,
      fault,
      flowOf: (other) => flowOf(other, [...above, id]),
    };
    const flow = { ...planFlow(written, pointer('workflows', index), context), isPart: named.has(id) };
    planned.set(id, flow);
    return flow;
  };
  const flows = value.workflows.flatMap(({ workflowId }) => flowOf(workflowId, []) ?? []);
  return { flows, faults };
}

type Report = (where: string, what: string, remedy: string) => void;

/** What a workflow is planned with. */
interface Context {
  operations: readonly Operation[];
  document: WorkflowDocument;
  fault: Report;
  flowOf: (id: string) => Flow | undefined;
}

function planFlow(written: WrittenWorkflow, here: string, context: Context): Omit<Flow, 'isPart'> {
  const { fault, document } = context;
  const properties = Object.entries(written.inputs?.properties ?? {});
  const inputs = new Map<string, Input>(
    properties.map(([name, one]) => [name, { computed: one['x-value'], usual: json(one.default) }]),
  );
  const outputsOf = new Map(written.steps.map((step) => [step.stepId, outputNames(step)]));
  if (outputsOf.size < written.steps.length) {
    fault(`${here}/steps`, 'two steps have the same stepId', 'Give each an id of its own.');
  }
  const checkExpression: CheckExpression = (text, where, called) => {
    const expression = parseExpression(text);
    if (!expression) {
      fault(where, `the expression “${text}” is not known here`, `There are ${EXPRESSIONS}.`);
    } else if (expression.of === 'called' && !called?.outputs.has(expression.name)) {
      fault(
        where,
        `the step runs no workflow with the output “${expression.name}”`,
        `Its outputs are: ${listed(called?.outputs.keys() ?? [])}.`,
      );
    } else if (expression.of === 'input' && !inputs.has(expression.name)) {
      fault(
        where,
        `the workflow has no input “${expression.name}”`,
        `Add it, or take one of: ${listed(inputs.keys())}.`,
      );
    } else if (expression.of === 'output' && !outputsOf.get(expression.step)?.includes(expression.name)) {
      const step = outputsOf.get(expression.step);
      fault(
        where,
        step
          ? `the step “${expression.step}” has no output “${expression.name}”`
          : `the workflow has no step “${expression.step}”`,
        step ? `Its outputs are: ${listed(step)}.` : `Its steps are: ${listed(outputsOf.keys())}.`,
      );
    }
  };
  const steps = written.steps.map((step, index) =>
    planStep(step, `${here}/steps/${index}`, {
      ...context,
      checkIn: checkExpression,
      stepIds: [...outputsOf.keys()],
    }),
  );
  for (const [name, text] of Object.entries(written.outputs ?? {}))
    checkExpression(text, here + pointer('outputs', name));
  return {
    id: written.workflowId,
    title: written.summary,
    about: written.description,
    file: document.file,
    inputs,
    steps,
    outputs: new Map(Object.entries(written.outputs ?? {})),
  };
}

/** Says what is wrong with an expression. @param called the flow that the step runs, if it does */
type CheckExpression = (text: string, where: string, called?: Flow) => void;

interface FlowContext extends Context {
  checkIn: CheckExpression;
  stepIds: readonly string[];
}

interface StepContext extends FlowContext {
  checkExpression: (text: string, where: string) => void;
}

function planStep(step: WrittenStep, here: string, flow: FlowContext): FlowStep {
  const does = whatItDoes(step, here, flow);
  const called = does?.kind === 'flow' ? does.flow : undefined;
  const checkExpression: StepContext['checkExpression'] = (text, where) => {
    flow.checkIn(text, where, called);
  };
  const context: StepContext = { ...flow, checkExpression };
  const { fault } = context;
  const { components } = context.document.value;
  const parameters = (step.parameters ?? []).flatMap((one, index): GivenParameter[] => {
    const where = `${here}/parameters/${index}`;
    const report = (what: string, remedy: string) => {
      fault(where, what, remedy);
    };
    const written: WrittenParameter | undefined =
      'reference' in one ? component(one.reference, 'parameters', components?.parameters, report) : one;
    if (!written) return [];
    const value = json(written.value) ?? null;
    for (const text of expressionsIn(value)) checkExpression(text, where);
    return [{ name: written.name, in: written.in, value }];
  });
  checkParameters(parameters, does, here, context);
  const body = step.requestBody && {
    payload: json(step.requestBody.payload) ?? null,
    replacements: (step.requestBody.replacements ?? []).map((one) => ({
      target: one.target,
      value: json(one.value) ?? null,
      asNumber: one['x-type'] === 'integer',
    })),
  };
  if (body) {
    const where = `${here}/requestBody`;
    for (const text of expressionsIn(body.payload)) checkExpression(text, `${where}/payload`);
    for (const [index, { value }] of body.replacements.entries())
      for (const text of expressionsIn(value)) checkExpression(text, `${where}/replacements/${index}`);
  }
  const criteria = readCriteria(step.successCriteria ?? [], `${here}/successCriteria`, context);
  if (does?.kind === 'operation' && criteria.length === 0) {
    fault(
      here,
      `the step “${step.stepId}” says nothing of what has to come`,
      'Add successCriteria: a step that cannot fail shows nothing.',
    );
  }
  for (const [name, text] of Object.entries(step.outputs ?? {}))
    checkExpression(text, here + pointer('outputs', name));
  for (const [name, { context: of, selector }] of Object.entries(step['x-outputs'] ?? {})) {
    const where = here + pointer('x-outputs', name);
    for (const text of [of, ...bracedIn(selector)]) checkExpression(text, where);
    const no = whyNoPath(selector);
    if (no) fault(where, no.why, no.remedy);
  }
  const actions = (list: 'onSuccess' | 'onFailure') =>
    (step[list] ?? []).flatMap((one, index) => {
      const where = `${here}/${list}/${index}`;
      const kind = list === 'onSuccess' ? 'successActions' : 'failureActions';
      const report = (what: string, remedy: string) => {
        fault(where, what, remedy);
      };
      const written: WrittenAction | undefined =
        'reference' in one ? component<WrittenAction>(one.reference, kind, components?.[kind], report) : one;
      return written ? planAction(written, does, where, context) : [];
    });
  return {
    id: step.stepId,
    sentence: step.description,
    // Whatever has a fault is never run.
    does: does ?? { kind: 'flow', flow: NOTHING },
    parameters,
    body,
    criteria,
    outputs: new Map(Object.entries(step.outputs ?? {})),
    selected: new Map(Object.entries(step['x-outputs'] ?? {})),
    onSuccess: actions('onSuccess'),
    onFailure: actions('onFailure'),
  };
}

const NOTHING: Flow = {
  ...{ id: '', title: '', about: undefined, file: '', isPart: true },
  ...{ inputs: new Map(), steps: [], outputs: new Map() },
};

function whatItDoes(
  step: WrittenStep,
  here: string,
  { operations, document, fault, flowOf }: FlowContext,
): FlowStep['does'] | undefined {
  const { stepId, operationId, operationPath, workflowId } = step;
  if ([operationId, operationPath, workflowId].filter((one) => one !== undefined).length !== 1) {
    fault(
      here,
      `the step “${stepId}” has to name exactly one of operationId, operationPath and workflowId`,
      'Say which operation or workflow it is.',
    );
    return undefined;
  }
  if (workflowId !== undefined) {
    const flow = flowOf(workflowId);
    if (flow) return { kind: 'flow', flow };
    fault(
      `${here}/workflowId`,
      `the document has no workflow “${workflowId}”, or it leads to itself`,
      `Workflows are: ${listed(document.value.workflows.map((one) => one.workflowId))}.`,
    );
    return undefined;
  }
  const [source] = document.value.sourceDescriptions;
  const named = operationsOf(step, source?.name ?? '', (member) => ({
    ...{ file: document.file, pointer: `${here}/${member}` },
  }));
  for (const wrong of misnamed(named, { contract: { operations: [...operations] } }))
    fault(wrong.place.pointer ?? here, missing(wrong), remedyFor(wrong));
  const operation = named.flatMap((one) => operationNamed(one, operations) ?? [])[0];
  return operation && { kind: 'operation', operation };
}

/** Whether a step gives what its operation or workflow takes. */
function checkParameters(
  given: readonly GivenParameter[],
  does: FlowStep['does'] | undefined,
  here: string,
  { fault }: StepContext,
): void {
  const where = (index: number) => `${here}/parameters/${index}`;
  if (does?.kind === 'flow') {
    for (const [index, { name, in: place }] of given.entries()) {
      if (place === undefined && does.flow.inputs.has(name)) continue;
      fault(
        where(index),
        `the workflow “${does.flow.id}” has no input “${name}”`,
        `Its inputs are: ${listed(does.flow.inputs.keys())}; they have no “in”.`,
      );
    }
  }
  if (does?.kind !== 'operation') return;
  const { operation } = does;
  const key = ({ name, in: place }: Pick<GivenParameter, 'name' | 'in'>) => `${place ?? ''} ${name}`;
  const known = new Set(operation.parameters.map(key));
  for (const [index, one] of given.entries()) {
    if (known.has(key(one))) continue;
    fault(
      where(index),
      `${operation.id} has no parameter “${one.name}” in ${one.in ?? 'no place'}`,
      `Its parameters are: ${listed(operation.parameters.map(({ name, in: place }) => `${name} (${place})`))}.`,
    );
  }
  const there = new Set(given.map(key));
  const lacking = operation.parameters.filter((one) => one.required && !there.has(key(one)));
  for (const { name, in: place } of lacking)
    fault(here, `${operation.id} needs the parameter “${name}” in ${place}`, 'Give it a value.');
}

function readCriteria(
  written: readonly WrittenCriterion[],
  here: string,
  { fault, checkExpression }: StepContext,
): Criterion[] {
  return written.flatMap((one, index) => {
    const where = `${here}/${index}`;
    const read = readCriterion(one);
    if ('why' in read) {
      fault(where, read.why, read.remedy);
      return [];
    }
    for (const text of read.expressions) checkExpression(text, where);
    return [read];
  });
}

function planAction(
  written: WrittenAction,
  does: FlowStep['does'] | undefined,
  here: string,
  context: StepContext,
): Action[] {
  const criteria = readCriteria(written.criteria ?? [], `${here}/criteria`, context);
  if (written.type === 'end') return [{ criteria, does: { kind: 'end' } }];
  if (written.type === 'goto') {
    if (!context.stepIds.includes(written.stepId)) {
      context.fault(
        here,
        `the workflow has no step “${written.stepId}”`,
        `Its steps are: ${listed(context.stepIds)}.`,
      );
    }
    return [{ criteria, does: { kind: 'goto', step: written.stepId } }];
  }
  if (does?.kind === 'operation' && !does.operation.safe) {
    context.fault(
      here,
      `${does.operation.id} could change something, so it is not repeated`,
      'Take the retry out: what changes something may have been done although its answer says otherwise.',
    );
  }
  const { retryAfter = 1, retryLimit = 1 } = written;
  return [{ criteria, does: { kind: 'retry', afterMs: retryAfter * 1000, atMost: retryLimit } }];
}

/** What a reference into the components leads to. */
function component<Written>(
  reference: string,
  kind: string,
  there: Readonly<Record<string, Written>> = {},
  report: (what: string, remedy: string) => void,
): Written | undefined {
  const start = `$components.${kind}.`;
  const name = reference.startsWith(start) ? reference.slice(start.length) : '';
  const found = Object.hasOwn(there, name) ? there[name] : undefined;
  if (!found) report(`“${reference}” leads to nothing`, `There are: ${listed(Object.keys(there))}.`);
  return found;
}

function outputNames(step: WrittenStep): string[] {
  return [...Object.keys(step.outputs ?? {}), ...Object.keys(step['x-outputs'] ?? {})];
}

function listed(names: Iterable<string>): string {
  return [...names].join(', ') || 'none';
}

/** What YAML gives is JSON, but for dates and the like, which the core schema of YAML 1.2 does not make. */
function json(value: unknown): Json | undefined {
  return value as Json | undefined;
}
