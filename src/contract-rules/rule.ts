import type { Json } from '../json.js';
import type { Place } from '../problem.js';
import type { Subject } from './subject.js';

/** Where it is laid down what a contract has to be. */
export interface Section {
  /** As it is cited, for example `OpenAPI 3.0.4, section 4.8.10`. */
  title: string;
  url: string;
}

/** `error`: who relies on it will be misled. `warning`: who relies on it has to guess. */
export type Severity = 'error' | 'warning';

/** One place where a contract breaks a rule. */
export interface Fault {
  /** What it is, of the things that the rule can find. */
  code: string;
  /** The same as a sentence, without a full stop. */
  message: string;
  /** What the sentence is made of. */
  facts: Record<string, Json>;
  /** JSON Pointer into the file. */
  pointer: string;
  /** Where it is, for what only the loader can find; else it is found by the pointer. */
  place?: Place;
}

/** One thing that a contract has to keep for those who rely on it. */
export interface ContractRule {
  /** `contract/NAME`, or `repair/NAME` for what the loader has to repair. */
  id: string;
  /** What a contract that keeps it does, as a sentence. */
  promise: string;
  severity: Severity;
  source: Section;
  /** Sends nothing and reads no file. */
  judge: (subject: Subject) => Fault[] | Promise<Fault[]>;
}

/** A fault with the rule that it breaks and its place in the file. */
export interface ContractFinding extends Omit<Fault, 'place'> {
  rule: string;
  severity: Severity;
  place: Place;
}
