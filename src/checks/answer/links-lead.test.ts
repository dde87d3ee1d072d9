import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { linksLead } from './links-lead.js';

const HOST = 'https://api.shop.example';
const THINGS = [{ id: 1 }];

/** @param came what a link with a query is answered */
const on = (own: Answer, came: Answer | NoAnswer = answer(200, THINGS)) =>
  checkOn(linksLead, {
    paths: '/things: { get: {} }',
    operation: 'GET /things',
    host: ({ path }) => (path === '/things' ? own : came),
  });

test.each<[body: Json]>([
  [{ data: THINGS, _links: { self: { href: '/things?page=1' } } }],
  [{ data: THINGS, links: { self: `${HOST}/things?page=1` } }],
  [{ data: THINGS, link: [{ relation: 'other' }, { relation: 'self', url: '/things?page=1' }] }],
  [{ data: THINGS, links: [{ rel: 'self', href: '?page=1' }] }],
  [{ data: THINGS, self: '/things?page=1' }],
  [{ id: 1, href: '/things?page=1' }],
  [{ data: THINGS, next: '/things?page=1' }],
])('a link of %j is followed', async (body) => {
  const found = await on(answer(200, body));
  expect(found).toMatchObject({ gives: 'passed', calls: ['GET /things?page=1'] });
  expect((await on(answer(200, body), answer(404))).gives).toBe('leads-nowhere');
  expect((await on(answer(200, body), answer(500))).gives).toBe('leads-nowhere');
});

test('links of the header are followed', async () => {
  const link = '</things?page=1>; rel="self", </things?page=2>; rel=next';
  const found = await on(answer(200, THINGS, { link }));
  expect(found).toMatchObject({ gives: 'passed', calls: ['GET /things?page=1', 'GET /things?page=2'] });
});

test.each<[what: string, body: Json]>([
  ['no links', { data: THINGS }],
  ['another path', { data: THINGS, self: '/boats?page=1' }],
  ['another host', { data: THINGS, self: 'https://other.example/things?page=1' }],
  ['a template', { data: THINGS, _links: { self: { href: '/things{?page}', templated: true } } }],
  ['an id', { data: THINGS, self: '7' }],
  ['a cursor', { data: THINGS, next: 'abc' }],
  ['another kind of value', { data: THINGS, self: true, links: [1, null] }],
  ['a text', 'things'],
])('%s is not followed', async (_, body) => {
  expect(await on(answer(200, body), answer(404))).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each<[what: string, came: Answer | NoAnswer]>([
  ...[302, 400, 401, 403, 409, 410, 429].map((status): [string, Answer] => [String(status), answer(status)]),
  ['no answer', silence('ECONNRESET')],
])('that a link is answered with %s says nothing', async (_, came) => {
  const own = answer(200, { data: THINGS, self: '/things?page=1' });
  expect((await on(own, came)).gives).toBe('inconclusive');
});

test('a cut body has no links that are known', async () => {
  const own = answer(200, '{"a"', { 'content-type': 'application/json' }, 'cut off');
  expect((await on(own)).gives).toBe('inconclusive');
});

test('shows which link it is, and no value of it', async () => {
  const own = answer(200, { data: THINGS, self: '/things?after=secret' });
  const { messages } = await on(own, answer(404));
  expect(messages).toEqual(['the link “self” of its answer leads to 404, and not to an answer like it']);
});

test('a search by POST is not followed', async () => {
  const host = () => answer(200, { data: THINGS, self: '/things?page=1' });
  const paths = '/things: { post: { x-safe: true } }';
  const found = await checkOn(linksLead, { paths, operation: 'POST /things', host });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});
