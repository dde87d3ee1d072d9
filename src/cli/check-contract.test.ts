import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conform, temporaryFolder } from '../testing/conform.js';

const CONTRACT = {
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  servers: [{ url: 'https://api.example.com' }],
  security: [],
  paths: {
    '/a': { get: { operationId: 'same', responses: { 204: { description: 'ok' } } } },
    '/b': { get: { operationId: 'same', responses: { 204: { description: 'ok' } } } },
  },
};

/** A folder with a contract, and what the command says of it. */
async function judged(contract: unknown, ...more: string[]) {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'openapi.json');
  await writeFile(file, typeof contract === 'string' ? contract : JSON.stringify(contract));
  const result = await conform(['check', '--contract', '--spec', file, '--out', folder.path, ...more]);
  return { ...result, folder: folder.path, [Symbol.asyncDispose]: folder[Symbol.asyncDispose] };
}

test('a finding is a line with place, pointer and sentence; an error ends with 1', async () => {
  await using said = await judged(CONTRACT);
  const column = JSON.stringify(CONTRACT).lastIndexOf('"operationId"') + 1;
  expect(said.out).toContain(
    'error contract/duplicate-operation-id: No two operations have the same operationId.',
  );
  expect(said.out).toContain(
    `openapi.json:1:${column} #/paths/~1b/get/operationId: GET /b has the operationId “same” of GET /a\n`,
  );
  expect(said.out).toMatch(/1 error and 0 warnings: 1 of \d+ rules are not kept\.\n$/);
  expect(said.code).toBe(1);
});

test('warnings end with 0, and so does a contract that keeps every rule', async () => {
  const { '/a': only } = CONTRACT.paths;
  await using silent = await judged({ ...CONTRACT, paths: { '/a': only }, security: undefined });
  expect(silent.out).toContain('0 errors and 1 warning');
  expect(silent.code).toBe(0);
  await using good = await judged({ ...CONTRACT, paths: { '/a': only } });
  expect(good.out).toMatch(/It keeps all \d+ rules\.\n$/);
  expect(good.code).toBe(0);
});

test('--json has every rule and every finding', async () => {
  await using said = await judged(CONTRACT, '--json');
  expect(JSON.parse(said.out)).toMatchObject({
    contract: { title: 'Things', operations: 2 },
    findings: [
      {
        rule: 'contract/duplicate-operation-id',
        severity: 'error',
        code: 'repeated',
        facts: { operation: 'GET /b', operationId: 'same', other: 'GET /a' },
        pointer: '/paths/~1b/get/operationId',
        place: { line: 1 },
      },
    ],
    errors: 1,
    warnings: 0,
  });
});

test('--format sarif writes a file with places, pointers and sections', async () => {
  await using said = await judged(CONTRACT, '--format', 'sarif');
  const file = join(said.folder, 'latest/contract.sarif');
  expect(said.out).toContain(`SARIF: ${file}`);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            rules: [
              {
                id: 'contract/duplicate-operation-id',
                helpUri: expect.stringContaining('#operation') as string,
              },
            ],
          },
        },
        results: [
          {
            ruleId: 'contract/duplicate-operation-id',
            level: 'error',
            locations: [
              {
                physicalLocation: { region: { startLine: 1 } },
                logicalLocations: [{ fullyQualifiedName: '#/paths/~1b/get/operationId' }],
              },
            ],
          },
        ],
      },
    ],
  });
});

test('what cannot be read, and options that ask a target, end with 2', async () => {
  await using broken = await judged('{"openapi": ');
  expect(broken.err).toContain('does not parse');
  expect(broken.code).toBe(2);
  await using mixed = await judged(CONTRACT, '--target', 'mock');
  expect(mixed.err).toContain('--contract');
  expect(mixed.code).toBe(2);
  const { code, err } = await conform(['check', '--format', 'sarif']);
  expect(err).toContain('--format needs --contract');
  expect(code).toBe(2);
});

test('a text of a contract is written as a text', async () => {
  const name = '\u001b[31m##[error]';
  const operations = { get: { operationId: name, responses: { 204: { description: 'ok' } } } };
  await using said = await judged(
    { ...CONTRACT, paths: { '/a': operations, '/b': operations } },
    '--format',
    'sarif',
  );
  expect(said.out).not.toContain('\u001b');
  expect(said.out).not.toMatch(/^##\[/m);
});
