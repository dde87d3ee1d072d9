import type { JsonObject } from '../../json.js';
import { NAMES_ERRORS } from '../error-texts.js';
import { linesOf, type Line } from '../lines.js';
import type { Found, Pasted, Reader } from '../paste.js';
import { exchangeIn } from '../value.js';

/**
 * A record of a log with a name and its value in each line, as consoles show one row of a table: `ResponseCode   404`. Only one
 * that has a status, and says of which request it is or what went wrong.
 */
export const fields: Reader = {
  id: 'fields',
  about: 'a record with a name and a value in each line (ResponseCode 404)',
  read: (text, again) => runsOf(linesOf(text)).flatMap((run) => readRun(run, again)),
};

interface Field {
  line: Line;
  name: string;
  value: string;
}

/** A name, then a tab, two blanks, a colon or an equals sign, then a value, which may be missing. */
const FIELD =
  /^[ \t]{0,12}([A-Za-z][\w.-]{1,40}(?: [\w.()[\]-]{1,20}){0,3})(?:\t+| {2,}| ?: {0,20}| ?= ?)(\S.{0,1000})?$/;
/** A name alone in its line is a member without a value. */
const EMPTY = /^[ \t]{0,12}([A-Za-z][A-Za-z_.-]{2,40}):?$/;
const LEAST = 4;
const LONGEST_LINE = 1_200;

/** Lines below each other that have a name and a value each. */
function runsOf(lines: readonly Line[]): Field[][] {
  const runs: Field[][] = [];
  let run: Field[] = [];
  for (const line of lines) {
    const read = line.text.length > LONGEST_LINE ? null : (FIELD.exec(line.text) ?? EMPTY.exec(line.text));
    if (read) {
      run.push({ line, name: read[1] ?? '', value: (read[2] ?? '').trim() });
      continue;
    }
    runs.push(run);
    run = [];
  }
  return [...runs, run].filter(({ length }) => length >= LEAST);
}

function readRun(run: readonly Field[], again: (inner: string) => readonly Pasted[]): Found[] {
  const pairs = run
    .filter(({ value }) => value !== '')
    .map(({ name, value }): [string, string] => [nameOf(name), value]);
  const reasons = pairs.filter(([name, value]) => NAMES_ERRORS.test(name) && /[a-z]{3}/i.test(value));
  const record: JsonObject = {
    ...Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value])),
    ...Object.fromEntries(pairs),
  };
  const isOfCall = Object.keys(record).some((name) => OF_CALL.test(name));
  if (!isOfCall || !Object.keys(record).some((name) => OF_STATUS.test(name))) return [];
  const read = exchangeIn(record, again, () => false);
  if (read?.reply.kind !== 'answer' || read.reply.status === undefined) return [];
  const body = reasons.length === 0 ? undefined : Buffer.from(JSON.stringify(Object.fromEntries(reasons)));
  const reply = { ...read.reply, body: body ?? read.reply.body };
  const [first, last] = [run[0], run.at(-1)];
  return [
    { from: first?.line.from ?? 0, to: last?.line.to ?? 0, pasted: [{ request: read.request, reply }] },
  ];
}

const OF_CALL =
  /^(?:\w*url|\w*uri|\w*path|\w*method|verb|endpoint|host|\w*error\w*|\w*reason\w*|\w*fault\w*)$/i;
const OF_STATUS = /^\w*(?:status|code)$/i;

/** Names as programs have them: `Response Code` is `Response_Code`. */
function nameOf(name: string): string {
  return name.replace(/[^\w.]+/g, '_');
}
