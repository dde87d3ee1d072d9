import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readTypedDocument } from '../../document/read.js';
import { at, isArray, pointer, type Json } from '../../json.js';
import { Problem, throwAll, type Place } from '../../problem.js';
import type { Named } from '../../targets/named.js';

const closed = { additionalProperties: false };

/** A place in an answer or in a thing: a JSON Pointer, or the name of a member at its top. */
const Where = Type.String();
const ParameterName = Type.String({ minLength: 1 });

const Entry = Type.Object(
  {
    /** Where the things of a page are. */
    items: Type.Optional(Where),
    /** Where it stands how many things there are in all. */
    total: Type.Optional(Where),
    /** Where the link to the next page is, or the cursor of it. */
    next: Type.Optional(Where),
    /** The parameter for the number of a page. */
    page: Type.Optional(ParameterName),
    /** The parameter for the number of things before a page. */
    offset: Type.Optional(ParameterName),
    cursor: Type.Optional(ParameterName),
    size: Type.Optional(ParameterName),
    sort: Type.Optional(ParameterName),
    /** The number of the first page, or of the first thing. */
    origin: Type.Optional(Type.Union([Type.Literal(0), Type.Literal(1)])),
    /** By parameter: the member of a thing that it is about; false where it does not choose among the things. */
    filters: Type.Optional(Type.Record(ParameterName, Type.Union([Where, Type.Literal(false)]))),
  },
  closed,
);

/** What is stated of how one operation lists things. */
export type StatedList = Static<typeof Entry>;

/** `lists.yaml` of a spec folder. */
export const ListsFile = Type.Object(
  {
    /** What holds for every list, as far as nothing else is said of its operation. */
    all: Type.Optional(Entry),
    operations: Type.Optional(Type.Record(Type.String(), Entry)),
  },
  closed,
);

/** What a spec folder says of lists. */
export interface StatedLists {
  of: (operation: string) => StatedList | undefined;
  /** The things of a page, where it is stated where they are. */
  itemsOf: (operation: string, body: Json) => Json[] | undefined;
  /** The operations that it states something of. */
  operations: readonly string[];
  named: readonly Named[];
}

export const NO_LISTS: StatedLists = statedLists({});

/** The lists as such a file states them. */
export function statedLists(
  { all, operations = {} }: Static<typeof ListsFile>,
  placeOf: (steps: readonly string[]) => Place = () => ({ file: 'lists.yaml' }),
): StatedLists {
  const of = (operation: string): StatedList | undefined => {
    const own = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    return all || own ? { ...all, ...own, filters: { ...all?.filters, ...own?.filters } } : undefined;
  };
  return {
    of,
    itemsOf: (operation, body) => {
      const { items } = of(operation) ?? {};
      const found = items === undefined ? undefined : valueAt(body, items);
      return isArray(found) ? found : undefined;
    },
    operations: Object.keys(operations),
    named: Object.entries(operations).flatMap(([operation, entry]): Named[] => {
      const steps = ['operations', operation];
      const parameter = (name: string, ...to: string[]): Named => ({
        ...{ kind: 'parameter', name, bears: 'requests', place: placeOf([...steps, ...to]) },
        of: { operation, in: 'query' },
      });
      return [
        { kind: 'operation', name: operation, bears: 'requests', place: placeOf(steps) },
        ...ROLES.flatMap((role) => {
          const name = entry[role];
          return name === undefined ? [] : [parameter(name, role)];
        }),
        ...Object.keys(entry.filters ?? {}).map((name) => parameter(name, 'filters', name)),
      ];
    }),
  };
}

const ROLES = ['page', 'offset', 'cursor', 'size', 'sort'] as const;

/**
 * Reads `lists.yaml` of a spec folder, which need not be there.
 * @throws Problem with file and line
 */
export async function readLists(specDir: string): Promise<StatedLists> {
  const file = join(specDir, 'lists.yaml');
  if (!existsSync(file)) return NO_LISTS;
  const { value, lineOf } = await readTypedDocument(file, ListsFile);
  const placeOf = (steps: readonly string[]): Place => ({ file, line: lineOf(pointer(...steps)) });
  const entries = [
    ...(value.all ? [{ entry: value.all, steps: ['all'] }] : []),
    ...Object.entries(value.operations ?? {}).map(([id, entry]) => ({ entry, steps: ['operations', id] })),
  ];
  throwAll(
    entries.flatMap(({ entry, steps }) => {
      const ways = (['page', 'offset', 'cursor'] as const).filter((role) => entry[role] !== undefined);
      return ways.length < 2
        ? []
        : [
            new Problem(
              'CONFORM_E_SETTING_INVALID',
              `the list has ${ways.join(' and ')}, and only one can say where a page begins`,
              {
                place: placeOf([...steps, ways[1] ?? '']),
                remedy: 'Keep the parameter by which pages are requested.',
              },
            ),
          ];
    }),
  );
  return statedLists(value, placeOf);
}

/** What is at a place: a JSON Pointer, or the name of a member at the top. */
export function valueAt(value: Json, where: string): Json | undefined {
  return at(value, where === '' || where.startsWith('/') ? where : pointer(where));
}
