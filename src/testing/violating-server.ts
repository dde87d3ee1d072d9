import { gzipSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'yaml';
import { isObject, parseJson, type Json, type JsonObject } from '../json.js';
import type { Answer, NoAnswer } from '../targets/reply.js';
import { answer, type Sent } from './host.js';
import { BOATS, keeperOf, type Wrong } from './keeper.js';

/** One way to break a promise, and the routes of a server that breaks it so. */
export interface Violation {
  /** The check and the code of its finding: `list/page-size larger-than-asked`. */
  finds: string;
  /** What else is broken there. */
  also?: readonly string[];
  /** The Paths Object in YAML, without what all of its paths begin with. */
  paths: string;
  host: (sent: Sent) => Answer | NoAnswer;
  /** What follows the nouns in its paths: what can be created is known by them. */
  suffix?: string;
}

/** The codes that no server of this kind can bring about in a run, and why. */
export const NOT_HERE: Readonly<Record<string, string>> = {
  'answer/status-fits-request not-modified-without-condition':
    'only successes are held to further promises, and 304 is none',
  ...Object.fromEntries(
    ['no-hsts', 'no-nosniff', 'cookie-not-secure'].map((code) => [
      `http/host-hygiene ${code}`,
      'this server is asked without TLS',
    ]),
  ),
  'answer/redirect leaves-tls': 'this server is asked without TLS',
  ...Object.fromEntries(
    ['no-location', 'no-upgrade', 'no-retry-after', 'names-nothing'].map((code) => [
      `answer/status-owes-header ${code}`,
      'a host is held to it once, and this one has shown by then that it sends no Allow',
    ]),
  ),
  'http/hidden-route open': 'it is on only where it is named itself',
  'http/cors any-with-credentials': 'this server repeats the origin, and a host does the one or the other',
  'http/latency slow': 'nothing takes long by the clock of these tests',
  'http/latency over-limit': 'nothing takes long by the clock of these tests',
  ...Object.fromEntries(
    [
      ...['auth/existence-leak tells-apart', 'auth/expired-token let-in', 'auth/other-tenant ours-shown'],
      ...[
        'auth/other-tenant theirs-shown',
        'auth/scope-holds rights-ignored',
        'auth/scope-holds scope-ignored',
      ],
    ].map((finds) => [finds, 'the target of this server names no other callers']),
  ),
  ...Object.fromEntries(
    [...['no-json', 'no-type', 'odd-lifetime', 'secret-shown', 'stored', 'wrong-secret-taken']].map(
      (code) => [`auth/token-endpoint ${code}`, 'nobody gets a token from this server'],
    ),
  ),
  'auth/bad-credentials let-in': 'only a run that may not write sends credentials that are invalid',
  ...Object.fromEntries(
    ['no-time', 'still-throttled'].map((code) => [
      `http/rate-and-burst ${code}`,
      'a host that refuses requests for their number would be left alone at all other routes',
    ]),
  ),
  ...Object.fromEntries(
    ['not-counted', 'counted-up', 'reset-past'].map((code) => [
      `http/rate-and-burst ${code}`,
      'a route of this server that names a limit looks like its unknown paths, and only what is routed is judged',
    ]),
  ),
  'input/valid-accepted example': 'a plain creation sends that very example where there are no samples',
  'input/forbidden-body accepted': 'only a run that may not write for real asks with such a body alone',
};

/** What all paths of a violation begin with: its check and its code. */
export function placeOf({ finds }: Pick<Violation, 'finds'>): string {
  const [check = '', code = ''] = finds.split(' ');
  return `/${check.replace('/', '-')}/${code}`;
}

const NAMES = ['Gull', 'Tern', 'Zoë', 'Auk', 'Skua', 'Rail', 'Coot', 'Smew', 'Teal'];
const FLEET: readonly JsonObject[] = NAMES.map((name, index) => ({
  id: `boat-${index + 1}00`,
  name,
  colour: index % 3 === 0 ? 'red' : index % 3 === 1 ? 'blue' : 'green',
  length: (index * 7) % 10,
}));

const SOME = '{ content: { application/json: { schema: { type: object } } } }';
const NOTHING_THERE =
  '{ content: { application/json: { schema: { type: object, required: [message], properties: { message: { type: string } } } } } }';
const ITEM = `
/boats/{id}: { get: { responses: { '200': ${SOME}, '404': ${NOTHING_THERE} } } }`;

/** A list with these parameters of its query. */
function listWith(...parameters: string[]): string {
  return `
/boats: { get: { parameters: [${parameters.join(', ')}], responses: { '200': ${SOME} } } }`;
}

const query = (name: string, schema: string, rest = ''): string =>
  `{ name: ${name}, in: query, schema: ${schema}${rest} }`;
const LIMIT = query('limit', '{ type: integer }');
const OFFSET = query('offset', '{ type: integer }');
const COLOUR = query('colour', '{ type: string, enum: [red, blue, green] }');
const COLOURS = query('colour', '{ type: array, items: { type: string } }', ', style: form, explode: false');
const NAME = query('name', '{ type: string }');

/** What a request asks for, as the routes below read it. */
interface Asked extends Sent {
  query: URLSearchParams;
  /** Of one boat; undefined where it is the list. */
  id: string | undefined;
}

/** A list of boats that keeps its promises. */
function right({ method, query: asked, id, token }: Asked): Answer {
  if (token === 'none') return answer(401, { message: 'who are you?' });
  if (method === 'OPTIONS') return answer(405, { message: 'no' });
  if (id !== undefined) {
    const boat = FLEET.find((one) => one['id'] === id);
    return boat ? answer(200, boat) : answer(404, { message: 'there is none' });
  }
  const met = FLEET.filter((boat) => isAskedFor(boat, asked));
  return page(met, asked);
}

function isAskedFor(boat: JsonObject, asked: URLSearchParams): boolean {
  return ['colour', 'name'].every((member) => {
    const wanted = asked.get(member);
    return wanted === null || wanted.split(',').some((one) => one === boat[member]);
  });
}

function page(boats: readonly JsonObject[], asked: URLSearchParams, more: JsonObject = {}): Answer {
  const from = Number(asked.get('offset') ?? 0);
  const data = boats.slice(from, from + Number(asked.get('limit') ?? boats.length));
  return answer(200, { total: boats.length, data, ...more });
}

/** The members of the body of an answer. */
function bodyOf({ body }: Answer): JsonObject {
  const value = parseJson(body.toString());
  return isObject(value) ? value : {};
}

function withText(reply: Answer, change: (text: string) => string): Answer {
  return { ...reply, body: Buffer.from(change(reply.body.toString())) };
}

function withHeaders(reply: Answer, headers: Record<string, string>): Answer {
  const names = Object.keys(headers);
  const kept = reply.headers.filter(([name]) => !names.includes(name));
  return { ...reply, headers: [...kept, ...Object.entries(headers)] };
}

/**
 * A server of boats that breaks one promise.
 * @param wrong what it answers otherwise than it should; undefined where it answers as it should
 */
function boats(
  finds: string,
  paths: string,
  wrong: (asked: Asked, reply: Answer) => Answer | undefined,
): Violation {
  return {
    finds,
    paths,
    host: (sent) => {
      const { pathname, searchParams } = new URL(sent.url);
      const [, , id] = pathname.split('/');
      const asked = { ...sent, query: searchParams, id };
      const reply = right(asked);
      return wrong(asked, reply) ?? reply;
    },
  };
}

const isOk = (reply: Answer): boolean => reply.status === 200;
const whenAbsent = (other: Answer) => (asked: Asked, reply: Answer) =>
  reply.status === 404 && asked.id !== undefined ? other : undefined;

/** A list with headers and a schema that its answers are held to. */
const STRICT = `
/boats:
  get:
    responses:
      '200':
        headers:
          X-Fleet: { required: true, schema: { type: string } }
          X-Marks: { content: { application/json: { schema: { type: array } } } }
        content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { type: object } } } } } }`;
const FLEET_HEADER = { 'x-fleet': 'north' };
/** What a list answers in the place of what it should. */
const instead = (finds: string, change: (reply: Answer) => Answer): Violation =>
  boats(finds, STRICT, (_, reply) => (isOk(reply) ? change(withHeaders(reply, FLEET_HEADER)) : undefined));
const manyWrong = (count: number): JsonObject => ({ data: Array.from({ length: count }, () => 'x') });

/**
 * What a whole host does wrong: it is seen at the first operation that shows it, so these are before all others, and
 * their answers are right otherwise: of one operation only some findings are printed. The first of them has as many as
 * are printed, so it does not show what the host says to pages of other origins.
 */
const OF_HOST: Violation[] = [
  boats('auth/challenge no-challenge', listWith(), ({ headers }) =>
    headers['origin'] === undefined ? undefined : answer(400, { message: 'not from a page' }),
  ),
  ...[
    'auth/token-place small-letters-refused',
    'http/cors foreign-with-credentials',
    'http/nonsense-path catch-all',
    'answer/status-owes-header no-allow',
  ].map((finds) => boats(finds, listWith(), () => undefined)),
];

const ANSWERS: Violation[] = [
  instead('answer/documented-status not-documented', (reply) => ({ ...reply, status: 203 })),
  instead('answer/content-type not-documented', (reply) =>
    withHeaders(reply, { 'content-type': 'text/html' }),
  ),
  instead('answer/content-type missing', (reply) => ({
    ...reply,
    headers: reply.headers.filter(([name]) => name !== 'content-type'),
  })),
  instead('answer/response-headers missing', (reply) => ({
    ...reply,
    headers: reply.headers.filter(([name]) => name !== 'x-fleet'),
  })),
  instead('answer/response-headers not-json', (reply) => withHeaders(reply, { 'x-marks': 'a, b' })),
  instead('answer/body-present empty', (reply) => withText(reply, () => '')),
  instead('answer/body-schema unreadable', (reply) => withText(reply, () => '{"data":[')),
  instead('answer/body-schema more', () => answer(200, manyWrong(30), FLEET_HEADER)),
  instead('answer/body-schema not-all-examined', () => answer(200, manyWrong(25_000), FLEET_HEADER)),
  boats('answer/charset byte-order-mark', listWith(), (_, reply) =>
    isOk(reply) ? withText(reply, (text) => `\uFEFF${text}`) : undefined,
  ),
  boats('answer/json-strict repeated-name', listWith(), (_, reply) =>
    isOk(reply) ? withText(reply, (text) => text.replace('{', '{"total":1,')) : undefined,
  ),
  boats('answer/json-strict text-behind', listWith(), (_, reply) =>
    isOk(reply) ? withText(reply, (text) => `${text} done`) : undefined,
  ),
  boats('answer/number-precision too-large-for-doubles', listWith(), (_, reply) =>
    isOk(reply) ? withText(reply, (text) => text.replace('{', '{"mark":9007199254740993,')) : undefined,
  ),
  ...(
    [
      ['created-by-read', 201],
      ['part-without-range', 206],
    ] as const
  ).map(([code, status]) =>
    boats(`answer/status-fits-request ${code}`, listWith(), (_, reply) =>
      isOk(reply) ? { ...reply, status } : undefined,
    ),
  ),
  boats(
    'answer/success-carries-error error-in-success',
    `
/boats:
  get:
    responses:
      '200': { content: { application/json: { schema: { type: object, required: [data], properties: { data: { type: array } } } } } }
      '404': { content: { application/json: { schema: { type: object, required: [error], properties: { error: { type: string } } } } } }`,
    (_, reply) => (isOk(reply) ? answer(200, { error: 'down' }) : undefined),
  ),
  boats('answer/success-carries-error operation-outcome', listWith(), (_, reply) =>
    isOk(reply)
      ? answer(200, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] })
      : undefined,
  ),
  boats('answer/success-carries-error problem-in-success', listWith(), (_, reply) =>
    isOk(reply) ? withHeaders(reply, { 'content-type': 'application/problem+json' }) : undefined,
  ),
  boats(
    'answer/problem-status other-status',
    listWith() + ITEM,
    whenAbsent(
      answer(404, JSON.stringify({ message: 'none', status: 500 }), {
        'content-type': 'application/problem+json',
      }),
    ),
  ),
  ...Object.entries({
    stack: 'at find (/srv/shop/find.js:1:2)\n at run (/srv/shop/run.js:3:4)',
    statement: 'syntax error at or near "boat"',
    'file-path': 'failed in /srv/shop/app/find.py',
  }).map(([code, message]) =>
    boats(`answer/internals-shown ${code}`, listWith() + ITEM, whenAbsent(answer(404, { message }))),
  ),
  boats('answer/shared-cache shared', listWith(), (_, reply) =>
    isOk(reply) ? withHeaders(reply, { 'cache-control': 'public, max-age=60' }) : undefined,
  ),
  boats('answer/shared-cache stored', listWith(), (_, reply) =>
    isOk(reply)
      ? withHeaders(reply, { 'content-type': 'application/fhir+json', 'cache-control': 'max-age=60' })
      : undefined,
  ),
  ...(
    [
      ['ends-before-it-starts', 'start', 'end'],
      ['changed-before-it-was-made', 'createdAt', 'updatedAt'],
    ] as const
  ).map(([code, first, second]) =>
    boats(
      `answer/date-order ${code}`,
      `
/boats:
  get:
    responses:
      '200': { content: { application/json: { schema: { type: object, properties: {
        ${first}: { type: string, format: date }, ${second}: { type: string, format: date } } } } } }`,
      (_, reply) =>
        isOk(reply)
          ? answer(200, { ...bodyOf(reply), [first]: '2026-03-02', [second]: '2026-03-01' })
          : undefined,
    ),
  ),
  ...['answer/clock skewed', 'answer/clock modified-in-future'].map((finds) =>
    boats(finds, listWith(), (_, reply) =>
      withHeaders(reply, {
        date: 'Mon, 02 Mar 2026 10:00:00 GMT',
        'last-modified': 'Tue, 03 Mar 2026 10:00:00 GMT',
      }),
    ),
  ),
  ...Object.entries({
    ends: { sunset: 'Fri, 31 Dec 2094 23:59:59 GMT' },
    'still-there': { sunset: 'Wed, 31 Dec 2025 23:59:59 GMT' },
    deprecated: { deprecation: '@1767225600' },
    unreadable: { sunset: '2094-12-31' },
  }).map(([code, headers]) =>
    boats(`answer/end-announced ${code}`, listWith(), (_, reply) =>
      isOk(reply) ? withHeaders(reply, headers) : undefined,
    ),
  ),
  boats(
    'answer/redirect moved-elsewhere',
    `${listWith()}
/plan: { get: { responses: { '301': { description: elsewhere } } } }`,
    ({ path }) =>
      path === '/plan' ? answer(301, undefined, { location: 'https://boats.example/plan' }) : undefined,
  ),
  boats('answer/links-lead leads-nowhere', listWith(), ({ query: asked, path }, reply) => {
    if (asked.has('gone')) return answer(404, { message: 'there is none' });
    return isOk(reply)
      ? answer(200, { ...bodyOf(reply), next: `${path.split('?')[0] ?? ''}?gone=1` })
      : undefined;
  }),
];

const TAG = { etag: '"one"' };
const OTHERS: Violation[] = [
  boats('auth/no-token let-in', listWith(), (asked) =>
    asked.token === 'none' ? right({ ...asked, token: 'valid' }) : undefined,
  ),
  boats('auth/no-token fails', listWith(), ({ token }) =>
    token === 'none' ? answer(500, { message: 'oh' }) : undefined,
  ),
  ...['http/host-hygiene version-shown', 'http/host-hygiene cookie-for-scripts'].map((finds) =>
    boats(finds, listWith(), (_, reply) =>
      withHeaders(reply, { server: 'boathouse/1.2.3', 'set-cookie': 'mooring=for-tests; Path=/' }),
    ),
  ),
  boats('http/accept fails', listWith(), ({ headers }) =>
    headers['accept'] === 'text/csv' ? answer(500, { message: 'oh' }) : undefined,
  ),
  boats(
    'http/accept refuses-described',
    `
/boats: { get: { responses: { '200': { content: { application/json: { schema: { type: object } }, application/xml: {} } } } } }`,
    ({ headers }) => (headers['accept'] === 'application/xml' ? answer(406, { message: 'no' }) : undefined),
  ),
  boats('http/conditional-get not-modified-whatever', listWith(), ({ headers }, reply) => {
    if (!isOk(reply)) return undefined;
    return headers['if-none-match'] === undefined ? withHeaders(reply, TAG) : answer(304);
  }),
  boats('http/conditional-get fails', listWith(), ({ headers }, reply) => {
    if (!isOk(reply)) return undefined;
    return headers['if-none-match'] === TAG.etag ? answer(500, { message: 'oh' }) : withHeaders(reply, TAG);
  }),
  boats('http/gzip-same differs', listWith(), ({ headers }, reply) =>
    isOk(reply) && headers['accept-encoding'] === 'gzip'
      ? { ...withHeaders(reply, { 'content-encoding': 'gzip' }), body: gzipSync('{"total":0,"data":[]}') }
      : undefined,
  ),
  boats('http/gzip-same broken', listWith(), ({ headers }, reply) =>
    isOk(reply) && headers['accept-encoding'] === 'gzip'
      ? withHeaders(reply, { 'content-encoding': 'gzip' })
      : undefined,
  ),
  boats('http/head-like-get other-status', listWith(), ({ method }, reply) =>
    method === 'HEAD' && isOk(reply) ? answer(500) : undefined,
  ),
  boats('http/head-like-get other-header', listWith(), ({ method }, reply) =>
    method === 'HEAD' && isOk(reply) ? withHeaders(reply, { 'content-type': 'text/html' }) : undefined,
  ),
  boats('http/options-allow lacks', listWith(), ({ method, id }) =>
    method === 'OPTIONS' && id === undefined ? answer(204, undefined, { allow: 'HEAD' }) : undefined,
  ),
  boats('http/options-allow too-many', listWith(), ({ method, id }) =>
    method === 'OPTIONS' && id === undefined ? answer(204, undefined, { allow: 'GET, DELETE' }) : undefined,
  ),
  boats('http/wrong-method taken', listWith(), ({ method }) =>
    method === 'OPTIONS' ? answer(200, { total: 0, data: [] }) : undefined,
  ),
];

const LISTS: Violation[] = [
  boats('list/page-size larger-than-asked', listWith(LIMIT), ({ query: asked, ...sent }) =>
    right({ ...sent, query: without(asked, 'limit') }),
  ),
  boats(
    'list/default-size larger-than-default',
    listWith(query('limit', '{ type: integer, default: 3 }')),
    () => undefined,
  ),
  boats('list/filter-works ignored', listWith(COLOUR), ({ query: asked, ...sent }) =>
    right({ ...sent, query: without(asked, 'colour') }),
  ),
  boats('list/filter-holds lets-others-through', listWith(COLOUR), ({ query: asked }, reply) => {
    const other = FLEET.find(({ colour }) => colour !== asked.get('colour'));
    const { data } = bodyOf(reply);
    return asked.has('colour') && isOk(reply) && Array.isArray(data) && other
      ? page([...data.filter(isObject), other], new URLSearchParams())
      : undefined;
  }),
  boats('list/filter-finds-known not-found-again', listWith(NAME), ({ query: asked }, reply) =>
    asked.has('name') && isOk(reply) ? page([], asked) : undefined,
  ),
  boats(
    'list/filter-finds-known loses-letters',
    listWith(query('owner', '{ type: string }')),
    ({ query: asked }, reply) => {
      if (!isOk(reply)) return undefined;
      const owner = asked.get('owner');
      const owned = FLEET.map(({ id, name = null, colour = null }) => ({
        id: id ?? null,
        colour,
        owner: { name },
      }));
      const isFound = (one: (typeof owned)[number]) =>
        owner === null || (one.owner.name === owner && /^[ -~]+$/.test(owner));
      return page(owned.filter(isFound), asked);
    },
  ),
  boats('list/filter-union lacks-values', listWith(LIMIT, COLOURS), ({ query: asked, ...sent }) => {
    const [first = '', more] = (asked.get('colour') ?? '').split(',');
    if (more === undefined) return undefined;
    const one = without(asked, 'colour');
    one.set('colour', first);
    return right({ ...sent, query: one });
  }),
  boats('list/filter-union ignores-values', listWith(LIMIT, COLOURS), ({ query: asked, ...sent }) =>
    asked.get('colour')?.includes(',') === true
      ? right({ ...sent, query: without(asked, 'colour') })
      : undefined,
  ),
  boats('list/filter-narrows forgets-one', listWith(COLOUR, NAME), ({ query: asked, ...sent }) =>
    asked.has('colour') && asked.has('name') ? right({ ...sent, query: without(asked, 'name') }) : undefined,
  ),
  boats('list/filter-narrows loses', listWith(COLOUR, NAME), ({ query: asked }, reply) =>
    asked.has('colour') && asked.has('name') && isOk(reply) ? page([], asked) : undefined,
  ),
  ...Object.entries({
    'lets-others-through': () => true,
    loses: () => false,
    'loses-border': (boat: JsonObject, least: number) => Number(boat['length']) > least,
  }).map(([code, isMet]) =>
    boats(
      `list/bound-holds ${code}`,
      listWith(query('minLength', '{ type: integer }', ', description: The least length (inclusive).')),
      ({ query: asked }, reply) =>
        asked.has('minLength') && isOk(reply)
          ? page(
              FLEET.filter((boat) => isMet(boat, Number(asked.get('minLength')))),
              asked,
            )
          : undefined,
    ),
  ),
  ...Object.entries<(boat: JsonObject, names: readonly string[]) => JsonObject>({
    ignored: (boat) => boat,
    lacks: ({ id = null }) => ({ id }),
    more: (boat, names) => pickOf(boat, [...names, 'id', 'length']),
  }).map(([code, chosen]) =>
    boats(
      `list/projection ${code}`,
      `
/boats:
  get:
    parameters: [${query('fields', '{ type: string }', ', description: The members to return.')}]
    responses: { '200': { content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { type: object, properties: { name: {}, colour: {}, length: {} } } } } } } } } }`,
      ({ query: asked }, reply) => {
        const names = asked.get('fields')?.split(',');
        return names && isOk(reply)
          ? page(
              FLEET.map((boat) => chosen(boat, names)),
              asked,
            )
          : undefined;
      },
    ),
  ),
  ...Object.entries({
    'loses-reference': [
      'owner',
      (boat: JsonObject, value: string) => value === `Crew/of-${textOf(boat, 'id')}`,
    ],
    'loses-system': ['paint', (boat: JsonObject, value: string) => value === textOf(boat, 'name')],
  } as const).map(([code, [name, isMet]]) =>
    boats(
      `list/value-forms ${code}`,
      listWith(query(name, '{ type: string }')),
      ({ query: asked }, reply) => {
        const value = asked.get(name);
        return isOk(reply)
          ? bundleOf(FLEET.filter((boat) => value === null || isMet(boat, value)))
          : undefined;
      },
    ),
  ),
  boats(
    'list/strict-handling unknown-taken',
    listWith('{ name: Prefer, in: header, description: "handling=strict", schema: { type: string } }'),
    (_, reply) => (isOk(reply) ? bundleOf(FLEET) : undefined),
  ),
  ...Object.entries<[origin: number, begins: (number: number) => number]>({
    'first-differs': [1, (number) => number],
    'second-is-first': [0, (number) => Math.max(0, number - 1)],
    'below-is-first': [1, (number) => Math.max(0, number - 1)],
  }).map(([code, [origin, begins]]) =>
    boats(
      `list/page-origin ${code}`,
      listWith(LIMIT, query('page', `{ type: integer, minimum: ${origin}, default: ${origin} }`)).replace(
        'responses: {',
        () => `responses: { '400': ${NOTHING_THERE},`,
      ),
      ({ query: asked, ...sent }) => {
        const number = asked.get('page');
        if (number === null) return undefined;
        const moved = without(asked, 'page');
        moved.set('offset', String(begins(Number(number)) * Number(asked.get('limit') ?? FLEET.length)));
        return right({ ...sent, query: moved });
      },
    ),
  ),
  boats('list/self-truthful leaves-out', listWith(COLOUR), ({ path }, reply) =>
    isOk(reply) ? answer(200, { ...bodyOf(reply), self: path.split('?')[0] ?? '' }) : undefined,
  ),
  boats(
    'list/sort-holds not-in-order',
    listWith(query('sort', '{ type: string, enum: [length, -length] }')),
    () => undefined,
  ),
  boats('list/pages-repeat repeated', listWith(LIMIT, OFFSET), ({ query: asked, ...sent }) =>
    right({ ...sent, query: moved(asked, -1) }),
  ),
  boats('list/pages-lose lost', listWith(LIMIT, OFFSET), ({ query: asked, ...sent }) =>
    right({ ...sent, query: moved(asked, 1) }),
  ),
  boats('list/pages-end drops-parameter', listWith(LIMIT, OFFSET), ({ query: asked, path }, reply) => {
    const next = Number(asked.get('offset') ?? 0) + Number(asked.get('limit') ?? FLEET.length);
    if (!isOk(reply) || next >= FLEET.length) return undefined;
    return answer(200, { ...bodyOf(reply), next: `${path.split('?')[0] ?? ''}?offset=${next}` });
  }),
  boats(
    'list/pages-end no-end',
    listWith(LIMIT, query('cursor', '{ type: string }')),
    ({ query: asked, path }, reply) =>
      isOk(reply)
        ? answer(200, {
            data: FLEET.slice(0, 2),
            next: `${path.split('?')[0] ?? ''}?cursor=again&limit=${asked.get('limit') ?? '2'}`,
          })
        : undefined,
  ),
  boats('list/total-agrees other-total', listWith(LIMIT, OFFSET), (_, reply) =>
    isOk(reply) ? answer(200, { ...bodyOf(reply), total: 12 }) : undefined,
  ),
  boats('list/total-agrees total-ignores-filter', listWith(COLOUR), (_, reply) =>
    isOk(reply) ? answer(200, { ...bodyOf(reply), total: FLEET.length }) : undefined,
  ),
  {
    ...boats(
      'list/search-agrees not-found',
      `${listWith()}
/boats/search:
  post:
    x-safe: true
    requestBody: { content: { application/json: { schema: { type: object, properties: { limit: { type: integer } } } } } }
    responses: { '200': ${SOME} }`,
      (asked) =>
        asked.method === 'POST'
          ? page(
              FLEET.filter((_, index) => index !== 4),
              new URLSearchParams(),
            )
          : undefined,
    ),
  },
];

function pickOf(boat: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(boat).filter(([name]) => names.includes(name)));
}

function textOf(boat: JsonObject, name: string): string {
  const value = boat[name];
  return typeof value === 'string' ? value : '';
}

/** Boats as FHIR has its resources. */
function bundleOf(boats: readonly JsonObject[]): Answer {
  const resources = boats.map((boat) => ({
    ...{ resourceType: 'Boat', ...boat, owner: { reference: `Crew/of-${textOf(boat, 'id')}` } },
    paint: { coding: [{ system: 'urn:paints', code: textOf(boat, 'name') }] },
  }));
  return answer(200, { resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
}

function without(asked: URLSearchParams, name: string): URLSearchParams {
  return new URLSearchParams([...asked].filter(([own]) => own !== name));
}

/** Every page but the first begins elsewhere than where it was asked for. */
function moved(asked: URLSearchParams, by: number): URLSearchParams {
  const offset = Number(asked.get('offset') ?? 0);
  if (offset === 0) return asked;
  const other = without(asked, 'offset');
  other.set('offset', String(offset + by));
  return other;
}

const NOTES =
  '/boats/{boat_id}/notes: { get: { responses: ' + `{ '200': ${SOME}, '404': ${NOTHING_THERE} } } }`;
const [FIRST = {}] = FLEET;

/** A list, and a read of one boat that is another one each time that it is read. */
function readTwice(
  code: string,
  boatAt: (boat: JsonObject, time: number) => JsonObject | undefined,
): Violation {
  const times = new Map<string, number>();
  const boat = '{ type: object, properties: { afloat: { type: boolean }, refits: { type: integer } } }';
  return boats(
    `read/read-is-pure ${code}`,
    `${listWith()}
/boats/{id}: { get: { responses: { '200': { content: { application/json: { schema: ${boat} } } }, '404': ${NOTHING_THERE} } } }`,
    ({ id, method }, reply) => {
      if (id === undefined || !isOk(reply) || method !== 'GET') return undefined;
      const time = (times.get(id) ?? 0) + 1;
      times.set(id, time);
      const came = boatAt(bodyOf(reply), time);
      return came ? answer(200, came) : answer(404, { message: 'there is none' });
    },
  );
}

const READS: Violation[] = [
  boats('read/absent-id found', listWith() + ITEM, whenAbsent(answer(200, FIRST))),
  boats('read/absent-id failed', listWith() + ITEM, whenAbsent(answer(500, { message: 'oh' }))),
  boats('read/absent-id list-of-nothing', `${listWith()}\n${NOTES}`, ({ path, id }, reply) => {
    if (!/\/notes$/.test(path)) return undefined;
    if (reply.status === 401) return undefined;
    return answer(200, FLEET.some((one) => one['id'] === id) ? [{ id: 'n1', text: 'fine' }] : []);
  }),
  boats(
    'read/boundary fails',
    listWith(query('name', '{ type: string, maxLength: 20 }')),
    ({ query: asked }) => (asked.get('name')?.length === 20 ? answer(500, { message: 'oh' }) : undefined),
  ),
  boats(
    'read/boundary refused',
    listWith(query('name', '{ type: string, maxLength: 20 }')),
    ({ query: asked }) => (asked.get('name')?.length === 20 ? answer(400, { message: 'no' }) : undefined),
  ),
  boats(
    'read/foreign-parent found-below-another',
    `${listWith()}
${NOTES}
/boats/{boat_id}/notes/{note_id}: { get: { responses: { '200': ${SOME}, '404': ${NOTHING_THERE} } } }`,
    ({ path, id }, reply) => {
      const [, notes, note] = /\/(notes)(?:\/([^/?]+))?(?:\?|$)/.exec(path) ?? [];
      if (notes === undefined || reply.status === 401 || reply.status === 405) return undefined;
      const own = { id: 'note-7007', boatId: FIRST['id'] ?? null, text: 'fine' };
      if (note === undefined) return answer(200, id === FIRST['id'] ? [own] : []);
      return note === own.id ? answer(200, own) : answer(404, { message: 'there is none' });
    },
  ),
  boats('read/id-echo other-id', listWith() + ITEM, ({ id }, reply) =>
    id !== undefined && isOk(reply) ? answer(200, FLEET.find((one) => one['id'] !== id) ?? {}) : undefined,
  ),
  boats(
    'read/large-id rounded',
    `${listWith()}
/boats/{id}:
  parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
  get: { responses: { '200': ${SOME}, '404': ${NOTHING_THERE} } }`,
    ({ id, token, method }) => {
      if (token === 'none' || method === 'OPTIONS') return undefined;
      const list = '{"data":[{"id":5,"name":"Gull"},{"id":9007199254740992,"name":"Tern"}]}';
      if (id === undefined) return answer(200, list, { 'content-type': 'application/json' });
      return id === '5' ? answer(200, { id: 5, name: 'Gull' }) : answer(404, { message: 'there is none' });
    },
  ),
  boats('read/list-equals-read other-value', listWith() + ITEM, ({ id }, reply) =>
    id !== undefined && isOk(reply) ? answer(200, { ...bodyOf(reply), name: 'Heron' }) : undefined,
  ),
  readTwice('gone', (boat, time) => (time % 2 === 0 ? undefined : boat)),
  readTwice('flips', (boat, time) => ({ ...boat, afloat: time % 2 === 0 })),
  readTwice('moves', (boat, time) => ({ ...boat, refits: time })),
  boats('read/counts-agree fewer-than-there', listWith(), (_, reply) =>
    isOk(reply)
      ? page(
          FLEET.map((boat) => ({ ...boat, oarCount: 0, oars: ['left'] })),
          new URLSearchParams(),
        )
      : undefined,
  ),
  boats('read/counts-agree more-than-there', listWith(), (_, reply) =>
    isOk(reply)
      ? page(
          FLEET.map((boat, index) => ({ ...boat, oarCount: 3, oars: index === 0 ? ['a', 'b', 'c'] : ['a'] })),
          new URLSearchParams(),
        )
      : undefined,
  ),
  boats(
    'read/counts-agree other-than-listed',
    `${listWith()}${ITEM}\n${NOTES.replace('{boat_id}', '{id}')}`,
    ({ id, path }, reply) => {
      if (id === undefined || !isOk(reply)) return undefined;
      return answer(200, /\/notes/.test(path) ? [{ id: 'note-1' }] : { ...bodyOf(reply), noteCount: 7 });
    },
  ),
  boats(
    'read/reference-resolves leads-nowhere',
    `${listWith()}
/hulls: { get: { responses: { '200': ${SOME} } } }
/hulls/{id}: { get: { responses: { '200': ${SOME}, '404': ${NOTHING_THERE} } } }`,
    ({ path, query: asked }, reply) =>
      path.startsWith('/boats') && isOk(reply)
        ? page(
            FLEET.map((boat, index) => ({ ...boat, hullId: `old-${index}` })),
            asked,
          )
        : undefined,
  ),
  boats(
    'read/reciprocal one-sided',
    `
/masts: { get: { responses: { '200': ${SOME} } } }
/masts/{id}: { get: { responses: { '200': ${SOME}, '404': ${NOTHING_THERE} } } }
/sails: { get: { responses: { '200': ${SOME} } } }
/sails/{id}: { get: { responses: { '200': ${SOME}, '404': ${NOTHING_THERE} } } }`,
    ({ path, id, token, method }) => {
      if (token === 'none' || method === 'OPTIONS') return undefined;
      const isMasts = path.startsWith('/masts');
      const all = Array.from({ length: 24 }, (_, index) =>
        isMasts
          ? { id: `mast-${index}`, sailId: `sail-${index === 7 ? 8 : index}` }
          : { id: `sail-${index}`, mastId: `mast-${index}` },
      );
      if (id === undefined) return answer(200, { total: all.length, data: all });
      const found = all.find((one) => one.id === id);
      return found ? answer(200, found) : answer(404, { message: 'there is none' });
    },
  ),
  claiming('search-not-there', 'Slot', { interaction: [{ code: 'search-type' }] }),
  claiming('read-not-there', 'Task', { interaction: [{ code: 'read' }] }),
  claiming('parameter-ignored', 'Task', { searchParam: [{ name: 'email', type: 'token' }] }),
  boats(
    'read/required-parameter taken',
    listWith(query('region', '{ type: string }', ', required: true, example: north')),
    () => undefined,
  ),
  boats('read/unknown-parameter fails', listWith(), ({ query: asked }) =>
    asked.has('conformUnknown') ? answer(500, { message: 'oh' }) : undefined,
  ),
  boats('read/valid-accepted refused', listWith(COLOUR), ({ query: asked }) =>
    asked.get('colour') === 'green' ? answer(400, { message: 'no' }) : undefined,
  ),
  boats('read/valid-accepted fails', listWith(COLOUR), ({ query: asked }) =>
    asked.get('colour') === 'green' ? answer(500, { message: 'oh' }) : undefined,
  ),
];

/** A host that claims something of a type of resource: it has a list of one type, and no reads by ids. */
function claiming(code: string, type: string, claims: JsonObject): Violation {
  return boats(
    `read/claim-true ${code}`,
    `
/metadata: { get: { responses: { '200': ${SOME} } } }
/Task: { get: { responses: { '200': ${SOME} } } }
/Slot/{id}/notes: { get: { responses: { '200': ${SOME} } } }`,
    ({ path, id }, reply) => {
      if (!isOk(reply) && id === undefined) return undefined;
      const resource = [{ type, ...claims }];
      if (path === '/metadata')
        return answer(200, { resourceType: 'CapabilityStatement', rest: [{ mode: 'server', resource }] });
      return id !== undefined || path.startsWith('/Slot')
        ? answer(404, { message: 'there is none' })
        : undefined;
    },
  );
}

/** What is changed in a body before it is kept. */
type Rewriting = (body: JsonObject, sent: Sent) => JsonObject;

/** A host that keeps boats, and breaks one promise of what it is given, or a few. */
function keeper(
  finds: string | readonly string[],
  wrong: readonly Wrong[],
  rewrite: Rewriting = (body) => body,
): Violation {
  const { host } = keeperOf(...wrong);
  const [first = '', ...also] = [finds].flat();
  return {
    ...{ finds: first, also, paths: BOATS },
    host: (sent) => {
      if (sent.token === 'none') return answer(401, { message: 'who are you?' });
      if (sent.method === 'OPTIONS') return answer(405, { message: 'no' });
      const body = parseJson(sent.body ?? '');
      const isWrite = ['POST', 'PUT', 'PATCH'].includes(sent.method);
      const changed = isWrite && isObject(body) ? JSON.stringify(rewrite(body, sent)) : sent.body;
      return host({ ...sent, method: sent.method === 'HEAD' ? 'GET' : sent.method, body: changed });
    },
  };
}

const on =
  (method: string, change: (body: JsonObject) => JsonObject): Rewriting =>
  (body, sent) =>
    sent.method === method && body['length'] !== undefined ? change(body) : body;

const isNumber = (value: Json | undefined): value is number => typeof value === 'number';

const longer = (body: JsonObject): JsonObject =>
  isNumber(body['length']) && body['length'] < 80 ? { ...body, length: body['length'] + 7 } : body;

/** Answers the same PUT once more with something else. */
function atSamePut(instead: Pick<Answer, 'status'>): (sent: Sent, reply: Answer) => Answer {
  const seen = new Set<string>();
  return ({ method, path, body = '' }, reply) => {
    const key = `${path} ${body}`;
    if (method !== 'PUT' || reply.status !== 200) return reply;
    const isAgain = seen.has(key);
    seen.add(key);
    return isAgain ? { ...reply, ...instead } : reply;
  };
}

const LIVES: Violation[] = [
  keeper('state/created-there not-there', ['hides what it creates']),
  keeper('state/created-there not-listed', ['does not list what it creates']),
  keeper('state/location-leads leads-nowhere', ['leads nowhere']),
  keeper('state/created-as-sent lost', ['loses a member']),
  keeper('state/created-as-sent other', [], on('POST', longer)),
  keeper('state/changed-as-sent old', ['keeps the old value']),
  keeper('state/changed-as-sent other', [], on('PUT', longer)),
  keeper(
    'state/changed-as-sent lost',
    [],
    on('PUT', (body) => ({ ...body, call: null })),
  ),
  keeper('state/others-untouched changed', ['empties another member']),
  keeper('state/put-again server-error', ['fails at the same PUT']),
  keeper('state/read-only-member taken', ['takes what is read-only']),
  keeper('state/versions stale-taken', ['takes a stale ETag']),
  keeper(
    ['state/put-again other-state', 'state/put-replaces kept'],
    ['adds to a list at the same PUT', 'keeps what a PUT leaves out'],
  ),
  keeper(
    ['state/versions not-counted', 'state/others-untouched other-record'],
    ['does not count changes', 'changes another one as well'],
  ),
  keeper(
    ['state/versions former-lost', 'state/created-as-sent not-default'],
    ['loses old versions', 'has another default'],
  ),
  keeper('state/versions counted-without-change', ['counts reads as changes']),
  keeper(
    ['input/valid-accepted left-out', 'input/valid-accepted least', 'input/valid-accepted most'],
    ['wants what is not required', 'refuses the least', 'refuses the most'],
  ),
  keeper(
    ['input/valid-accepted enum', 'state/versions former-changed'],
    ['refuses a listed value', 'changes old versions'],
  ),
  keeper(
    ['input/valid-accepted fails', 'state/deleted-gone other-gone'],
    ['fails at a listed value', 'removes another one as well'],
  ),
  keeper('state/duplicate-create two', ['makes two of one']),
  keeper('state/duplicate-create server-error', ['fails at a second one']),
  keeper('state/idempotency-key two', ['makes two with one key']),
  keeper('state/failed-write-is-none kept', ['keeps what it refuses']),
  keeper('input/forbidden-member left-out', ['takes what is forbidden']),
  keeper(
    'input/forbidden-member type',
    [],
    on('POST', (body) => (isNumber(body['length']) ? body : { ...body, length: 9 })),
  ),
  keeper(
    'input/forbidden-member enum',
    [],
    on('POST', (body) => ({ ...body, colour: body['colour'] === 'blue' ? 'blue' : 'red' })),
  ),
  keeper(
    'input/forbidden-member bound',
    [],
    on('POST', (body) =>
      isNumber(body['length']) ? { ...body, length: Math.min(90, body['length']) } : body,
    ),
  ),
  keeper('http/media-type-refused other-type-taken', ['takes every media type']),
  keeper('http/media-type-refused broken-json-fails', ['fails at broken JSON']),
  answering('http/media-type-refused other-type-fails', (_, reply) =>
    reply.status === 415 ? answer(500, { message: 'oh' }) : reply,
  ),
  answering('http/media-type-refused broken-json-taken', ({ body }, reply) =>
    body !== undefined && parseJson(body) === undefined ? answer(200, {}) : reply,
  ),
  keeper('input/largest-body server-error', ['fails at the largest']),
  keeper('state/deleted-gone still-there', ['deletes nothing']),
  keeper('state/deleted-gone still-listed', ['lists what it has deleted']),
  answering('state/put-again created-again', atSamePut({ status: 201 })),
  answering('state/put-again refused', atSamePut({ status: 422 })),
  answering('input/forbidden-member server-error', ({ method }, reply) =>
    method === 'POST' && reply.status === 422 ? answer(500, { message: 'oh' }) : reply,
  ),
];

/** A host that keeps boats, and answers some requests otherwise. */
function answering(finds: string, change: (sent: Sent, reply: Answer) => Answer): Violation {
  const { paths, host } = keeper(finds, []);
  return {
    finds,
    paths,
    host: (sent) => {
      const reply = host(sent);
      return reply.kind === 'answer' ? change(sent, reply) : reply;
    },
  };
}

/** A number as two letters: a suffix must not be in another one. */
function letters(index: number): string {
  return String.fromCharCode(0x61 + Math.floor(index / 26), 0x61 + (index % 26));
}

/** One route, or a few, for each way in which a promise can be broken. */
export const VIOLATIONS: readonly Violation[] = [
  ...[...OF_HOST, ...ANSWERS, ...OTHERS, ...LISTS, ...READS],
  ...LIVES.map((life, index) => ({ ...life, suffix: `q${letters(index)}` })),
];

/** With the nouns of its own. */
function suffixed(text: string, { suffix = '' }: Violation): string {
  return text.replaceAll(/boat|note/g, (noun) => noun + suffix);
}

/** With the nouns that its host knows. */
function plain(text: string, { suffix = '' }: Violation): string {
  return text.replaceAll(new RegExp(`(boat|note)${suffix}`, 'g'), (_, noun: string) => noun);
}

/** The contract of all of them. */
export function violatingContract(): JsonObject {
  const paths = VIOLATIONS.flatMap((violation) => {
    const place = placeOf(violation);
    // Pointers within the contract lead to the paths as they are in it.
    const text = suffixed(violation.paths, violation).replaceAll(
      '#/paths/~1',
      () => `#/paths/${place.replaceAll('/', () => '~1')}~1`,
    );
    const items: unknown = parse(text);
    return Object.entries(isObject(items) ? items : {}).map(([path, item]): [string, Json] => [
      place + path,
      isObject(item) ? { parameters: parametersOf(path), ...item } : item,
    ]);
  });
  return {
    openapi: '3.0.3',
    info: { title: 'Boats', version: '1' },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths: Object.fromEntries(paths),
  };
}

function parametersOf(path: string): Json[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }));
}

/** Each at what its paths begin with. */
const BY_PLACE = new Map(VIOLATIONS.map((violation) => [placeOf(violation), violation]));

/** The server: with a wrong answer at each of its routes, and a success for every path that it does not know. */
export function violating(request: IncomingMessage, response: ServerResponse): void {
  void (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
    const { method = 'GET', url = '/' } = request;
    const violation = BY_PLACE.get(/^\/[^/]+\/[^/]+(?=\/)/.exec(url)?.[0] ?? '');
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    );
    const path = violation ? plain(url.slice(placeOf(violation).length), violation) : url;
    const reply = violation?.host({
      ...{ method, path, headers, url: `http://127.0.0.1${path}` },
      body: chunks.length > 0 ? Buffer.concat(chunks).toString() : undefined,
      token: headers['authorization'] === undefined ? 'none' : 'valid',
      smallScheme: headers['authorization']?.startsWith('bearer ') === true,
      ...{ repeatable: true, evenWhenStopped: false, kind: undefined, role: 'operation', purpose: undefined },
      shown: path,
    });
    const isSmall = headers['authorization']?.startsWith('bearer ') === true;
    const own = reply?.kind === 'answer' ? placed(reply, violation) : answer(200, {});
    const came = isSmall ? answer(401, { message: 'which scheme is that?' }) : own;
    write(response, withHeaders(came, toPages(headers)), method);
  })();
}

/** What every answer of the server says to pages of other origins: a host is asked that at one operation only. */
function toPages({ origin }: Record<string, string>): Record<string, string> {
  return origin === undefined
    ? {}
    : { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' };
}

/** Links lead to where the paths are on the server. */
function placed(reply: Answer, violation: Violation | undefined): Answer {
  if (!violation || reply.headers.some(([name]) => name === 'content-encoding')) return reply;
  const place = placeOf(violation);
  const text = reply.body
    .toString()
    .replaceAll(/"(next|self)":"\//g, (_, name: string) => `"${name}":"${place}/`);
  const headers = reply.headers.map(([name, value]): [string, string] => [
    name,
    name === 'location' && value.startsWith('/') ? place + suffixed(value, violation) : value,
  ]);
  return { ...reply, headers, body: Buffer.from(text) };
}

function write(response: ServerResponse, { status, headers, body }: Answer, method: string): void {
  response.sendDate = false;
  response.writeHead(status, Object.fromEntries(headers));
  response.end(method === 'HEAD' || status === 204 || status === 304 ? undefined : body);
}
