import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TOO_LONG } from './host.js';
import { conform, PLAIN_CHECK, temporaryFolder } from '../testing/conform.js';
import { readRun } from '../record/store.js';
import { startProcess } from '../testing/process.js';
import { serve } from '../testing/serve.js';
import { shopSpec } from '../testing/repeating-host.js';

const ENV = {
  SHOP_CLIENT_ID: 'client-id-for-tests',
  SHOP_CLIENT_SECRET: 'client-secret-for-tests',
  SHOP_PHONE: '303-555-0142',
};

/** A host that gives tokens, lists one person, and then never answers again; `silent` is called when it begins. */
async function silentHost(silent: () => void) {
  let isSilent = false;
  return serve((request, response) => {
    const path = request.url ?? '';
    if (path === '/oauth/token')
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"access_token":"token-for-tests","expires_in":3600}');
    else if (path === '/people/')
      response.writeHead(200, { 'content-type': 'application/json' }).end('[{"id":"a1"}]');
    else if (!isSilent) {
      // A second signal would end the process at once.
      isSilent = true;
      silent();
    }
  });
}

describe('a check of a host that does not answer ends', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s, with %d, and keeps what was asked', async (signal, code) => {
    await using folder = await temporaryFolder();
    let stop = (): void => undefined;
    await using host = await silentHost(() => {
      stop();
    });
    const spec = await shopSpec(folder.path, 3);
    const out = join(folder.path, 'out');
    await mkdir(join(out, 'latest'), { recursive: true });
    await writeFile(join(out, 'latest', 'report.md'), 'the report of before');
    const args = [
      'check',
      '--target',
      'shop',
      '--base-url',
      host.url,
      '--spec-dir',
      spec,
      '--out',
      out,
      '--quiet',
    ];
    const { child, done } = startProcess(args, { env: ENV });
    stop = () => void child.kill(signal);
    const ended = await done;
    expect(ended.code).toBe(code);
    // On a machine that is too busy to end it in time, it is ended, and says so.
    if (ended.err === TOO_LONG) return;
    expect(ended.err).toBe('');
    expect(await readdir(join(out, 'runs'))).toHaveLength(1);
    expect(await readFile(join(out, 'latest', 'report.md'), 'utf8')).toBe('the report of before');
  });

  test('also when the work that is left ignores the signal', async () => {
    await using folder = await temporaryFolder();
    const { child, done, says } = startProcess(['mock', '--out', folder.path]);
    const [, url = ''] = await says(/at (http:\S+)/);
    // A client that keeps its request open keeps the server from closing.
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /v1/patients/ HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill('SIGTERM');
    expect([0, 143]).toContain((await done).code);
    socket.destroy();
  });
});

test('a pattern of the contract that would take for ever does not outlive a signal', async () => {
  await using folder = await temporaryFolder();
  let stop = (): void => undefined;
  await using host = await serve((request, response) => {
    const isSlow = request.url === '/slow/';
    // What answers everything with a success has no routes.
    const status = request.url?.includes('__absent') ? 404 : 200;
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(isSlow ? `"${'a'.repeat(60)}!"` : '{}');
    // The answer is on its way: it is checked while the signal comes, and the next one is never asked.
    if (isSlow) stop();
  });
  const spec = join(folder.path, 'spec');
  await mkdir(spec);
  // What goes back to what was found before is beyond engines that take linear time.
  const slow = { type: 'string', pattern: '^(a+)+\\1?$' };
  const answer = (schema: object) => ({
    get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } },
  });
  const paths = { '/fine/': answer({ type: 'object' }), '/slow/': answer(slow) };
  await writeFile(
    join(spec, 'openapi.yaml'),
    JSON.stringify({ openapi: '3.0.3', info: { title: 'Shop', version: '1' }, paths }),
  );
  const args = [
    ...PLAIN_CHECK,
    '--target',
    'mock',
    '--base-url',
    host.url,
    '--spec-dir',
    spec,
    '--out',
    folder.path,
  ];
  const whole = await startProcess(args).done;
  expect(whole.code).toBe(0);
  const { operations } = await readRun(join(folder.path, 'latest', 'mock.json'));
  expect(operations.map(({ findings }) => findings.map(({ message }) => message))).toEqual([
    [],
    ['the body was not checked: checking it against the contract took longer than 1 s'],
  ]);
  const { child, done } = startProcess(args);
  stop = () => void child.kill('SIGTERM');
  expect((await done).code).toBe(143);
});

test('a command that waits for no host ends by a signal with its code', async () => {
  const { child, done } = startProcess(['explain']);
  // More than a pipe holds: once that is written, the command reads.
  await new Promise((resolve) => child.stdin.write('x\n'.repeat(500_000), resolve));
  child.kill('SIGTERM');
  expect((await done).code).toBe(143);
});

test('what a killed process has left is gone after the next start', async () => {
  await using folder = await temporaryFolder();
  let stop = (): void => undefined;
  await using host = await silentHost(() => {
    stop();
  });
  const spec = await shopSpec(folder.path, 3);
  const out = join(folder.path, 'out');
  const args = ['check', '--target', 'shop', '--base-url', host.url, '--spec-dir', spec, '--out', out];
  const { child, done } = startProcess(args, { env: ENV });
  stop = () => void child.kill('SIGKILL');
  await done;
  expect((await readdir(join(out, 'runs'))).map((name) => name.endsWith('.claim'))).toEqual([true]);
  await conform(['history', '--out', out]);
  expect(await readdir(join(out, 'runs'))).toEqual([]);
});

test('runs of one target that start together keep their files apart', async () => {
  await using folder = await temporaryFolder();
  const shards = ['1/3', '2/3', '3/3'];
  const ended = await Promise.all(
    shards.map(
      (shard) => startProcess(['check', '--target', 'mock', '--shard', shard, '--out', folder.path]).done,
    ),
  );
  const files = ended.map(({ out }) => /^Run: +(.+)$/m.exec(out)?.[1] ?? '');
  expect(new Set(files).size).toBe(3);
  const merged = await conform(['merge', ...files, '--out', folder.path]);
  expect([merged.code, merged.err]).toEqual([0, '']);
  expect(await readdir(join(folder.path, 'runs'))).toHaveLength(4);
});
