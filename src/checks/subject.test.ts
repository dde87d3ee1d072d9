import { expect, test } from 'vitest';
import { answer } from '../testing/host.js';
import type { Json } from '../json.js';
import { NotApplicable } from '../drive/drive.js';
import { checkOn } from '../testing/checks.js';
import { check, passed } from './check.js';
import { withoutAsking } from './without-asking.js';

/** Passes where the subject is a list. */
const isList = check({
  id: 'list/of-a-test',
  promise: 'It is a list.',
  source: { kind: 'practice', ref: 'a test' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: { never: () => '' },
  run: withoutAsking(({ list }) => (list ? passed : new NotApplicable('it is no list'))),
});

test.each<[path: string, body: Json, list: boolean]>([
  ['/things', [{ id: 1 }], true],
  ['/things', { data: [] }, true],
  ['/things', { id: 1, parts: [{ id: 2 }] }, true],
  ['/things/{id}', { id: 1, parts: [{ id: 2 }] }, false],
  ['/things/{thing_id}', { thingId: 1, items: [{ id: 2 }] }, false],
  ['/things/{id}', [{ id: 2 }], true],
  ['/things/{id}', { resourceType: 'Bundle', id: 'x', entry: [{ resource: { id: 1 } }] }, true],
  ['/things/{id}', { entry: [{ id: 2 }] }, true],
  ['/status', 'fine', false],
])('an answer of %s: %j', async (path, body, list) => {
  const asked = path.replace(/\{[^}]+\}/, '7');
  const paths = `${path}: { get: {} }`;
  const { gives } = await checkOn(isList, {
    ...{ paths, operation: `GET ${path}`, path: asked },
    host: () => answer(200, body, { 'content-type': 'application/json' }),
  });
  expect(gives).toBe(list ? 'passed' : 'not-applicable');
});
