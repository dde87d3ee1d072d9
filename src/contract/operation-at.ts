import { percentDecoded } from '../percent.js';
import type { Operation } from './operation.js';

/** An operation, and the values that a path gives to its parameters, decoded. */
export interface Located {
  operation: Operation;
  ids: string[];
}

/**
 * The operation that a method and a path belong to, letter by letter; literal paths go before templates (OpenAPI 3.0.3,
 * section 4.7.8.1).
 * @param path without query, as it is sent
 */
export function operationAt(
  method: string,
  path: string,
  operations: readonly Operation[],
): Located | undefined {
  return operations
    .flatMap((operation) => {
      const ids = operation.method === method ? valuesIn(operation.path, path) : undefined;
      return ids ? [{ operation, ids }] : [];
    })
    .sort((one, other) => one.ids.length - other.ids.length)[0];
}

/** The path of a URL below the address that the paths of a contract are behind, without query, as `operationAt` takes it. */
export function pathBelow(url: string, baseUrl: string): string {
  return url.slice(baseUrl.length).replace(/[?#].*$/, '');
}

/** The values that stand for the parameters of a template, or undefined when the path does not fit it. */
function valuesIn(template: string, path: string): string[] | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const ids: string[] = [];
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (!segment.includes('{')) {
      if (segment !== value) return undefined;
      continue;
    }
    const values = valuesInSegment(segment, value);
    if (!values) return undefined;
    ids.push(...values);
  }
  return ids;
}

/** `{id}`, and also `{id}.json` or `{from}-{to}`. */
function valuesInSegment(segment: string, value: string): string[] | undefined {
  const literals = segment.split(/\{[^}]*\}/).map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = new RegExp(`^${literals.join('(.+)')}$`).exec(value);
  return match ? match.slice(1).map(percentDecoded) : undefined;
}
