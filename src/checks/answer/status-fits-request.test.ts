import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { statusFitsRequest } from './status-fits-request.js';

const PATHS = `
/things: { get: {}, post: { x-safe: true } }
/pages: { get: { responses: { '206': { description: a page } } } }
`;
const on = (status: number, operation = 'GET /things') =>
  checkOn(statusFitsRequest, { paths: PATHS, operation, host: () => answer(status) });

test.each<[status: number, gives: string]>([
  [200, 'passed'],
  [202, 'passed'],
  [203, 'passed'],
  [204, 'passed'],
  [404, 'passed'],
  [201, 'created-by-read'],
  [206, 'part-without-range'],
  [304, 'not-modified-without-condition'],
])('%i', async (status, gives) => {
  expect(await on(status)).toMatchObject({ gives, calls: [] });
});

test('a search may answer 201, and a page 206 where the contract says it', async () => {
  expect((await on(201, 'POST /things')).gives).toBe('not-applicable');
  expect((await on(206, 'GET /pages')).gives).toBe('passed');
});

test.each<[name: string, status: number]>([
  ['Range', 206],
  ['If-None-Match', 304],
  ['if-modified-since', 304],
])('a request with %s may be answered %i', async (name, status) => {
  const headers = { [name]: 'a value' };
  const asked = { paths: PATHS, operation: 'GET /things', headers, host: () => answer(status) };
  expect((await checkOn(statusFitsRequest, asked)).gives).toBe('passed');
});
