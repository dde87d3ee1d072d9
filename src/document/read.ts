import type { Static, TSchema } from '@sinclair/typebox';
import type { ErrorObject } from 'ajv';
import {
  LineCounter,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
} from 'yaml';
import { within } from '../bounded/within.js';
import { pointer, pointerSteps } from '../json.js';
import { Problem, throwAll } from '../problem.js';
import { isNestedTooDeep } from './depth.js';
import { validatorOf } from './shapes.js';
import { readNamedText } from './text.js';
import { asKnown, unknownMembers, type UnknownMember } from './unknown.js';

/** One YAML or JSON file of ours, read, and able to say on which line a value is. */
export interface SourceDocument {
  file: string;
  value: unknown;
  /** The line (from 1) of the member or item that a JSON Pointer names, or of its nearest ancestor that exists. */
  lineOf: (pointer: string) => number | undefined;
}

/** The parser needs fifty times as much memory as the text; the largest file of ours has a hundred kibibytes. */
const LARGEST = 8 * 1024 * 1024;
const SAYS = {
  missing: 'there is no such file',
  unreadable: 'the file cannot be read',
  remedy: 'Check the path, or name another folder with --spec-dir.',
};
/** A file that is read for longer was made to take long. */
const LONGEST_MS = 20_000;

/**
 * Reads a YAML or JSON file.
 * @throws Problem with file, line and remedy when the file is missing, unreadable, too large, or does not parse.
 */
export async function readDocument(file: string): Promise<SourceDocument> {
  return documentOf(await readNamedText(file, SAYS, LARGEST), file);
}

/**
 * As `readDocument`, of a text that was had in another way.
 * @param file what it is called in errors
 */
export function documentOf(text: string, file: string): SourceDocument {
  if (text.length > LARGEST)
    throw new Problem('CONFORM_E_FILE_TOO_LARGE', `the file is larger than ${LARGEST / 1024 / 1024} MiB`, {
      place: { file },
      remedy: 'Check that it is the intended file.',
    });
  const read = within(LONGEST_MS, () => parse(text));
  if (!read.done || read.value === 'too deep') {
    const slow = !read.done && read.why === 'time';
    throw new Problem(
      'CONFORM_E_DOCUMENT_TOO_COMPLEX',
      slow ? 'the file takes too long to be read as YAML' : 'the file is nested too deep to be read',
      {
        place: { file },
        remedy: 'Check that it is the intended file.',
      },
    );
  }
  const { value, fault, lineOf } = read.value;
  if (fault) {
    throw new Problem('CONFORM_E_YAML_SYNTAX', `the file is not valid YAML: ${fault.why}`, {
      place: { file, line: fault.line },
      remedy: fault.remedy,
    });
  }
  return { file, value, lineOf };
}

interface Parsed extends Pick<SourceDocument, 'value' | 'lineOf'> {
  fault?: { why: string; line: number; remedy: string };
}

function parse(text: string): Parsed | 'too deep' {
  if (isNestedTooDeep(text)) return 'too deep';
  const lines = new LineCounter();
  // To compare every key with every other takes hours where there are many.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const broken = (why: string, offset: number, remedy: string): Parsed => ({
    value: undefined,
    lineOf: () => undefined,
    fault: { why, line: lineAt(offset), remedy },
  });
  const [error] = document.errors;
  if (error) return broken(error.message, error.pos[0], 'Correct the indentation or quoting at that line.');
  const repeated = repeatedKey(document);
  if (repeated !== undefined)
    return broken('Map keys must be unique', repeated, 'Remove one of the two members.');
  const explosive = explosiveAlias(document);
  if (explosive !== undefined) {
    return broken(
      'it unfolds without end, or into very much more than it holds',
      explosive,
      'Look for aliases (*name) that contain one another.',
    );
  }
  return {
    value: document.toJS({ maxAliasCount: -1 }),
    lineOf: (pointer) => lineOf(document, lines, pointer),
  };
}

/** Where the first key stands that its map has already. */
function repeatedKey(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map: (_, { items }) => {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          found = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

/** Where the first alias stands that makes the document unfold into too many values, or that stands for itself. */
function explosiveAlias(document: Document): number | undefined {
  let left = MOST_UNFOLDED;
  const sizes = new Map<string, number>();
  let found: number | undefined;
  const size = (node: unknown): number => {
    if (isAlias(node)) {
      // The anchor of what is still open is not known yet: it would stand for itself.
      const unfolded = sizes.get(node.source) ?? Infinity;
      left -= unfolded;
      if (left < 0) found ??= node.range?.[0] ?? 0;
      return unfolded;
    }
    const { anchor } = isNode(node) && 'anchor' in node ? node : {};
    // The name may have been that of something before.
    if (typeof anchor === 'string') sizes.delete(anchor);
    let total = 1;
    if (isMap(node)) for (const { key, value } of node.items) total += size(key) + size(value);
    else if (isSeq(node)) for (const item of node.items) total += size(item);
    if (typeof anchor === 'string') sizes.set(anchor, total);
    return total;
  };
  size(document.contents);
  return found;
}

/** So many values may come from aliases: more than are in the largest file. */
const MOST_UNFOLDED = 1_000_000;

/**
 * Reads a YAML or JSON file that must be of the given shape, and returns it typed.
 * @throws Problem, for each member that is wrong, that names the file, the line and the member
 */
export async function readTyped<S extends TSchema>(file: string, schema: S): Promise<Static<S>> {
  return (await readTypedDocument(file, schema)).value;
}

/** As `readTyped`, with the lines. */
export async function readTypedDocument<S extends TSchema>(
  file: string,
  schema: S,
): Promise<SourceDocument & { value: Static<S> }> {
  return typed(await readDocument(file), schema);
}

/**
 * As `readTypedDocument`, of a text that somebody else has read.
 * @param file where it is from, for errors
 */
export function parseTypedDocument<S extends TSchema>(
  text: string,
  file: string,
  schema: S,
): SourceDocument & { value: Static<S> } {
  return typed(documentOf(text, file), schema);
}

function typed<S extends TSchema>(source: SourceDocument, schema: S): SourceDocument & { value: Static<S> } {
  const { file } = source;
  const { value } = source;
  const faults: Problem[] = [];
  if (isTyped(schema, value, faults, source)) return { ...source, value };
  throwAll(faults);
  throw new Problem('CONFORM_E_FILE_INVALID', 'the file does not have the expected form', {
    place: { file },
  });
}

/**
 * Whether a value of a document has a shape.
 * @param faults gets what is wrong, with file, line and member
 * @param steps where the value is in the document
 */
export function isTyped<S extends TSchema>(
  schema: S,
  value: unknown,
  faults: Problem[],
  { file, lineOf: lineIn }: Pick<SourceDocument, 'file' | 'lineOf'>,
  steps: readonly (string | number)[] = [],
): value is Static<S> {
  const validate = validatorOf(schema);
  if (validate(value)) return true;
  const whole = steps.map(String);
  const unknown = unknownMembers(schema, value);
  // What follows from a name that is misspelled is not reported as well.
  const isOtherwiseRight = unknown.length > 0 && validate(asKnown(value, unknown));
  const errors = isOtherwiseRight ? [] : worthSaying((validate.errors ?? []).slice(0, MOST_EXAMINED));
  const all = [
    ...unknown.map((one) =>
      unknownProblem({ ...one, holder: [...whole, ...one.holder] }, { file, lineOf: lineIn }),
    ),
    ...errors.map((error) => {
      const place = pointer(...whole) + error.instancePath;
      return new Problem('CONFORM_E_FILE_INVALID', describe(error, place), {
        place: { file, line: lineIn(place) },
      });
    }),
  ];
  faults.push(...all.slice(0, MOST_SAID));
  if (all.length > MOST_SAID)
    faults.push(
      new Problem('CONFORM_E_FILE_INVALID', 'the file has more faults than the first hundred', {
        place: { file },
      }),
    );
  return false;
}

/** A file with more faults than these was never one of ours. */
const MOST_EXAMINED = 2000;
const MOST_SAID = 100;

/**
 * Of a value that fits none of several forms, the validator reports what every form says against it: of these only
 * the one that is deepest in the value is kept, for it is most likely of the form that was intended.
 */
function worthSaying(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf');
  const isWithin = (error: ErrorObject, union: ErrorObject) =>
    error.schemaPath.startsWith(`${union.schemaPath}/`) && error.instancePath.startsWith(union.instancePath);
  const outermost = unions.filter((union) => !unions.some((other) => isWithin(union, other)));
  const depth = ({ instancePath }: ErrorObject) => pointerSteps(instancePath).length;
  const ofUnions = outermost.map((union) =>
    errors
      .filter((error) => isWithin(error, union) && error.keyword !== 'anyOf')
      .reduce((deepest, error) => (depth(error) > depth(deepest) ? error : deepest), union),
  );
  const others = errors.filter(
    (error) => !outermost.some((union) => error === union || isWithin(error, union)),
  );
  return [...others, ...ofUnions];
}

function unknownProblem(
  { holder, name, like, known }: UnknownMember,
  { file, lineOf: lineIn }: Pick<SourceDocument, 'file' | 'lineOf'>,
): Problem {
  const where = holder.length === 0 ? 'the document' : `“${pointer(...holder).slice(1)}”`;
  return new Problem('CONFORM_E_MEMBER_UNKNOWN', `${where} has an unknown member: “${name}”`, {
    place: { file, line: lineIn(pointer(...holder, name)) },
    remedy: like === undefined ? `Known are: ${known.join(', ')}.` : `The nearest name is “${like}”.`,
  });
}

function describe(error: ErrorObject, place: string): string {
  const where = place === '' ? 'the document' : `“${place.slice(1)}”`;
  const params: Record<string, unknown> = error.params;
  if (error.keyword === 'enum' && Array.isArray(params['allowedValues'])) {
    return `${where} must be one of ${params['allowedValues'].join(', ')}`;
  }
  return `${where} ${error.message ?? 'is wrong'}`;
}

/** The line of what a pointer leads to: of a member that of its name, for its value may begin further down. */
function lineOf(document: Document, lines: LineCounter, pointer: string): number | undefined {
  const steps = pointerSteps(pointer);
  for (let length = steps.length; length >= 0; length--) {
    const node = nodeAt(document, steps.slice(0, length));
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

/** The name of the member that steps lead to; of what is no member, the value. */
function nodeAt(document: Document, steps: readonly string[]): unknown {
  const name = steps.at(-1);
  const holder: unknown = name === undefined ? undefined : document.getIn(steps.slice(0, -1), true);
  if (isMap(holder)) {
    return holder.items.find(({ key }) => isScalar(key) && String(key.value) === name)?.key;
  }
  return document.getIn(steps, true);
}
