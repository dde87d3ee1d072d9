import { isArray, isJsonType, isObject, parseJson, type Json, type JsonObject } from '../json.js';
import type { Answer, NoAnswer } from '../targets/reply.js';
import { answer, type Sent } from './host.js';

/** The paths of a host that keeps boats, and notes of each boat. */
export const BOATS = `
/boats:
  get:
    responses: { '200': { content: { application/json: { schema: { type: array, items: { $ref: '#/paths/~1boats~1{boat_id}/get/responses/200/content/application~1json/schema' } } } } } }
  post:
    requestBody: { content: { application/json: { schema: &boat
      { type: object, required: [name, length], properties: {
        name: { type: string, maxLength: 60 }, length: { type: integer, minimum: 1, maximum: 90 }, afloat: { type: boolean },
        colour: { type: string, enum: [red, blue] }, rating: { type: integer, default: 3 }, call: { type: string }, marks: { type: array, items: { type: string } },
        home: { type: object, properties: { harbour: { type: string }, berth: { type: integer } } } } },
      example: &example { name: Gull, length: 9, afloat: true, colour: red, call: 555-0142, marks: [a, b], home: { harbour: North, berth: 4 } } } } }
    responses:
      '201': { content: { application/json: { schema: { type: object } } } }
      '409': { description: There is one already. }
/boats/{boat_id}:
  get:
    responses: { '200': { content: { application/json: { schema: { type: object, properties: {
      id: { type: string }, name: { type: string }, length: { type: integer }, afloat: { type: boolean }, colour: { type: string },
      call: { type: string }, marks: { type: array, items: { type: string } },
      home: { type: object, properties: { harbour: { type: string }, berth: { type: integer } } },
      rating: { type: integer }, versionId: { type: string, readOnly: true },
      builtAt: { type: string, format: date-time, readOnly: true } } } } } } }
  put:
    summary: Replaces a boat.
    parameters: [{ name: If-Match, in: header, schema: { type: string } }]
    requestBody: { content: { application/json: { schema: *boat, example: *example } } }
    responses: { '200': {} }
  patch:
    requestBody: { content: { application/json: { schema: { type: object, properties: { length: { type: integer } } } } } }
    responses: { '200': {} }
  delete: { responses: { '204': {} } }
/boats/{boat_id}/versions/{version}:
  get: { responses: { '200': { content: { application/json: { schema: { type: object } } } } } }
/boats/{boat_id}/notes:
  get: { responses: { '200': { content: { application/json: { schema: { type: array } } } } } }
  post:
    parameters: [{ name: Idempotency-Key, in: header, schema: { type: string } }]
    requestBody: { content: { application/json: { schema:
      { type: object, required: [stars], properties: { stars: { type: integer }, text: { type: string } } }, example: { stars: 3, text: Fine } } } }
    responses: { '201': {} }
/boats/{boat_id}/notes/{note_id}:
  get: { responses: { '200': {} } }
  delete: { responses: { '204': {} } }
`;

/** What a keeper may do wrong. */
export type Wrong =
  | 'hides what it creates'
  | 'does not list what it creates'
  | 'leads nowhere'
  | 'loses a member'
  | 'keeps the old value'
  | 'changes the next one'
  | 'empties another member'
  | 'fails at the same PUT'
  | 'takes what is read-only'
  | 'takes a stale ETag'
  | 'makes two of one'
  | 'fails at a second one'
  | 'makes two with one key'
  | 'adds to a list at the same PUT'
  | 'keeps what a PUT leaves out'
  | 'does not count changes'
  | 'counts reads as changes'
  | 'loses old versions'
  | 'changes old versions'
  | 'changes another one as well'
  | 'removes another one as well'
  | 'has another default'
  | 'refuses a listed value'
  | 'fails at a listed value'
  | 'wants what is not required'
  | 'refuses the least'
  | 'refuses the most'
  | 'keeps what it refuses'
  | 'takes what is forbidden'
  | 'fails at the largest'
  | 'takes every media type'
  | 'fails at broken JSON'
  | 'deletes nothing'
  | 'lists what it has deleted'
  | 'refuses to remove'
  | 'names no id'
  | 'sends no JSON of an empty list';

interface Boat {
  record: JsonObject;
  version: number;
  /** Earlier states, by their versions. */
  former: Map<string, JsonObject>;
  notes: Map<string, JsonObject>;
  isGone: boolean;
}

const twice = (list: Json | undefined): Json[] => (isArray(list) ? [...list, ...list] : []);

/** No two keepers give the same id: one run may ask several. */
let last = 0;

/** A host that keeps its promises, but for what it does wrong. */
export function keeperOf(...wrong: readonly Wrong[]): {
  host: (sent: Sent) => Answer | NoAnswer;
  /** How many boats and notes it still has. */
  left: () => number;
} {
  const does = (what: Wrong): boolean => wrong.includes(what);
  const boats = new Map<string, Boat>();
  const keys = new Map<string, string>();
  const next = () => `k${(last += 1)}`;
  const present = () => [...boats].filter(([, { isGone }]) => !isGone);

  const breaks = ({ name, length, afloat, colour }: JsonObject): boolean =>
    typeof name !== 'string' ||
    name.length > 60 ||
    typeof length !== 'number' ||
    length < 1 ||
    length > 90 ||
    ![undefined, true, false].some((one) => one === afloat) ||
    ![undefined, 'red', 'blue'].some((one) => one === colour);

  const create = (body: JsonObject): Answer => {
    if (breaks(body) && !(does('takes what is forbidden') && body['length'] === undefined)) {
      if (does('keeps what it refuses')) boats.set(next(), boatOf(body));
      return answer(422);
    }
    if (does('fails at a listed value') && body['colour'] === 'blue') return answer(500);
    if (isUnwanted(body)) return answer(422);
    if (does('fails at the largest') && body['length'] === 90) return answer(500);
    const same = present().find(([, { record }]) => record['name'] === body['name']);
    if (same && does('fails at a second one')) return answer(500);
    if (same && !does('makes two of one')) return answer(409);
    const id = next();
    boats.set(id, boatOf(body));
    const location = `/${does('leads nowhere') ? 'crafts' : 'boats'}/${id}`;
    return does('names no id') ? answer(201, {}) : answer(201, { id }, { location });
  };
  const isUnwanted = ({ colour, afloat, length, name }: JsonObject): boolean =>
    (does('refuses a listed value') && colour === 'blue') ||
    (does('wants what is not required') && afloat === undefined) ||
    (does('refuses the least') && length === 1) ||
    (does('refuses the most') && typeof name === 'string' && name.length === 60);
  const boatOf = (body: JsonObject): Boat => ({
    record: {
      ...{ rating: does('has another default') ? 5 : 3, builtAt: '2026-01-05T10:00:00Z', ...body },
      ...(does('loses a member') ? { call: null } : {}),
    },
    version: 1,
    former: new Map(),
    notes: new Map(),
    isGone: false,
  });

  /** The boat behind another one; that itself where it is the last. */
  const after = (boat: Boat): Boat => {
    const all = [...boats.values()];
    return all[all.indexOf(boat) + 1] ?? boat;
  };

  const change = (boat: Boat, { method, body, headers }: Sent): Answer => {
    const sent = parseJson(body ?? '');
    if (!isObject(sent) || (method === 'PUT' && breaks(sent))) return answer(422);
    const condition = headers['if-match'];
    if (condition !== undefined && condition !== `"${boat.version}"` && !does('takes a stale ETag'))
      return answer(412);
    const { builtAt, ...rest } = sent;
    const own = does('takes what is read-only') && builtAt !== undefined ? { ...rest, builtAt } : rest;
    const old = boat.record;
    const isSame = Object.entries(rest).every(
      ([name, value]) => JSON.stringify(old[name]) === JSON.stringify(value),
    );
    if (method === 'PUT' && isSame && does('fails at the same PUT')) return answer(500);
    boat.former.set(String(boat.version), old);
    if (!does('does not count changes')) boat.version += 1;
    const isWhole = method === 'PUT' && !does('keeps what a PUT leaves out');
    const { builtAt: built = null, rating = null } = old;
    boat.record = {
      ...(isWhole ? { builtAt: built, rating } : old),
      ...own,
      ...(does('keeps the old value') ? { length: old['length'] ?? 0 } : {}),
      ...(method === 'PATCH' && does('empties another member') ? { marks: [] } : {}),
      ...(isSame && method === 'PUT' && does('adds to a list at the same PUT')
        ? { marks: twice(old['marks']) }
        : {}),
    };
    if (does('changes another one as well'))
      for (const [, one] of present()) if (one !== boat) one.record = { ...one.record, length: 77 };
    return answer(200);
  };

  const notesOf = (boat: Boat, { method, body, headers }: Sent): Answer => {
    if (method === 'GET' && boat.notes.size === 0 && does('sends no JSON of an empty list'))
      return answer(200, '[]', { 'content-type': 'text/html' });
    if (method === 'GET')
      return answer(
        200,
        [...boat.notes].map(([id, note]) => ({ id, ...note })),
      );
    const sent = parseJson(body ?? '');
    const key = headers['idempotency-key'];
    const known = key === undefined ? undefined : keys.get(key);
    if (!isObject(sent) || typeof sent['stars'] !== 'number') {
      if (does('keeps what it refuses')) boat.notes.set(next(), { text: 'kept' });
      return answer(422);
    }
    if (known !== undefined && !does('makes two with one key')) return answer(201, { id: known });
    const id = next();
    if (key !== undefined) keys.set(key, id);
    boat.notes.set(id, sent);
    return answer(201, { id });
  };

  const versionOf = (id: string, { version, former, record }: Boat, wanted: string): Answer => {
    if (wanted === String(version)) return answer(200, { id, ...record });
    const old = does('loses old versions') ? undefined : former.get(wanted);
    return old ? answer(200, { id, ...(does('changes old versions') ? record : old) }) : answer(404);
  };

  const host = (sent: Sent): Answer => {
    const [, boatsOrNot, boatId, notes, noteId] = sent.path.split('/');
    if (boatsOrNot !== 'boats') return answer(404);
    const isJson = isJsonType(sent.headers['content-type'] ?? 'application/json');
    if (!isJson && !does('takes every media type')) return answer(415);
    if (parseJson(sent.body ?? '{}') === undefined && does('fails at broken JSON')) return answer(500);
    const body = parseJson(sent.body ?? '');
    if (boatId === undefined) {
      if (sent.method === 'POST') return create(isObject(body) ? body : {});
      const shown = [...boats].filter(([, { isGone }]) => !isGone || does('lists what it has deleted'));
      const all = shown.map(([id, { record }]) => ({ id, ...record }));
      return answer(200, does('does not list what it creates') ? [] : all);
    }
    const boat = boats.get(boatId);
    if (!boat || boat.isGone || (does('hides what it creates') && sent.method === 'GET')) return answer(404);
    if (notes === 'versions') return versionOf(boatId, boat, noteId ?? '');
    if (notes !== undefined && noteId === undefined) return notesOf(boat, sent);
    if (noteId !== undefined) {
      const note = boat.notes.get(noteId);
      if (!note) return answer(404);
      if (sent.method === 'DELETE') boat.notes.delete(noteId);
      return sent.method === 'DELETE' ? answer(204) : answer(200, { id: noteId, ...note });
    }
    if (sent.method === 'GET') {
      if (does('counts reads as changes')) boat.version += 1;
      const versionId = String(boat.version);
      return answer(200, { id: boatId, ...boat.record, versionId }, { etag: `"${versionId}"` });
    }
    if (sent.method !== 'DELETE') return change(does('changes the next one') ? after(boat) : boat, sent);
    if (does('refuses to remove')) return answer(403);
    boat.isGone = !does('deletes nothing');
    const other = does('removes another one as well') ? present()[0]?.[1] : undefined;
    if (other) other.isGone = true;
    return answer(204);
  };
  return {
    host,
    left: () => present().reduce((sum, [, { notes }]) => sum + 1 + notes.size, 0),
  };
}
