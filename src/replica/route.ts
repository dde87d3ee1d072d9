import type { Route, World } from './world.js';

/** The route of a request, and the values in its path. Paths are compared exactly: case, plural, slash. */
export function findRoute(
  method: string,
  pathname: string,
  world: World,
): { route: Route; path: Record<string, string> } | undefined {
  for (const [key, route] of Object.entries(world.routes)) {
    const [routed = '', template = ''] = key.split(' ');
    if (routed !== method) continue;
    const path = matched(template, pathname, world.gateway.slash);
    if (path) return { route, path };
  }
  return undefined;
}

function matched(
  template: string,
  pathname: string,
  slash: 'exact' | 'optional',
): Record<string, string> | undefined {
  const same = (path: string) => (slash === 'optional' ? path.replace(/\/$/, '') : path);
  const wanted = same(template).split('/');
  const given = same(pathname).split('/');
  if (wanted.length !== given.length) return undefined;
  const path: Record<string, string> = {};
  for (const [index, step] of wanted.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(.+)\}$/.exec(step)?.[1];
    if (name === undefined) {
      if (value !== step) return undefined;
    } else {
      // Words that begin with an underscore are searches, no ids.
      if (value === '' || value.startsWith('_')) return undefined;
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
