import { readdir } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Check } from '../checks/check.js';
import { addChecks } from '../checks/own.js';
import type { ReportFormat } from '../documents/formats/format.js';
import { addFormats } from '../documents/formats/index.js';
import { asError, Problem } from '../problem.js';
import { isReporter, type Reporter } from './reporter.js';

/** What somebody adds to this program: the default export of a module. */
export interface Plugin {
  checks?: readonly Check[];
  formats?: readonly ReportFormat[];
  reporters?: readonly Reporter[];
}

/**
 * Loads plugins and adds their checks and formats to this process. A plugin is code, and runs with all rights of this
 * program: so it is only ever named by a person, on the command line or in a call, and never by a spec folder.
 * @param names each the path of a module or of a folder of modules, or the name of a package that is installed where the
 *   program was started
 * @returns their reporters
 * @throws Problem for what cannot be found or loaded, or is no plugin
 */
export async function loadPlugins(names: readonly string[]): Promise<Reporter[]> {
  const reporters: Reporter[] = [];
  for (const name of names) {
    for (const file of await filesOf(name)) reporters.push(...addPlugin(await load(file), file));
  }
  return reporters;
}

/**
 * Adds the checks and formats of a plugin to this process.
 * @param from what errors name: its file
 * @returns its reporters
 * @throws Problem for what is no plugin
 */
export function addPlugin(plugin: unknown, from: string): readonly Reporter[] {
  const members = typeof plugin === 'object' && plugin !== null ? Object.entries(plugin) : [];
  const unknown = members.find(([name, list]) => !KINDS.includes(name) || !Array.isArray(list));
  if (members.length === 0 || unknown) {
    const what = unknown
      ? `; “${unknown[0]}” is ${KINDS.includes(unknown[0]) ? 'no list' : 'none of them'}`
      : '';
    throw new Problem(
      'CONFORM_E_PLUGIN_INVALID',
      `a plugin exports lists of ${KINDS.join(', ')} by default${what}`,
      {
        place: { file: from },
        remedy: 'docs/library.md shows one of each kind.',
      },
    );
  }
  const {
    checks = [],
    formats = [],
    reporters = [],
  }: Record<string, unknown[] | undefined> = Object.fromEntries(members);
  addChecks(checks, from);
  addFormats(formats, from);
  return reporters.map((reporter) => {
    if (isReporter(reporter)) return reporter;
    throw new Problem('CONFORM_E_PLUGIN_INVALID', 'a reporter needs a “name” and a function “onEvent”', {
      place: { file: from },
      remedy: 'docs/library.md shows a reporter.',
    });
  });
}

const KINDS = ['checks', 'formats', 'reporters'];

/** The modules that a name stands for. */
async function filesOf(name: string): Promise<string[]> {
  const path = resolve(name);
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) return [path];
    const modules = (await readdir(path)).filter((file) => /\.m?js$/.test(file)).sort();
    if (modules.length > 0) return modules.map((file) => join(path, file));
    throw new Problem('CONFORM_E_PLUGIN_MISSING', 'the folder holds no plugin', {
      place: { file: name },
      remedy: 'A plugin is a file with the ending .js or .mjs.',
    });
  }
  try {
    return [createRequire(resolve('package.json')).resolve(name)];
  } catch (error) {
    throw new Problem('CONFORM_E_PLUGIN_MISSING', `there is no plugin “${name}”`, {
      cause: error,
      remedy: 'Name a file, a folder, or a package that is installed in this folder.',
    });
  }
}

async function load(file: string): Promise<unknown> {
  try {
    const module: unknown = await import(pathToFileURL(file).href);
    return typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : undefined;
  } catch (error) {
    throw new Problem('CONFORM_E_PLUGIN_INVALID', `the plugin cannot be loaded: ${asError(error).message}`, {
      place: { file },
      cause: error,
      remedy: 'Run it with node to see where it fails.',
    });
  }
}
