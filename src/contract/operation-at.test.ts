import { expect, test } from 'vitest';
import { operationAt } from './operation-at.js';
import { operationsOf } from './operations.js';

const PATHS = ['/a/{x}', '/a/b', '/{x}/b', '/a/{x}.json', '/a/{x}-{y}', '/a', '/a/', '/{x}', '/a/{x}/c'];
const OPERATIONS = operationsOf({
  openapi: '3.0.3',
  info: { title: 'Paths', version: '1' },
  paths: Object.fromEntries(
    PATHS.map((path) => [path, { get: { responses: { 200: { description: 'ok' } } } }]),
  ),
});

test.each([
  ['/a/b', '/a/b', []],
  ['/a/7', '/a/{x}', ['7']],
  ['/c/b', '/{x}/b', ['c']],
  ['/a/7.json', '/a/{x}', ['7.json']],
  ['/a/7-8', '/a/{x}', ['7-8']],
  ['/a', '/a', []],
  ['/a/', '/a/', []],
  ['/%C3%A9', '/{x}', ['é']],
  ['/a/b/c', '/a/{x}/c', ['b']],
])('%s is %s', (path, template, ids) => {
  const located = operationAt('GET', path, OPERATIONS);
  expect(located?.operation.path).toBe(template);
  expect(located?.ids).toEqual(ids);
});

test.each(['/c/d', '/a/b/d', '', '/a/b/'])('%s is none', (path) => {
  expect(operationAt('GET', path, OPERATIONS)).toBeUndefined();
  expect(operationAt('POST', path, OPERATIONS)).toBeUndefined();
});
