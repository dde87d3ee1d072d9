import { firstJson } from '../contract/content.js';
import type { Contract } from '../contract/contract.js';
import { operationAt } from '../contract/operation-at.js';
import { isForbidden } from '../contract/schema/validator.js';
import { isJsonType, parseJson } from '../json.js';
import type { Request } from './listen.js';

/** What of a contract says which bodies are forbidden. */
export type Described = Pick<Contract, 'operations' | 'validators'>;

/** Whether a contract is known to forbid the JSON that a request brings. */
export function hasForbiddenBody(
  { method, url: { pathname }, headers, body }: Request,
  { operations, validators }: Described,
): boolean {
  if (!isJsonType(headers['content-type'] ?? '')) return false;
  const value = parseJson(body);
  const operation = operationAt(method, pathname, operations)?.operation;
  const [, media] = firstJson(operation?.body?.content ?? {}) ?? [];
  if (value === undefined || media?.schemaPointer === undefined) return false;
  return isForbidden(validators.request.check(media.schemaPointer, value));
}
