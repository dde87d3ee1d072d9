import type { Operation } from '../../contract/operation.js';
import { responseFor } from '../../contract/response.js';
import type { Validator } from '../../contract/schema/validator.js';
import { readBody } from '../../exchange/body.js';
import type { Answer } from '../../target/reply.js';
import type { Finding } from '../verdict.js';
import { bodyForm } from './body.js';
import type { Check } from './check.js';
import { contentType } from './content-type.js';
import { documentedStatus } from './documented-status.js';
import { headerValues } from './header-values.js';
import { requiredHeaders } from './required-headers.js';

/** Every promise of the contract that answers are held against. */
export const CHECKS: readonly Check[] = [
  documentedStatus,
  contentType,
  requiredHeaders,
  headerValues,
  bodyForm,
];

/** In which ways an answer breaks the contract. */
export function findViolations(operation: Operation, answer: Answer, validator: Validator): Finding[] {
  const response = responseFor(operation, answer.status);
  const input = { operation, answer, body: readBody(answer), response, validator };
  return CHECKS.flatMap((check) => check.find(input).map((finding) => ({ check: check.name, ...finding })));
}
