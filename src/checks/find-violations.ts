import type { Operation } from '../contract/operation.js';
import { responseFor } from '../contract/response.js';
import type { Validator } from '../contract/schema/validator.js';
import { readBody } from '../exchange/body.js';
import type { Manner } from '../probe/writes.js';
import type { Answer } from '../targets/reply.js';
import type { Finding } from '../verdict/verdict.js';
import { findingOf } from './finding.js';
import { ANSWER_CHECKS } from './answer-checks.js';

/**
 * In which ways an answer breaks the contract.
 * @param manner how it was asked for: a body that is wrong on purpose, for one, is not to be accepted
 */
export function findViolations(
  operation: Operation,
  answer: Answer,
  validator: Validator,
  manner: Manner = 'plain',
): Finding[] {
  const response = responseFor(operation, answer.status);
  const given = { operation, manner, answer, body: readBody(answer), response, validator };
  return ANSWER_CHECKS.flatMap((check) => check.find(given).map((found) => findingOf(check, found)));
}
