import { provokedBy, stateOf } from '../record/proof.js';
import type { Capability } from '../record/run.js';
import { OUTCOMES, type Outcome } from '../verdict/causes.js';

/** What an operation is called wherever a person reads of it: its outcome, unless we have provoked that. */
export const LABELS = [
  'works',
  'deviates',
  'expected refusal',
  'let in',
  ...OUTCOMES.filter((outcome) => outcome !== 'works' && outcome !== 'deviates'),
] as const;
export type Label = Outcome | 'expected refusal' | 'let in';

/** A sign beside the word, so that it can be read without colour. */
export const SIGNS: Record<Label, string> = {
  works: '✓',
  deviates: '≈',
  'expected refusal': '○',
  'let in': '‼',
  rejects: '✗',
  denied: '⊘',
  unrouted: '↯',
  absent: '∅',
  gone: '†',
  broken: '!',
  throttled: '⏱',
  unreachable: '⇹',
  skipped: '–',
};

export const MEANINGS: Record<Label, string> = {
  works: 'a documented success, and the contract kept',
  deviates: 'a success that breaks the contract',
  'expected refusal':
    'asked with a bad token or a forbidden body, and refused for it; what a real request would do is not proven',
  'let in': 'asked with a bad token or a forbidden body, and not refused',
  rejects: 'routed and authorised; our input was refused',
  denied: 'refused by authentication or permission',
  unrouted: 'no such method and path is known, whatever the status says',
  absent: 'routed, but there is no such resource',
  gone: 'the whole host answers as retired',
  broken: 'a server error, or an answer that cannot be read',
  throttled: 'too many requests',
  unreachable: 'no answer at all',
  skipped: 'not asked',
};

/** What an operation with a label is to somebody who knows none of the words above: one of them, and several. */
const IN_WORDS: Record<Label, readonly [one: string, many: string]> = {
  works: ['operation that works', 'operations that work'],
  deviates: ['answer that breaks the contract', 'answers that break the contract'],
  'expected refusal': ['expected refusal', 'expected refusals'],
  'let in': ['bad request that was let in', 'bad requests that were let in'],
  rejects: ['refusal of our input', 'refusals of our input'],
  denied: ['refusal of access', 'refusals of access'],
  unrouted: ['unknown path', 'unknown paths'],
  absent: ['missing record', 'missing records'],
  gone: ['operation of a retired host', 'operations of a retired host'],
  broken: ['server error', 'server errors'],
  throttled: ['refusal for too many requests', 'refusals for too many requests'],
  unreachable: ['request without an answer', 'requests without an answer'],
  skipped: ['operation that was not asked', 'operations that were not asked'],
};

/** `server error` */
export function inWords(label: Label): string {
  return IN_WORDS[label][0];
}

/** `15 server errors` */
export function countInWords(label: Label, count: number): string {
  const [one, many] = IN_WORDS[label];
  return `${count} ${count === 1 ? one : many}`;
}

export function labelOf(operation: Capability): Label {
  const state = stateOf(operation);
  return state === 'fails' ? operation.outcome : state;
}

/** `expected-refusal`: a label where no space may be. */
export function slugOf(label: Label): string {
  return label.replace(' ', '-');
}

/** One label of a run, and of how many operations it is. */
export interface Count {
  label: Label;
  count: number;
  /** `expected refusals (asked with a bad token)` */
  name: string;
  /** `34 expected refusals (asked with a bad token)` */
  text: string;
}

/** How many operations have each label, those that there are. */
export function countsOf(operations: readonly Capability[]): Count[] {
  return LABELS.flatMap((label) => {
    const those = operations.filter((operation) => labelOf(operation) === label);
    const name = nameOf(label, those);
    return those.length === 0 ? [] : [{ label, count: those.length, name, text: `${those.length} ${name}` }];
  });
}

function nameOf(label: Label, those: readonly Capability[]): string {
  if (label !== 'expected refusal') return label;
  const ways = [...new Set(those.flatMap((operation) => provokedBy(operation) ?? []))];
  return `expected ${those.length === 1 ? 'refusal' : 'refusals'} (asked with ${ways.join(' or ')})`;
}

/** `GET /a, GET /b, GET /c and 9 more` */
export function firstOf(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  // To name one more takes no more room than to count it.
  return rest <= 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${rest} more`;
}
