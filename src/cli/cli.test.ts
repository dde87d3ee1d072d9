import { createServer } from 'node:net';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRun } from '../record/store.js';
import { conform, copyOfSpec, PLAIN_CHECK, start, temporaryFolder } from '../testing/conform.js';

const VENDOR = `
openapi: 3.0.3
info: { title: Shop, version: '7' }
servers: [{ url: https://api.shop.example/v2 }]
paths:
  /items:
    get:
      tags: [items]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Item' } }
  /items/{itemId}:
    get:
      tags: [items]
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } }
components:
  schemas:
    Item:
      type: object
      required: [id, kind]
      properties:
        id: { type: integer }
        kind: { type: string, enum: [a, b] }
        parent: { $ref: '#/components/schemas/Item' }
`;

describe('conform check', () => {
  test('asks all 63 operations of the mock, and writes a run and reports', async () => {
    await using folder = await temporaryFolder();
    const { code, out, err } = await conform([...PLAIN_CHECK, '--target', 'mock', '--out', folder.path]);
    expect(err).toBe('');
    expect(out).toContain('63 works (63 of 63 operations)');
    expect(code).toBe(0);
    for (const line of out.split('\n'))
      if (!line.includes(folder.path)) expect(line.length).toBeLessThanOrEqual(80);

    const run = await readRun(join(folder.path, 'latest', 'mock.json'));
    expect(run.operations).toHaveLength(63);
    expect(run.contract.repairs).toEqual([]);
    expect(await readFile(join(folder.path, 'latest', 'report.html'), 'utf8')).toContain(
      '/v1/practitioners/',
    );
    expect(await readFile(join(folder.path, 'latest', 'report.md'), 'utf8')).toContain(
      '`GET /v1/practitioners/`',
    );
  });

  test('checks all operations also without the authentication documents, and lists them as repairs', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    await rm(join(spec, 'auth'), { recursive: true });
    const { code, out, err } = await conform([
      ...PLAIN_CHECK,
      '--target',
      'mock',
      '--spec-dir',
      spec,
      '--out',
      folder.path,
    ]);
    expect(code).toBe(0);
    expect(out).toContain('63 of 63 operations');
    for (const name of ['token-request', 'token-response', 'security-scheme']) {
      expect(err).toMatch(
        new RegExp(
          `swagger\\.yaml:\\d+: the file “auth/${name}\\.yaml” cannot be used: there is no such file`,
        ),
      );
    }
    const run = await readRun(join(folder.path, 'latest', 'mock.json'));
    expect(run.contract.repairs).toHaveLength(3);
    expect(await readFile(join(folder.path, 'latest', 'report.html'), 'utf8')).toContain(
      'auth/token-response.yaml',
    );
  });

  test('checks the contract of another vendor without a change to the code', async () => {
    await using folder = await temporaryFolder();
    const spec = join(folder.path, 'shop');
    await mkdir(spec);
    await writeFile(join(spec, 'openapi.yaml'), VENDOR);
    const { code, out, err } = await conform([
      ...PLAIN_CHECK,
      '--target',
      'mock',
      '--spec-dir',
      spec,
      '--out',
      folder.path,
    ]);
    expect(err).toContain('does not describe its parameter “itemId”');
    expect(out).toContain('2 works (2 of 2 operations)');
    expect(code).toBe(0);
  });

  test('with --json writes one JSON document to standard output and nothing else there', async () => {
    await using folder = await temporaryFolder();
    const { code, out } = await conform([
      ...PLAIN_CHECK,
      '--target',
      'mock',
      '--only',
      'locations',
      '--json',
      '--out',
      folder.path,
    ]);
    expect(code).toBe(0);
    const runs = JSON.parse(out) as { operations: unknown[] }[];
    expect(runs).toHaveLength(1);
    expect(runs[0]?.operations).toHaveLength(2);
  });

  test('with --plan says what would be asked, and asks nothing', async () => {
    await using folder = await temporaryFolder();
    const { code, out } = await conform([
      ...PLAIN_CHECK,
      '--target',
      'production',
      '--plan',
      '--out',
      folder.path,
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/invalid token\s+POST \/v1\/patients\//);
    expect(out).toContain('No record would be created.');
    await expect(readFile(join(folder.path, 'latest', 'production.json'))).rejects.toThrow();

    const plan = async (policy: string, only: string) =>
      (
        await conform([...PLAIN_CHECK, '--target', 'sandbox', '--writes', policy, '--plan', '--only', only])
      ).out
        .replaceAll(/\s+/g, ' ')
        .trim();
    expect(await plan('validate', 'POST /v1/patients/')).toMatch(
      /No record would be created, unless the host takes a body that the contract forbids\.$/,
    );
    expect(await plan('full', 'POST /v1/patients/')).toMatch(
      /would be created, and removed again where the answers identify them\.$/,
    );
  });

  test('parts of a shard add up to the whole', async () => {
    await using folder = await temporaryFolder();
    const parts = await Promise.all(
      [1, 2, 3].map(async (part) => {
        const out = join(folder.path, String(part));
        await conform([...PLAIN_CHECK, '--target', 'mock', '--shard', `${part}/3`, '--out', out]);
        return readRun(join(out, 'latest', 'mock.json'));
      }),
    );
    const ids = parts.flatMap((run) => run.operations.map(({ id }) => id));
    expect(new Set(ids).size).toBe(63);
    expect(ids).toHaveLength(63);
  });
});

describe('wrong usage ends with exit code 2, a clear message and no stack trace', () => {
  const clear = ({ code, err }: { code: number | null; err: string }, ...parts: (string | RegExp)[]) => {
    expect(code).toBe(2);
    for (const part of parts) expect(err).toMatch(part);
    expect(err).not.toMatch(/^\s+at /m);
  };

  test('an unknown option', async () => {
    clear(await conform(['check', '--bogus']), /unknown option '--bogus'/);
  });
  test('an unknown command', async () => {
    clear(await conform(['chek']), /unknown command 'chek'/);
  });
  test('an unknown target names those there are', async () => {
    clear(await conform([...PLAIN_CHECK, '--target', 'nowhere']), /no target “nowhere”/, /Targets are: mock/);
  });
  test('a spec folder that is not there', async () => {
    clear(await conform(['check', '--spec-dir', 'not-there']), /not-there: there is no such folder/);
  });
  test('a spec folder without a contract', async () => {
    await using folder = await temporaryFolder();
    clear(await conform(['check', '--spec-dir', folder.path]), /there is no contract in this folder/);
  });
  test('a contract that does not parse names the line', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    await writeFile(join(spec, 'swagger.yaml'), 'openapi: 3.0.3\ninfo:\n  title: x\n bad: [\n');
    clear(await conform(['check', '--spec-dir', spec]), /swagger\.yaml:4: the file does not parse/);
  });
  test('a YAML file that is no contract', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    await writeFile(join(spec, 'swagger.yaml'), 'hello: world\n');
    clear(await conform(['check', '--spec-dir', spec]), /neither a member “openapi” nor “swagger”/);
  });
  test('a mistake in targets.yaml names the line', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    await writeFile(join(spec, 'targets.yaml'), 'targets:\n  mock:\n    about: x\n    standng: y\n');
    clear(await conform(['check', '--spec-dir', spec]), /targets\.yaml:\d+: /);
  });
  test('a shard that cannot be', async () => {
    clear(await conform(['check', '--shard', '3/2']), /written I\/N/);
  });
  test('a write policy beyond what production allows', async () => {
    clear(
      await conform([...PLAIN_CHECK, '--target', 'production', '--writes', 'full']),
      /never allowed on “production”/,
    );
    clear(
      await conform([...PLAIN_CHECK, '--target', 'production', '--writes', 'validate']),
      /locked/,
      /CONFORM_UNLOCK_WRITES/,
    );
  });
  test('the host of production under the name of another target, however it is written', async () => {
    for (const address of [
      'https://connect.clearcareonline.com',
      'https://CONNECT.clearcareonline.com:443/x',
      'https://connect.clearcareonline.com.',
      'http://connect.clearcareonline.com',
    ]) {
      clear(
        await conform([...PLAIN_CHECK, '--target', 'sandbox', '--base-url', address, '--plan']),
        /is the host of the target “production”/,
      );
    }
  });

  test('another address in the place of the mock is held to the policy', async () => {
    const args = [
      ...PLAIN_CHECK,
      '--target',
      'mock',
      '--base-url',
      'http://127.0.0.1:9',
      '--writes',
      'none',
      '--plan',
    ];
    const { code, out } = await conform(args);
    expect(code).toBe(0);
    expect(out).toMatch(/skip +POST \/v1\/patients\//);
    expect(out).not.toMatch(/ask +(POST \/v1\/patients\/\n|PUT|PATCH|DELETE)/);
  });
  test('a run file that is not there, and one of another format', async () => {
    await using folder = await temporaryFolder();
    clear(await conform(['report', '--run', 'not-there.json']), /not-there\.json: there is no such run/);
    await writeFile(join(folder.path, 'x.json'), '{}');
    clear(await conform(['report', '--run', join(folder.path, 'x.json')]), /not a run file/);
  });
  test('a port that is in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    clear(await conform(['mock', '--port', port]), new RegExp(`port ${port} is in use`));
    server.close();
  });
  test('a folder that cannot be written to', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'file'), '');
    clear(
      await conform([
        ...PLAIN_CHECK,
        '--target',
        'mock',
        '--only',
        'token',
        '--out',
        join(folder.path, 'file'),
      ]),
      /cannot be written/,
    );
  });
});

test('the mock serves until Ctrl-C, and ends cleanly', async () => {
  const mock = start(['mock']);
  const [, url] = await mock.says(/at (http:\S+)/);
  const answer = await fetch(`${url ?? ''}/v1/locations/`, { headers: { authorization: 'Bearer x' } });
  expect(answer.status).toBe(200);
  mock.stop();
  const { code } = await mock.done;
  expect(code).toBe(0);
});

describe('conform generate', () => {
  test('is up to date with the contract, and says when it is not', async () => {
    await using folder = await temporaryFolder();
    expect((await conform(['generate', '--check'])).code).toBe(0);
    const into = join(folder.path, 'generated');
    expect((await conform(['generate', '--into', into])).code).toBe(0);
    await writeFile(join(into, 'operations.ts'), '// changed\n');
    const { code, out } = await conform(['generate', '--into', into, '--check']);
    expect(code).toBe(1);
    expect(out).toContain('operations.ts');
  });
});

test('every command has a help text that names what it is for', async () => {
  const { out } = await conform(['--help']);
  const names = [...out.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThanOrEqual(5);
  for (const name of names) {
    const help = await conform([name, '--help']);
    expect(help.code).toBe(0);
    expect(help.out).toContain('--spec-dir');
  }
});
