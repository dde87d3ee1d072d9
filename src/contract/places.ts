import yamlAst from 'yaml-ast-parser';
import { pointerSteps } from '../json.js';
import { once } from '../once.js';
import type { Place } from '../problem.js';

/**
 * Says where the value that a JSON Pointer names stands in a file, or else its nearest ancestor that stands there: what
 * an alias brings in has the place of the alias. The tree of the file is made when the first place is asked for, and
 * the members of each object are listed once, so that a large contract can be asked for many places.
 */
export function placesIn(text: string, path: string, file: string): (pointer: string) => Place {
  const tree = once((): unknown => yamlAst.safeLoad(text, { filename: path }));
  const lines = once(() => lineStarts(text));
  const listed = new WeakMap<object, Map<string, Mapping>>();
  const memberOf = (node: object, mappings: readonly unknown[], name: string): Mapping | undefined => {
    let members = listed.get(node);
    if (!members) {
      members = new Map();
      for (const mapping of mappings) {
        if (isMapping(mapping) && !members.has(mapping.key.value)) members.set(mapping.key.value, mapping);
      }
      listed.set(node, members);
    }
    return members.get(name);
  };
  return (pointer) => {
    let here: unknown = tree();
    let offset = 0;
    for (const step of pointerSteps(pointer)) {
      if (typeof here !== 'object' || here === null) break;
      if ('mappings' in here && Array.isArray(here.mappings)) {
        const member = memberOf(here, here.mappings, step);
        if (!member) break;
        offset = member.key.startPosition;
        here = member.value;
      } else if ('items' in here && Array.isArray(here.items)) {
        const item: unknown = here.items[Number(step)];
        if (!isNode(item)) break;
        offset = item.startPosition;
        here = item;
      } else break;
    }
    return { file, ...positionOf(offset, lines()), pointer };
  };
}

interface Node {
  startPosition: number;
}

interface Mapping {
  key: Node & { value: string };
  value: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'startPosition' in value;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && 'key' in value && isNode(value.key);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** Line and column (from 1) of an offset. */
function positionOf(offset: number, starts: readonly number[]): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
