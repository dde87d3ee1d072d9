import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';
import type { AliasEvent, Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import { pointerSteps } from '../json.js';
import { once } from '../once.js';
import type { Place } from '../problem.js';
import { jsonOutline } from './json-outline.js';
import { draftOutline, finderIn, type Draft, type Outline } from './outline.js';

/**
 * Says where the value that a JSON Pointer names is in a file, or else its nearest ancestor that is there: what
 * an alias brings in has the place of the alias. The file is scanned when the first place is asked for.
 * @param text of a file that was parsed without an error
 */
export function placesIn(text: string, file: string): (pointer: string) => Place {
  const offsetOf = once(() => finderIn(jsonOutline(text) ?? yamlOutline(text)));
  const lines = once(() => lineStarts(text));
  return (pointer) => ({ file, ...positionOf(offsetOf()(pointerSteps(pointer)), lines()), pointer });
}

/** A document, mapping or sequence that has not come to its end. */
interface Open {
  type: Event['type'];
  /** Its number in the outline. */
  value: number;
  /** Of a sequence: how many items it has so far. */
  items: number;
  /** Of a mapping: the name that its next value has; undefined where the next one is a name. */
  name?: { text: string | undefined; offset: number } | undefined;
}

/** What a value begins with. */
type ValueEvent = AliasEvent | MappingEvent | ScalarEvent | SequenceEvent;

/** Where the values of the first document of a YAML text are, without going down into the stack. */
function yamlOutline(text: string): Outline {
  const draft = draftOutline();
  const open: Open[] = [];
  for (const event of parseEvents(text, {})) {
    const { type } = event;
    if (type === EVENT_ID.POP) {
      const closed = open.pop();
      if (closed === undefined || closed.type === EVENT_ID.DOCUMENT) break;
      draft.close(closed.value);
      continue;
    }
    const parent = open.at(-1);
    if (type === EVENT_ID.DOCUMENT || parent === undefined) {
      open.push({ type, value: 0, items: 0 });
      continue;
    }
    const value = placed(draft, parent, event, text);
    if (value === undefined) continue;
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE) open.push({ type, value, items: 0 });
    else draft.close(value);
  }
  return draft.outline;
}
/** Adds what begins with an event to its parent, unless it is the name of a member. @returns its number */
function placed(draft: Draft, parent: Open, event: ValueEvent, text: string): number | undefined {
  const start = startOf(event);
  if (parent.type === EVENT_ID.DOCUMENT) return draft.open(0, undefined);
  if (parent.type === EVENT_ID.SEQUENCE) {
    parent.items += 1;
    return draft.open(start, String(parent.items - 1));
  }
  const { name } = parent;
  if (name !== undefined) {
    parent.name = undefined;
    return draft.open(name.offset, name.text);
  }
  const isText = event.type === EVENT_ID.SCALAR;
  parent.name = { text: isText ? getScalarValue(text, event) : undefined, offset: start };
  // No pointer leads to what is in a name.
  return isText ? undefined : draft.open(start, undefined);
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
