import { describe, expect, test } from 'vitest';
import { NotApplicable } from '../drive/drive.js';
import { subjectOn } from '../testing/checks.js';
import { answer } from '../testing/host.js';
import { isAboutId, readOfNothing } from './read-of-nothing.js';

/** The read of nothing for a path whose ids are of these schemas. */
async function readFor(path: string, asked: string, schemas: Record<string, string> = {}) {
  const parameters = Object.entries(schemas).map(
    ([name, schema]) => `{ name: ${name}, in: path, required: true, schema: ${schema} }`,
  );
  const { subject } = await subjectOn({
    ...{ paths: `${path}: { get: { parameters: [${parameters.join(', ')}] } }`, operation: `GET ${path}` },
    ...{ path: asked, host: () => answer(200, { id: 1 }) },
  });
  return { subject, read: readOfNothing(subject) };
}

/** The path that is asked; or why none is. */
async function pathFor(...given: Parameters<typeof readFor>): Promise<string> {
  const { read } = await readFor(...given);
  return read instanceof NotApplicable ? read.why : new URL(read.probe.request.url).pathname;
}

test('an id of nothing stands in place of the last id of a path', async () => {
  expect(await pathFor('/boats/{id}', '/boats/k1')).toMatch(/^\/boats\/conform-absent-[\da-f]+$/);
  expect(await pathFor('/boats/{id}/notes', '/boats/k1/notes')).toMatch(
    /^\/boats\/conform-absent-[\da-f]+\/notes$/,
  );
  expect(await pathFor('/boats/{id}/notes/{note}', '/boats/k1/notes/n1')).toMatch(
    /^\/boats\/k1\/notes\/conform-absent-[\da-f]+$/,
  );
});

test('it is of the schema of that id', async () => {
  const schemas = { id: '{ type: integer }', note: '{ type: string }' };
  expect(await pathFor('/boats/{id}/notes/{note}', '/boats/1/notes/n1', schemas)).toMatch(
    /^\/boats\/1\/notes\/conform-absent-[\da-f]+$/,
  );
  expect(await pathFor('/boats/{id}', '/boats/1', schemas)).toMatch(/^\/boats\/\d+$/);
});

test('all checks of a read are given the same one, and it is not shown', async () => {
  const { subject, read } = await readFor('/boats/{id}', '/boats/k1?part=2');
  expect(readOfNothing(subject)).toBe(read);
  expect(read).toMatchObject({
    probe: {
      ...{ purpose: 'an id of nothing', operation: 'GET /boats/{id}' },
      shown: 'https://api.shop.example/boats/absent-id?part=2',
    },
  });
});

test('a path without an id has none', async () => {
  expect(await pathFor('/boats', '/boats')).toBe('its path has no id');
});

describe('where no id of nothing can be made from the schema, the one that was asked is scrambled', () => {
  // A list of all its ids.
  const listed = (...ids: string[]) => ({ id: `{ type: string, enum: [${ids.join(', ')}] }` });
  const DATE = { id: '{ type: string, format: date-time }' };

  test('each letter and digit is another one, but for what it begins with', async () => {
    const path = await pathFor('/boats/{id}', '/boats/AB-c4d5-EFG', {
      id: '{ type: string, pattern: "^AB-[a-z][0-9][a-z][0-9]-[A-Z]{3}$" }',
    });
    expect(path).toMatch(/^\/boats\/AB-[a-z]\d[a-z]\d-[A-Z]{3}$/);
    expect(path).not.toBe('/boats/AB-c4d5-EFG');
  });

  test('wherever it stands, and where six characters can be drawn', async () => {
    const schemas = { id: '{ type: string, pattern: "^[a-z]{8}$" }' };
    expect(await pathFor('/boats/{id}/notes', '/boats/abcdefgh/notes', schemas)).toMatch(
      /^\/boats\/ab[a-z]{6}\/notes$/,
    );
  });

  test('digits at the beginning are drawn as well', async () => {
    const path = await pathFor('/boats/{id}', '/boats/123456-123456', {
      id: '{ type: string, pattern: "^[0-9]{6}-[0-9]{6}$" }',
    });
    expect(path).toMatch(/^\/boats\/\d{6}-\d{6}$/);
  });

  test.each([
    ['it has too few characters', '/boats/AB-12345', { id: '{ type: string, pattern: "^AB-[0-9]{5}$" }' }],
    ['it is one of few', '/boats/first-boat', listed('first-boat', 'second-boat')],
    ['it is a time', '/boats/2026-02-26T17:40:00Z', DATE],
  ])('not where %s', async (_, asked, schemas) => {
    expect(await pathFor('/boats/{id}', asked, schemas)).toBe(
      'every value of the id may be that of something',
    );
  });
});

test.each([
  [400, true],
  [404, true],
  [410, true],
  [422, true],
  [401, false],
  [403, false],
  [429, false],
  [500, false],
  [200, false],
])('the status %s is about the id: %s', (status, is) => {
  expect(isAboutId(status)).toBe(is);
});
