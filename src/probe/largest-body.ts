import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { isJsonType, type JsonObject } from '../json.js';
import { propertiesOf } from './marker.js';

/**
 * A body with the longest plain texts and the largest numbers that the contract allows in its own members.
 * @returns undefined where the contract sets no bound to any of them
 */
export function largestBody(
  operation: Operation,
  body: JsonObject,
  contract: Contract,
  isAllowed: (body: JsonObject) => boolean,
): JsonObject | undefined {
  const media = Object.entries(operation.body?.content ?? {}).find(([type]) => isJsonType(type))?.[1];
  let largest = body;
  for (const [name, schema] of Object.entries(propertiesOf(media?.schema ?? {}, contract))) {
    const value = body[name];
    const { maxLength, maximum } = schema;
    const isText = typeof value === 'string' && /^\p{L}[\p{L}\p{N} -]*$/u.test(value);
    const other =
      isText && typeof maxLength === 'number' && maxLength <= LONGEST
        ? value.padEnd(maxLength, 'x')
        : typeof value === 'number' && typeof maximum === 'number'
          ? maximum
          : undefined;
    if (other === undefined || other === value) continue;
    const candidate = { ...largest, [name]: other };
    if (isAllowed(candidate)) largest = candidate;
  }
  return largest === body ? undefined : largest;
}

const LONGEST = 10_000;
