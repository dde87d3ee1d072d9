import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem, Problems } from '../../problem.js';
import { temporaryFolder } from '../../testing/folder.js';
import { settleChoices } from '../select.js';
import { readChecks } from './settings.js';

async function read(text: string) {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'checks.yaml'), text);
  return await readChecks(folder.path);
}

async function faultsOf(text: string): Promise<string[]> {
  const error: unknown = await read(text).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const all = error instanceof Problems ? error.all : error instanceof Problem ? [error] : [];
  return all.map(({ place, message, remedy = '' }) => `${place?.line ?? ''} ${message}. ${remedy}`);
}

test('a target has the last word over what is said for all of them', async () => {
  const { of, all } = await read(`
all:
  on: [list/*, read/absent-id]
  off: [list/pages-end, list/pages-lose, list/pages-repeat]
  severity: { list/page-size: off, list/sort-holds: warning }
  budget: { perRun: 900, records: 10 }
targets:
  live:
    off: [list/sort-holds]
    severity: { list/sort-holds: error }
    budget: { records: 70, perOperation: 30 }
  odd: { on: [http/latency] }
`);
  const on = (target: string) => settleChoices(...of(target).choices).reads.map(({ id }) => id);
  expect(on('elsewhere')).toContain('list/sort-holds');
  expect(on('elsewhere')).not.toContain('list/page-size');
  expect(on('elsewhere')).not.toContain('list/pages-end');
  expect(on('live')).toEqual(on('elsewhere').filter((id) => id !== 'list/sort-holds'));
  expect(on('odd')).toEqual(['http/latency']);
  expect([all, of('live')].map(({ severityOf }) => severityOf('list/sort-holds'))).toEqual([
    'warning',
    'error',
  ]);
  expect(of('live').budget).toEqual({ perRun: 900, records: 70, perOperation: 30 });
});

test('how long a read may take is what is said of it, of its target, or of all', async () => {
  const { of, named } = await read(`
all:
  latency: { most: 900, operations: { GET /things: 3000 } }
targets:
  live: { latency: { operations: { GET /things: 5000 } } }
  slow: { latency: { most: 2000 } }
  silent: { on: [all] }
`);
  const limits = (target: string) =>
    ['GET /things', 'GET /others'].map((one) => of(target).latencyLimitOf(one));
  expect(limits('live')).toEqual([5000, 900]);
  expect(limits('slow')).toEqual([3000, 2000]);
  expect(limits('silent')).toEqual([3000, 900]);
  expect(named.map(({ name, place }) => [name, place.line])).toEqual([
    ['live', 5],
    ['slow', 6],
    ['silent', 7],
    ['GET /things', 3],
    ['GET /things', 5],
  ]);
  expect((await read('all: {}\n')).all.latencyLimitOf('GET /things')).toBeUndefined();
  expect(await faultsOf('all: { latency: { most: 0 } }\n')).toEqual([expect.stringMatching(/^1 /)]);
});

test('what nobody says of a target is what is said of all, or nothing', async () => {
  const { of, all } = await read('targets: { live: { latency: { operations: { GET /x: 1 } } } }\n');
  expect(all).toMatchObject({ choices: [], budget: {}, waivers: [] });
  expect(of('live')).toMatchObject({ choices: [{ on: undefined, off: [] }], budget: {}, waivers: [] });
  expect([of('live').latencyLimitOf('GET /x'), of('live').latencyLimitOf('GET /y')]).toEqual([1, undefined]);
  expect(of('live').severityOf('list/page-size')).toBeUndefined();
  const off = await read('all: { severity: { list/page-size: off } }\n');
  expect([off.all.severityOf('list/page-size'), off.targets]).toEqual([undefined, []]);
});

test.each([
  ['2028-02-29', true],
  ['2000-02-29', true],
  ['2100-02-29', false],
  ['2026-02-29', false],
  ['2026-02-28', true],
  ['2026-01-01', true],
  ['2026-01-00', false],
  ['2026-04-31', false],
  ['2026-12-31', true],
  ['2026-13-01', false],
  ['2026-00-01', false],
])('the calendar has the day %s: %s', async (until, is) => {
  const text = `all:\n  waivers: [{ check: list/page-size, reason: x, until: ${until} }]\n`;
  expect(await faultsOf(text)).toEqual(is ? [] : [`2 there is no day “${until}”. Write it like 2026-12-31.`]);
});

test('what is on can be said again by who comes later', async () => {
  const { of } = await read('all: { off: [all] }\n');
  const { reads } = settleChoices({ on: ['all'] }, ...of('x').choices, { on: ['list/page-size'] });
  expect(reads.map(({ id }) => id)).toEqual(['list/page-size']);
});

test('waivers of all targets hold beside those of one', async () => {
  const { of, named } = await read(`
all:
  waivers: [{ check: list/page-size, reason: known, until: 2026-12-31 }]
targets:
  live:
    waivers:
      - { check: read/absent-id, operation: GET /x, code: found, reason: known, until: 2028-02-29, ticket: T-1 }
`);
  expect(of('live').waivers.map(({ check }) => check)).toEqual(['list/page-size', 'read/absent-id']);
  expect(named).toMatchObject([
    // Requests depend on both, so that a name that is none stops a run.
    { kind: 'target', name: 'live', bears: 'requests', place: { line: 5 } },
    { kind: 'operation', name: 'GET /x', bears: 'requests', place: { line: 7 } },
  ]);
});

test('what is no check, no code and no day is said with its line', async () => {
  expect(
    await faultsOf(`all:
  on: [lists/*]
  off:
    - list/page-sise
  severity:
    read/absent: error
  waivers:
    - { check: list/page-size, code: larger, reason: x, until: 2026-02-30 }
    - { check: page-size, reason: x, until: 2026-12-31 }
    -
      check: auth/no-token
      code: nothing
      reason: x
      until: 2026-13-01
    -
      reason: x
      check: no-token
      until: 2026-12-31
`),
  ).toEqual([
    '2 there is no check “lists/*”. The nearest name is “list/*”. conform checks lists them.',
    '4 there is no check “list/page-sise”. The nearest name is “list/page-size”. conform checks lists them.',
    '6 there is no check “read/absent”. The nearest name is “read/absent-id”. conform checks lists them.',
    '8 no finding of list/page-size has the code “larger”. Its codes are: larger-than-asked.',
    '8 there is no day “2026-02-30”. Write it like 2026-12-31.',
    '9 there is no check “page-size”. The nearest name is “list/page-size”. conform checks lists them.',
    expect.stringMatching(
      /^12 no finding of auth\/no-token has the code “nothing”. Its codes are: .+, .+\.$/,
    ),
    '14 there is no day “2026-13-01”. Write it like 2026-12-31.',
    '17 there is no check “no-token”. The nearest name is “auth/no-token”. conform checks lists them.',
  ]);
});

test('what has not the form of the file is said with its line', async () => {
  expect(await faultsOf('all:\n  severity: { list/page-size: fatal }\n')).toEqual([
    expect.stringMatching(/^2 “all\/severity\/list~1page-size”/),
  ]);
  expect(await faultsOf('all:\n  budget:\n    records: -1\n')).toEqual([expect.stringMatching(/^3 /)]);
  expect(await faultsOf('all:\n  waivers: [{ check: list/page-size, until: 2026-12-31 }]\n')).toEqual([
    expect.stringMatching(/^2 .*reason/),
  ]);
  expect(await faultsOf('production: {}\n')).toEqual([expect.stringMatching(/^1 .*“production”/)]);
});

test('a folder without the file says nothing', async () => {
  await using folder = await temporaryFolder();
  const { of, targets, named } = await readChecks(folder.path);
  expect([of('x').choices, of('x').waivers, of('x').budget]).toEqual([[], [], {}]);
  expect([targets, named]).toEqual([[], []]);
});
