import type { Operation } from '../../contract/operation.js';
import type { DocumentedResponse } from '../../contract/response.js';
import type { Validator } from '../../contract/schema/validator.js';
import type { Body } from '../../exchange/body.js';
import type { Answer } from '../../target/reply.js';
import type { Finding } from '../verdict.js';

/** An answer, and what the contract promises of it. */
export interface CheckedAnswer {
  operation: Operation;
  answer: Answer;
  body: Body;
  /** The documented response that applies: by status, by its class (`4XX`), or `default`. */
  response: DocumentedResponse | undefined;
  validator: Validator;
}

/** What a check finds; the name of the check is added to it. */
export type Found = Omit<Finding, 'check'>;

/** One promise of the contract, and how to see whether an answer keeps it. Named by the promise. */
export interface Check {
  name: string;
  find: (input: CheckedAnswer) => Found[];
}
