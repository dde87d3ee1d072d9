import { format } from 'prettier';
import { expect, test } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SAFE_METHODS } from '../contract/methods.js';
import { PACKAGE_ROOT } from '../package.js';
import { FAMILIES, type Promised } from './check.js';
import { ANSWER_CHECKS } from './answer-checks.js';
import { ACCESS_CHECKS, CHECKS, LIFE_CHECKS, PROMISES } from './index.js';
import { chooseChecks } from './select.js';
import { checkOn } from '../testing/checks.js';
import { answer, silence, type Sent } from '../testing/host.js';

const FOLDER = join(PACKAGE_ROOT, 'src/checks');

test('every check is in the list, under the name of its file, and has a test beside it', async () => {
  const files = (await readdir(FOLDER, { recursive: true })).filter((name) => /^[a-z]+\/.*\.ts$/.test(name));
  const ids = PROMISES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(files).toContain(`${id}.ts`);
    expect(files).toContain(`${id}.test.ts`);
  }
});

test('every check of the folders is in a list', async () => {
  const files = (await readdir(FOLDER, { recursive: true })).filter((name) =>
    /^[a-z]+\/.*(?<!\.test)\.ts$/.test(name),
  );
  const ids = new Set(PROMISES.map(({ id }) => id));
  for (const name of files) {
    const id = name.slice(0, -'.ts'.length);
    const isCheck = (await readFile(join(FOLDER, name), 'utf8')).includes(`id: '${id}'`);
    if (isCheck) expect(ids, name).toContain(id);
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
  expect(chooseChecks(['all'])).toEqual({
    reads: CHECKS.filter(({ optIn }) => !optIn),
    lives: LIFE_CHECKS.filter(({ optIn }) => !optIn),
    access: ACCESS_CHECKS,
  });
  const named = (...texts: string[]): string[] => {
    const { reads, lives, access } = chooseChecks(texts);
    return [...reads, ...lives, ...access].map(({ id }) => id);
  };
  expect(named('list/*', 'list/page-size').map((id) => id.split('/')[0])).not.toContain('read');
  expect(named('read/absent-id')).toEqual(['read/absent-id']);
  expect(named('state/versions')).toEqual(['state/versions']);
  expect(named('answer/body-schema')).toEqual([]);
  expect(() => chooseChecks(['list/none'])).toThrow('there is no check “list/none”');
});

/** One line for each promise, as a table. */
function tableOf(promises: readonly Promised[], asks: 'with its requests' | 'without'): string[] {
  const withAsks = asks === 'with its requests';
  return [
    `| check | promise | who says so | severity |${withAsks ? ' requests for an operation, at most |' : ''}`,
    `| --- | --- | --- | --- |${withAsks ? ' --- |' : ''}`,
    ...promises.map(({ id, promise, source, severity, optIn, asks: { atMost } }) => {
      const stated = source.url === undefined ? source.ref : `[${source.ref}](${source.url})`;
      const named = optIn ? ' (to be named itself)' : '';
      const line = `| \`${id}\`${named} | ${promise} | ${source.kind}: ${stated} | ${severity} |`;
      return withAsks ? `${line} ${atMost} |` : line;
    }),
  ];
}

test('each has its line in the docs', async () => {
  const page = [
    '# Promises that a host is held to',
    '',
    'What is said to be broken names the check that found it; what the check promises, and who says so, is here.',
    '',
    '## Every answer',
    '',
    'Every answer is held to these, whatever is chosen: without them there is no outcome. They ask nothing.',
    '',
    ...tableOf(ANSWER_CHECKS, 'without'),
    '',
    '## Reads',
    '',
    'Every read that has succeeded is held to these promises, unless `--checks`, `--no-checks` or `checks.yaml` choose others',
    '([configure-checks.md](configure-checks.md)). All requests are reads, but for those of `auth/token-endpoint` and `auth/scope-holds` and of what is',
    'created and removed again; see',
    '[identities.md](identities.md), which says what they send and how other callers are named. A promise is only said to be',
    'broken when it was seen broken twice in the same way, the second time after a pause and with new answers. What could not',
    'be found out is said, and is not “kept”. Only what the contract itself promises makes an operation deviate; what',
    'standards and practice say are warnings. The mock answers from the contract whatever it is asked, so it is not held to',
    'them.',
    '',
    'A check that is marked as one to be named itself is never on by `all` or by its family.',
    '',
    'Injection (of SQL, of scripts, of addresses that the host would ask) is not tried at all. Whether a host withstands it',
    'shows only when it does not, and then records of others are changed or shown, pages of others run what was sent, or a',
    'third host is asked in its name. Who runs a host tests that where nothing of others is.',
    '',
    ...tableOf([...CHECKS, ...ACCESS_CHECKS], 'with its requests'),
    '',
    '## What is created and removed again',
    '',
    'Where the policy of writes is `full`, one record of each collection that the run can create and remove goes through a',
    'life of its own: it is created, read, listed, changed by each operation that changes it (once more in the same way, with',
    'a value of a member that is read-only, on the condition of an ETag from before), created a second time, tried with',
    'bodies that the contract forbids, and removed; other records are created with bodies that the contract allows, and one',
    'that is left alone. A second record goes through the same where the first looked broken.',
    'Everything is in the journal, and is removed in any case.',
    '',
    ...tableOf(LIFE_CHECKS, 'with its requests'),
    '',
  ].join('\n');
  const text = await format(page, { parser: 'markdown', printWidth: 120 });
  await expect(text).toMatchFileSnapshot('../../docs/checks.md');
});

test.each(PROMISES.map((check) => [check.id, check] as const))(
  'each way in which %s can be broken is shown by its test',
  async (id, { messages }) => {
    const text = await readFile(join(FOLDER, `${id}.test.ts`), 'utf8');
    for (const code of Object.keys(messages)) expect(isShown(code, text), code).toBe(true);
  },
);

/** Whether a test expects a code: as a text of its own, beside other codes, or as what is in a finding. */
function isShown(code: string, text: string): boolean {
  return new RegExp(`['"\`,: ]${code}['"\`,: ]`).test(text);
}

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

/** What an answer over TLS has to have, whatever is asked. */
const KEPT = { 'strict-transport-security': 'max-age=60', 'x-content-type-options': 'nosniff' };

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
    const host = (sent: Sent) => (sent.path === path && asked++ === 0 ? answer(200, body, KEPT) : reply);
    const { gives, calls, sent } = await checkOn(check, { paths: PATHS, operation, path, host });
    expect(sent.map(({ method }) => method).filter((method) => !SAFE_METHODS.has(method))).toEqual([]);
    expect(['passed', 'inconclusive', 'not-applicable', 'not-done']).toContain(gives);
    expect(calls.length).toBeLessThanOrEqual(check.asks.atMost);
  }
});
