import { parseJson } from '../json.js';
import { Problem } from '../problem.js';
import { addReading, emptyReading, type Reading } from './call.js';
import { DOCUMENT_FORMS, LINE_FORMS } from './forms/index.js';
import type { Lines } from './forms/form.js';

/**
 * Reads the calls of a text, in whichever form it has them: a form of the whole text, or forms of its lines. What cannot
 * be read is counted with its place, and loses nothing else.
 * @param file what the text is called
 * @throws Problem (exit code 2) where no form fits
 */
export function readCalls(text: string, file: string): Reading {
  const bare = text.replace(/^\uFEFF/, '');
  const isJson = /^\s*[[{]/.test(bare);
  const source = { file, text: bare, json: isJson ? parseJson(bare) : undefined };
  for (const form of DOCUMENT_FORMS) {
    const reading = form.read(source);
    if (reading) return reading;
  }
  const reading = readLines({ file, lines: bare.split(/\r?\n/), variables: new Map() });
  if (reading.calls.length > 0 || (source.json === undefined && isLog(reading))) return reading;
  throw new Problem(
    'CONFORM_E_CALLS_UNREADABLE',
    source.json === undefined && isJson ? 'the JSON is cut off or invalid' : 'the file holds no calls',
    {
      place: { file },
      remedy: `Forms that are read: ${formNames()}.`,
    },
  );
}

/** The names of all forms, for messages. */
export function formNames(): string {
  return [...new Set([...DOCUMENT_FORMS, ...LINE_FORMS].map(({ name }) => name))].join(', ');
}

function readLines(text: Lines): Reading {
  const reading = emptyReading();
  for (let index = 0; index < text.lines.length;) {
    const taken = takenAt(text, index);
    if (taken) addReading(reading, taken);
    else
      reading.notUnderstood.push({
        place: { file: text.file, line: index + 1 },
        why: 'it is in no form that is read',
      });
    index += Math.max(taken?.lines ?? 1, 1);
  }
  return reading;
}

function takenAt(text: Lines, index: number): ReturnType<(typeof LINE_FORMS)[number]['take']> {
  for (const form of LINE_FORMS) {
    const taken = form.take(text, index);
    if (taken) return taken;
  }
  return undefined;
}

/** A log may hold no request at all; a text of which no line was understood is none. */
function isLog({ without, notUnderstood }: Reading): boolean {
  const known = [...without.values()].reduce((sum, count) => sum + count, 0);
  return known > notUnderstood.length;
}
