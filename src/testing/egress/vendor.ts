import { isObject, type Json, type JsonObject } from '../../json.js';
import { type Contract, operationAt, TOKEN_PATH } from './contract.js';
import type { Credential } from './credentials.js';
import { createdAs } from './creation.js';
import type { ContractHabits, HostHabits } from './habits.js';
import { idsOf, type Ids } from './ids.js';
import { overrideOf, resolvePath, valueAt, type Incoming } from './incoming.js';
import { Store } from './store.js';

/** What a server answers. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: Json;
}

/** A host that answers, and remembers. */
export interface Vendor {
  store: Store;
  answer: (incoming: Incoming) => Answer;
  /** Refuses every removal from now on, or no longer. */
  refuseRemovals: (refused: boolean) => void;
}

const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found' } };
const NOT_ALLOWED: Answer = { status: 405, body: { message: 'Method Not Allowed' } };
const UNAUTHORIZED: Answer = { status: 401, body: { message: 'Unauthorized' } };
const FORBIDDEN: Answer = { status: 403, body: { message: 'Forbidden' } };
const INVALID: Answer = { status: 422, body: { message: 'The body is not valid.' } };
const DONE: Answer = { status: 204 };

/** Seconds that a throttled client has to wait. */
export const RETRY_AFTER = 2;

export const THROTTLED: Answer = {
  status: 429,
  headers: { 'retry-after': String(RETRY_AFTER) },
  body: { message: 'Too Many Requests' },
};

/** For how many requests a token is good where it runs out. */
const USES = 6;

const SAFE = ['GET', 'HEAD', 'OPTIONS'];
const COLLECTIONS = ['items', 'tags', 'links'];

/** A small vendor with records of its own, who does as the habits say. */
export function createVendor(options: {
  contract: Contract;
  contractHabits: ContractHabits;
  habits: HostHabits;
  credential: Credential;
  /** The first segment of every path, where the base of the target has one. */
  prefix: readonly string[];
  /** Another host, for redirects and addresses that lead there. */
  elsewhere: string;
}): Vendor {
  const { contract, contractHabits, habits, credential, prefix, elsewhere } = options;
  const ids = idsOf(contractHabits.ids);
  const store = new Store();
  fillStore(store, ids);
  const throttle = throttleOf(habits, 4);
  const worn = new Map<string, number>();
  let removalsRefused = false;

  /** Whether a token has been used as often as it may be. */
  const isWorn = (incoming: Incoming): boolean => {
    const token = valueAt(incoming, { in: 'header', name: 'authorization' });
    if (!habits.runsOut || !credential.token || token === undefined) return false;
    const uses = (worn.get(token) ?? 0) + 1;
    worn.set(token, uses);
    return uses > USES;
  };

  const letsIn = (incoming: Incoming, safe: boolean, collection: string): boolean => {
    const good = (places = credential.places): boolean =>
      !isWorn(incoming) &&
      places.every((place) => {
        const value = valueAt(incoming, place);
        return value !== undefined && place.accepts(value);
      });
    switch (habits.guard) {
      case 'ignores':
        return true;
      case 'reads-only':
        return !safe || good();
      case 'presence':
        return credential.places.every((place) => valueAt(incoming, place) !== undefined);
      case 'api-key-only':
        return good(credential.places.filter(({ key }) => key));
      case 'one-open':
        return collection === 'tags' || good();
      default:
        return good() || (contractHabits.security === 'some-public' && collection === 'tags');
    }
  };

  /** What a path is to this host. */
  const routeOf = (segments: readonly string[], slash: boolean): Route => {
    if (habits.strictSlash && slash !== contractHabits.slash && segments.length > 0)
      return { kind: 'unknown' };
    return routed(segments);
  };

  return {
    store,
    refuseRemovals: (refused) => {
      removalsRefused = refused;
    },
    answer: (incoming) => {
      const { segments, slash } = resolvePath(incoming.url, prefix);
      const path = segments[0] === 'v1' ? segments.slice(1) : segments;
      if (incoming.method === 'POST' && credential.token && segments.join('/') === credential.token.path) {
        return credential.token.answer(incoming);
      }
      // The contract says that it is there, and safe to ask; it gives nobody a token.
      if (incoming.method === 'POST' && contractHabits.extra === 'token-endpoint' && isTokenPath(segments)) {
        return { status: 401, body: { error: 'invalid_client' } };
      }
      if (throttle(incoming)) return THROTTLED;
      const method = overrideOf(incoming) ?? incoming.method;
      const route = routeOf(path, slash);
      const search = route.kind === 'search' && method === 'POST';
      if (habits.redirects && !SAFE.includes(method) && !search) {
        return { status: 307, headers: { location: elsewhere + incoming.url } };
      }
      if (route.kind === 'health') return { status: 200, body: { status: 'up' } };
      if (route.kind === 'unknown') {
        if (habits.guard === 'refuses-unknown') return FORBIDDEN;
        const makes = habits.upserts === 'anywhere' && ['PUT', 'POST', 'PATCH'].includes(method);
        if (!makes) return NOT_FOUND;
        if (!letsIn(incoming, false, path[0] ?? '')) return UNAUTHORIZED;
        store.create(path.join('/'), bodyOf(incoming), `${method} /${segments.join('/')}`);
        return { status: 201, body: {} };
      }
      if (!letsIn(incoming, SAFE.includes(method) || search, path[0] ?? '')) {
        return habits.guard === 'hides' ? NOT_FOUND : UNAUTHORIZED;
      }
      if (method === 'OPTIONS') return { status: 204, headers: { allow: ALLOWED[route.kind] } };
      if (method === 'DELETE' && removalsRefused) return { status: 500, body: { message: 'Later.' } };
      const operation = operationAt(contract.operations, method, segments);
      const isValid = habits.accepts || operation?.body === undefined || validBody(incoming, operation.body);
      return onRoute(route, method, {
        store,
        ids,
        incoming,
        isValid,
        by: operation?.id ?? `${method} /${segments.join('/')}`,
        habits,
        created: (collection) => createdAs(habits.creates, { collection, ids, elsewhere, slash }),
      });
    },
  };
}

/** Says of each request whether it is throttled: with `once`, each n-th, unless it was throttled before. */
export function throttleOf({ throttles }: HostHabits, each: number): (incoming: Incoming) => boolean {
  const throttled = new Set<string>();
  let served = 0;
  return ({ method, url }) => {
    const call = `${method} ${url}`;
    served += 1;
    if (throttles !== 'once' || throttled.has(call)) return throttles === 'always';
    if (served % each !== 0) return false;
    throttled.add(call);
    return true;
  };
}

function isTokenPath(segments: readonly string[]): boolean {
  return segments.join('/') === TOKEN_PATH;
}

type Route =
  | { kind: 'unknown' | 'root' | 'health' | 'search' | 'reset' | 'shutdown' | 'export' }
  | { kind: 'collection' | 'record' | 'archive'; path: string };

function routed(segments: readonly string[]): Route {
  const [first, second, third, , fifth] = segments;
  const path = segments.join('/');
  const isParts = first === 'items' && third === 'parts';
  const isLink = first === 'links';
  if (first === undefined) return { kind: 'root' };
  if (path === 'health') return { kind: 'health' };
  if (path === 'items/search') return { kind: 'search' };
  if (path === 'admin/reset') return { kind: 'reset' };
  if (path === 'shutdown') return { kind: 'shutdown' };
  if (path === 'export') return { kind: 'export' };
  if (!COLLECTIONS.includes(first)) return { kind: 'unknown' };
  if (second === undefined) return { kind: 'collection', path };
  if (first === 'items' && third === 'archive' && segments.length === 3) {
    return { kind: 'archive', path: `items/${second}` };
  }
  if (isParts && segments.length === 3) return { kind: 'collection', path };
  if (isParts && segments.length === 4 && fifth === undefined) return { kind: 'record', path };
  if (isLink && segments.length === 3) return { kind: 'record', path };
  if (!isLink && segments.length === 2) return { kind: 'record', path };
  return { kind: 'unknown' };
}

const ALLOWED = {
  root: 'GET, DELETE',
  health: 'GET',
  search: 'POST',
  reset: 'POST',
  shutdown: 'POST',
  export: 'GET',
  collection: 'GET, POST, DELETE',
  record: 'GET, PUT, PATCH, DELETE',
  archive: 'POST',
} as const;

interface Context {
  store: Store;
  ids: Ids;
  incoming: Incoming;
  isValid: boolean;
  by: string;
  habits: HostHabits;
  created: (collection: string) => ReturnType<typeof createdAs>;
}

function onRoute(route: Route, method: string, context: Context): Answer {
  const { store } = context;
  const isRead = method === 'GET' || method === 'HEAD';
  switch (route.kind) {
    case 'root':
      if (method === 'DELETE') store.remove('');
      return method === 'DELETE' ? DONE : isRead ? { status: 200, body: {} } : NOT_ALLOWED;
    case 'search':
      return method === 'POST' ? listing('items', context) : NOT_FOUND;
    case 'reset':
      if (method !== 'POST') return NOT_ALLOWED;
      store.remove('');
      return DONE;
    case 'shutdown':
      if (method !== 'POST') return NOT_ALLOWED;
      store.meddle('the host itself');
      return DONE;
    case 'export':
      if (!isRead) return NOT_ALLOWED;
      for (const id of store.below('items')) store.change(`items/${id}`, { exported: true });
      return listing('items', context);
    case 'archive':
      if (method !== 'POST') return NOT_ALLOWED;
      if (!store.has(route.path)) return NOT_FOUND;
      store.remove(route.path);
      return DONE;
    case 'collection':
      return onCollection(route.path, method, context);
    case 'record':
      return onRecord(route.path, method, context);
    default:
      return NOT_FOUND;
  }
}

function onCollection(path: string, method: string, context: Context): Answer {
  const { store, isValid, created, incoming, by } = context;
  const parent = path.split('/').slice(0, -1).join('/');
  if (parent !== '' && !store.has(parent)) return NOT_FOUND;
  if (method === 'GET' || method === 'HEAD') return listing(path, context);
  if (method === 'DELETE') {
    for (const id of store.below(path)) store.remove(`${path}/${id}`);
    // The key of a link has two parts: all that is below goes.
    if (path === 'links') store.remove('links');
    return DONE;
  }
  if (method !== 'POST') return NOT_ALLOWED;
  if (!isValid) return INVALID;
  const { answer, stored } = created(path);
  if (stored !== undefined) store.create(stored.path, { ...bodyOf(incoming), ...stored.members }, by);
  return answer;
}

function onRecord(path: string, method: string, context: Context): Answer {
  const { store, isValid, incoming, habits, by } = context;
  const record = store.get(path);
  if (method === 'GET' || method === 'HEAD') return record ? { status: 200, body: record.body } : NOT_FOUND;
  if (method === 'DELETE') {
    if (!record) return NOT_FOUND;
    store.remove(path);
    return DONE;
  }
  if (method !== 'PUT' && method !== 'PATCH') return NOT_ALLOWED;
  if (!isValid) return INVALID;
  if (record) {
    store.change(path, bodyOf(incoming));
    return { status: 200, body: store.get(path)?.body ?? {} };
  }
  if (method !== 'PUT' || habits.upserts === 'never') return NOT_FOUND;
  const id = path.split('/').at(-1) ?? '';
  store.create(path, { ...bodyOf(incoming), id }, by);
  return { status: 201, body: { id } };
}

/** How many records a page of a listing has. */
const PAGE = 3;

function listing(path: string, { store }: Context): Answer {
  const items = store
    .below(path)
    .slice(0, PAGE)
    .map((id) => store.get(`${path}/${id}`)?.body ?? {});
  return { status: 200, body: { items } };
}

function fillStore(store: Store, ids: Ids): void {
  for (const collection of ['items', 'tags']) {
    for (const [index, id] of [...ids.listed, ...ids.hidden].entries()) {
      const value = ids.schema.type === 'integer' ? Number(id) : id;
      store.seed(`${collection}/${id}`, { id: value, name: `Was there ${index + 1}` });
    }
  }
  for (const id of ids.listed) {
    const value = ids.schema.type === 'integer' ? Number(id) : id;
    store.seed(`items/${id}/parts/${id}`, { id: value, name: 'A part' });
  }
  store.seed('links/a/b', { left: 'a', right: 'b' });
}

function bodyOf({ body }: Incoming): JsonObject {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Whether a contract allows the body of a request: not when there is none and one is required, and never what is no JSON. */
export function validBody(
  { body }: Pick<Incoming, 'body'>,
  allowed: { required: boolean; allows: (value: unknown) => boolean },
): boolean {
  if (body === '') return !allowed.required;
  try {
    return allowed.allows(JSON.parse(body));
  } catch {
    return false;
  }
}
