import { firstJson } from '../../contract/content.js';
import { wholeOf } from '../../contract/follow.js';
import { isObject, type JsonObject } from '../../json.js';
import type { Subject } from '../subject.js';

/** What the body of a search can have, by the contract. */
export interface SearchBody {
  members: [name: string, schema: JsonObject][];
  /** Whether there is a member without which it cannot be asked. */
  requires: boolean;
}

/** @returns undefined where the contract describes no body as JSON */
export function searchBodyOf({
  operation,
  host: { contract },
}: Pick<Subject, 'operation' | 'host'>): SearchBody | undefined {
  const [, media] = firstJson(operation.body?.content ?? {}) ?? [];
  const parts = wholeOf(contract.document, media?.schema);
  if (parts.length === 0) return undefined;
  const members = parts.flatMap(({ properties }) =>
    isObject(properties)
      ? Object.entries(properties).map(([name, schema]): [string, JsonObject] => [
          name,
          Object.fromEntries(wholeOf(contract.document, schema).flatMap((part) => Object.entries(part))),
        ])
      : [],
  );
  const requires = parts.some((part) => Array.isArray(part['required']) && part['required'].length > 0);
  return { members, requires };
}
