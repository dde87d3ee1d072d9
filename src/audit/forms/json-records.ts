import { isArray, isObject, parseJson, type Json, type JsonObject } from '../../json.js';
import { addReading, countWithout, emptyReading, type CallPlace, type Reading } from '../call.js';
import type { DocumentForm, LineForm } from './form.js';
import { NO_REQUEST } from './log.js';
import { requestInRecord } from './record.js';
import { readSpans } from './spans.js';

/** Logs with one JSON object on each line, and spans as exporters write them to files. */
export const jsonLine: LineForm = {
  name: 'JSON logs and spans',
  take: ({ file, lines }, index) => {
    // A container's log has the time in front.
    const [, text] =
      /^(?:\d{4}-\d\d-\d\dT\S+ (?:std(?:out|err) [FP] )?)?(\{.*\})\s*$/s.exec(lines[index] ?? '') ?? [];
    if (text === undefined) return undefined;
    const place = { file, line: index + 1 };
    const value = parseJson(text);
    if (isObject(value)) return { ...readRecord(value, place), lines: 1 };
    const broken = emptyReading();
    broken.notUnderstood.push({ place, why: 'it is no JSON' });
    return { ...broken, lines: 1 };
  },
};

/** The same as one JSON value: a list of entries, an object that holds one, or spans as a whole. */
export const jsonRecords: DocumentForm = {
  name: 'JSON logs and spans',
  read: ({ file, json }) => {
    if (json === undefined) return undefined;
    const spans = readSpans(json, (index) => ({ file, entry: index + 1 }));
    if (spans) return spans;
    const list = listIn(json);
    if (list === undefined) return undefined;
    const reading = emptyReading();
    for (const [index, item] of list.entries()) {
      const place = { file, entry: index + 1 };
      if (isObject(item)) addReading(reading, readRecord(item, place));
      else reading.notUnderstood.push({ place, why: 'it is no object' });
    }
    return reading.calls.length > 0 ? reading : undefined;
  },
};

function listIn(value: Json): Json[] | undefined {
  if (isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const lists = Object.values(value).filter((member) => isArray(member) && member.some(isObject));
  const [only] = lists;
  return lists.length === 1 && isArray(only) ? only : [value];
}

function readRecord(record: JsonObject, place: CallPlace): Reading {
  const spans = readSpans(record, () => place);
  if (spans) return spans;
  const reading = emptyReading();
  const found = requestInRecord(withInner(record), place);
  if (found === undefined) countWithout(reading, NO_REQUEST);
  else if ('why' in found) reading.notUnderstood.push({ place, why: found.why });
  else reading.calls.push(...found.calls);
  return reading;
}

/** What a container wraps is often JSON itself: `{"log":"{\"req\":…}\n"}`. */
function withInner(record: JsonObject): JsonObject {
  for (const name of ['log', 'message', 'msg']) {
    const text = record[name];
    const inner = typeof text === 'string' && text.trimStart().startsWith('{') ? parseJson(text) : undefined;
    if (isObject(inner)) return { ...record, [name]: inner, ...inner };
  }
  return record;
}
