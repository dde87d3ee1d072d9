import { expect, test } from 'vitest';
import { contractOf, targetOf } from '../../testing/host.js';
import { audit } from '../audit.js';
import type { Call } from '../call.js';
import { HOLE } from '../../exchange/shown-url.js';
import { judge, type Audited } from './judge.js';
import { sitesOf } from './sites.js';

const CONTRACT = contractOf(
  `
/things/:
  get:
    parameters:
      - { name: page, in: query, schema: { type: integer } }
      - { name: 'name:contains', in: query, schema: { type: string } }
      - { name: tenant, in: query, required: true, schema: { type: string } }
      - { name: filter, in: query, style: deepObject, schema: { type: object } }
      - { name: tags, in: query, schema: { type: array } }
  post:
    requestBody:
      content:
        application/json:
          schema:
            type: object
            required: [name, id]
            properties:
              id: { type: string, readOnly: true }
              name: { type: string }
              parts: { type: array, items: { type: object, properties: { size: { type: integer } } } }
              free: { type: object, additionalProperties: true }
              open: { type: object }
/things/_search/:
  post: { x-safe: true }
/things/{id}/:
  get: {}
  delete: {}
/things/{id}/notes/:
  post: {}
/orderLines/:
  post: {}
`,
  '[{ bearer: [] }]',
  '[{ url: "https://api.shop.example/v1" }, { url: "https://eu.shop.example/eu/v1" }]',
);
const TARGETS = [
  targetOf({ baseUrl: 'https://sandbox.shop.example' }),
  targetOf({ name: 'old', baseUrl: 'https://old.shop.example', retired: 'given up in 2025' }),
];
const MEASURE = { contract: CONTRACT, sites: sitesOf(CONTRACT, TARGETS, ['http://127.0.0.1:4010/proxy']) };

function judged(method: string | undefined, url: string, given: Partial<Call> = {}): string {
  const call: Call = {
    method,
    url,
    complete: { query: false, body: true },
    place: { file: 'x', line: 1 },
    ...given,
  };
  const judgement = judge(call, MEASURE);
  if (judgement.as !== 'judged') return Object.values(judgement).join(' ');
  return summary(judgement.call);
}

function summary({ known, operation, nearest, findings }: Audited): string {
  const facts = findings.map(({ severity, code, ...more }) =>
    [severity === 'error' ? '!' : '', code, ...Object.values(more).map(String)].filter(Boolean).join(' '),
  );
  return [known ? (operation ?? 'known') : 'unknown', ...facts, ...(nearest ? [`→ ${nearest}`] : [])].join(
    '; ',
  );
}

test.each<readonly [method: string | undefined, url: string, expected: string]>([
  // The host.
  ['GET', 'https://api.shop.example/v1/things/7/', 'GET /v1/things/{id}/'],
  ['GET', 'HTTP://u:p@API.shop.example:443/v1/things/7/?#x', 'GET /v1/things/{id}/'],
  ['GET', '//api.shop.example/v1/things/7/', 'GET /v1/things/{id}/'],
  ['GET', 'https://eu.shop.example/eu/v1/things/7/', 'GET /v1/things/{id}/'],
  ['GET', 'https://eu.shop.example/v1/things/7/', 'GET /v1/things/{id}/'],
  ['GET', 'https://sandbox.shop.example/v1/things/7/', 'GET /v1/things/{id}/'],
  ['GET', 'http://127.0.0.1:4010/proxy/v1/things/7/', 'GET /v1/things/{id}/'],
  ['GET', '/v1/things/7/', 'GET /v1/things/{id}/'],
  [
    'GET',
    'https://old.shop.example/v1/things/7/',
    'unknown; ! retired-host old.shop.example given up in 2025; → GET /v1/things/{id}/',
  ],
  ['GET', 'http://localhost:8080/v1/things/7/', 'unknown; ! other-host localhost:8080'],
  ['GET', 'https://example.org/v1/things/7/', 'unknown; ! other-host example.org'],
  ['GET', 'https://example.org/collect', 'elsewhere example.org'],
  ['GET', 'https://api.shop.example:8443/x', 'elsewhere api.shop.example:8443'],
  // Path and method.
  ['GET', '/things/7/', 'unknown; ! unknown-path; → GET /v1/things/{id}/'],
  ['GET', '/v1/things', 'unknown; ! unknown-path; → GET /v1/things/'],
  ['GET', '/v1/v1/things/7/', 'unknown; ! unknown-path; → GET /v1/things/{id}/'],
  ['GET', '/v1/thing/', 'unknown; ! unknown-path; → GET /v1/things/'],
  ['POST', '/v1/orderlines/', 'unknown; ! unknown-path; → POST /v1/orderLines/'],
  ['PUT', '/v1/orderlines/', 'unknown; ! unknown-path'],
  ['GET', '/v1/orderlines/', 'unknown; ! unknown-path'],
  ['GET', '/v1/orderLines/', 'unknown; ! unknown-method POST'],
  ['PUT', '/v1/things/7/', 'unknown; ! unknown-method GET,DELETE'],
  ['DELETE', '/v1/things/7/notes/', 'unknown; ! unknown-method POST'],
  ['POST', '/v1/things/search/', 'unknown; ! unknown-method GET,DELETE'],
  ['GET', '/v1/things/_search/', 'unknown; ! unknown-method POST; → POST /v1/things/_search/'],
  ['GET', '/v1/nothing/of/the/kind', 'unknown; ! unknown-path'],
  [undefined, '/v1/things/7/', 'known'],
  [undefined, '/v1/orderLines/', 'POST /v1/orderLines/'],
  [undefined, '/v1/orderlines/', 'unknown; ! unknown-path'],
  [undefined, '/v1/thing/', 'unknown; ! unknown-path; → GET /v1/things/'],
  // What is not known.
  ['GET', `${HOLE}/things/${HOLE}/`, 'GET /v1/things/{id}/'],
  ['GET', `${HOLE}/v1/things/${HOLE}/`, 'GET /v1/things/{id}/'],
  ['GET', `https://${HOLE}/v1/things/${HOLE}/`, 'GET /v1/things/{id}/'],
  ['GET', `/v1/${HOLE}/`, 'open a part of the path is decided when the code runs'],
  ['GET', `/v1/${HOLE}`, 'open a part of the path is decided when the code runs'],
  ['GET', `/v1/${HOLE}/${HOLE}/`, 'open a part of the path is decided when the code runs'],
  ['POST', `/v1/things/${HOLE}/${HOLE}/`, 'open a part of the path is decided when the code runs'],
  ['GET', `/v1/things${HOLE}`, 'open a part of the path is decided when the code runs'],
  ['GET', `/v1/visits/${HOLE}/notes/`, 'unknown; ! unknown-path'],
  // Placeholders.
  ['GET', '/v1/things/undefined/', 'GET /v1/things/{id}/; ! placeholder-in-path undefined'],
  ['GET', '/v1/things/%7Bid%7D/', 'GET /v1/things/{id}/; ! placeholder-in-path a template'],
  ['GET', '/v1/things/[object%20Object]/', 'GET /v1/things/{id}/; ! placeholder-in-path [object Object]'],
  [
    'POST',
    '/v1/things//notes/',
    'unknown; ! unknown-path; ! placeholder-in-path nothing; → POST /v1/things/{id}/notes/',
  ],
  ['GET', '/v1/visits/NaN', 'unknown; ! unknown-path; ! placeholder-in-path NaN'],
  ['GET', '/v1/things/?page=undefined', 'GET /v1/things/; placeholder-in-query page undefined'],
  [
    'GET',
    '/v1/things/?page=%24%7Bpage%7D&tags=null',
    'GET /v1/things/; placeholder-in-query page a template; placeholder-in-query tags null',
  ],
  // Queries.
  ['GET', '/v1/things/?page=1&name%3Acontains=x&filter[a]=1&tags[]=1&tags[0]=2', 'GET /v1/things/'],
  [
    'GET',
    '/v1/things/?Page=1&sort=x&sort=y',
    'GET /v1/things/; unknown-query-parameter Page page; unknown-query-parameter sort',
  ],
  ['GET', '/v1/things/?3035550100=1', 'GET /v1/things/; unknown-query-parameter …'],
  // What is none of an API.
  ['OPTIONS', 'https://api.shop.example/v1/things/', 'passed over preflights and other OPTIONS'],
  ['CONNECT', 'api.shop.example:443', 'passed over tunnels of a proxy'],
  ['GET', 'wss://api.shop.example/live', 'passed over web sockets'],
  ['GET', 'data:text/plain,x', 'passed over URLs that go to no host (data:, blob:, extensions)'],
  [
    'GET',
    'blob:https://api.shop.example/7',
    'passed over URLs that go to no host (data:, blob:, extensions)',
  ],
  ['GET', 'chrome-extension://abc/x.js', 'passed over URLs that go to no host (data:, blob:, extensions)'],
  ['GET', 'https://api.shop.example/static/app.js?v=1', 'passed over pages and their assets'],
  ['POST', 'https://api.shop.example/static/app.js', 'unknown; ! unknown-path'],
])('%s %s', (method, url, expected) => {
  expect(judged(method, url)).toBe(expected);
});

test.each<readonly [what: string, call: Partial<Call>, expected: string]>([
  ['a page by its type', { hints: { resourceType: 'document' } }, 'passed over pages and their assets'],
  [
    'a call by its type',
    { hints: { resourceType: 'fetch', answerType: 'text/html' } },
    'unknown; ! unknown-path',
  ],
  [
    'a page by its answer',
    { hints: { answerType: 'text/html; charset=utf-8' } },
    'passed over pages and their assets',
  ],
  ['a refusal in JSON', { hints: { answerType: 'application/json' } }, 'unknown; ! unknown-path'],
  ['a web socket', { hints: { upgrade: true } }, 'passed over web sockets'],
])('what a recorder says: %s', (_, given, expected) => {
  expect(judged('GET', 'https://api.shop.example/v1/visits', given)).toBe(expected);
});

test('what the contract has is one of its operations, whatever a browser calls it', () => {
  expect(judged('GET', '/v1/things/a.html/', { hints: { resourceType: 'document' } })).toBe(
    'GET /v1/things/{id}/',
  );
});

test('what is required is missing only where all is known that was sent', () => {
  expect(judged('GET', '/v1/things/?page=1', { complete: { query: true, body: true } })).toBe(
    'GET /v1/things/; missing-query-parameter tenant',
  );
  expect(
    judged('GET', '/v1/things/', {
      query: [{ name: 'tenant' }, { name: 'x' }],
      complete: { query: true, body: true },
    }),
  ).toBe('GET /v1/things/; unknown-query-parameter x');
});

test.each<readonly [members: readonly string[], complete: boolean, expected: string]>([
  [['/name'], true, 'POST /v1/things/'],
  [['/parts'], true, 'POST /v1/things/; missing-body-member name'],
  [['/parts'], false, 'POST /v1/things/'],
  [
    ['/name', '/parts', '/parts/*', '/parts/*/size', '/parts/*/colour'],
    true,
    'POST /v1/things/; unknown-body-member parts.*.colour',
  ],
  [['/name', '/free', '/free/any', '/open', '/open/any'], true, 'POST /v1/things/'],
  [['/name', '/nmae', '/nmae/inner'], true, 'POST /v1/things/; unknown-body-member nmae'],
])('the members of a body: %s', (members, complete, expected) => {
  const body = { mediaType: 'application/json', members };
  expect(judged('POST', '/v1/things/', { body, complete: { query: true, body: complete } })).toBe(expected);
});

test('an audit counts the verdict on every call', () => {
  const place = { file: 'x', line: 1 };
  const calls = [
    '/v1/things/7/',
    '/static/a.css',
    'https://api.example/x',
    'https://api.example/y',
    `/v1/${HOLE}/`,
  ].map((url): Call => ({ method: 'GET', url, complete: { query: true, body: false }, place }));
  const reading = { calls, notUnderstood: [{ place, why: 'broken' }], without: new Map([['lines', 3]]) };
  const result = audit([reading], MEASURE);
  expect(result.calls.map(({ url }) => url)).toEqual(['/v1/things/{id}/']);
  expect([...result.elsewhere]).toEqual([['api.example', 2]]);
  expect([...result.passedOver]).toEqual([
    ['lines', 3],
    ['pages and their assets', 1],
  ]);
  expect(result.notUnderstood.map(({ why }) => why)).toEqual([
    'broken',
    'a part of the path is decided when the code runs',
  ]);
});
