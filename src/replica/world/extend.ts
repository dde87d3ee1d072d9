import type { WorldFile } from './file.js';
import type { ResourceChange } from './resource.js';
import type { Route, RouteChange } from './route.js';

type Routes = NonNullable<WorldFile['routes']>;

/** A world as another one says it otherwise: what is said of a part replaces what was said of it, and the rest stays. */
export function changed(base: WorldFile, change: WorldFile): WorldFile {
  return {
    ...base,
    ...change,
    ...part('token', base, change),
    ...part('gateway', base, change),
    ...part('answers', base, change),
    ...part('expect', base, change),
    resources: resourcesOf(base.resources ?? {}, change.resources ?? {}),
    routes: routesOf(base.routes ?? {}, change.routes ?? {}),
  };
}

function part<Name extends 'token' | 'gateway' | 'answers' | 'expect'>(
  name: Name,
  base: WorldFile,
  change: WorldFile,
): Pick<WorldFile, Name> | object {
  if (base[name] === undefined && change[name] === undefined) return {};
  return { [name]: { ...base[name], ...change[name] } };
}

function resourcesOf(
  base: Readonly<Record<string, ResourceChange>>,
  change: Readonly<Record<string, ResourceChange>>,
): Record<string, ResourceChange> {
  const resources = { ...base };
  for (const [name, one] of Object.entries(change)) {
    const filters = { ...base[name]?.filters, ...one.filters };
    const kept = Object.entries(filters).filter(([, filter]) => filter !== null);
    resources[name] = {
      ...base[name],
      ...one,
      filters: Object.fromEntries(kept),
      ...listingOf(base[name]?.listing, one.listing),
    };
  }
  return resources;
}

type ListingChange = ResourceChange['listing'];

function listingOf(base: ListingChange, change: ListingChange): Pick<ResourceChange, 'listing'> {
  if (!base || !change) return {};
  const paging = base.paging && change.paging ? { paging: { ...base.paging, ...change.paging } } : {};
  return { listing: { ...base, ...change, ...paging } };
}

function routesOf(base: Routes, change: Routes): Routes {
  const routes = { ...base };
  for (const [key, one] of Object.entries(change)) {
    const before = base[key];
    routes[key] = one === null || isWhole(one) || !before ? one : { ...before, ...one };
  }
  return routes;
}

/** Whether a route says what it does, and so stands for itself. */
export function isWhole(route: Route | RouteChange): route is Route {
  return 'does' in route;
}
