import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { BaseResolver, Source, bundle, createConfig } from '@redocly/openapi-core';
import { within } from '../bounded/within.js';
import { isNestedTooDeep } from '../document/depth.js';
import { readNamedText, readText } from '../document/text.js';
import { at, isObject, type Json, type JsonObject } from '../json.js';
import { Problem, type Place } from '../problem.js';
import { MOST_UNFOLDED, unfoldAliases, unfoldsTooFar } from './aliases.js';
import { hideInheritedNames, showInheritedNames, withInheritedNames } from './inherited-names.js';
import { placesIn } from './places.js';

/** A contract as it stands on disk, its external references brought in, nothing repaired yet. */
export interface ContractSource {
  file: string;
  sha256: string;
  document: JsonObject;
  /** References that lead nowhere. They still stand in the document. */
  broken: BrokenReference[];
  /** Where the value that a JSON Pointer names stands in the root file, as near as can be told. */
  locate: (pointer: string) => Place;
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
  const resolver = new FolderResolver(dirname(await realpath(file)));
  const source = new Source(await realpath(file), text.replaceAll('\r\n', '\n'));
  const document = parseRoot(resolver, source, file);
  refuseChains(document, file);
  const locate = placesIn(source, file);
  const { problems } = await bundle({
    doc: { source, parsed: document },
    externalRefResolver: resolver,
    config: await createConfig({}),
  }).catch((error: unknown) => {
    throw new Problem(`cannot be read as a contract: ${whyNot(error)}`, {
      place: { file },
      remedy: 'The file has to be an OpenAPI 3.0 or 3.1 or a Swagger 2.0 document.',
      cause: error,
    });
  });
  const broken = problems.flatMap((problem) => {
    const location = problem.location[0];
    if (location?.pointer === undefined) return [];
    const inside = resolver.parsed.get(location.source.absoluteRef) ?? document;
    const node = at(inside, location.pointer);
    const reference = isObject(node) && typeof node['$ref'] === 'string' ? node['$ref'] : location.pointer;
    const isHere = location.source.absoluteRef === source.absoluteRef;
    const find = isHere
      ? locate
      : placesIn(location.source, display(location.source.absoluteRef, source, file));
    const place = find(withInheritedNames(location.pointer.replace(/^#/, '')));
    return [{ reference, place, why: resolver.unusable.get(reference.split('#')[0] ?? '') }];
  });
  showInheritedNames(document);
  // What is referenced in two places may have become one value as well.
  refuseExplosions(document, file);
  unfoldAliases(document);
  return {
    file,
    sha256: createHash('sha256').update(text).digest('hex'),
    document,
    broken,
    locate,
  };
}

function whyNot(error: unknown): string {
  if (error instanceof RangeError) return 'its references go too deep';
  return error instanceof Error ? error.message : String(error);
}

/**
 * Reads only files in the contract's own folder and below, and nothing from a network: a contract comes from
 * outside, and to read it must not mean to read anything else.
 */
class FolderResolver extends BaseResolver {
  /** Reference (without its pointer) to the reason why the file cannot be used. */
  readonly unusable = new Map<string, string>();
  readonly parsed = new Map<string, unknown>();

  constructor(private readonly folder: string) {
    super();
  }

  override async loadExternalRef(absoluteRef: string): Promise<Source> {
    if (/^[a-z][a-z0-9+.-]+:/i.test(absoluteRef)) {
      throw this.refuse(absoluteRef, absoluteRef, 'nothing is fetched from a network');
    }
    const reference = relative(this.folder, absoluteRef).replaceAll(sep, '/');
    const real = await realpath(absoluteRef).catch(() => undefined);
    if (real === undefined) throw this.refuse(absoluteRef, reference, 'there is no such file');
    if (!real.startsWith(this.folder + sep)) {
      throw this.refuse(absoluteRef, reference, 'it lies outside the folder of the contract');
    }
    const body = await readText(real).catch(() => undefined);
    if (body === undefined) throw this.refuse(absoluteRef, reference, 'it cannot be read');
    return new Source(absoluteRef, body.replaceAll('\r\n', '\n'));
  }

  override parseDocument(source: Source, isRoot?: boolean): ReturnType<BaseResolver['parseDocument']> {
    try {
      // The parser goes down into what it reads, and so does the bundler.
      if (isNestedTooDeep(source.body)) throw new Unreadable('it is nested too deep');
      const parsed = within(LONGEST_MS, () => super.parseDocument(source, isRoot));
      if (!parsed.done)
        throw new Unreadable(`it takes too much ${parsed.why === 'time' ? 'time' : 'room'} to read`);
      const document = parsed.value;
      hideInheritedNames(document.parsed);
      this.parsed.set(source.absoluteRef, document.parsed);
      return document;
    } catch (error) {
      const reference = relative(this.folder, source.absoluteRef).replaceAll(sep, '/');
      const why = error instanceof Unreadable ? error.message : 'it does not parse';
      if (isRoot !== true) this.refuse(source.absoluteRef, reference, why);
      throw error;
    }
  }

  private refuse(absoluteRef: string, reference: string, why: string): Error {
    for (const spelling of [absoluteRef, reference, `./${reference}`]) this.unusable.set(spelling, why);
    return new Error(why);
  }
}

/** That a file cannot be read although it may be well-formed. */
class Unreadable extends Error {}

/** A file that is parsed for longer was made to take long. */
const LONGEST_MS = 60_000;

const SAYS = {
  missing: 'there is no such contract',
  unreadable: 'the contract cannot be read',
  remedy: 'Put the vendor’s OpenAPI file there, or name it with --spec-dir or --spec.',
};

/** Parses the root file, and reads a minor version that is not known as the nearest one that is. */
function parseRoot(resolver: FolderResolver, source: Source, file: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = resolver.parseDocument(source, true).parsed;
  } catch (error) {
    if (error instanceof Unreadable) {
      throw new Problem(`cannot be read: ${error.message}`, {
        place: { file },
        remedy: 'Check that it is the file that was intended.',
        cause: error,
      });
    }
    const at = error instanceof Error && 'line' in error && typeof error.line === 'number' ? error.line : 1;
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new Problem(`does not parse: ${reason}`, {
      place: { file, line: at },
      remedy: 'Correct the indentation or quoting at that line.',
      cause: error,
    });
  }
  if (!isObject(parsed) || (parsed['openapi'] ?? parsed['swagger']) === undefined) {
    throw new Problem('is not a contract: it has neither a member “openapi” nor “swagger”', {
      place: { file, line: 1 },
      remedy: 'The file has to be an OpenAPI 3.0 or 3.1 or a Swagger 2.0 document.',
    });
  }
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

/** A file that unfolds into billions of values is refused, not walked. */
function refuseExplosions(document: JsonObject, file: string): void {
  if (!unfoldsTooFar(document)) return;
  throw new Problem(`unfolds into more than ${MOST_UNFOLDED.toLocaleString('en')} values`, {
    place: { file },
    remedy: 'Look for YAML aliases (*name) that contain one another.',
  });
}

/** No host takes a longer one, and to take a path of any length apart takes the square of it. */
function refuseLongPaths(document: JsonObject, file: string): void {
  const paths = isObject(document['paths']) ? Object.keys(document['paths']) : [];
  const long = paths.find((path) => path.length > LONGEST_PATH);
  if (long === undefined) return;
  throw new Problem(`the path “${long.slice(0, 60)}…” is longer than ${LONGEST_PATH} characters`, {
    place: { file },
    remedy: 'Check that it is the file that was intended.',
  });
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
        `cannot be read as a contract: the reference “${$ref.slice(0, 200)}” leads on and on`,
        {
          place: { file },
          remedy: 'Let it refer to what is meant, and not to another reference.',
        },
      );
    }
  }
}

/** All references of a document, those in data as well: the bundler follows them. */
function* referencesIn(document: JsonObject): Generator<string> {
  const seen = new Set<Json>();
  const open: Json[] = [document];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    if (isObject(node) && typeof node['$ref'] === 'string') yield node['$ref'];
    for (const value of Object.values(node)) open.push(value);
  }
}

const LONGEST_CHAIN = 50;

function display(absolute: string, root: Source, file: string): string {
  return absolute === root.absoluteRef
    ? file
    : join(dirname(file), relative(dirname(root.absoluteRef), absolute));
}
