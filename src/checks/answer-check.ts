import type { Operation } from '../contract/operation.js';
import type { DocumentedResponse } from '../contract/response.js';
import type { Validator } from '../contract/schema/validator.js';
import type { Body } from '../exchange/body.js';
import type { Manner } from '../probe/writes.js';
import type { Answer } from '../targets/reply.js';
import type { Broken, Promised } from './check.js';
import type { Facts } from './fact.js';

/** An answer, how it was asked for, and what the contract promises of it. */
export interface GivenAnswer {
  operation: Operation;
  manner: Manner;
  answer: Answer;
  body: Body;
  /** The documented response that applies: by status, by its class (`4XX`), or `default`. */
  response: DocumentedResponse | undefined;
  validator: Validator;
}

/** One way in which an answer breaks a promise, or why it was not found out whether it does. */
export interface Found<Code extends string = string> extends Omit<Broken<Code>, 'facts'> {
  /** What makes it this finding, and not another one of the same code. */
  facts?: Facts;
  /** Where it is no more than a warning, although others of its code are errors. */
  severity?: 'warning';
  /** Set where the promise could not be checked: then it is neither kept nor broken. */
  inconclusive?: true;
  /** The component of the contract that describes what is broken, as `#/components/schemas/Thing`. */
  schema?: string;
  /** The sentence, where it says more than the facts do: what the contract allows instead. */
  message?: string;
}

/**
 * A promise that every single answer is held to, whatever else is chosen: without it there is no outcome. It looks at the
 * answer that came, and asks nothing.
 */
export interface AnswerCheck<Code extends string = string> extends Promised<Code> {
  asks: { atMost: 0 };
  find: (given: GivenAnswer) => Found<Code>[];
}

/** Gives a check of the single answer its type: the codes of what it finds are those of its messages. */
export function answerCheck<const Code extends string>(given: AnswerCheck<Code>): AnswerCheck<Code> {
  return given;
}
