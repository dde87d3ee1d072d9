import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Value } from '@sinclair/typebox/value';
import { readTypedDocument } from '../document/read.js';
import { pointer, pointerSteps } from '../json.js';
import { Problem, throwAll, together } from '../problem.js';
import type { Named } from '../targets/named.js';
import { faultsOf } from './world/check.js';
import { changed, isWhole } from './world/extend.js';
import { WholeWorld, WorldFile, type World } from './world/file.js';

export type { World } from './world/file.js';

/** The worlds of a spec folder. */
export interface Worlds {
  /** Their dates, oldest first. */
  dates: readonly string[];
  /**
   * The world of a date (default: the newest).
   * @throws Problem that names the dates there are
   */
  of: (date?: string) => World;
  named: readonly Named[];
}

/** A file of a world, and the lines of what is in it. */
interface Source {
  file: string;
  value: WorldFile;
  lineOf: (pointer: string) => number | undefined;
}

/**
 * Reads all worlds of a spec folder, each with what it extends.
 * @throws Problem with file and line, for each world that is wrong
 */
export async function readWorlds(specDir: string): Promise<Worlds> {
  const folder = join(specDir, 'worlds');
  const names = await readdir(folder).catch(() => []);
  const dates = names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort();
  const read = dates.map(async (date): Promise<[string, Source]> => {
    const file = join(folder, `${date}.yaml`);
    return [date, await readTypedDocument(file, WorldFile)];
  });
  const sources = new Map(await together(read));
  const worlds = new Map<string, World>();
  await together(
    [...sources].map(async ([date, source]) => {
      const merged = extended(date, sources, source, []);
      worlds.set(date, await Promise.resolve(complete(date, merged, source)));
    }),
  );
  return {
    dates,
    named: [...sources.values()].flatMap(namedIn),
    of: (date = dates.at(-1)) => {
      const world = date === undefined ? undefined : worlds.get(date);
      if (world) return world;
      throw new Problem('CONFORM_E_WORLD_UNKNOWN', `there is no world “${date ?? ''}”`, {
        place: { file: folder },
        remedy:
          dates.length > 0 ? `Worlds are: ${dates.join(', ')}.` : 'Add a file that is named by its date.',
      });
    },
  };
}

/** The operations that a file names: of routes their parameters may be called otherwise. */
function namedIn({ file, value, lineOf }: Source): Named[] {
  const { routes = {}, expect = {} } = value;
  const of = (kind: 'route' | 'operation', member: string, names: readonly string[]): Named[] =>
    names.map((name) => ({
      ...{ kind, name, bears: 'description' },
      place: { file, line: lineOf(pointer(member, name)) },
    }));
  const documented = Object.keys(routes).filter((name) => routes[name]?.undocumented !== true);
  return [...of('route', 'routes', documented), ...of('operation', 'expect', Object.keys(expect))];
}

/**
 * A world in which some things are otherwise.
 * @throws Problem when what comes of it is no world
 */
export function changedWorld(
  world: World,
  change: WorldFile,
  { file, lineOf }: Omit<Source, 'value'>,
): World {
  const { date, ...base } = world;
  return complete(date, changed(base, change), { file, lineOf, value: change });
}

/** A world with all that it extends. @throws Problem when something is missing, or names what is not there */
function complete(date: string, merged: WorldFile, { file, lineOf, value }: Source): World {
  const { routes = {}, answers = {}, expect = {}, ...rest } = merged;
  if (!Value.Check(WholeWorld, rest)) {
    const paths = [...new Set([...Value.Errors(WholeWorld, rest)].map(({ path }) => path))];
    // Of what is missing as a whole, its members are missing, too.
    const missing = paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
    const names = missing.map((path) => pointerSteps(path).join('.'));
    throw new Problem('CONFORM_E_SETTING_INVALID', `the world lacks ${names.join(', ')}`, {
      place: { file, line: lineOf(missing[0] ?? '') },
      remedy: 'Add it, or name a world that has it with “extends”.',
    });
  }
  const found = Object.entries(routes).flatMap(([key, route]) => (route ? [{ key, route }] : []));
  const partial = found.filter(({ route }) => !isWhole(route));
  throwAll(
    partial.map(
      ({ key }) =>
        new Problem('CONFORM_E_SETTING_INVALID', `the route “${key}” does not say what it does`, {
          place: { file, line: lineOf(pointer('routes', key)) },
          remedy:
            'Add “does”; without it, a route changes that of the extended world, which has none of this name.',
        }),
    ),
  );
  const whole = found.flatMap(({ key, route }) => (isWhole(route) ? [[key, route] as const] : []));
  const world: World = { ...rest, date, answers, expect, routes: Object.fromEntries(whole) };
  // What is wrong in the world that it extends is said of that one.
  const own = new Set(Object.keys(value.routes ?? {}));
  throwAll(
    faultsOf(world)
      .filter(({ route }) => own.has(route))
      .map(
        ({ route, member, what, remedy }) =>
          new Problem('CONFORM_E_SETTING_INVALID', what, {
            place: { file, line: lineOf(pointer('routes', route, member)) },
            remedy,
          }),
      ),
  );
  return world;
}

function extended(
  date: string,
  sources: ReadonlyMap<string, Source>,
  { file, lineOf }: Pick<Source, 'file' | 'lineOf'>,
  seen: readonly string[],
): WorldFile {
  const place = { file, line: lineOf('/extends') };
  if (seen.includes(date)) {
    throw new Problem('CONFORM_E_SETTING_INVALID', `the world ${date} extends itself`, {
      place,
      remedy: 'Remove one “extends” of the circle.',
    });
  }
  const own = sources.get(date)?.value;
  if (!own) {
    throw new Problem('CONFORM_E_WORLD_UNKNOWN', `there is no world “${date}” to extend`, {
      place,
      remedy: `Worlds are: ${[...sources.keys()].join(', ')}.`,
    });
  }
  if (own.extends === undefined) return own;
  return changed(extended(own.extends, sources, { file, lineOf }, [...seen, date]), own);
}
