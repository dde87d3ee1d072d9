import { mkdir, readdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isObject, parseJson } from '../json.js';
import { readRun } from '../record/store.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { serve } from '../testing/serve.js';

const ENV = { SHOP_KEY: 'key-for-tests' };
const FILES = 'https://files.shop.example';

const CONTRACT = `
openapi: 3.0.3
info: { title: Shop, version: '7' }
servers: [{ url: https://api.shop.example/v1 }]
security: [{ key: [] }]
components: { securitySchemes: { key: { type: apiKey, in: header, name: x-api-key } } }
paths:
  /things:
    get: { operationId: listThings, responses: { '200': { description: ok } } }
  /files:
    servers: [{ url: ${FILES}/f }]
    get: { operationId: listFiles, responses: { '200': { description: ok } } }
    post:
      operationId: createFile
      requestBody: { content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } } } } }
      responses: { '201': { description: ok } }
  /files/{id}:
    servers: [{ url: ${FILES}/f }]
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: readFile, responses: { '200': { description: ok } } }
    delete: { operationId: deleteFile, responses: { '204': { description: gone } } }
`;

/** A host that keeps what is created below `/f/files`, lists one thing, and notes what it is asked. */
async function startHost(options: { removes?: boolean } = {}) {
  const asked: string[] = [];
  let created = 0;
  const files = new Map<string, unknown>([['of-a-customer', { id: 'of-a-customer', name: 'x' }]]);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
    const { method = '', url = '' } = request;
    const path = url.replace(/\?.*$/, '');
    asked.push(`${method} ${path} ${String(request.headers['x-api-key'] ?? 'no key')}`);
    const [status, body] = replyTo(
      method,
      path,
      Buffer.concat(chunks).toString(),
      request.headers['x-api-key'],
    );
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const replyTo = (method: string, path: string, sent: string, key: unknown): [number, unknown?] => {
    if (key !== ENV.SHOP_KEY) return [401, { message: 'no' }];
    const id = /^\/f\/files\/([^/]+)$/.exec(path)?.[1] ?? '';
    if (path === '/v1/things') return [200, []];
    if (path === '/f/files' && method === 'GET') return [200, [...files.values()]];
    if (path === '/f/files' && method === 'POST') {
      const file = parseJson(sent);
      if (!isObject(file) || !('name' in file)) return [422, {}];
      created += 1;
      const id = `new-${created}`;
      files.set(id, { ...file, id });
      return [201, { id }];
    }
    if (!files.has(id)) return [404, { message: 'nothing here' }];
    if (method === 'GET') return [200, files.get(id)];
    if (method !== 'DELETE') return [405, {}];
    if (options.removes === false) return [500, {}];
    files.delete(id);
    return [204];
  };
  const host = await serve((request, response) => void answer(request, response));
  return Object.assign(host, { asked, files });
}

async function writeSpec(folder: string, members: string): Promise<string> {
  const spec = join(folder, 'spec');
  await mkdir(spec, { recursive: true });
  await writeFile(join(spec, 'openapi.yaml'), CONTRACT);
  await writeFile(
    join(spec, 'targets.yaml'),
    `targets:
  shop:
    about: an invented host
    standing: documented
    credentials: [{ apiKey: { in: header, name: x-api-key, value: SHOP_KEY } }]
    writes: { default: none, most: full }
${members}
`,
  );
  return spec;
}

/** A check of a shop whose files are on a host of their own, and what each of the two hosts was asked. */
async function check(
  members: (hosts: { main: string; files: string }) => string,
  { args = [], removes = true }: { args?: (string | ((main: string) => string))[]; removes?: boolean } = {},
) {
  await using folder = await temporaryFolder();
  await using main = await startHost();
  await using files = await startHost({ removes });
  const spec = await writeSpec(folder.path, members({ main: main.url, files: files.url }));
  const common = ['--spec-dir', spec, '--out', folder.path];
  const given = args.map((arg) => (typeof arg === 'string' ? arg : arg(main.url)));
  const result = await conform(['check', '--target', 'shop', ...given, ...common], { env: ENV });
  const run = await readRun(join(folder.path, 'latest/shop.json')).catch(() => undefined);
  const outcomes = Object.fromEntries(run?.operations.map(({ id, outcome }) => [id, outcome]) ?? []);
  const journals = () => readdir(join(folder.path, 'journal')).catch(() => []);
  const left = await journals();
  const afterwards =
    left.length === 0
      ? undefined
      : await conform(['cleanup', ...common], { env: ENV }).then((one) => one.out);
  return { ...result, run, outcomes, main: main.asked, files, left, afterwards };
}

const MAPPED = ({ main, files }: { main: string; files: string }) =>
  `    baseUrl: ${main}\n    servers: { ${FILES}: ${files} }`;

describe('operations on a server that targets.yaml does not name', () => {
  test('are not asked, anywhere, and it is said where they stand and what to do', async () => {
    const { code, main, files, outcomes, run } = await check(({ main }) => `    baseUrl: ${main}/v1`);
    expect(files.asked).toEqual([]);
    expect(main.filter((call) => call.includes('/f'))).toEqual([]);
    expect(outcomes).toEqual({
      'GET /v1/things': 'works',
      'GET /f/files': 'skipped',
      'POST /f/files': 'skipped',
      'GET /f/files/{id}': 'skipped',
      'DELETE /f/files/{id}': 'skipped',
    });
    const { explanation } = run?.operations.find(({ id }) => id === 'GET /f/files') ?? {};
    expect(explanation).toContain(`on another server than the rest of the contract, ${FILES}`);
    expect(explanation).toContain(`servers: { "${FILES}": URL }`);
    expect(code).toBe(0);
  });

  test.each(['none', 'route', 'validate', 'full'])('are not looked at either, under “%s”', async (writes) => {
    const { main, files } = await check(({ main }) => `    baseUrl: ${main}`, { args: ['--writes', writes] });
    expect(files.asked).toEqual([]);
    expect(main.filter((call) => call.includes('/f'))).toEqual([]);
  });

  test('are counted in the plan with the reason, and cost nothing', async () => {
    const plan = ['--plan', '--writes', 'full'];
    const { out, main } = await check(({ main }) => `    baseUrl: ${main}`, { args: plan });
    expect(main).toEqual([]);
    expect(out).toContain('skip           GET /f/files');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      `4 not asked: it is on another server than the rest of the contract, ${FILES}`,
    );
    expect(out).toContain('1 for operations');
    expect(out).toContain('No record would be created');
  });

  test('are not asked where --base-url stands in for the address of the target', async () => {
    const { main, files, outcomes } = await check(
      ({ files }) => MAPPED({ main: 'http://127.0.0.1:9', files }),
      {
        args: ['--base-url', (url) => `${url}/v1/`],
      },
    );
    expect(files.asked).toEqual([]);
    expect(main).toContain('GET /v1/things key-for-tests');
    expect(outcomes).toMatchObject({ 'GET /v1/things': 'works', 'GET /f/files': 'skipped' });
  });
});

describe('operations on a server that targets.yaml names', () => {
  test('are asked there, with the credentials of the target, and the others are not', async () => {
    const { code, main, files, outcomes } = await check(MAPPED, { args: ['--no-checks', 'all'] });
    expect(outcomes).toMatchObject({
      'GET /v1/things': 'works',
      'GET /f/files': 'works',
      'GET /f/files/{id}': 'works',
    });
    expect(main.filter((line) => !line.includes('__absent'))).toEqual(['GET /v1/things key-for-tests']);
    expect(files.asked.filter((line) => !line.includes('__absent'))).toEqual([
      'GET /f/files key-for-tests',
      'GET /f/files/of-a-customer key-for-tests',
    ]);
    expect(code).toBe(0);
  });

  test('the base URLs of both may be written with the paths of their servers', async () => {
    const { outcomes } = await check(
      ({ main, files }) => `    baseUrl: ${main}/v1/\n    servers: { ${FILES}/f: ${files}/f/ }`,
    );
    expect(outcomes).toMatchObject({ 'GET /v1/things': 'works', 'GET /f/files': 'works' });
  });

  test('the plan says where', async () => {
    const { out } = await check(MAPPED, { args: ['--plan'] });
    expect(out).toMatch(/The paths of the contract begin at http:\/\/127\.0\.0\.1:\d+\/v1\n/);
    expect(out).toMatch(/ask +GET \/v1\/things\n/);
    expect(out).toMatch(/ask +GET \/f\/files at http:\/\/127\.0\.0\.1:\d+\n/);
    const { out: json } = await check(MAPPED, { args: ['--plan', '--json'] });
    const [plan] = JSON.parse(json) as { operations: { id: string; address?: string; why?: string }[] }[];
    const of = (id: string) => plan?.operations.find((one) => one.id === id);
    expect(of('GET /f/files')?.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(of('GET /v1/things')).toEqual({ id: 'GET /v1/things', manner: 'plain' });
    expect(of('POST /f/files')?.why).toContain('it changes something');
  });

  test('what is refused there is compared with what that host refuses, and not with the other', async () => {
    const { files } = await check(MAPPED, { args: ['--writes', 'route'] });
    // Only a refusal that this host itself has shown lets a write be asked for its route.
    expect(files.asked.findIndex((call) => /^(DELETE|POST)/.test(call))).toBeGreaterThan(
      files.asked.findIndex((call) => call.startsWith('GET /f/files ') && !call.endsWith('key-for-tests')),
    );
    expect([...files.files.keys()]).toEqual(['of-a-customer']);
  });

  test('what is created there is removed there', async () => {
    const { main, files, outcomes, left } = await check(MAPPED, { args: ['--writes', 'full'] });
    expect(outcomes).toMatchObject({ 'POST /f/files': 'works', 'DELETE /f/files/{id}': 'works' });
    expect([...files.files.keys()]).toEqual(['of-a-customer']);
    expect(main.filter((call) => !/^(GET|HEAD|OPTIONS) /.test(call))).toEqual([]);
    expect(left).toEqual([]);
  });

  test('what is left there is looked for there by cleanup, and nowhere else', async () => {
    const args = ['--writes', 'full'];
    const { main, files, left, afterwards } = await check(MAPPED, { args, removes: false });
    expect(left).toHaveLength(1);
    expect(afterwards).toContain('what POST /f/files created is still there (500)');
    expect(main.filter((call) => call.includes('new-1'))).toEqual([]);
    expect(files.asked.at(-1)).toBe('DELETE /f/files/new-1 key-for-tests');
  });
});

test('what targets.yaml says of servers that no operation has is an error with its line', async () => {
  const { code, err } = await check(
    ({ main, files }) => `    baseUrl: ${main}\n    servers:\n      https://fils.shop.example: ${files}`,
  );
  expect(code).toBe(2);
  expect(err).toMatch(/targets\.yaml:9\b/);
  expect(err).toContain('the contract has no server “https://fils.shop.example”');
  expect(err).toContain(`The nearest server is “${FILES}”.`);
});

test('the mock stands for every server of the contract', async () => {
  await using folder = await temporaryFolder();
  const spec = join(folder.path, 'spec');
  await mkdir(spec);
  const bearer = CONTRACT.replace('type: apiKey, in: header, name: x-api-key', 'type: http, scheme: bearer');
  await writeFile(join(spec, 'openapi.yaml'), bearer);
  const { code } = await conform(['check', '--spec-dir', spec, '--out', folder.path]);
  const run = await readRun(join(folder.path, 'latest/mock.json'));
  expect(run.operations.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    'GET /v1/things works',
    'GET /f/files works',
    'POST /f/files works',
    'GET /f/files/{id} works',
    'DELETE /f/files/{id} works',
  ]);
  expect(code).toBe(0);
});
