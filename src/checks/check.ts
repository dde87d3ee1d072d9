import type { Ask, NotApplicable } from '../drive/drive.js';
import type { SeenReply, Seen } from '../drive/seen.js';
import type { Facts } from './fact.js';
import type { Subject } from './subject.js';

/** Who makes a promise: the contract, a standard with its section, or the practice of the field. */
export interface Source {
  kind: 'contract' | 'standard' | 'practice';
  ref: string;
  url?: string;
}

export const FAMILIES = ['answer', 'list', 'read', 'http', 'auth', 'state', 'input', 'own'] as const;
export type Family = (typeof FAMILIES)[number];

/** A promise that a host is held to: all that is said of it wherever it is listed, chosen or shown. */
export interface Promised<Code extends string = string> {
  /** Folder and file: `list/page-size`. Never renamed, since expectations and tickets hold it. */
  id: `${Family}/${string}`;
  /** The promise as a sentence. */
  promise: string;
  source: Source;
  /** The version of this program that brought it. */
  since: string;
  severity: 'error' | 'warning';
  /** The codes that are no more than warnings, whatever the severity of the others. */
  warnings?: readonly NoInfer<Code>[];
  /** Set where it is on only when it is named itself, and not by `all` or by its family. */
  optIn?: true;
  /** The most that it asks of one subject. */
  asks: { atMost: number };
  /** Every way in which the promise can be broken, and its sentence. */
  messages: Readonly<Record<Code, (facts: Facts) => string>>;
}

/**
 * A promise that a read is held to, and how to see whether it is kept. `run` yields the requests that it wants, all of
 * them reads, and is given their answers; it sends nothing itself.
 */
export interface Check<Code extends string = string> extends Promised<Code> {
  /** What it is about where that is not the operation: it is looked at with one operation only. */
  scope?: 'host';
  run: (subject: Subject) => Generator<Ask, Result<Code> | NotApplicable, SeenReply>;
}

/** One way in which a promise is broken. */
export interface Broken<Code extends string = string> {
  code: Code;
  facts: Facts;
  /** JSON Pointer into the body of the last answer that shows it. */
  pointer?: string;
  /** What shows it, and of which operation, where it is not all of one operation that was asked. */
  at?: { operation?: string; seen: readonly Seen[] };
}

/** What can come of a check. */
export const CHECK_RESULTS = ['passed', 'failed', 'inconclusive', 'not-applicable'] as const;

export type Result<Code extends string = string> =
  | { kind: 'passed' }
  | { kind: 'failed'; broken: Broken<Code>[] }
  /** It was not found out, and why. */
  | { kind: 'inconclusive'; why: string };

/** Gives a check its type: the codes of its findings are those of its messages. */
export function check<const Code extends string>(given: Check<Code>): Check<Code> {
  return given;
}

export const passed = { kind: 'passed' } as const;

export function failed<Code extends string>(
  code: Code,
  facts: Facts = {},
  pointer?: string,
): { kind: 'failed'; broken: Broken<Code>[] } {
  return { kind: 'failed', broken: [{ code, facts, ...(pointer === undefined ? {} : { pointer }) }] };
}

export function inconclusive(why: string): { kind: 'inconclusive'; why: string } {
  return { kind: 'inconclusive', why };
}
