import { onceFor } from '../once.js';
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
  return candidates(method, path, treeOf(operations))
    .flatMap((candidate) => {
      const ids = valuesIn(candidate.operation.path, path);
      return ids ? [{ ...candidate, ids }] : [];
    })
    .sort((one, other) => one.ids.length - other.ids.length || one.order - other.order)
    .map(({ operation, ids }) => ({ operation, ids }))[0];
}

/** Operations by the segments of their templates: among ten thousand, a path is compared with few. */
interface Tree {
  words: Map<string, Tree>;
  /** By segments that hold a parameter. */
  templates: Map<string, Tree>;
  here: { operation: Operation; order: number }[];
}

/** A list of operations is made once, when a contract is loaded, and never changed. */
const treeOf = onceFor((operations: readonly Operation[]): Tree => {
  const root = emptyTree();
  for (const [order, operation] of operations.entries()) {
    let tree = root;
    for (const segment of operation.path.split('/')) {
      const below = segment.includes('{') ? tree.templates : tree.words;
      const next = below.get(segment) ?? emptyTree();
      below.set(segment, next);
      tree = next;
    }
    tree.here.push({ operation, order });
  }
  return root;
});

function emptyTree(): Tree {
  return { words: new Map(), templates: new Map(), here: [] };
}

/** Those with the words of a path in their places, whatever is in the places of parameters. */
function candidates(method: string, path: string, root: Tree): Tree['here'] {
  let trees = [root];
  for (const segment of path.split('/')) {
    trees = trees.flatMap(({ words, templates }) => {
      const word = words.get(segment);
      return word ? [word, ...templates.values()] : [...templates.values()];
    });
  }
  return trees.flatMap(({ here }) => here).filter(({ operation }) => operation.method === method);
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
