import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRun } from '../record/store.js';
import { conform, PLAIN_CHECK, temporaryFolder } from '../testing/conform.js';
import { HOSTILE_ANSWERS } from '../testing/hostile/answers.js';
import { serveBytes } from '../testing/serve-bytes.js';
import { vendorSpec } from '../testing/vendor.js';
import { processorTime } from '../testing/processor-time.js';

const pathOf = (index: number) => `/answers/${index}/`;

/** Answers each path of the hostile answers as they say, and every other one with 404. */
function startHostile() {
  return serveBytes((path, socket) => {
    const [, index = ''] = /^\/answers\/(\d+)\/$/.exec(path) ?? [];
    const answer = index === '' ? undefined : HOSTILE_ANSWERS[Number(index)];
    const missing = 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';
    socket.end(answer?.bytes ?? missing);
  });
}

const SCHEMA = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    a: { $ref: '#/components/schemas/It' },
    list: { type: 'array', items: { anyOf: [{ $ref: '#/components/schemas/It' }, { type: 'boolean' }] } },
    slow: { type: 'string', pattern: '^(a+)+$' },
    slower: { type: 'string', pattern: '^(?=a)(a+)+$' },
  },
};

const CONTRACT = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Hostile', version: '1' },
  paths: Object.fromEntries(
    HOSTILE_ANSWERS.map((_, index) => [
      pathOf(index),
      {
        get: {
          responses: {
            '200': {
              description: 'ok',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/It' } } },
            },
          },
        },
      },
    ]),
  ),
  components: { schemas: { It: SCHEMA } },
});

test('every answer that nobody expects is judged, and the run comes to its end', async () => {
  await using server = await startHostile();
  await using folder = await temporaryFolder();
  const dir = await vendorSpec(folder.path, server.url, CONTRACT);
  // While one answer is read, the others wait, and on a busy machine for long.
  await appendFile(join(dir, 'targets.yaml'), '    timeoutMs: { headers: 200000, body: 200000 }\n');
  const began = processorTime();
  const asked = [...PLAIN_CHECK, '--target', 'live', '--spec-dir', dir, '--out', folder.path];
  const { code, err } = await conform(asked);
  expect(err).not.toMatch(/internal error of conform|^\s+at /m);
  expect(code).toBe(1);
  expect(processorTime() - began).toBeLessThan(120_000);
  const run = await readRun(join(folder.path, 'latest', 'live.json'));
  expect(run.complete).toBe(true);
  const judged = HOSTILE_ANSWERS.map(({ what, judged: expected }, index) => {
    const found = run.operations.find(({ id }) => id === `GET ${pathOf(index)}`);
    const [head = '', ...words] = expected.split(' ');
    const came = `${found?.outcome ?? ''}/${found?.cause ?? ''}`;
    const message = found?.findings[0]?.message ?? '';
    const fits =
      (head.endsWith('/') && head !== 'works/' ? came.startsWith(head) : came === head) &&
      message.includes(words.join(' '));
    return fits ? undefined : `${what}: ${came} ${message}, expected ${expected}`;
  });
  expect(judged.filter((line) => line !== undefined)).toEqual([]);
});
