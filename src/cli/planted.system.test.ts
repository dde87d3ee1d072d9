import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conform, temporaryFolder } from '../testing/conform.js';
import { hostileAnswer, planted, tracesOf, type HostileAnswer } from '../testing/planted.js';
import {
  everyFile,
  PLANTED_ALWAYS,
  repeatingHost,
  SECRETS,
  shopSpec,
  TOKEN,
} from '../testing/repeating-host.js';
import { SEED } from '../testing/seed.js';
import { serve } from '../testing/serve.js';
import { THOROUGH } from '../testing/thorough.js';
import { FORMATS } from '../documents/formats/index.js';
import { paperTemplates } from '../documents/papers/catalogue.js';

/** How many answers with something planted there are in all: 10,000 by `npm run test:canaries`. */
const ROUNDS = THOROUGH ? 25 : 1;
/** A round asks some thousand times; on a machine that is busy it takes many minutes, and is right all the same. */
const PATIENCE_MS = 60 * 60_000;
const CASES = THOROUGH ? 400 : 120;

/** Answers that break the contract inside members whose names are values. */
const AS_NAMES: HostileAnswer[] = fc.sample(planted, { seed: SEED, numRuns: 5 }).map((one) => ({
  planted: one,
  status: 200,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({ id: { [one.value]: 1 }, people: { [one.written]: 5, [one.value]: 5 } }),
}));

/** Calls of a consumer, as they were recorded: with a token, a phone number, an id and a name in each. */
const CALLS = `GET https://somebody:${SECRETS.SHOP_CLIENT_SECRET}@shop.example/people/Zerlinda-Quackenbush/?phone=303-555-0142
GET /person/30355501426/letters/Zerlinda%20Quackenbush?access_token=${encodeURIComponent(TOKEN)}
`;

/** Every command that reads what a host has said, in an order in which each has what it needs. */
async function everyCommand(spec: string, out: string, url: string): Promise<[string, ...string[]][]> {
  const run = join(out, 'latest', 'shop.json');
  const live = ['--target', 'shop', '--base-url', url];
  const papers = (await paperTemplates(undefined)).flatMap(({ name }) => ['--template', name]);
  const formats = FORMATS.flatMap(({ name }) => ['--format', name]);
  await mkdir(join(out, 'journal'), { recursive: true });
  await writeFile(
    join(out, 'journal', 'before.jsonl'),
    [
      {
        format: 'conform-journal/1',
        target: 'shop',
        baseUrl: url,
        contract: '',
        startedAt: '2026-02-26T17:40:00Z',
      },
      { creating: 0, operation: 'GET /people/', at: '2026-02-26T17:40:00Z' },
      {
        created: 0,
        removal: { method: 'DELETE', path: '/people/zorphlokaz/', operation: 'DELETE /people/{personId}/' },
      },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n') + '\n',
  );
  const calls = join(out, '..', 'calls.txt');
  await writeFile(calls, CALLS);
  return [
    ['check', ...live],
    ['check', ...live, '--json'],
    ['check', ...live, '--plan'],
    ['check', ...live, '--shard', '1/2', '--out', join(out, 'shards')],
    ['check', ...live, '--shard', '2/2', '--out', join(out, 'shards')],
    ['report', ...formats, ...papers],
    ['report', '--json'],
    ['ticket'],
    ['ticket', '--json'],
    ['gate', '--consumer', 'till', '--override', 'for the test of what is written'],
    ['gate', '--consumer', 'till', '--json'],
    ['accept', '--target', 'shop'],
    ['drift', run, run],
    ['drift', run, run, '--json'],
    ['history'],
    ['history', '--json'],
    ['generate', '--observed', run, '--into', join(out, 'generated')],
    ['auth', ...live],
    ['auth', ...live, '--json'],
    ['audit', calls],
    ['audit', calls, '--json'],
    ['cleanup'],
    ['explain', run],
    // What is wrong on purpose: errors are outputs too.
    ['report', '--run', calls],
    ['gate', '--consumer', 'nobody'],
    [
      'check',
      '--target',
      'shop',
      '--base-url',
      `https://somebody:${SECRETS.SHOP_CLIENT_SECRET}@shop.example`,
    ],
    ['check', ...live, '--only', SECRETS.SHOP_CLIENT_SECRET],
  ].map(([name = '', ...args]) => [
    name,
    ...args,
    '--spec-dir',
    spec,
    ...(args.includes('--out') ? [] : ['--out', out]),
  ]);
}

describe('every command, on a host that repeats all that it is sent', () => {
  test.each(Array.from({ length: ROUNDS }, (_, round) => [SEED + round, round]))(
    'leaves nothing of a person, no id and no secret in any file, nor on the terminal (seed %d)',
    async (seed, round) => {
      const cases = [...fc.sample(hostileAnswer, { seed, numRuns: CASES }), ...AS_NAMES];
      await using folder = await temporaryFolder();
      await using server = await serve(repeatingHost(cases, round));
      const spec = await shopSpec(folder.path, cases.length);
      const out = join(folder.path, 'out');
      const printed = new Map<string, string>();
      for (const [name, ...args] of await everyCommand(spec, out, server.url)) {
        const { code, out: stdout, err } = await conform([name, ...args], { env: SECRETS });
        const call = `${printed.size} ${name} ${args.slice(0, 4).join(' ')}`;
        expect(code, `${call}: ${err}`).toBeLessThan(4);
        printed.set(call, `${stdout}\n${err}`);
      }
      const files = await everyFile(out);
      const run = files.get(join(out, 'latest', 'shop.json')) ?? '';
      // The ids were used, and are shown as pseudonyms: nothing was left out by not asking it.
      expect(run).toContain('/people/people-1/notes/?phone=%24SHOP_PHONE');
      expect(run).toMatch(/Use GET \/people\/\w+-1\/letters\//);
      expect(run).toContain('"pointer": "/people/*');
      expect(run).toContain('"pointer": "/id"');
      expect([...files.keys()].map((file) => file.slice(out.length + 1))).toEqual(
        expect.arrayContaining([
          'latest/report.html',
          'latest/readiness.md',
          'latest/report.sarif',
          'tickets/ours.md',
        ]),
      );
      for (const [place, text] of [...files, ...(await everyFile(spec)), ...printed]) {
        // What the test itself has written there, and what cleanup has to know.
        if (place.startsWith(join(out, 'journal')) || /spec\/(?!expected)/.test(place)) continue;
        for (const one of [...PLANTED_ALWAYS, ...cases.map((hostile) => hostile.planted)]) {
          expect(tracesOf(one, text), `${place} holds ${one.value}`).toEqual([]);
        }
      }
    },
    PATIENCE_MS,
  );
});

describe('conform explain', () => {
  test(`says nothing of what is in the answer that was pasted (seed ${SEED})`, async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'answer.txt');
    const secrets = fc.sample(planted, { seed: SEED, numRuns: 6 });
    for (const [index, hostile] of fc.sample(hostileAnswer, { seed: SEED, numRuns: 6 }).entries()) {
      const secret = secrets[index];
      const lines = [
        `HTTP/1.1 ${hostile.status} X`,
        ...hostile.headers.map(([name, value]) => `${name}: ${value}`),
      ];
      if (secret) lines.push(`x-echo: ${secret.written}`);
      await writeFile(file, `${lines.join('\r\n')}\r\n\r\n${hostile.body}`);
      const { out, err } = await conform(['explain', file]);
      const { out: json } = await conform(['explain', file, '--json']);
      for (const one of [hostile.planted, ...(secret ? [secret] : [])]) {
        expect(tracesOf(one, out + err + json)).toEqual([]);
      }
    }
  });
});
