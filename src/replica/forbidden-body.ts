import { firstJson } from '../contract/content.js';
import { covers } from '../contract/media-type.js';
import type { Contract } from '../contract/contract.js';
import { operationAt } from '../contract/operation-at.js';
import { isForbidden } from '../contract/schema/validator.js';
import { isJsonType, parseJson } from '../json.js';
import type { Request } from './listen.js';

/** What of a contract says which bodies are forbidden. */
export type Described = Pick<Contract, 'operations' | 'validators'>;

/** Whether a contract is known to forbid the body that a request brings: its type, its JSON, or that it is none. */
export function hasForbiddenBody(
  { method, url: { pathname }, headers, body }: Request,
  { operations, validators }: Described,
): boolean {
  const operation = operationAt(method, pathname, operations)?.operation;
  const content = operation?.body?.content ?? {};
  const [, media] = firstJson(content) ?? [];
  const type = headers['content-type'] ?? '';
  if (media?.schemaPointer === undefined || type === '' || body === '') return false;
  if (!isJsonType(type)) return !Object.keys(content).some((range) => covers(range, type));
  const value = parseJson(body);
  if (value === undefined) return true;
  return isForbidden(validators.request.check(media.schemaPointer, value));
}
