import { findingKey, keyByMessage } from '../checks/finding-key.js';
import { withoutLengths } from '../exchange/shape.js';
import type { Difference } from './change.js';
import { compareShapes, describeDifference } from '../exchange/compare-shapes.js';
import { describeState, type State } from './state.js';

/** What is between two states of one operation, or why that cannot be said. */
export type Comparison = { differences: Difference[] } | { why: string };

/** Compares everything about one operation but its latency, which one answer says nothing about. */
export function compareStates(before: State, now: State): Comparison {
  const unasked = new Set([...before.unasked, ...now.unasked]);
  const base = withoutFindingsOf(unasked, before);
  const head = withoutFindingsOf(unasked, now);
  if (head.outcome === 'skipped') return { why: `not asked now: ${head.explanation}` };
  if (base.outcome === 'skipped') return { why: `not asked before: ${base.explanation}` };
  if (base.manner !== head.manner) return compareRouting(base, head);
  return {
    differences: [
      ...compareDefinitions(base, head),
      ...compareVerdicts(base, head),
      ...compareFindings(base, head),
      ...compareBodies(base, head),
    ],
  };
}

/**
 * A state as it is but for checks that one of two runs has not asked: that these find nothing there is no news, and that
 * they found something before neither.
 */
function withoutFindingsOf(unasked: ReadonlySet<string>, state: State): State {
  const findings = state.findings.filter(({ check }) => !unasked.has(check));
  if (findings.length === state.findings.length) return state;
  const isBroken = findings.some(({ severity }) => severity === 'error');
  if (state.outcome !== 'deviates' || isBroken) return { ...state, findings };
  const works: State = { ...state, findings, outcome: 'works', usefulness: 2 };
  delete works.layer;
  delete works.cause;
  return works;
}

const NOT_ROUTED = ['unrouted', 'gone', 'unreachable'];

/** Asked in different manners, two answers have only this in common: whether there is such a route. */
function compareRouting(base: State, head: State): Comparison {
  const before = !NOT_ROUTED.includes(base.outcome);
  const now = !NOT_ROUTED.includes(head.outcome);
  if (before === now)
    return { why: `asked in another manner than before (${head.manner}, was ${base.manner})` };
  return {
    differences: [difference(head, now ? 'better' : 'worse', describeState(base), describeState(head))],
  };
}

function compareDefinitions(base: State, head: State): Difference[] {
  if (base.definition === undefined || head.definition === undefined) return [];
  if (base.definition === head.definition) return [];
  return [difference(head, 'contract', 'its definition', 'another definition')];
}

function compareVerdicts(base: State, head: State): Difference[] {
  const from = describeState(base);
  const to = describeState(head);
  const gain = head.usefulness - base.usefulness;
  if (from !== to) {
    return [difference(head, gain > 0 ? 'better' : gain < 0 ? 'worse' : 'different', from, to)];
  }
  if (base.status !== head.status) {
    return [difference(head, 'different', `${from} with ${base.status}`, `${to} with ${head.status}`)];
  }
  const words = (state: State) => `${from}: ${state.message ?? 'no text that is known'}`;
  if (base.message !== head.message && head.usefulness === 0) {
    return [difference(head, 'different', words(base), words(head))];
  }
  if (head.usefulness === 0 && base.fingerprint !== head.fingerprint && isSameBody(base, head)) {
    return [
      difference(
        head,
        'different',
        `${from} (fingerprint ${base.fingerprint ?? 'none'})`,
        `${to} (fingerprint ${head.fingerprint ?? 'none'})`,
      ),
    ];
  }
  return [];
}

/** Where the body is the same and the fingerprint is not, it is the kind of error in the headers that changed. */
function isSameBody(base: State, head: State): boolean {
  const [before, now] = [base.shape, head.shape].map((shape) =>
    JSON.stringify(withoutLengths(shape ?? null)),
  );
  return before === now;
}

function compareFindings(base: State, head: State): Difference[] {
  // A run of a former version knows its findings by their messages only.
  const haveCodes = [...base.findings, ...head.findings].every(({ code }) => code !== undefined);
  const byKey = ({ findings }: State) =>
    new Map(findings.map((one) => [haveCodes ? findingKey(one) : keyByMessage(one), keyByMessage(one)]));
  const [before, now] = [byKey(base), byKey(head)];
  const added = [...now].flatMap(([key, words]) => (before.has(key) ? [] : [words]));
  const gone = [...before].flatMap(([key, words]) => (now.has(key) ? [] : [words]));
  // A refusal has no body to find anything in.
  const fixed = head.usefulness > 0 ? gone : [];
  return [
    ...added.map((words) => difference(head, 'finding-new', '', words)),
    ...fixed.map((words) => difference(head, 'finding-gone', words, '')),
  ];
}

/** Bodies of the same status are compared: an error has another shape than a success, and that is no news. */
function compareBodies(base: State, head: State): Difference[] {
  if (base.status !== head.status || base.shape === undefined || head.shape === undefined) return [];
  return compareShapes(base.shape, head.shape).map((found) => {
    const { from, to } = describeDifference(found);
    return difference(head, 'body-shape', from, to);
  });
}

function difference({ operation }: State, kind: Difference['kind'], from: string, to: string): Difference {
  return { operation, kind, from, to };
}
