import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { conform, temporaryFolder } from '../testing/conform.js';
import { serve } from '../testing/serve.js';
import { vendorSpec } from '../testing/vendor.js';

const CONTRACT = `
openapi: 3.0.3
info: { title: Shop, version: '7' }
security: [{ bearer: [] }]
components: { securitySchemes: { bearer: { type: http, scheme: bearer } } }
paths:
  /items/:
    get: { responses: { '200': { description: ok } } }
    post: { responses: { '201': { description: created } } }
  /items/{id}/:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    delete: { responses: { '204': { description: gone } } }
`;
/** The same, where single things can be read. */
const READABLE = `${CONTRACT}    get: { responses: { '200': { description: ok } } }\n`;

const REMOVAL = { method: 'DELETE', path: '/items/a-1/', operation: 'DELETE /items/{id}/' };
const THING = [
  { creating: 0, operation: 'POST /items/', at: '2026-02-26T17:40:00.000Z' },
  { created: 0, removal: REMOVAL },
];

interface Given {
  head?: object;
  lines?: readonly object[];
  /** What comes after the last whole line. */
  cut?: string;
  /** What the host answers to a removal. */
  status?: number;
  args?: readonly string[];
  writes?: string;
  /** What a read of a thing is answered; without it, nothing of the contract reads one. */
  read?: { status: number; body: string };
}

/** Cleans up after one journal on a host that counts what arrives. */
async function clean(given: Given = {}) {
  await using folder = await temporaryFolder();
  const arrived: { call: string; authorization: string | undefined }[] = [];
  await using host = await serve((request: IncomingMessage, response) => {
    arrived.push({
      call: `${request.method ?? ''} ${request.url ?? ''}`,
      authorization: request.headers.authorization,
    });
    if (request.method === 'GET') response.writeHead(given.read?.status ?? 404).end(given.read?.body);
    else response.writeHead(given.status ?? 204).end();
  });
  const contract = given.read ? READABLE : CONTRACT;
  const spec = await vendorSpec(folder.path, host.url, contract);
  if (given.writes !== undefined) {
    const file = join(spec, 'targets.yaml');
    const targets = await readFile(file, 'utf8');
    await writeFile(
      file,
      targets.replace('writes: { default: full, most: full }', () => `writes: ${given.writes}`),
    );
  }
  const journals = join(folder.path, 'journal');
  await mkdir(journals);
  const head = {
    format: 'conform-journal/1',
    target: 'live',
    baseUrl: host.url,
    contract: createHash('sha256').update(contract).digest('hex'),
    passing: false,
    startedAt: '2026-02-26T17:40:00.000Z',
    ...given.head,
  };
  const text = [head, ...(given.lines ?? THING)].map((line) => `${JSON.stringify(line)}\n`).join('');
  await writeFile(join(journals, 'run.jsonl'), text + (given.cut ?? ''));
  const args = ['cleanup', '--spec-dir', spec, '--out', folder.path, '--json', ...(given.args ?? [])];
  const json = await conform(args);
  const result: unknown = json.out === '' ? undefined : JSON.parse(json.out);
  return { ...json, result, arrived, journals: await readdir(journals) };
}

describe('what a journal names is removed, and the journal with it', () => {
  test('with the credentials of its target', async () => {
    const { code, arrived, journals, result } = await clean();
    expect(arrived).toEqual([{ call: 'DELETE /items/a-1/', authorization: 'Bearer token-for-tests' }]);
    expect([code, journals]).toEqual([0, []]);
    expect(result).toEqual({ removed: 1, gone: 0, left: [], skipped: [] });
  });

  test('also where its last line was cut', async () => {
    const { code, arrived } = await clean({ cut: '{"removed":' });
    expect([code, arrived.length]).toEqual([0, 1]);
  });

  test('what is not there any more was not removed now', async () => {
    const { code, result, journals } = await clean({ status: 404 });
    expect([code, journals]).toEqual([0, []]);
    expect(result).toMatchObject({ removed: 0, gone: 1 });
  });

  test('what the host refuses to remove stays in the journal', async () => {
    const { code, result, journals } = await clean({ status: 403 });
    expect([code, journals]).toEqual([1, ['run.jsonl']]);
    expect(result).toMatchObject({ removed: 0, left: [{ target: 'live', operation: 'POST /items/' }] });
  });

  test('on a host that ended with its run there is nothing to remove', async () => {
    const { code, arrived, journals } = await clean({ head: { target: 'live', passing: true } });
    // “live” is no server of ours: that it has ended is not believed.
    expect([code, arrived.length, journals]).toEqual([0, 1, []]);
  });
});

describe('what a journal may not make the program do', () => {
  test('ask another host', async () => {
    await using foreign = await serve((_, response) => response.writeHead(204).end());
    const { code, arrived, journals } = await clean({ head: { baseUrl: foreign.url } });
    expect([code, arrived, journals]).toEqual([1, [], ['run.jsonl']]);
  });

  test('ask another host that it names for one thing, where the target is not mapped to it', async () => {
    const calls: string[] = [];
    await using foreign = await serve((request, response) => {
      calls.push(request.url ?? '');
      response.writeHead(204).end();
    });
    const elsewhere = { ...REMOVAL, baseUrl: foreign.url };
    const lines = [
      ...THING,
      { creating: 1, operation: 'POST /items/', at: '2026-02-26T17:40:01.000Z' },
      { created: 1, removal: elsewhere },
    ];
    const { code, arrived, result } = await clean({ lines });
    expect([code, arrived.length, calls]).toEqual([1, 1, []]);
    expect(result).toMatchObject({ removed: 1, left: [{ operation: 'POST /items/' }] });
  });

  test.each([
    ['another method', { ...REMOVAL, method: 'PUT' }],
    ['the whole collection', { ...REMOVAL, path: '/items/' }],
    ['an empty id', { ...REMOVAL, path: '/items//' }],
    ['a path that changes when it is resolved', { ...REMOVAL, path: '/items/../' }],
    ['the same, encoded', { ...REMOVAL, path: '/items/%2e%2e/' }],
    ['a path that the contract does not have', { ...REMOVAL, path: '/accounts/a-1/' }],
    ['an operation that the contract does not have', { ...REMOVAL, operation: 'DELETE /accounts/{id}' }],
    [
      'an operation that removes nothing',
      { ...REMOVAL, operation: 'GET /items/', method: 'GET', path: '/items/' },
    ],
  ])('send %s', async (_, removal) => {
    const { code, arrived, journals } = await clean({ lines: [THING[0] ?? {}, { created: 0, removal }] });
    expect([code, arrived, journals]).toEqual([1, [], ['run.jsonl']]);
  });

  test('write to a target that is never written to for real', async () => {
    const { code, arrived } = await clean({ writes: '{ default: route, most: route, unlocked: validate }' });
    expect([code, arrived]).toEqual([1, []]);
  });

  test('forget what may be there: that takes a person', async () => {
    const lines = [{ creating: 0, operation: 'POST /items/', at: '2026-02-26T17:40:00.000Z' }];
    const kept = await clean({ lines });
    expect([kept.code, kept.arrived, kept.journals]).toEqual([1, [], ['run.jsonl']]);
    const forgotten = await clean({ lines, args: ['--forget'] });
    expect([forgotten.code, forgotten.arrived, forgotten.journals]).toEqual([0, [], []]);
  });

  test('stop at a journal that cannot be read', async () => {
    const { code, arrived, result, journals } = await clean({ head: { format: 'conform-journal/9' } });
    expect([code, arrived, journals]).toEqual([1, [], ['run.jsonl']]);
    expect(result).toMatchObject({ skipped: [{ why: expect.stringContaining('format') as string }] });
  });
});

describe('what can be read is read before it is removed', () => {
  const named = (shows?: string[]) => [
    THING[0] ?? {},
    { created: 0, removal: { ...REMOVAL, ...(shows === undefined ? {} : { shows }) } },
  ];
  const OURS = '{"name":"Conform-Test 0123"}';

  test.each([
    ['shows what was sent', ['Conform-Test 0123'], 200, OURS],
    ['shows one of the texts that were sent', ['another text', 'Conform-Test 0123'], 200, OURS],
    ['can be read, where nothing in it tells', [], 200, OURS],
    ['can be read, in a journal of before', undefined, 200, '{"name":"Kim"}'],
    ['nobody may read', ['Conform-Test 0123'], 403, ''],
    ['is not found', ['Conform-Test 0123'], 404, ''],
  ])('what %s is removed', async (_, shows, status, body) => {
    const { arrived, code, journals } = await clean({ lines: named(shows), read: { status, body } });
    expect(arrived.map(({ call }) => call)).toEqual(['GET /items/a-1/', 'DELETE /items/a-1/']);
    expect([code, journals]).toEqual([0, []]);
  });

  test.each([
    ['shows something else', 200, '{"name":"Kim"}'],
    ['cannot be read now', 500, ''],
  ])('what %s is left, and reported', async (_, status, body) => {
    const { arrived, code, journals, result } = await clean({
      lines: named(['Conform-Test 0123']),
      read: { status, body },
    });
    expect(arrived.map(({ call }) => call)).toEqual(['GET /items/a-1/']);
    expect([code, journals]).toEqual([1, ['run.jsonl']]);
    expect(result).toMatchObject({ removed: 0, left: [{ operation: 'POST /items/' }] });
  });
});
