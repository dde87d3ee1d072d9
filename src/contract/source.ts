import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { YAMLException } from 'js-yaml';
import { readNamedText } from '../document/text.js';
import { at, isObject, type JsonObject } from '../json.js';
import { Problem, type Place } from '../problem.js';
import { MOST_UNFOLDED, unfoldAliases, unfoldsTooFar } from './aliases.js';
import { showInheritedNames } from './inherited-names.js';
import { parseYamlText, Unreadable } from './parse.js';
import { placesIn } from './places.js';
import { isSelfContained, objectsIn } from './self-contained.js';

/** A contract as it is on disk, its external references brought in, nothing repaired yet. */
export interface ContractSource {
  file: string;
  sha256: string;
  document: JsonObject;
  /** References that lead nowhere. They still are in the document. */
  broken: BrokenReference[];
  /** Where the value that a JSON Pointer names is in the root file, as near as is known. */
  locate: (pointer: string) => Place;
}

/** The file that a contract begins with, parsed. */
export interface Root {
  file: string;
  /** The file without links. */
  path: string;
  body: string;
  document: JsonObject;
  locate: ContractSource['locate'];
}

export interface BrokenReference {
  reference: string;
  place: Place;
  /** Set when a whole file could not be used: why. */
  why: string | undefined;
}

/**
 * Reads a contract (OpenAPI 3.x or Swagger 2.0, YAML or JSON) and moves what it references in other files
 * into its own components.
 * @throws Problem with file, line and remedy when the root file is missing, does not parse, or is no contract.
 */
export async function readContractSource(file: string): Promise<ContractSource> {
  const text = await readNamedText(file, SAYS);
  const path = await realpath(file);
  const body = text.replaceAll('\r\n', '\n');
  const document = parseRoot(body, file);
  refuseChains(document, file);
  const locate = placesIn(body, file);
  const isWhole = isSelfContained(document);
  const broken = isWhole ? [] : await broughtIn({ file, path, body, document, locate });
  showInheritedNames(document);
  // What was brought in to two places may have become one value.
  if (!isWhole) refuseExplosions(document, file);
  unfoldAliases(document);
  return {
    file,
    sha256: createHash('sha256').update(text).digest('hex'),
    document,
    broken,
    locate,
  };
}

const SAYS = {
  missing: 'there is no such contract',
  unreadable: 'the contract cannot be read',
  remedy: 'Put the vendor’s OpenAPI file there, or name it with --spec-dir or --spec.',
};

/** The bundler is loaded only for a document that has something for it to do. */
async function broughtIn(root: Root): Promise<BrokenReference[]> {
  const { bringIn } = await import('./bring-in.js');
  return bringIn(root);
}

/** Parses the root file, and reads a minor version that is not known as the nearest one that is. */
function parseRoot(body: string, file: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = parseYamlText(body);
  } catch (error) {
    if (error instanceof Unreadable) {
      throw new Problem('CONFORM_E_FILE_UNREADABLE', `the file cannot be read: ${error.message}`, {
        place: { file },
        remedy: 'Check that it is the intended file.',
        cause: error,
      });
    }
    // The parser throws others too, where a value has a tag that does not suit it.
    const { reason, mark } = error instanceof YAMLException ? error : { reason: String(error) };
    throw new Problem('CONFORM_E_YAML_SYNTAX', `the file does not parse: ${reason}`, {
      place: { file, line: (mark?.line ?? 0) + 1 },
      remedy: 'Correct the indentation or quoting at that line.',
      cause: error,
    });
  }
  if (!isObject(parsed) || (parsed['openapi'] ?? parsed['swagger']) === undefined) {
    throw new Problem(
      'CONFORM_E_CONTRACT_NOT_OPENAPI',
      'this is not a contract: it has neither a member “openapi” nor “swagger”',
      {
        place: { file, line: 1 },
        remedy: 'The file has to be an OpenAPI 3.0 or 3.1 or a Swagger 2.0 document.',
      },
    );
  }
  refuseReference(parsed, file);
  refuseExplosions(parsed, file);
  refuseLongPaths(parsed, file);
  // Unquoted in YAML, a version is a number: `swagger: 2.0`.
  for (const member of ['openapi', 'swagger']) {
    const version = parsed[member];
    if (typeof version === 'number') parsed[member] = version.toFixed(1);
  }
  if (typeof parsed['openapi'] === 'string' && /^3\.[2-9]/.test(parsed['openapi']))
    parsed['openapi'] = '3.1.0';
  return parsed;
}

/** What else is in an object with a reference counts for nothing (OpenAPI 3.0.3, section 4.7.23). */
function refuseReference({ $ref }: JsonObject, file: string): void {
  if (typeof $ref !== 'string') return;
  throw new Problem(
    'CONFORM_E_CONTRACT_INVALID',
    `the file cannot be read as a contract: as a whole it is a reference to “${$ref.slice(0, 200)}”`,
    {
      place: { file, line: 1 },
      remedy: 'Name the file that it refers to, or remove the member “$ref”.',
    },
  );
}

/** A file that unfolds into billions of values is refused, not walked. */
function refuseExplosions(document: JsonObject, file: string): void {
  if (!unfoldsTooFar(document)) return;
  throw new Problem(
    'CONFORM_E_DOCUMENT_TOO_COMPLEX',
    `the document unfolds into more than ${MOST_UNFOLDED.toLocaleString('en')} values`,
    {
      place: { file },
      remedy: 'Look for YAML aliases (*name) that contain one another.',
    },
  );
}

/** No host takes a longer one, and to take a path of any length apart takes the square of it. */
function refuseLongPaths(document: JsonObject, file: string): void {
  const paths = isObject(document['paths']) ? Object.keys(document['paths']) : [];
  const long = paths.find((path) => path.length > LONGEST_PATH);
  if (long === undefined) return;
  throw new Problem(
    'CONFORM_E_DOCUMENT_TOO_COMPLEX',
    `the path “${long.slice(0, 60)}…” is longer than ${LONGEST_PATH} characters`,
    {
      place: { file },
      remedy: 'Check that it is the intended file.',
    },
  );
}

const LONGEST_PATH = 2000;

/** A reference to a reference to a reference: the bundler takes the cube of their number in steps. */
function refuseChains(document: JsonObject, file: string): void {
  const next = (reference: string): string | undefined => {
    if (!reference.startsWith('#/')) return undefined;
    const target = at(document, reference);
    return isObject(target) && typeof target['$ref'] === 'string' ? target['$ref'] : undefined;
  };
  for (const $ref of referencesIn(document)) {
    let hops = 0;
    for (let here = next($ref); here !== undefined; here = next(here)) {
      hops += 1;
      if (hops <= LONGEST_CHAIN) continue;
      throw new Problem(
        'CONFORM_E_CONTRACT_INVALID',
        `the file cannot be read as a contract: the reference “${$ref.slice(0, 200)}” never ends`,
        {
          place: { file },
          remedy: 'Refer to the definition itself, not to another reference.',
        },
      );
    }
  }
}

/** All references of a document, those in data as well: the bundler follows them. */
function* referencesIn(document: JsonObject): Generator<string> {
  for (const { $ref } of objectsIn(document)) if (typeof $ref === 'string') yield $ref;
}

const LONGEST_CHAIN = 50;
