import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadContract } from '../contract/load.js';
import { startMock, type Mock } from '../mock/mock.js';
import { PACKAGE_ROOT } from '../package.js';
import type { Capability } from '../record/run.js';
import { readRun } from '../record/store.js';
import { conform, PLAIN_CHECK, temporaryFolder } from '../testing/conform.js';
import { serve } from '../testing/serve.js';

/** What is done to the body of an answer, and to its content type, on its way from the mock. */
interface Tampering {
  request: string;
  body?: (text: string) => string;
  type?: string;
}

const replaceIn =
  (from: RegExp, to: string) =>
  (text: string): string => {
    expect(text).toMatch(from);
    return text.replace(from, () => to);
  };

const TAMPERINGS: Tampering[] = [
  { request: 'GET /v1/practitioners/', body: replaceIn(/"resourceType":"Bundle",?/, '') },
  {
    request: 'GET /v1/practitioners/:id/',
    body: replaceIn(/"gender":"[a-z]+"/, '"gender":"robot"'),
  },
  { request: 'GET /v1/appointment/', body: replaceIn(/"totalRecords":\d+/, '"totalRecords":"7"') },
  { request: 'GET /v1/locations/', type: 'text/html' },
];

let mock: Mock;
beforeAll(async () => {
  mock = await startMock(await loadContract(join(PACKAGE_ROOT, 'spec/swagger.yaml')));
});
afterAll(() => mock.close());

/** Stands between the program and the mock and changes what the mock answers. */
function startTampering(tamperings: readonly Tampering[]) {
  return serve((request, response) => {
    void (async () => {
      const text = await readAll(request);
      const answer = await fetch(mock.url + (request.url ?? '/'), {
        method: request.method ?? 'GET',
        headers: Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name)
            ? [[name, value] as [string, string]]
            : [],
        ),
        ...(text === '' ? {} : { body: text }),
      });
      const { pathname } = new URL(request.url ?? '/', mock.url);
      const asked = `${request.method ?? ''} ${pathname.replace(/^(\/v1\/[a-z]+\/)[^/]+\/$/, '$1:id/')}`;
      const tampering = tamperings.find((one) => one.request === asked);
      const body = await answer.text();
      response.statusCode = answer.status;
      response.setHeader(
        'content-type',
        tampering?.type ?? answer.headers.get('content-type') ?? 'text/plain',
      );
      response.end(tampering?.body?.(body) ?? body);
    })();
  });
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

async function checkThrough(
  tamperings: readonly Tampering[],
): Promise<{ code: number | null; of: (id: string) => Capability }> {
  await using server = await startTampering(tamperings);
  await using folder = await temporaryFolder();
  const { code } = await conform([
    ...PLAIN_CHECK,
    ...['--target', 'mock', '--base-url', server.url, '--writes', 'none', '--out', folder.path],
    ...['practitioners', 'appointment', 'locations'].flatMap((tag) => ['--only', tag]),
  ]);
  const run = await readRun(join(folder.path, 'latest', 'mock.json'));
  return {
    code,
    of: (id) => {
      const found = run.operations.find((operation) => operation.id === id);
      if (!found) throw new Error(`${id} is not in the run`);
      return found;
    },
  };
}

test('answers that keep the contract have no findings', async () => {
  const { code, of } = await checkThrough([]);
  expect(code).toBe(0);
  expect(of('GET /v1/practitioners/').outcome).toBe('works');
});

test('each violation is found, with a pointer and a message that needs no knowledge of validators', async () => {
  const { code, of } = await checkThrough(TAMPERINGS);
  expect(code).toBe(1);
  for (const [id, pointer, message] of [
    ['GET /v1/practitioners/', '', 'the required member “resourceType” is missing'],
    ['GET /v1/practitioners/{id}/', '/gender', 'should be one of'],
    ['GET /v1/appointment/', '/totalRecords', 'should be integer, but a string of 1 characters came'],
    ['GET /v1/locations/', undefined, 'text/html'],
  ] as const) {
    const { outcome, findings } = of(id);
    expect(outcome, id).toBe('deviates');
    expect(findings[0]?.message, id).toContain(message);
    expect(findings[0]?.pointer, id).toBe(pointer);
  }
});
