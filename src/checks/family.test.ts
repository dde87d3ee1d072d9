import { format } from 'prettier';
import { expect, test } from 'vitest';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';
import { FAMILIES } from './check.js';
import { CHECKS, PROMISES } from './index.js';
import { chooseChecks } from './select.js';
import { checkOn } from '../testing/checks.js';
import { answer, silence, type Sent } from '../testing/host.js';

const FOLDER = join(PACKAGE_ROOT, 'src/checks');

test('every check stands in the list, under the name of its file, and has a test beside it', async () => {
  const files = (await readdir(FOLDER, { recursive: true })).filter((name) => /^[a-z]+\/.*\.ts$/.test(name));
  const ids = PROMISES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(files).toContain(`${id}.ts`);
    expect(files).toContain(`${id}.test.ts`);
  }
});

test.each(PROMISES.map((check) => [check.id, check] as const))(
  '%s says what it promises, and who says so',
  (_, check) => {
    expect(FAMILIES).toContain(check.id.split('/')[0]);
    expect(check.promise).toMatch(/^[A-Z].*\.$/);
    if (CHECKS.some(({ id }) => id === check.id)) expect(check.asks.atMost).toBeLessThanOrEqual(12);
    if (check.source.kind === 'standard') expect(check.source.url).toMatch(/^https:/);
    expect(Object.keys(check.messages).length).toBeGreaterThan(0);
  },
);

test('checks are chosen by all, by family and by name', () => {
  expect(chooseChecks(['all'])).toEqual(PROMISES);
  expect(chooseChecks(['list/*', 'list/page-size']).map(({ id }) => id.split('/')[0])).not.toContain('read');
  expect(chooseChecks(['read/absent-id']).map(({ id }) => id)).toEqual(['read/absent-id']);
  expect(() => chooseChecks(['list/none'])).toThrow('there is no check “list/none”');
});

test('each has its line in the docs', async () => {
  const rows = PROMISES.map(({ id, promise, source, severity, asks }) => {
    const said = source.url === undefined ? source.ref : `[${source.ref}](${source.url})`;
    return `| \`${id}\` | ${promise} | ${source.kind}: ${said} | ${severity} | ${asks.atMost} |`;
  });
  const page = [
    '# Promises that hosts are held to',
    '',
    '`conform check --checks all` (or a family, `list/*`, or one, `list/page-size`) holds every read that has succeeded to',
    'these promises. All requests are reads, but for those of `auth/token-endpoint` and `auth/scope-holds`; see',
    '[identities.md](identities.md), which says what they send and how other callers are named. A promise is only said to be',
    'broken when it was seen broken twice in the same way, the second time after a pause and with new answers. What could not',
    'be found out is said, and is not “kept”. Only what the contract itself promises makes an operation deviate; what',
    'standards and practice say are warnings. The mock answers from the contract whatever it is asked, so it is not held to',
    'them.',
    '',
    '| check | promise | who says so | severity | requests for an operation, at most |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  const text = await format(page, { parser: 'markdown', printWidth: 120 });
  await expect(text).toMatchFileSnapshot('../../docs/checks.md');
});

const PATHS = `
/things:
  get:
    parameters:
      - { name: limit, in: query, schema: { type: integer, default: 9 } }
      - { name: offset, in: query, schema: { type: integer } }
      - { name: sort, in: query, schema: { type: string, enum: [size, -size] } }
      - { name: name, in: query, schema: { type: string } }
      - { name: colour, in: query, schema: { type: string, enum: [red, blue, green] } }
    responses: { '200': { content: { application/json: { schema: { type: object } } } } }
/things/{id}:
  get:
    responses: { '200': { content: { application/json: { schema: { type: object, required: [id] } } } } }
`;
const THINGS = ['Ann', 'Zoë & Co', 'Bo'].map((name, index) => ({
  ...{ id: String(index + 1), name, colour: index === 0 ? 'red' : 'blue', size: index },
}));
const LIST = { self: '/things', total: THINGS.length, data: THINGS };

/** What says nothing of any promise, other than that nobody may come in without a token. */
const SAYS_NOTHING: [what: string, reply: ReturnType<typeof answer> | ReturnType<typeof silence>][] = [
  ['401', answer(401, { message: 'no' }, { 'www-authenticate': 'Bearer' })],
  ['403', answer(403, { message: 'no' })],
  ['429', answer(429, { message: 'later' })],
  ['a body that is cut off', answer(200, '{"data":[{"id"', {}, 'cut off')],
  ['no answer', silence('ECONNRESET')],
];

test.each(
  CHECKS.flatMap((check) => SAYS_NOTHING.map(([what, reply]) => [check.id, what, check, reply] as const)),
)('%s makes nothing of %s to all that it asks', async (_, __, check, reply) => {
  for (const [operation, path, body] of [
    ['GET /things', '/things', LIST],
    ['GET /things/{id}', '/things/1', THINGS[0] ?? null],
  ] as const) {
    let asked = 0;
    const host = (sent: Sent) => (sent.path === path && asked++ === 0 ? answer(200, body) : reply);
    const { gives, calls } = await checkOn(check, { paths: PATHS, operation, path, host });
    expect(['passed', 'inconclusive', 'not-applicable', 'not-done']).toContain(gives);
    expect(calls.length).toBeLessThanOrEqual(check.asks.atMost);
  }
});
