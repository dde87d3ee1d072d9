import { extname } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { isNestedTooDeep, Problem, readNamedText, throwAll } from 'wellsky-conform/kit';
import { normalisePhone } from '../phone.js';
import { SOMEBODY } from './ask.js';
import type { Call } from './workload.js';

type Calls = [Call, ...Call[]];

/** One line that was read: a number, and in a file of truth the id that it has. */
interface Entry {
  line: number;
  phone: string;
  id?: string | undefined;
}

/**
 * Reads a file of phone numbers, one on each line, to be asked as they are. Blank lines and lines that begin with `#`
 * are left out.
 * @throws Problem for each line that is no phone number. What is in a line is never said: it may speak of a person.
 */
export async function readPhones(file: string): Promise<Calls> {
  const entries = linesOf(await read(file)).map(({ line, text }): Entry => ({ line, phone: text }));
  checkEntries(file, entries);
  return atLeastOne(
    file,
    entries.map(({ phone }) => ({ input: phone, expected: undefined })),
    'there is no number in the file',
  );
}

/**
 * Reads who has which number: CSV with the columns phone and id (a heading that begins with `phone` is left out), or
 * YAML (`.yaml`, `.yml`) that maps phone to id. The id `nobody` stands for a number that nobody has.
 * @throws Problem for each line that is wrong, as `readPhones`; and when the file names nobody who should be found
 */
export async function readTruth(file: string): Promise<Calls> {
  const text = await read(file);
  const entries = /^\.ya?ml$/i.test(extname(file)) ? entriesOfYaml(file, text) : entriesOfCsv(file, text);
  checkEntries(file, entries);
  const byNumber = new Map<string, Entry>();
  const contradictions: Problem[] = [];
  for (const entry of entries) {
    const number = normalisePhone(entry.phone)?.e164 ?? entry.phone;
    const first = byNumber.get(number);
    if (!first) byNumber.set(number, entry);
    else if (first.id !== entry.id) {
      contradictions.push(
        problem(file, entry.line, `the number has another id in line ${first.line}`, 'Keep one of the two.'),
      );
    }
  }
  throwAll(contradictions);
  const calls = [...byNumber.values()].map(({ phone, id = '' }) => ({
    input: phone,
    expected: NOBODY.test(id) ? null : { kind: SOMEBODY, id },
  }));
  if (!calls.some(({ expected }) => expected)) {
    throw new Problem('CONFORM_E_PHONE_FILE_INVALID', 'no number of the file belongs to anybody', {
      place: { file },
      remedy: 'Add numbers with the ids that they have. Otherwise a lookup that finds nobody would be right.',
    });
  }
  return atLeastOne(file, calls, 'there is no number in the file');
}

const NOBODY = /^nobody$/i;

async function read(file: string): Promise<string> {
  const text = await readNamedText(file, SAYS, LARGEST);
  return text.replace(/^\ufeff/, '');
}

const LARGEST = 8 * 1024 * 1024;
const SAYS = {
  missing: 'there is no such file',
  unreadable: 'the file cannot be read',
  remedy: 'Check the path.',
};

/** Lines that hold something, without the blanks around. */
function linesOf(text: string): { line: number; text: string }[] {
  return text
    .split(/\r\n?|\n/)
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter(({ text: line }) => line !== '' && !line.startsWith('#'));
}

function entriesOfCsv(file: string, text: string): Entry[] {
  const wrong: Problem[] = [];
  const entries = linesOf(text).flatMap(({ line, text: row }, index): Entry[] => {
    const cells = cellsOf(row);
    if (index === 0 && /^phone/i.test(cells?.[0] ?? '')) return [];
    const [phone = '', id] = cells ?? [];
    if (cells?.length === 2) return [{ line, phone, id }];
    wrong.push(
      problem(
        file,
        line,
        'the line is not a phone number and an id',
        'Write phone,id or phone,nobody on each line.',
      ),
    );
    return [];
  });
  throwAll(shortened(file, wrong));
  return entries;
}

/** The cells of one line of CSV (RFC 4180), also with semicolons or tabs; undefined when a quote is left open. */
function cellsOf(line: string): string[] | undefined {
  const cells: string[] = [];
  const pattern = /\s*(?:"((?:[^"]|"")*)"|([^",;\t]*))\s*([,;\t]|$)/y;
  while (pattern.lastIndex <= line.length) {
    const match = pattern.exec(line);
    if (!match) return undefined;
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    if (match[3] === '') return cells;
  }
  return cells;
}

/** Scalars are taken as they are written: as numbers, `+1…` and `007` would lose a part. */
function entriesOfYaml(file: string, text: string): Entry[] {
  const shape = 'Write one phone number on each line, a colon, and its id or nobody.';
  if (isNestedTooDeep(text))
    throw problem(file, undefined, 'the file is not a list of phone numbers and ids', shape);
  const lines = new LineCounter();
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  const document = parseDocument(text, {
    ...{ lineCounter: lines, schema: 'failsafe', prettyErrors: false, uniqueKeys: false },
  });
  const [error] = document.errors;
  if (error) throw problem(file, lineAt(error.pos[0]), 'the file is not valid YAML', shape);
  if (!isMap(document.contents)) {
    throw problem(file, undefined, 'the file is not a list of phone numbers and ids', shape);
  }
  const wrong: Problem[] = [];
  const entries = document.contents.items.flatMap(({ key, value }): Entry[] => {
    const line = lineAt(isScalar(key) ? key.range[0] : undefined);
    const phone = isScalar(key) ? String(key.value) : undefined;
    if (phone !== undefined && (value === null || isScalar(value))) {
      return [{ line, phone, id: value === null ? '' : String(value.value) }];
    }
    wrong.push(problem(file, line, 'the line is not a phone number and an id', shape));
    return [];
  });
  throwAll(shortened(file, wrong));
  return entries;
}

function checkEntries(file: string, entries: readonly Entry[]): void {
  const wrong = entries.flatMap((entry) => {
    if (!normalisePhone(entry.phone)) {
      const remedy = 'Write it like +13035550101 or 303-555-0101, or take the line out.';
      return [problem(file, entry.line, 'the line has no phone number', remedy)];
    }
    if (!('id' in entry) || entry.id !== '') return [];
    return [problem(file, entry.line, 'the line has no id', 'Write the id that the number has, or nobody.')];
  });
  throwAll(shortened(file, wrong));
}

/** A file that was never one of numbers is not quoted line by line. */
const MOST_SAID = 20;

function shortened(file: string, wrong: readonly Problem[]): Problem[] {
  const more = wrong.length - MOST_SAID;
  if (more <= 0) return [...wrong];
  return [
    ...wrong.slice(0, MOST_SAID),
    problem(file, undefined, `the file has ${more} more lines that are wrong`, ''),
  ];
}

function problem(file: string, line: number | undefined, message: string, remedy: string): Problem {
  return new Problem('CONFORM_E_PHONE_FILE_INVALID', message, {
    place: { file, line },
    ...(remedy === '' ? {} : { remedy }),
  });
}

function atLeastOne(file: string, calls: readonly Call[], message: string): Calls {
  const [first, ...others] = calls;
  if (!first) throw problem(file, undefined, message, 'Write one on each line.');
  return [first, ...others];
}
