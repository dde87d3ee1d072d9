import { realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { BaseResolver, Source, bundle, createConfig } from '@redocly/openapi-core';
import { readText } from '../document/text.js';
import { at, isObject } from '../json.js';
import { Problem } from '../problem.js';
import { hideInheritedNames, withInheritedNames } from './inherited-names.js';
import { parsedWithLimits, Unreadable } from './parse.js';
import { placesIn } from './places.js';
import type { BrokenReference, Root } from './source.js';

/**
 * Moves what a document references in other files into its own components.
 * @returns the references that lead nowhere
 * @throws Problem when it is no document that the bundler knows
 */
export async function bringIn({ file, path, body, document, locate }: Root): Promise<BrokenReference[]> {
  const resolver = new FolderResolver(dirname(path));
  const source = new Source(path, body);
  const { problems } = await bundle({
    doc: { source, parsed: document },
    externalRefResolver: resolver,
    config: await createConfig({}),
  }).catch((error: unknown) => {
    throw new Problem(
      'CONFORM_E_CONTRACT_INVALID',
      `the file cannot be read as a contract: ${whyNot(error)}`,
      {
        place: { file },
        remedy: 'The file has to be an OpenAPI 3.0 or 3.1 or a Swagger 2.0 document.',
        cause: error,
      },
    );
  });
  return problems.flatMap((problem) => {
    const location = problem.location[0];
    if (location?.pointer === undefined) return [];
    const inside = resolver.parsed.get(location.source.absoluteRef) ?? document;
    const node = at(inside, location.pointer);
    const reference = isObject(node) && typeof node['$ref'] === 'string' ? node['$ref'] : location.pointer;
    const { absoluteRef } = location.source;
    const find =
      absoluteRef === source.absoluteRef
        ? locate
        : placesIn(location.source.body, join(dirname(file), relative(dirname(path), absoluteRef)));
    const place = find(withInheritedNames(location.pointer.replace(/^#/, '')));
    return [{ reference, place, why: resolver.unusable.get(reference.split('#')[0] ?? '') }];
  });
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

  override parseDocument(source: Source): ReturnType<BaseResolver['parseDocument']> {
    try {
      const document = parsedWithLimits(source.body, () => super.parseDocument(source));
      hideInheritedNames(document.parsed);
      this.parsed.set(source.absoluteRef, document.parsed);
      return document;
    } catch (error) {
      const reference = relative(this.folder, source.absoluteRef).replaceAll(sep, '/');
      const why = error instanceof Unreadable ? error.message : 'it does not parse';
      this.refuse(source.absoluteRef, reference, why);
      throw error;
    }
  }

  private refuse(absoluteRef: string, reference: string, why: string): Error {
    for (const spelling of [absoluteRef, reference, `./${reference}`]) this.unusable.set(spelling, why);
    return new Error(why);
  }
}
