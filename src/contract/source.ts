import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { BaseResolver, Source, bundle, createConfig, getLineColLocation } from '@redocly/openapi-core';
import { at, isObject, type JsonObject } from '../json.js';
import { Problem, type Place } from '../problem.js';

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
  const text = await readRoot(file);
  const resolver = new FolderResolver(dirname(await realpath(file)));
  const source = new Source(await realpath(file), text.replaceAll('\r\n', '\n'));
  const document = parseRoot(resolver, source, file);
  const { problems } = await bundle({
    doc: { source, parsed: document },
    externalRefResolver: resolver,
    config: await createConfig({}),
  }).catch((error: unknown) => {
    throw new Problem(`cannot be read as a contract: ${error instanceof Error ? error.message : ''}`, {
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
    const place = {
      file: display(location.source.absoluteRef, source, file),
      line: lineOf(location.source, location.pointer),
    };
    return [{ reference, place, why: resolver.unusable.get(reference.split('#')[0] ?? '') }];
  });
  return {
    file,
    sha256: createHash('sha256').update(text).digest('hex'),
    document,
    broken,
    locate: (pointer) => ({ file, line: lineOf(source, `#${pointer}`) }),
  };
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
    const body = await readFile(real, 'utf8').catch(() => undefined);
    if (body === undefined) throw this.refuse(absoluteRef, reference, 'it cannot be read');
    return new Source(absoluteRef, body.replaceAll('\r\n', '\n'));
  }

  override parseDocument(source: Source, isRoot?: boolean): ReturnType<BaseResolver['parseDocument']> {
    try {
      const document = super.parseDocument(source, isRoot);
      this.parsed.set(source.absoluteRef, document.parsed);
      return document;
    } catch (error) {
      const reference = relative(this.folder, source.absoluteRef).replaceAll(sep, '/');
      if (isRoot !== true) this.refuse(source.absoluteRef, reference, 'it does not parse');
      throw error;
    }
  }

  private refuse(absoluteRef: string, reference: string, why: string): Error {
    for (const spelling of [absoluteRef, reference, `./${reference}`]) this.unusable.set(spelling, why);
    return new Error(why);
  }
}

async function readRoot(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new Problem(missing ? 'there is no such contract' : 'the contract cannot be read', {
      place: { file },
      remedy: 'Put the vendor’s OpenAPI file there, or name it with --spec-dir or --spec.',
      cause: error,
    });
  }
}

/** Parses the root file, and reads a minor version that is not known as the nearest one that is. */
function parseRoot(resolver: FolderResolver, source: Source, file: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = resolver.parseDocument(source, true).parsed;
  } catch (error) {
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
  // Unquoted in YAML, a version is a number: `swagger: 2.0`.
  for (const member of ['openapi', 'swagger']) {
    const version = parsed[member];
    if (typeof version === 'number') parsed[member] = version.toFixed(1);
  }
  if (typeof parsed['openapi'] === 'string' && /^3\.[2-9]/.test(parsed['openapi']))
    parsed['openapi'] = '3.1.0';
  return parsed;
}

/** YAML aliases can make a small file unfold into billions of nodes; such a file is refused, not walked. */
function refuseExplosions(document: JsonObject, file: string): void {
  const sizes = new Map<object, number>();
  const size = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    sizes.set(value, Infinity); // an alias to an ancestor would unfold without end
    let total = 1;
    for (const member of Object.values(value)) total += size(member);
    sizes.set(value, total);
    return total;
  };
  if (size(document) > LARGEST_DOCUMENT) {
    throw new Problem(`unfolds into more than ${LARGEST_DOCUMENT.toLocaleString('en')} values`, {
      place: { file },
      remedy: 'Look for YAML aliases (*name) that contain one another.',
    });
  }
}

const LARGEST_DOCUMENT = 50_000_000;

/** The line (from 1) of what a pointer names, or of its nearest ancestor that stands in the file. */
function lineOf(source: Source, pointer: string): number {
  // It decodes what it looks for as a reference is decoded (RFC 6901, section 6).
  const encoded = pointer.replaceAll('%', '%25');
  return getLineColLocation({ source, pointer: encoded, reportOnKey: true }).start.line;
}

function display(absolute: string, root: Source, file: string): string {
  return absolute === root.absoluteRef
    ? file
    : join(dirname(file), relative(dirname(root.absoluteRef), absolute));
}
