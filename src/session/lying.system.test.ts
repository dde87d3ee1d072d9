import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { conform, copyOfSpec, temporaryFolder } from '../testing/conform.js';
import { LIE_NAMES, startLyingServer, type LieName } from '../testing/lying-server.js';
import { readRun } from '../record/store.js';
import type { Reply } from '../targets/reply.js';
import { createSender, LARGEST_BODY, type Sender } from './send.js';

/** Long enough for a busy machine; whoever waits for one does so beside all others. */
const TIMEOUTS = { connect: 2000, headers: 2000, body: 2000 };

let server: Awaited<ReturnType<typeof startLyingServer>>;
let sender: Sender;
beforeAll(async () => {
  server = await startLyingServer();
  sender = createSender({ timeoutMs: TIMEOUTS, concurrency: 64 }, systemClock);
});
afterAll(async () => {
  await sender.close();
  await server[Symbol.asyncDispose]();
});

const ask = (path: string, signal?: AbortSignal) =>
  sender.send({ method: 'GET', url: server.url + path, headers: {} }, signal);

/** A reply in one line: status and damage, or error code. */
function brief(reply: Reply): string {
  if (reply.kind === 'no-answer') return reply.code;
  return reply.incomplete === undefined ? String(reply.status) : `${reply.status}, ${reply.incomplete}`;
}

const CUT = /^(UND_ERR_SOCKET|ECONNRESET)$/;
const MALFORMED = /^(HPE_\w+|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/;

const REPORTED: Record<LieName, RegExp> = {
  'cut-before-answer': CUT,
  'cut-in-headers': CUT,
  'cut-in-body': /^200, cut off$/,
  'endless-body': /^200, too large$/,
  'endless-headers': /^UND_ERR_HEADERS_OVERFLOW$/,
  'endless-header': /^UND_ERR_HEADERS_OVERFLOW$/,
  'bad-chunking': /^200, cut off$/,
  'gzip-bomb': /^200, too large$/,
  'not-gzip': /^200, wrongly compressed$/,
  'redirect-circle': /^302$/,
  'length-too-great': /^200, cut off$/,
  'length-too-small': /^200$/,
  'two-lengths': MALFORMED,
  'length-and-chunks': MALFORMED,
  'invalid-utf8': /^200$/,
  silence: /^(UND_ERR_HEADERS_TIMEOUT|TIMEOUT)$/,
  'silence-in-body': /^200, stalled$/,
  'html-for-json': /^200$/,
  'html-called-json': /^200$/,
  'no-content-with-body': /^204$/,
  'duplicate-headers': /^200$/,
  'injected-header': MALFORMED,
  'second-answer': /^200$/,
  'slow-body': /^200, stalled$/,
  'slow-headers': /^(UND_ERR_HEADERS_TIMEOUT|TIMEOUT)$/,
  'not-http': MALFORMED,
  'status-000': MALFORMED,
  'only-continue': CUT,
};

describe('the sender, asking a server that lies', () => {
  for (const name of LIE_NAMES) {
    test.concurrent(`comes back with the right kind of reply: ${name}`, async () => {
      const reply = await ask(`/lies/${name}`);
      expect(brief(reply)).toMatch(REPORTED[name]);
      if (reply.kind === 'answer') expect(reply.body.length).toBeLessThanOrEqual(LARGEST_BODY);
      // What a lie leaves behind is not taken for a part of the next answer.
      const next = await ask('/honest');
      expect(next).toMatchObject({ kind: 'answer', status: 200, incomplete: undefined });
      expect(next.kind === 'answer' && next.body.toString()).toBe('{"id":1}');
    });
  }

  test('does not fill the memory, however much is sent', async () => {
    const before = process.memoryUsage();
    const liars = ['endless-body', 'endless-headers', 'endless-header', 'gzip-bomb'] as const;
    for (let round = 0; round < 5; round++) await Promise.all(liars.map((name) => ask(`/lies/${name}`)));
    const after = process.memoryUsage();
    const held = after.heapUsed + after.external - before.heapUsed - before.external;
    expect(held).toBeLessThan(20 * LARGEST_BODY);
  });

  test('says that it was stopped, also in the middle of a body', async () => {
    const stop = new AbortController();
    const pending = ask('/lies/slow-body', stop.signal);
    setTimeout(() => {
      stop.abort();
    }, 100);
    expect(await pending).toMatchObject({ kind: 'no-answer', code: 'ABORTED', phase: 'aborted' });
  });
});

/** What `conform check` says of an operation whose answer is such a lie. */
const JUDGED: Record<LieName, string> = {
  'cut-before-answer': 'broken/connection-reset',
  'cut-in-headers': 'broken/connection-reset',
  'cut-in-body': 'broken/response-malformed',
  'endless-body': 'broken/response-malformed',
  'endless-headers': 'broken/response-malformed',
  'endless-header': 'broken/response-malformed',
  'bad-chunking': 'broken/response-malformed',
  'gzip-bomb': 'broken/response-malformed',
  'not-gzip': 'broken/response-malformed',
  'redirect-circle': 'unrouted/redirected',
  'length-too-great': 'broken/response-malformed',
  'length-too-small': 'broken/response-malformed',
  'two-lengths': 'broken/response-malformed',
  'length-and-chunks': 'broken/response-malformed',
  'invalid-utf8': 'broken/response-malformed',
  silence: 'unreachable/response-timeout',
  'silence-in-body': 'broken/response-malformed',
  'html-for-json': 'deviates/',
  'html-called-json': 'broken/response-malformed',
  'no-content-with-body': 'deviates/',
  'duplicate-headers': 'works/',
  'injected-header': 'broken/response-malformed',
  'second-answer': 'works/',
  'slow-body': 'broken/response-malformed',
  'slow-headers': 'unreachable/response-timeout',
  'not-http': 'broken/response-malformed',
  'status-000': 'broken/response-malformed',
  'only-continue': 'broken/connection-reset',
};

const TARGETS = `
targets:
  liar:
    about: a server that lies
    standing: documented
    authorization: Bearer token-for-tests
    timeoutMs: { connect: 2000, headers: 2000, body: 2000 }
    concurrency: 32
    writes: { default: none, most: none }
`;

/** A contract that promises `{ id }` at every path of the server. */
function contractOf(paths: readonly string[]): string {
  const operation = {
    get: {
      responses: {
        '200': {
          description: 'ok',
          content: {
            'application/json': {
              schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
            },
          },
        },
      },
    },
  };
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Lies', version: '1' },
    paths: Object.fromEntries(paths.map((path) => [path, operation])),
  });
}

async function specFor(folder: string, paths: readonly string[]): Promise<string> {
  const spec = await copyOfSpec(folder);
  for (const name of ['swagger.yaml', 'samples.yaml']) await rm(join(spec, name));
  await writeFile(join(spec, 'openapi.yaml'), contractOf(paths));
  await writeFile(join(spec, 'targets.yaml'), TARGETS);
  return spec;
}

const check = (spec: string, out: string) =>
  conform(['check', '--target', 'liar', '--base-url', server.url, '--spec-dir', spec, '--out', out]);

describe('conform check, asking a server that lies', () => {
  test('comes to its end, judges every lie, and ends with 1', async () => {
    await using folder = await temporaryFolder();
    const paths = ['/honest', ...LIE_NAMES.map((name) => `/lies/${name}`)];
    const { code, err } = await check(await specFor(folder.path, paths), folder.path);
    expect(err).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
    const run = await readRun(join(folder.path, 'latest', 'liar.json'));
    expect(run.complete).toBe(true);
    const judged = Object.fromEntries(
      run.operations.map(({ id, outcome, cause }) => [
        id.replace('GET /lies/', ''),
        `${outcome}/${cause ?? ''}`,
      ]),
    );
    expect(judged).toEqual({ ...JUDGED, 'GET /honest': 'works/' });
  });

  test('ends with 3 when nothing ever answers', async () => {
    await using folder = await temporaryFolder();
    const { code } = await check(
      await specFor(folder.path, ['/lies/silence', '/lies/slow-headers']),
      folder.path,
    );
    expect(code).toBe(3);
  });
});
