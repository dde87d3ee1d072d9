import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { conform, temporaryFolder } from '../testing/conform.js';

interface Element {
  method: string | null;
  url: string;
  known: boolean;
  nearest?: string;
  operation?: string;
  findings: { code: string; severity: string }[];
  file: string;
  line?: number;
  entry?: number;
}

const HOST = 'https://connect.clearcareonline.com';

function har(entries: object[]): string {
  return JSON.stringify({ log: { entries } });
}

function entry(method: string, url: string, more: object = {}): object {
  return { request: { method, url }, response: { status: 200, content: {} }, ...more };
}

async function auditText(text: string, ...args: string[]) {
  return conform(['audit', '-', ...args], { stdin: text });
}

describe('the code of a consumer', () => {
  test.each(['first-service', 'office-app'])(
    '%s: every request that the contract lacks is found, and no other',
    async (name) => {
      const folder = join(PACKAGE_ROOT, 'examples', name);
      const { code, out } = await conform(['audit', '--source', folder, '--json']);
      expect(code).toBe(1);
      const calls = JSON.parse(out) as Element[];
      const found = calls
        .filter(({ known }) => !known)
        .map(({ file, line, method, url }) => {
          const path = url.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*/, '');
          return `${relative(folder, file)}:${line} ${method} ${path}`;
        });
      const expected = await readFile(join(folder, 'expected.txt'), 'utf8');
      expect(found.sort()).toEqual(
        expected
          .split('\n')
          .filter((line) => /^\w/.test(line))
          .sort(),
      );
      // The others are requests, too, and were read as what they are.
      expect(calls.filter(({ known, operation }) => known && operation !== undefined).length).toBeGreaterThan(
        10,
      );
    },
  );

  test('what others wrote, what is made of it, and what is large or no text is passed over and counted', async () => {
    await using folder = await temporaryFolder();
    const call = `fetch('${HOST}/v1/nothing/')\n`;
    for (const name of ['node_modules/x', '.git', 'venv/lib', 'src'])
      await mkdir(join(folder.path, name), { recursive: true });
    for (const name of ['node_modules/x/a.js', '.git/a.js', 'venv/lib/a.js', 'src/a.min.js', 'src/a.txt'])
      await writeFile(join(folder.path, name), call);
    await writeFile(join(folder.path, 'src/large.js'), call + ' '.repeat(3 * 1024 * 1024));
    await writeFile(join(folder.path, 'src/packed.js'), `${call.trim()};${'a();'.repeat(10_000)}`);
    await writeFile(join(folder.path, 'src/binary.js'), `${call}\0`);
    await writeFile(join(folder.path, 'src/own.js'), call);
    const { code, out, err } = await conform(['audit', '--source', folder.path]);
    expect(code).toBe(1);
    expect(out).toContain('own.js:1');
    expect(out).toContain('0 of 1 call is in the contract');
    expect(err).toContain('Passed over: 1 × files larger than 2 MiB.');
    expect(err).toContain('Passed over: 1 × files that are no text.');
    expect(err).toContain('Passed over: 2 × files that a program has written.');
    expect(err).toContain('Passed over: 2 × folders of packages and of what was built.');
  });

  test('a folder that is not there, and one that is a file', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'a.py');
    await writeFile(file, '');
    for (const [path, says] of [
      [join(folder.path, 'none'), 'there is no such folder'],
      [file, 'this is not a folder'],
    ] as const) {
      const { code, err } = await conform(['audit', '--source', path]);
      expect([code, err]).toEqual([2, expect.stringContaining(says)]);
    }
  });
});

test('a recording of 350 requests is a screenful', async () => {
  const entries = [
    ...Array.from({ length: 200 }, (_, index) =>
      entry('GET', `https://app.example/assets/chunk${index}.js`, { _resourceType: 'script' }),
    ),
    ...Array.from({ length: 40 }, () => entry('OPTIONS', `${HOST}/v1/patients/`)),
    ...Array.from({ length: 30 }, (_, index) =>
      entry('POST', `https://analytics${index % 3}.example/collect?v=${index}`),
    ),
    ...Array.from({ length: 40 }, (_, index) =>
      entry('GET', `${HOST}/v1/patients/${index + 1000}/?_token=secret-for-tests`),
    ),
    ...Array.from({ length: 40 }, (_, index) => entry('GET', `${HOST}/v1/clients/${index + 1000}/care-plan`)),
  ];
  const { code, out } = await auditText(har(entries));
  expect(code).toBe(1);
  expect(out.split('\n').length).toBeLessThan(20);
  expect(out).toContain(
    `error  GET ${HOST}/v1/clients/…/care-plan  (40 times, first standard input, entry 311)`,
  );
  expect(out).toContain('10 × analytics0.example');
  expect(out).toContain(
    '40 of 80 calls are in the contract, 40 with a warning; 30 to other hosts; passed over: 200 × pages and their assets, 40 × preflights and other OPTIONS.',
  );
  expect(out).not.toContain('secret-for-tests');
  const { out: all } = await auditText(har(entries), '--details');
  expect(all.split('\n').length).toBeGreaterThan(80);
});

describe('the host counts', () => {
  test.each([
    [
      'https://api.clearcareonline.com/v1/patients/',
      'api.clearcareonline.com is retired: every path that was tried answered 404',
    ],
    ['http://localhost:8080/v1/patients/', 'localhost:8080 is not one of its hosts'],
    ['https://example.org/v1/patients/', 'example.org is not one of its hosts'],
  ])('%s', async (url, says) => {
    const { code, out } = await auditText(`GET ${url}\n`);
    expect(code).toBe(1);
    expect(out).toContain(says);
  });

  test('an address can be named', async () => {
    const { code } = await auditText(
      'GET http://localhost:8080/proxy/v1/patients/\n',
      '--base-url',
      'http://localhost:8080/proxy',
    );
    expect(code).toBe(0);
    const wrong = await auditText('GET /v1/patients/\n', '--base-url', 'localhost');
    expect(wrong.code).toBe(2);
  });
});

test.each<readonly [what: string, text: string, args: readonly string[], code: number]>([
  ['all is known', 'GET /v1/patients/', [], 0],
  ['a warning', 'GET /v1/patients/?colour=red', [], 0],
  ['a warning that counts', 'GET /v1/patients/?colour=red', ['--strict'], 1],
  ['a path without a value', `curl ${HOST}/v1/patients/undefined/`, [], 1],
  ['one is not understood', 'GET /v1/patients/\nwhat is this', [], 0],
  ['no call of the API', 'GET https://other.example/x', [], 3],
  ['only preflights', har([entry('OPTIONS', `${HOST}/v1/patients/`)]), [], 3],
  ['no calls', 'what is this', [], 2],
  ['broken JSON', '{"log":', [], 2],
])('the exit code where %s', async (_, text, args, code) => {
  expect((await auditText(text, ...args)).code).toBe(code);
});

test('nothing named is wrong usage', async () => {
  const { code, err } = await conform(['audit']);
  expect(code).toBe(2);
  expect(err).toContain('--source');
});

test('several files, each in a form of its own; with --json an element for each call, in order', async () => {
  await using folder = await temporaryFolder();
  const files = {
    'calls.har': har([entry('GET', `${HOST}/v1/patients/?_count=1`)]),
    'requests.http': `@host = ${HOST}\n### one\nDELETE {{host}}/v1/patient/7/\n`,
    'access.log':
      '192.0.2.7 - - [26/Feb/2026:10:27:00 -0700] "POST /v1/admintask/ HTTP/1.1" 403 90\nnot a line of a log\n',
    'check.sh': `#!/bin/sh\ncurl ${HOST}/v1/locations/\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  const paths = Object.keys(files).map((name) => join(folder.path, name));
  const { code, out, err } = await conform(['audit', '--json', ...paths]);
  expect(code).toBe(1);
  const calls = JSON.parse(out) as Element[];
  expect(
    calls.map(({ file, line, entry: at, method, known, nearest }) => [
      relative(folder.path, file),
      line ?? at,
      method,
      known,
      nearest,
    ]),
  ).toEqual([
    ['calls.har', 1, 'GET', true, undefined],
    ['requests.http', 3, 'DELETE', false, 'DELETE /v1/patients/{id}/'],
    ['access.log', 1, 'POST', false, 'POST /v1/adminTasks/'],
    ['check.sh', 2, 'GET', true, undefined],
  ]);
  expect(err).toContain('2 of 4 calls are in the contract; not understood: 1.');
});

test('of a token call and a body only names are printed', async () => {
  const text = `curl -X POST ${HOST}/v1/patients/ -H 'Authorization: Bearer secret-for-tests' --json '{"resourceType":"Patient","nick":"Quillon Varga","phone 303-555-0100":1}'
curl '${HOST}/v1/patient/Quillon%20Varga/?name=Quillon&3035550100'
{"method":"GET","url":"${HOST}/v1/patient/?email=quillon@example.org","user":"Quillon Varga"}
Bearer secret-for-tests belongs to Quillon Varga`;
  for (const args of [[], ['--json'], ['--details']]) {
    const { out, err } = await auditText(text, ...args);
    expect(out + err).not.toMatch(/quillon|varga|555|secret-for-tests/i);
    expect(out).toContain('nick');
  }
});
