import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conform, temporaryFolder, type Result } from '../testing/conform.js';
import { HOSTILE_CONTRACTS } from '../testing/hostile/contracts.js';
import { HOSTILE_TEXTS } from '../testing/hostile/texts.js';
import { recorded } from '../testing/recorded.js';
import { processorTime } from '../testing/processor-time.js';

/** More processor time than anything takes, and far less than for ever. */
const LONGEST_MS = 30_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

/** Runs a command, and sees to it that it ends as a command has to end, whatever it was given. */
async function ends(args: readonly string[], codes: readonly number[], stdin?: string): Promise<Result> {
  const began = processorTime();
  const result = await conform(args, stdin === undefined ? {} : { stdin });
  expect(result.err.slice(0, 2000)).not.toMatch(/internal error of conform|^\s+at /m);
  expect(codes).toContain(result.code);
  expect(processorTime() - began).toBeLessThan(LONGEST_MS);
  return result;
}

describe('a contract that no vendor would write is planned with, or refused with its place', () => {
  test.each(HOSTILE_CONTRACTS)('%s', async (_, text) => {
    const dir = join(folder.path, 'contract');
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'signatures.yaml'), 'signatures: []\n');
    await writeFile(join(dir, 'openapi.json'), text);
    const { code, err } = await ends(['check', '--spec-dir', dir, '--target', 'mock', '--plan'], [0, 2]);
    if (code === 2) expect(err).toContain('openapi.json');
  });
});

const PARTS = [
  ...['targets.yaml', 'samples.yaml', 'signatures.yaml', 'support.yaml'],
  ...['worlds/2026-03-01.yaml', 'expected/mock.yaml', 'consumers/odd.yaml'],
];

describe.each(PARTS)('%s that holds something else is taken, or refused with its place', (part) => {
  test.each(HOSTILE_TEXTS)('%s', async (_, text) => {
    await using own = await temporaryFolder();
    const dir = await smallSpec(own.path);
    const file = join(dir, part);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
    const { code, err } = await ends(['check', '--spec-dir', dir, '--target', 'live', '--plan'], [0, 2]);
    if (code === 2) expect(err).toContain(part.split('/').at(-1) ?? '');
  });

  test('a folder, a circle of links, and very much', async () => {
    await using own = await temporaryFolder();
    for (const [index, make] of [mkdir, (file: string) => symlink(file, file), tooLarge].entries()) {
      const copy = await smallSpec(join(own.path, String(index)));
      const file = join(copy, part);
      await mkdir(join(file, '..'), { recursive: true });
      await rm(file, { force: true });
      await make(file);
      await ends(['check', '--spec-dir', copy, '--target', 'live', '--plan'], [0, 2]);
    }
  });
});

/** A spec folder that is read soon. */
async function smallSpec(parent: string): Promise<string> {
  const dir = join(parent, 'spec');
  await mkdir(dir, { recursive: true });
  const files = {
    'openapi.yaml':
      "openapi: 3.0.3\ninfo: { title: Shop, version: '7' }\npaths: { /things/: { get: { responses: { '200': { description: ok } } } } }\n",
    'targets.yaml':
      'targets:\n  live:\n    about: a host\n    standing: assumed\n    authorization: x\n    writes: { default: none, most: none }\n',
    'signatures.yaml': 'signatures: []\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return dir;
}

async function tooLarge(file: string): Promise<void> {
  await writeFile(file, '');
  await truncate(file, 300 * 1024 * 1024);
}

describe('a run file that holds something else is refused with its place', () => {
  let run = '';
  beforeAll(async () => {
    run = JSON.stringify(await recorded('shop'));
  });
  const whole = () => run;
  test.each<[what: string, text: () => string]>([
    ...HOSTILE_TEXTS.map(([what, text]): [string, () => string] => [what, () => text]),
    ['half a run', () => whole().slice(0, 5000)],
    ['another format', () => whole().replace('conform-run/1', 'conform-run/9')],
    ['operations of another kind', () => whole().replace('"operations":[', '"operations":[7,')],
    [
      'a body that is nested very deep',
      () => whole().replace('"bodyShape":', () => `"bodyShape":${deep(3000)},"x":`),
    ],
    ['a time that is none', () => whole().replace(/"startedAt":"[^"]+"/, '"startedAt":"never"')],
    ['a target with a path in its name', () => whole().replace(/"target":"[^"]+"/, '"target":"../../x"')],
    ['a name that every object has', () => whole().replace('{', '{"__proto__":{"complete":false},')],
    ['a cause that nobody knows', () => whole().replace(/"cause":"[^"]+"/, '"cause":"toString"')],
  ])('%s', async (_, text) => {
    const file = join(folder.path, 'run.json');
    await writeFile(file, text());
    const { code, err } = await ends(['report', '--run', file, '--out', join(folder.path, 'out')], [0, 2]);
    if (code === 2) expect(err).toContain('run.json');
    await ends(['drift', file, file], [0, 1, 2, 3]);
  });

  test('a folder, a circle of links, and very much', async () => {
    for (const [name, make] of [
      ['folder.json', mkdir],
      ['circle.json', (file: string) => symlink(file, file)],
      ['large.json', tooLarge],
    ] as const) {
      const file = join(folder.path, name);
      await make(file);
      const { err } = await ends(['report', '--run', file, '--out', join(folder.path, 'out')], [2]);
      expect(err).toContain(name);
    }
  });
});

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('what is pasted to be explained or audited is explained, or refused', () => {
  test.each<readonly [what: string, text: string]>([
    ...HOSTILE_TEXTS,
    ['a HAR of nothing', '{"log":{"entries":[null,7,{"request":7,"response":{"status":"x"}}]}}'],
    [
      'a HAR with a URL that is none',
      '{"log":{"entries":[{"request":{"method":"GET","url":"http://[","headers":[]},"response":{"status":403}}]}}',
    ],
    ['a status beyond all', 'HTTP/1.1 999 Odd\r\nx: y\r\n\r\n{}'],
    ['headers without end', `HTTP/1.1 403 No\r\n${'x: y\r\n'.repeat(50_000)}`],
    [
      'a page of a megabyte',
      `HTTP/1.1 403 No\n\n<html>${'<p>Authorization header (hashed with SHA-256 '.repeat(20_000)}`,
    ],
  ])('%s', async (_, text) => {
    await ends(['explain'], [0, 1, 2, 3], text);
    await ends(['audit', '-'], [0, 1, 2, 3], text);
  });
});

describe('a journal that holds something else is reported, and not obeyed', () => {
  const header =
    '{"format":"conform-journal/1","target":"mock","baseUrl":"http://127.0.0.1:1","contract":"x","passing":false,"startedAt":"2026-01-01T00:00:00Z"}';
  test.each<readonly [what: string, text: string]>([
    ...HOSTILE_TEXTS,
    ['a header, and something else', `${header}\n${deep(5000)}\n`],
    ['a removal of another path', `${header}\n{"created":0,"removal":"../../../x"}\n`],
    ['an entry that every object has', `${header}\n{"creating":"__proto__"}\n`],
    ['very many lines', `${header}\n${'{"removed":1}\n'.repeat(50_000)}`],
  ])('%s', async (_, text) => {
    const out = join(folder.path, 'journals');
    await mkdir(join(out, 'journal'), { recursive: true });
    await writeFile(join(out, 'journal', 'x.jsonl'), text);
    await ends(['cleanup', '--out', out, '--spec-dir', await smallSpec(folder.path)], [0, 1, 2, 3]);
  });
});
