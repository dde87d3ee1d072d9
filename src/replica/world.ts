import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../document/literals.js';
import { readTyped } from '../document/read.js';
import { Problem, together } from '../problem.js';
import { CAUSES, OUTCOMES, type Cause } from '../verdict/causes.js';

const closed = { additionalProperties: false };

/** An answer that is always the same, but for `{hash}`, which becomes the hash of the Authorization header. */
const FixedAnswer = Type.Object(
  {
    status: Type.Integer({ minimum: 100, maximum: 599 }),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** Sent as JSON when it is no string. */
    body: Type.Optional(Type.Unknown()),
    standing: Type.Optional(Type.String()),
  },
  closed,
);
export type FixedAnswer = Static<typeof FixedAnswer>;

/** What a filter does with the records; see filters.ts. */
const Filter = Type.Union([
  Type.Object(
    {
      /** Where the value stands in a record: `name.0.family`, `meta.tag[code=status].display`. */
      at: Type.String(),
      match: Type.Optional(literals(['equals', 'contains', 'day', 'month', 'since', 'until'])),
      /** For `day`: the parameter that says how many days after the first one belong to it. */
      span: Type.Optional(Type.String()),
    },
    closed,
  ),
  /** Keeps one record in so many, whatever its value: a filter that hides records. */
  Type.Object({ keepsOneIn: Type.Integer({ minimum: 1 }) }, closed),
  /** Finds nothing, whatever its value: a filter that is broken. */
  Type.Object({ findsNothing: Type.Literal(true) }, closed),
]);
export type Filter = Static<typeof Filter>;

const Resource = Type.Object(
  {
    count: Type.Integer({ minimum: 0 }),
    ids: Type.Object(
      {
        first: Type.Integer(),
        step: Type.Optional(Type.Integer({ minimum: 1 })),
        type: Type.Optional(literals(['string', 'number'])),
      },
      closed,
    ),
    /** A record, with generators in braces; see records.ts. */
    record: Type.Unknown(),
    filters: Type.Optional(Type.Record(Type.String(), Filter)),
    bundle: Type.Optional(
      Type.Object(
        {
          /** Members before the entries. */
          head: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          entries: literals(['wrapped', 'bare']),
          total: Type.Optional(Type.String()),
          pageOrigin: Type.Integer({ minimum: 0, maximum: 1 }),
          pageSize: Type.Integer({ minimum: 1 }),
          largestPage: Type.Integer({ minimum: 1 }),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Resource = Static<typeof Resource>;

/** A rule that a request body has to keep, and the answer when it does not. */
const Rule = Type.Object(
  {
    /** The body has to have all of these members. */
    needs: Type.Optional(Type.Array(Type.String())),
    /** The body has to have one of these members. */
    needsOneOf: Type.Optional(Type.Array(Type.String())),
    /** Where a phone number stands that has to have ten digits. */
    phone: Type.Optional(Type.String()),
    /** The value must not be an array. */
    notArray: Type.Optional(Type.String()),
    answer: FixedAnswer,
  },
  closed,
);
export type Rule = Static<typeof Rule>;

const BEHAVIOURS = ['list', 'read', 'create', 'update', 'delete', 'open', 'close', 'fixed'] as const;

const Route = Type.Object(
  {
    does: literals(BEHAVIOURS),
    of: Type.Optional(Type.String()),
    standing: Type.String(),
    /** The path parameter that names the record; default: the last one. */
    id: Type.Optional(Type.String()),
    /** Members of the record that have to be equal to a path parameter. */
    where: Type.Optional(Type.Record(Type.String(), Type.String())),
    rules: Type.Optional(Type.Array(Rule)),
    /** Answers this instead when all rules are kept. */
    then: Type.Optional(FixedAnswer),
    /** One record in so many is refused with this answer, although it exists. */
    refuses: Type.Optional(Type.Object({ oneIn: Type.Integer({ minimum: 1 }), answer: FixedAnswer }, closed)),
    /** The successful answer: its status, and its members, with `{id}` for the id of the record. */
    answer: Type.Optional(FixedAnswer),
    /** Members that are set when it is done. */
    sets: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  closed,
);
export type Route = Static<typeof Route>;

const Expected = Type.Object(
  { outcome: literals(OUTCOMES), cause: Type.Optional(literals(Object.keys(CAUSES) as Cause[])) },
  closed,
);

const WorldFile = Type.Object(
  {
    about: Type.String(),
    extends: Type.Optional(Type.String()),
    seed: Type.Optional(Type.Integer()),
    people: Type.Optional(
      Type.Object(
        {
          given: Type.Array(Type.String(), { minItems: 1 }),
          family: Type.Array(Type.String(), { minItems: 1 }),
          city: Type.Array(Type.String(), { minItems: 1 }),
        },
        closed,
      ),
    ),
    token: Type.Optional(
      Type.Object(
        {
          path: Type.String(),
          lifetimeSeconds: Type.Integer({ minimum: 1 }),
          /** With `{token}`, `{clientId}` and `{now}` (seconds since 1970). */
          answer: FixedAnswer,
          refused: FixedAnswer,
        },
        closed,
      ),
    ),
    gateway: Type.Optional(
      Type.Object(
        {
          prefix: Type.String(),
          /** Whether a path is also found without the slash at its end. */
          slash: literals(['exact', 'optional']),
          unrouted: FixedAnswer,
          unroutedWithoutToken: FixedAnswer,
          /** For a routed path, without a token or with one that is not valid. */
          tokenRefused: FixedAnswer,
          throttled: FixedAnswer,
        },
        closed,
      ),
    ),
    requestsPerSecond: Type.Optional(Type.Integer({ minimum: 1 })),
    /** The answer of the application to an id that it does not have. */
    missing: Type.Optional(FixedAnswer),
    /** Outside the gateway: everything that has no answer of its own below. */
    elsewhere: Type.Optional(FixedAnswer),
    /** The former host, on a port of its own. */
    legacy: Type.Optional(FixedAnswer),
    resources: Type.Optional(Type.Record(Type.String(), Resource)),
    /** By method and path; null takes a route of the extended world away. */
    routes: Type.Optional(Type.Record(Type.String(), Type.Union([Route, Type.Null()]))),
    /** What a check with real writes finds of each operation in this world. */
    expect: Type.Optional(Type.Record(Type.String(), Expected)),
  },
  closed,
);
type WorldFile = Static<typeof WorldFile>;

/** One dated record of what the live hosts answered, complete. */
export type World = Required<Omit<WorldFile, 'extends' | 'routes'>> & {
  date: string;
  routes: Record<string, Route>;
};

/** The worlds of a spec folder. */
export interface Worlds {
  /** Their dates, oldest first. */
  dates: readonly string[];
  /**
   * The world of a date (default: the newest).
   * @throws Problem that names the dates there are
   */
  of: (date?: string) => World;
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
  const files = new Map<string, WorldFile>();
  const read = dates.map(async (date) => {
    files.set(date, await readTyped(fileOf(specDir, date), WorldFile));
  });
  await together(read);
  const worlds = new Map<string, World>();
  await together(
    dates.map(async (date) => {
      worlds.set(date, await Promise.resolve(complete(date, files, fileOf(specDir, date))));
    }),
  );
  return {
    dates,
    of: (date = dates.at(-1)) => {
      const world = date === undefined ? undefined : worlds.get(date);
      if (world) return world;
      throw new Problem(`there is no world “${date ?? ''}”`, {
        place: { file: folder },
        remedy: dates.length > 0 ? `Worlds are: ${dates.join(', ')}.` : 'Put one there, named by its date.',
      });
    },
  };
}

/** A world with all that it extends. @throws Problem when something is missing, or names what is not there */
function complete(date: string, files: ReadonlyMap<string, WorldFile>, file: string): World {
  const { routes = {}, ...merged } = extended(date, files, file, []);
  if (!isComplete(merged)) {
    const missing = NEEDED.filter((member) => merged[member] === undefined);
    throw new Problem(`the world lacks ${missing.join(', ')}`, {
      place: { file },
      remedy: 'Add it, or name a world that has it with “extends”.',
    });
  }
  const world: World = { ...merged, date, routes: present(routes) };
  checkResources(world, file);
  return world;
}

type Complete = Omit<World, 'date' | 'routes'>;

function isComplete(merged: Omit<WorldFile, 'routes'>): merged is Complete {
  return NEEDED.every((member) => merged[member] !== undefined);
}

const NEEDED = [
  'seed',
  'people',
  'token',
  'gateway',
  'requestsPerSecond',
  'missing',
  'elsewhere',
  'legacy',
  'resources',
  'expect',
] as const;

function extended(
  date: string,
  files: ReadonlyMap<string, WorldFile>,
  file: string,
  seen: readonly string[],
): WorldFile {
  if (seen.includes(date)) {
    throw new Problem(`the world ${date} extends itself`, { place: { file }, remedy: 'Break the circle.' });
  }
  const own = files.get(date);
  if (!own) {
    throw new Problem(`there is no world “${date}” to extend`, {
      place: { file },
      remedy: `Worlds are: ${[...files.keys()].join(', ')}.`,
    });
  }
  if (own.extends === undefined) return own;
  const base = extended(own.extends, files, file, [...seen, date]);
  return {
    ...base,
    ...own,
    resources: { ...base.resources, ...own.resources },
    routes: { ...base.routes, ...own.routes },
    expect: { ...base.expect, ...own.expect },
  };
}

function present(routes: Record<string, Route | null>): Record<string, Route> {
  return Object.fromEntries(Object.entries(routes).flatMap(([key, route]) => (route ? [[key, route]] : [])));
}

function checkResources(world: World, file: string): void {
  for (const [key, { of, does }] of Object.entries(world.routes)) {
    if (does === 'fixed' || (of !== undefined && world.resources[of] !== undefined)) continue;
    throw new Problem(`the route “${key}” is of the resource “${of ?? ''}”, which the world does not have`, {
      place: { file },
      remedy: `Resources are: ${Object.keys(world.resources).join(', ')}.`,
    });
  }
}

function fileOf(specDir: string, date: string): string {
  return join(specDir, 'worlds', `${date}.yaml`);
}
