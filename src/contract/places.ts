import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';
import type { AliasEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import { pointerSteps } from '../json.js';
import { once } from '../once.js';
import type { Place } from '../problem.js';

/**
 * Says where the value that a JSON Pointer names is in a file, or else its nearest ancestor that is there: what
 * an alias brings in has the place of the alias. The tree of the file is made when the first place is asked for.
 * @param text of a file that was parsed without an error
 */
export function placesIn(text: string, file: string): (pointer: string) => Place {
  const tree = once(() => treeOf(text));
  const lines = once(() => lineStarts(text));
  return (pointer) => {
    let here = tree();
    for (const step of pointerSteps(pointer)) {
      const below = here.below?.get(step);
      if (!below) break;
      here = below;
    }
    return { file, ...positionOf(here.offset, lines()), pointer };
  };
}

/** A value of a file, by where it is: a member where its name does, an item of a list where it begins itself. */
interface Standing {
  offset: number;
  /** Members by name, items by index; undefined where there are none: most values are no holders, and a map takes room. */
  below: Map<string, Standing> | undefined;
}

/** A document, mapping or sequence that has not come to its end. */
interface Open {
  type: Event['type'];
  value: Standing;
  /** Of a mapping: the name that its next value has; undefined where the next one is a name. */
  name?: { text: string | undefined; offset: number } | undefined;
}

/** What a value begins with. */
type ValueEvent = AliasEvent | MappingEvent | ScalarEvent | SequenceEvent;

/** The values of a file, without going down into the stack. Of a name that is twice, the first counts. */
function treeOf(text: string): Standing {
  const root: Standing = { offset: 0, below: undefined };
  const open: Open[] = [];
  for (const event of parseEvents(text, {})) {
    const { type } = event;
    if (type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const parent = open.at(-1);
    if (type === EVENT_ID.DOCUMENT || parent === undefined) {
      open.push({ type, value: root });
      continue;
    }
    const value = parent.type === EVENT_ID.DOCUMENT ? root : placed(parent, event, text);
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) open.push({ type, value });
  }
  return root;
}

/** Puts what begins with an event below its parent, unless it is the name of a member. */
function placed(parent: Open, event: ValueEvent, text: string): Standing {
  const value: Standing = { offset: startOf(event), below: undefined };
  const below = (parent.value.below ??= new Map<string, Standing>());
  if (parent.type === EVENT_ID.SEQUENCE) {
    below.set(String(below.size), value);
  } else if (parent.name === undefined) {
    const name = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : undefined;
    parent.name = { text: name, offset: value.offset };
  } else {
    value.offset = parent.name.offset;
    if (parent.name.text !== undefined && !below.has(parent.name.text)) below.set(parent.name.text, value);
    parent.name = undefined;
  }
  return value;
}

/** Where a value begins: with its quote, where it has one. */
function startOf(event: ValueEvent): number {
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  return event.type === EVENT_ID.SCALAR ? event.valueStart - quoteOf(event) : event.start;
}

function quoteOf({ style }: ScalarEvent): number {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
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
