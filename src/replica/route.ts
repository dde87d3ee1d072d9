import { compilePattern } from '../pattern/pattern.js';
import type { World } from './world/file.js';
import type { Route } from './world/route.js';

/** A route for a request, and the values in its path. */
export interface Found {
  route: Route;
  path: Record<string, string>;
}

/** Finds the routes of a world. */
export interface Router {
  /** The route of a request. Paths are compared exactly: case, plural, and, where the world says so, the slash. */
  find: (method: string, pathname: string) => Found | undefined;
  /** The methods that a path has a route for. */
  methodsOf: (pathname: string) => string[];
}

export function createRouter({ routes, gateway: { slash, noIds } }: World): Router {
  const reserved = noIds === undefined ? undefined : compilePattern(noIds);
  const isId = (value: string) => value !== '' && !(reserved?.test(value) ?? false);
  const plain = (path: string) => (slash === 'optional' ? path.replace(/\/$/, '') : path);
  const known = Object.entries(routes).map(([key, route]) => {
    const [method = '', template = ''] = key.split(' ');
    return { method, route, steps: plain(template).split('/') };
  });
  const pathIn = (steps: readonly string[], pathname: string) =>
    matched(steps, plain(pathname).split('/'), isId);
  return {
    find: (method, pathname) => {
      for (const one of known) {
        if (one.method !== method) continue;
        const path = pathIn(one.steps, pathname);
        if (path) return { route: one.route, path };
      }
      return undefined;
    },
    methodsOf: (pathname) => [
      ...new Set(known.filter(({ steps }) => pathIn(steps, pathname)).map(({ method }) => method)),
    ],
  };
}

function matched(
  wanted: readonly string[],
  given: readonly string[],
  isId: (value: string) => boolean,
): Record<string, string> | undefined {
  if (wanted.length !== given.length) return undefined;
  const path: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(.+)\}$/.exec(step)?.[1];
    if (name === undefined) {
      if (value !== step) return undefined;
    } else {
      if (!isId(value)) return undefined;
      path[name] = decode(value);
    }
  }
  return path;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
