import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { temporaryFolder } from '../testing/folder.js';
import { serve } from '../testing/serve.js';

const run = promisify(execFile);

const CONTRACT = `
openapi: 3.0.3
info: { title: 'Boats */ and oars', version: '1' }
servers: [{ url: https://api.boats.example/v1 }]
paths:
  /boats:
    get:
      parameters:
        - { name: ids, in: query, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: size, in: query, style: deepObject, schema: { type: object, properties: { least: { type: integer } } } }
      responses: { '200': { description: ok, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Boat' } } } } } }
    post:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Boat' } } } }
      responses: { '201': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Boat' } } } } }
  /login:
    post:
      requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, required: [user], properties: { user: { type: string } } } } } }
      responses: { '204': { description: ok } }
  /boats/{boat-id}:
    get:
      parameters: [{ name: boat-id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Boat' } } } } }
components:
  schemas:
    Boat:
      type: object
      required: [id, name]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string }
        pin: { type: string, writeOnly: true }
`;

/** What somebody writes who has installed the package and generated a client. The last lines must not compile. */
const PROGRAM = `
import { createClient } from './generated/client.js';

const client = createClient({ baseUrl: process.argv[2] ?? '' });
const list = await client.GET('/boats', { params: { query: { ids: [1, 2], size: { least: 3 } } } });
const made = await client.POST('/boats', { body: { name: 'Ann', pin: '0000' } });
await client.POST('/login', { body: { user: 'a b' } });
const one = await client.GET('/boats/{boat-id}', { params: { path: { 'boat-id': 'a/b' } } });
const ids: (number | undefined)[] = [list.data?.[0]?.id, made.data?.id, one.data?.id];
console.log(JSON.stringify(ids));
await client.close();

// @ts-expect-error a name is required
void (() => client.POST('/boats', { body: {} }));
// @ts-expect-error a pin never comes
void (() => one.data?.pin);
// @ts-expect-error there is no such path
void (() => client.GET('/oars'));
`;

test('a client that a foreign package generates compiles under strict, and sends what the contract says', async () => {
  await using folder = await temporaryFolder();
  const project = folder.path;
  const installed = join(project, 'node_modules/wellsky-conform');
  await mkdir(join(project, 'spec'));
  await mkdir(installed, { recursive: true });
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', project], {
    cwd: PACKAGE_ROOT,
    maxBuffer: 64 * 1024 * 1024,
  });
  const [, file = ''] = /"filename": "([^"]+)"/.exec(packed.stdout) ?? [];
  await run('tar', ['-xzf', join(project, file), '-C', installed, '--strip-components=1']);
  // What npm would install beside it.
  await symlink(join(PACKAGE_ROOT, 'node_modules'), join(installed, 'node_modules'));
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  await writeFile(join(project, 'spec/openapi.yaml'), CONTRACT);
  await writeFile(join(project, 'use.ts'), PROGRAM);

  const main = join(installed, 'dist/bin/conform.js');
  await run(process.execPath, [main, 'generate', '--spec-dir', 'spec', '--into', 'generated'], {
    cwd: project,
  });
  const types = ['--types', 'node', '--typeRoots', join(PACKAGE_ROOT, 'node_modules/@types')];
  const options = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--outDir', 'out', ...types];
  const compiler = join(PACKAGE_ROOT, 'node_modules/typescript/bin/tsc');
  const compiled = await run(process.execPath, [compiler, ...options, '--skipLibCheck', 'use.ts'], {
    cwd: project,
  }).catch((error: unknown) => error);
  expect(compiled).toMatchObject({ stdout: '' });

  const seen: string[] = [];
  await using host = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const type = request.headers['content-type'] ?? '';
      seen.push([request.method ?? '', request.url ?? '', type, body].join(' ').trim());
      const status = request.url === '/v1/login' ? 204 : 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(status === 204 ? '' : request.url?.includes('?') === true ? '[{"id":7}]' : '{"id":7}');
    });
  });
  const { stdout } = await run(process.execPath, ['out/use.js', `${host.url}/v1`], { cwd: project });
  expect(stdout.trim()).toBe('[7,7,7]');
  expect(seen).toEqual([
    'GET /v1/boats?ids=1,2&size%5Bleast%5D=3',
    'POST /v1/boats application/json {"name":"Ann","pin":"0000"}',
    'POST /v1/login application/x-www-form-urlencoded user=a%20b',
    'GET /v1/boats/a%2Fb',
  ]);
});
