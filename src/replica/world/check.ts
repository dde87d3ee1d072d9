import { whyNoPattern } from '../../pattern/pattern.js';
import type { World } from './file.js';
import type { Route } from './route.js';

/** What is wrong with a route of a world, and the member of it that is wrong. */
export interface RouteFault {
  route: string;
  member: string;
  what: string;
  remedy: string;
}

/** What the routes of a world name that is not there. */
export function faultsOf(world: World): RouteFault[] {
  return Object.entries(world.routes).flatMap(([key, route]) =>
    CHECKS.flatMap((check) => check(key, route, world)).map((fault) => ({ ...fault, route: key })),
  );
}

type RouteCheck = (key: string, route: Route, world: World) => Omit<RouteFault, 'route'>[];

const CHECKS: readonly RouteCheck[] = [
  (key, { does, of }, { resources }) =>
    does === 'fixed' || (of !== undefined && resources[of] !== undefined)
      ? []
      : [
          {
            member: 'of',
            what: `the route “${key}” is of the resource “${of ?? ''}”, which the world does not have`,
            remedy: `Resources are: ${Object.keys(resources).join(', ')}.`,
          },
        ],
  (key, { parent }, { resources }) =>
    parent === undefined || resources[parent.of] !== undefined
      ? []
      : [
          {
            member: 'parent',
            what: `the route “${key}” is below the resource “${parent.of}”, which the world does not have`,
            remedy: `Resources are: ${Object.keys(resources).join(', ')}.`,
          },
        ],
  (key, { does, of, listing }, { resources, listing: usual }) =>
    does !== 'list' ||
    resources[of ?? ''] === undefined ||
    (listing ?? resources[of ?? '']?.listing ?? usual) !== undefined
      ? []
      : [
          {
            member: 'does',
            what: `the route “${key}” lists, and nothing says in which form`,
            remedy: 'Give a “listing” to the route, to its resource, or to the world.',
          },
        ],
  (key, { id, parent, where = {} }) => {
    const there = namesIn(key);
    const named = [
      ...(id === undefined ? [] : [{ member: 'id', name: id }]),
      ...(parent === undefined ? [] : [{ member: 'parent', name: parent.id }]),
      ...Object.values(where).flatMap((text) => namesIn(text).map((name) => ({ member: 'where', name }))),
    ];
    return named
      .filter(({ name }) => !there.includes(name))
      .map(({ member, name }) => ({
        member,
        what: `the route “${key}” has no parameter “${name}” in its path`,
        remedy: there.length > 0 ? `Its path has: ${there.join(', ')}.` : 'Its path has no parameter.',
      }));
  },
  (key, { rules = [] }) =>
    rules.flatMap(({ matches }) => {
      const why = matches && whyNoPattern(matches.pattern);
      return why === undefined
        ? []
        : [
            {
              member: 'rules',
              what: `a rule of the route “${key}” has a pattern that cannot be read: ${why}`,
              remedy: 'Correct the regular expression.',
            },
          ];
    }),
];

/** The names that are in braces in a text. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
}
