import { readFile } from 'node:fs/promises';
import type { Static, TSchema } from '@sinclair/typebox';
import { Ajv, type ErrorObject } from 'ajv';
import { LineCounter, isNode, parseDocument, type Document } from 'yaml';
import { pointerSteps } from '../json.js';
import { Problem, throwAll } from '../problem.js';

/** One YAML or JSON file of ours, read, and able to say on which line a value stands. */
export interface SourceDocument {
  file: string;
  value: unknown;
  /** The line (from 1) of the value that a JSON Pointer names, or of its nearest ancestor that exists. */
  lineOf: (pointer: string) => number | undefined;
}

/**
 * Reads a YAML or JSON file.
 * @throws Problem with file, line and remedy when the file is missing, unreadable, or does not parse.
 */
export async function readDocument(file: string): Promise<SourceDocument> {
  const text = await readText(file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    throw new Problem(`cannot be read as YAML: ${error.message}`, {
      place: { file, line: lines.linePos(error.pos[0]).line },
      remedy: 'Correct the indentation or quoting at that line.',
    });
  }
  return { file, value: document.toJS(), lineOf: (pointer) => lineOf(document, lines, pointer) };
}

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
  const source = await readDocument(file);
  const validate = ajv.compile<Static<S>>(schema);
  const { value } = source;
  if (validate(value)) return { ...source, value };
  const faults = worthSaying(validate.errors ?? []).map(
    (error) => new Problem(describe(error), { place: { file, line: source.lineOf(error.instancePath) } }),
  );
  throwAll(faults);
  throw new Problem('is not of the expected shape', { place: { file } });
}

const ajv = new Ajv({ allowUnionTypes: true, discriminator: true, allErrors: true });

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

function describe(error: ErrorObject): string {
  const where = error.instancePath === '' ? 'the document' : `“${error.instancePath.slice(1)}”`;
  const params: Record<string, unknown> = error.params;
  if (error.keyword === 'additionalProperties') {
    return `${where} has a member that is not known here: “${String(params['additionalProperty'])}”`;
  }
  if (error.keyword === 'enum' && Array.isArray(params['allowedValues'])) {
    return `${where} must be one of ${params['allowedValues'].join(', ')}`;
  }
  return `${where} ${error.message ?? 'is wrong'}`;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new Problem(missing ? 'there is no such file' : 'the file cannot be read', {
      place: { file },
      remedy: 'Check the path, or name another folder with --spec-dir.',
      cause: error,
    });
  }
}

function lineOf(document: Document, lines: LineCounter, pointer: string): number | undefined {
  const steps = pointerSteps(pointer);
  for (let length = steps.length; length >= 0; length--) {
    const node = document.getIn(steps.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
