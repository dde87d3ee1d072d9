import { asText, isArray, isObject, type Json, type JsonObject } from '../json.js';
import { bundleOf } from './bundle.js';
import { filtered, valueAt } from './filters.js';
import { expand, type Store } from './records.js';
import type { FixedAnswer, Route, Rule, World } from './world.js';

/** A request that a route has been found for. */
export interface Routed {
  route: Route;
  /** The values in the path. */
  path: Record<string, string>;
  query: URLSearchParams;
  body: Json | undefined;
}

/** What the application behind the gateway does with a request. */
export function behave(request: Routed, store: Store, world: World): FixedAnswer {
  const { route } = request;
  for (const rule of route.rules ?? []) if (breaks(rule, request)) return rule.answer;
  if (route.then) return route.then;
  const { does } = route;
  if (does === 'fixed') return route.answer ?? { status: 204 };
  if (does === 'list') return list(request, store, world);
  if (does === 'create') return create(request, store, world);
  const records = store.of(route.of ?? '');
  const id = request.path[route.id ?? ''] ?? Object.values(request.path).at(-1) ?? '';
  if (does === 'open') return open(request, id, store, world);
  const record = records.get(id);
  if (!record) return world.missing;
  switch (does) {
    case 'read':
      return { status: 200, body: record };
    case 'update':
      records.set(id, { ...record, ...membersOf(request.body), id: record['id'] ?? id });
      return answerOf(route, id, record, { status: 200, body: pick(record, 'resourceType', 'id') });
    case 'close':
      records.set(id, { ...record, ...setBy(route, request.body) });
      return answerOf(route, id, record, { status: 200, body: { success: true } });
    case 'delete':
      records.delete(id);
      return answerOf(route, id, record, { status: 204 });
  }
}

function list({ route, path, query, body }: Routed, store: Store, world: World): FixedAnswer {
  const resource = world.resources[route.of ?? ''];
  const all = [...store.of(route.of ?? '').values()].filter((record) => isAt(record, route, path));
  // Which page is wanted stands in the query also when the filters stand in a body.
  const parameters = new Map([...query, ...stringsOf(body)]);
  const found = filtered(all, resource?.filters ?? {}, parameters);
  return { status: 200, body: bundleOf(found, resource?.bundle, parameters) };
}

function create(request: Routed, store: Store, world: World): FixedAnswer {
  const { route, path, body } = request;
  const refusal = refused(request, store, world);
  if (refusal) return refusal;
  const placed = Object.fromEntries(
    Object.entries(route.where ?? {}).map(([member, parameter]) => [member, path[parameter] ?? '']),
  );
  const record = { ...membersOf(body), ...setBy(route, body), ...placed };
  const id = store.add(route.of ?? '', record);
  const made = store.of(route.of ?? '').get(id) ?? record;
  return answerOf(route, id, made, { status: 201, body: pick(made, 'resourceType', 'id') });
}

/** Makes one record for each value of a path parameter; asked again, it gives the record that is there. */
function open(request: Routed, key: string, store: Store, world: World): FixedAnswer {
  const { route, body } = request;
  const [place] = Object.entries(route.where ?? {});
  if (!place) return world.missing;
  const [member, parameter] = place;
  const there = [...store.of(route.of ?? '')].find(
    ([, record]) => record[member] === key && record['clockedOut'] === false,
  );
  const id =
    there?.[0] ??
    store.add(route.of ?? '', {
      ...membersOf(body),
      ...setBy(route, body),
      [member]: request.path[parameter] ?? key,
    });
  const record = store.of(route.of ?? '').get(id) ?? {};
  return answerOf(route, id, record, { status: 200, body: record }, world);
}

/** A record above the one that is to be made that does not exist, or is one of those that are refused. */
function refused({ route, path }: Routed, store: Store, world: World): FixedAnswer | undefined {
  const above = Object.entries(route.where ?? {})[0]?.[1];
  const id = above === undefined ? undefined : path[above];
  const { refuses } = route;
  const of = route.id;
  if (id === undefined || of === undefined) return undefined;
  const keys = [...store.of(of).keys()];
  if (!keys.includes(id)) return world.missing;
  return refuses && (keys.indexOf(id) + 1) % refuses.oneIn === 0 ? refuses.answer : undefined;
}

function isAt(record: JsonObject, { where }: Route, path: Record<string, string>): boolean {
  return Object.entries(where ?? {}).every(([place, parameter]) => {
    const value = valueAt(record, place);
    const wanted = path[parameter] ?? '';
    return value === wanted || (typeof value === 'string' && value.endsWith(`/${wanted}`));
  });
}

function breaks(rule: Rule, { body, query }: Routed): boolean {
  const at = (place: string) => valueAt(body ?? null, place);
  const isThere = (place: string) => asText(at(place) ?? query.get(place) ?? '') !== '';
  if (rule.needs && !rule.needs.every(isThere)) return true;
  if (rule.needsOneOf && !rule.needsOneOf.some(isThere)) return true;
  if (rule.notArray !== undefined && isArray(at(rule.notArray))) return true;
  if (rule.phone === undefined) return false;
  const phone = at(rule.phone);
  return phone !== undefined && !/^[2-9]\d{9}(x\d{1,6})?$/.test(asText(phone));
}

function answerOf(
  route: Route,
  id: string,
  record: JsonObject,
  otherwise: FixedAnswer,
  world?: World,
): FixedAnswer {
  if (!route.answer) return otherwise;
  const typed = world && route.of && world.resources[route.of]?.ids.type === 'number' ? Number(id) : id;
  const value = (generator: string): Json =>
    generator === 'id' ? typed : (valueAt(record, generator) ?? null);
  return { ...route.answer, body: expand((route.answer.body ?? null) as Json, value) };
}

/** What a route sets on a record; `{place}` takes a value of the body. */
function setBy(route: Route, body: Json | undefined): JsonObject {
  const expanded = expand((route.sets ?? {}) as Json, (place) => valueAt(body ?? null, place) ?? null);
  return isObject(expanded) ? expanded : {};
}

function membersOf(body: Json | undefined): JsonObject {
  return isObject(body) ? body : {};
}

function stringsOf(body: Json | undefined): [string, string][] {
  return Object.entries(membersOf(body)).flatMap(([name, value]) =>
    typeof value === 'object' ? [] : [[name, String(value)]],
  );
}

function pick(record: JsonObject, ...names: string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])),
  );
}
