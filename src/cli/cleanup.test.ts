import { createServer } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conform, temporaryFolder } from '../testing/conform.js';

/** A collection whose things can be read and removed. */
const CONTRACT = {
  openapi: '3.0.3',
  info: { title: 'Shop', version: '7' },
  paths: {
    '/things': { post: { responses: { 201: { description: 'made' } } } },
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { responses: { 200: { description: 'it' } } },
      delete: { responses: { 204: { description: 'gone' } } },
    },
  },
};

/** Cleans up after a run that has created thing 7, on a host that has this under it now. */
async function cleanUp(shows: string[] | undefined, read: { status: number; body: string }) {
  await using folder = await temporaryFolder();
  const sent: string[] = [];
  const server = createServer((request, response) => {
    sent.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (request.method === 'GET') response.writeHead(read.status).end(read.body);
    else response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const baseUrl = `http://127.0.0.1:${port}`;
  const target = { about: 'a shop', standing: 'assumed', baseUrl, writes: { default: 'full', most: 'full' } };
  const removal = { method: 'DELETE', path: '/things/7', operation: 'DELETE /things/{id}' };
  const lines = [
    {
      format: 'conform-journal/1',
      target: 'shop',
      baseUrl,
      contract: 'x',
      passing: false,
      startedAt: 'then',
    },
    { creating: 0, operation: 'POST /things', at: 'then' },
    { created: 0, removal: { ...removal, ...(shows === undefined ? {} : { shows }) } },
  ];
  const spec = join(folder.path, 'spec');
  const journals = join(folder.path, 'out', 'journal');
  const journal = join(journals, 'x.jsonl');
  await mkdir(spec);
  await mkdir(journals, { recursive: true });
  await writeFile(join(spec, 'openapi.json'), JSON.stringify(CONTRACT));
  await writeFile(join(spec, 'targets.yaml'), JSON.stringify({ targets: { shop: target } }));
  await writeFile(journal, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  try {
    const args = ['cleanup', '--spec-dir', spec, '--out', join(folder.path, 'out')];
    const { code, out } = await conform(args);
    const isLeft = await readFile(journal, 'utf8').then(
      () => true,
      () => false,
    );
    return { sent, code, out, isLeft };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const OURS = '{"name":"Conform-Test 0123"}';

test.each([
  ['shows what was sent', ['Conform-Test 0123'], 200, OURS],
  ['shows one of the texts that were sent', ['another text', 'Conform-Test 0123'], 200, OURS],
  ['can be read, where nothing in it tells', [], 200, OURS],
  ['can be read, in a journal of before', undefined, 200, '{"name":"Kim"}'],
  ['nobody may read', ['Conform-Test 0123'], 403, ''],
  ['is not found', ['Conform-Test 0123'], 404, ''],
])('what %s is removed', async (_, shows, status, body) => {
  const { sent, code, isLeft } = await cleanUp(shows, { status, body });
  expect(sent).toEqual(['GET /things/7', 'DELETE /things/7']);
  expect([code, isLeft]).toEqual([0, false]);
});

test.each([
  ['shows something else', 200, '{"name":"Kim"}'],
  ['cannot be read now', 500, ''],
])('what %s is left, and told', async (_, status, body) => {
  const { sent, code, out, isLeft } = await cleanUp(['Conform-Test 0123'], { status, body });
  expect(sent).toEqual(['GET /things/7']);
  expect([code, isLeft]).toEqual([1, true]);
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    'what POST /things created is not removed: what stands in its place',
  );
});
