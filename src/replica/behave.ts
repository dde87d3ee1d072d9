import { asText, isObject, type Json, type JsonObject } from '../json.js';
import { filtered } from './filters.js';
import { pageOf } from './listing.js';
import { valueAt } from './place.js';
import type { Store } from './records.js';
import { brokenRule } from './rules.js';
import { sorted } from './sort.js';
import { fill } from './template.js';
import type { FixedAnswer } from './world/answer.js';
import type { World } from './world/file.js';
import type { Behaviour, Route } from './world/route.js';

/** A request that a route has been found for. */
export interface Routed {
  route: Route;
  /** The values in the path. */
  path: Record<string, string>;
  url: URL;
  body: Json | undefined;
  /** Whether the contract forbids the body. */
  isMalformed: () => boolean;
}

/** What the application behind the gateway does with a request. */
export function behave(request: Routed, store: Store, world: World): FixedAnswer {
  const { route, url, body } = request;
  const broken = brokenRule(route.rules ?? [], { query: url.searchParams, body });
  if (broken) return broken.answer;
  const refusal = refusedAbove(request, store, world);
  if (refusal) return refusal;
  if (route.then) return route.then;
  const isUnfit = () => route.takes !== 'anything' && request.isMalformed();
  const malformed = () => (world.malformed && isUnfit() ? world.malformed : undefined);
  switch (route.does) {
    case 'fixed':
      return malformed() ?? route.answer ?? { status: 204 };
    case 'list':
      return malformed() ?? list(request, store, world);
    case 'create':
      return malformed() ?? create(request, store, world);
    case 'open':
      return malformed() ?? open(request, store, world);
    default: {
      // Of what is not there, nothing can be wrong.
      const found = recordOf(request, store);
      if (!found) return route.missing ?? world.missing;
      return malformed() ?? onRecord(route.does, request, found, store, world);
    }
  }
}

/** The record that a path names, or the one after it where the route acts on that. */
function recordOf({ route, path }: Routed, store: Store): { id: string; record: JsonObject } | undefined {
  const records = store.of(route.of ?? '');
  const asked = path[route.id ?? ''] ?? Object.values(path).at(-1) ?? '';
  const id = route.defects?.actsOn === 'next' ? after(asked, [...records.keys()]) : asked;
  const record = records.get(id);
  return record && { id, record };
}

/** What is done with one record that is there. */
function onRecord(
  does: Exclude<Behaviour, 'fixed' | 'list' | 'create' | 'open'>,
  { route, body }: Routed,
  { id, record }: { id: string; record: JsonObject },
  store: Store,
  world: World,
): FixedAnswer {
  const records = store.of(route.of ?? '');
  const changes = route.defects?.effect !== 'none';
  if (does === 'read') return answerOf(route, record, world);
  if (does === 'delete') {
    if (changes) records.delete(id);
    return answerOf(route, record, world);
  }
  const member = store.idMember(route.of ?? '');
  const own = { [member]: record[member] ?? id };
  const written =
    does === 'update' ? { ...without(record, route.replaces), ...membersOf(body), ...own } : record;
  const made = without({ ...written, ...setBy(route, body) }, route.defects?.loses);
  if (changes) records.set(id, made);
  return answerOf(route, made, world);
}

/** The key after another one; that itself where it is the last one, or none of them. */
function after(key: string, keys: readonly string[]): string {
  const index = keys.indexOf(key);
  return index === -1 ? key : (keys[index + 1] ?? key);
}

function list({ route, path, url, body }: Routed, store: Store, world: World): FixedAnswer {
  const { of = '', where = {}, defects } = route;
  const resource = world.resources[of];
  const listing = route.listing ?? resource?.listing ?? world.listing;
  if (!listing) return route.missing ?? world.missing;
  const wanted = placedBy(where, path);
  const all = [...store.listed(of)]
    .filter(([key]) => defects?.lists !== 'seed' || store.isSeed(of, key))
    .map(([, record]) => record)
    .filter((record) => hasMembers(record, wanted));
  // Which page is wanted is in the query also when the filters are in a body.
  const parameters = new Map([...url.searchParams, ...stringsOf(body)]);
  const found = sorted(filtered(all, resource?.filters ?? {}, parameters), resource?.sort, parameters);
  const shown = defects?.shows ? found.map((record) => ({ ...record, ...defects.shows })) : found;
  return pageOf({ all: all.length, found: shown }, listing, parameters, url);
}

function create({ route, path, body }: Routed, store: Store, world: World): FixedAnswer {
  const { of = '', where = {}, defects } = route;
  const whole = { ...membersOf(body), ...setBy(route, body), ...placedBy(where, path) };
  const record = without(whole, defects?.loses);
  const id = defects?.effect === 'none' ? store.unusedId(of) : store.add(of, record);
  const made = store.of(of).get(id) ?? { ...record, [store.idMember(of)]: id };
  return answerOf(route, made, world);
}

/** Makes one record for each place; asked again while it is open, it gives the record that is there. */
function open({ route, path, body }: Routed, store: Store, world: World): FixedAnswer {
  const { of = '', where = {}, reuses } = route;
  const placed = placedBy(where, path);
  const records = store.of(of);
  const there = [...records].find(
    ([, record]) => reuses !== undefined && hasMembers(record, { ...placed, ...reuses }),
  );
  const id = there?.[0] ?? store.add(of, { ...membersOf(body), ...setBy(route, body), ...placed });
  return answerOf(route, records.get(id) ?? {}, world);
}

/** The refusal for a record above, which the path also names: it is not there, or is one of those that are refused. */
function refusedAbove({ route, path }: Routed, store: Store, world: World): FixedAnswer | undefined {
  const { parent, refuses } = route;
  if (!parent) return undefined;
  const keys = [...store.of(parent.of).keys()];
  const place = keys.indexOf(path[parent.id] ?? '');
  if (place === -1) return parent.absent ?? route.missing ?? world.missing;
  return refuses && (place + 1) % refuses.oneIn === 0 ? refuses.answer : undefined;
}

/** What a route says of its records, by the values in the path. */
function placedBy(where: Readonly<Record<string, string>>, path: Record<string, string>): JsonObject {
  return Object.fromEntries(
    Object.entries(where).map(([place, template]) => [place, fill(template, (name) => path[name] ?? '')]),
  );
}

function hasMembers(record: JsonObject, wanted: Readonly<Record<string, Json>>): boolean {
  return Object.entries(wanted).every(([place, value]) => valueAt(record, place) === value);
}

/** The successful answer of a route, with the values of its record. */
function answerOf(route: Route, record: JsonObject, world: World): FixedAnswer {
  const answer = route.answer ?? world.answers[route.does] ?? { status: 204 };
  if (answer.body === undefined) return answer;
  const shown = { ...record, ...route.defects?.shows };
  return {
    ...answer,
    body: fill(answer.body, (name) => (name === 'record' ? shown : valueAt(shown, name))),
  };
}

/** What a route sets on a record; `{place}` takes a value of the body. */
function setBy(route: Route, body: Json | undefined): JsonObject {
  return membersOf(fill(route.sets ?? {}, (place) => valueAt(body ?? null, place)));
}

function membersOf(body: Json | undefined): JsonObject {
  return isObject(body) ? body : {};
}

function without(record: JsonObject, names: readonly string[] = []): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** The members of a body that can be filters: texts, and what is written like one. */
function stringsOf(body: Json | undefined): [string, string][] {
  return Object.entries(membersOf(body)).flatMap(([name, value]): [string, string][] =>
    typeof value === 'object' ? [] : [[name, asText(value)]],
  );
}
