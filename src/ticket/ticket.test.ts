import { execFile, spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { consumerOf, fileOf } from '../testing/consumer.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { SHOP } from '../testing/shop.js';
import { crash, deny, json, startVendor, vendorSpec } from '../testing/vendor.js';
import { Run } from '../run/run.js';
import type { Static } from '@sinclair/typebox';

const ITEMS = json(200, { resourceType: 'Bundle', entry: [{ resourceType: 'Patient', id: 'a1' }] });

const ROUTES = {
  'GET /v2/items/': ITEMS,
  'POST /v2/documents/': crash,
  'GET /v2/reports/': deny,
  'GET /v2/plans/': deny,
  'GET /v2/widgets/': json(200, {}),
  'GET /v2/people/': json(200, { resourceType: 'Bundle', entry: [{ resourceType: 'Patient', id: 7 }] }),
};

const hasCurl = spawnSync('curl', ['--version']).status === 0;

interface Written {
  id: string;
  cause: string;
  subject: string;
  state: string;
  files: string[];
}

async function world(folder: string) {
  const vendor = await startVendor({ ...ROUTES });
  const spec = await vendorSpec(folder, vendor.url, SHOP);
  const common = ['--spec-dir', spec, '--out', folder];
  return {
    vendor,
    spec,
    check: () => conform(['check', '--target', 'live', ...common]),
    ticket: async (...more: string[]) => {
      const { code, out, err } = await conform(['ticket', '--json', ...common, ...more]);
      return { code, err, tickets: out === '' ? [] : (JSON.parse(out) as Written[]) };
    },
    told: (...more: string[]) => conform(['ticket', ...common, ...more]),
    [Symbol.asyncDispose]: () => vendor[Symbol.asyncDispose](),
  };
}

/** Writes a run again as if it had been made some days later. */
async function later(
  folder: string,
  days: number,
  change: (run: Static<typeof Run>) => void = () => undefined,
) {
  const run = JSON.parse(await readFile(join(folder, 'latest', 'live.json'), 'utf8')) as Static<typeof Run>;
  const move = (iso: string) => new Date(Date.parse(iso) + days * 86_400_000).toISOString();
  run.startedAt = move(run.startedAt);
  run.finishedAt = move(run.finishedAt);
  run.id = `${run.startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '')}-live`;
  change(run);
  const file = join(folder, 'runs', `${run.id}.json`);
  await writeFile(file, JSON.stringify(run));
  return file;
}

function mend(id: string) {
  return (run: Static<typeof Run>) => {
    for (const operation of run.operations) {
      if (operation.id !== id) continue;
      operation.outcome = 'works';
      delete operation.cause;
      delete operation.layer;
      delete operation.confidence;
    }
  };
}

describe('conform ticket', () => {
  test('writes one ticket for each cause, and a note for a path of our own that is misspelt', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    await shop.check();
    const { code, tickets } = await shop.ticket();
    expect(code).toBe(0);
    expect(tickets.map(({ id }) => id).sort()).toEqual([
      'access-denied-live',
      'contract-body-people-live',
      'crashed-documents-live',
    ]);
    const { out } = await shop.told();
    expect(out).toMatch(/Ours to put right, no ticket:\n {2}GET \/v2\/Widgets\/ on live/);
    expect(out).toContain('Use GET /v2/widgets/.');
    const ours = await readFile(join(folder.path, 'tickets', 'ours.md'), 'utf8');
    expect(ours).toContain('- `GET /v2/Widgets/` on live: Not routed for this caller');
  });

  test('a ticket holds what a support engineer needs', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    await writeFile(join(shop.spec, 'support.yaml'), 'to: support@vendor.example\ncustomer: Shop 12\n');
    await shop.check();
    await shop.ticket();
    const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
    expect(text).toMatch(/^# live: POST \/v2\/documents\/: 500.*; server error$/m);
    expect(text).toContain('**Our question:**');
    expect(text).toContain('customer Shop 12');
    expect(text).toMatch(/request id `[\d-]{36}`/);
    expect(text).toContain('500 is not among them');
    expect(text).toContain('Known to us as: documented');
    expect(text).toContain('GET /v2/items/');
    expect(text).toContain(`BASE_URL=${shop.vendor.url}`);
    expect(text).toContain('"title": "note.txt"');
    expect(text).toContain('-H "Authorization: Bearer $TOKEN"');
    expect(text).not.toContain('token-for-tests');
    const denied = await readFile(join(folder.path, 'tickets', 'access-denied-live.md'), 'utf8');
    expect(denied).toContain('GET /v2/reports/');
    expect(denied).toContain('GET /v2/plans/');
    expect(denied).toContain('an unknown path is refused in other words');
  });

  test.skipIf(!hasCurl)('the reproduction, pasted into a shell, gets the same answer', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    await shop.check();
    await shop.ticket();
    const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
    const [, block = ''] = /## To see it yourself\n[\s\S]*?\n\n((?: {4}.*\n)+)/.exec(text) ?? [];
    const script = block.replace(/^ {4}/gm, '');
    const shell = (env: Record<string, string>) =>
      promisify(execFile)('bash', ['-c', script], {
        cwd: folder.path,
        env: { PATH: process.env['PATH'], ...env },
      });
    expect((await shell({ TOKEN: 'token-for-tests' })).stdout).toContain('HTTP/1.1 500');
    expect(JSON.parse(await readFile(join(folder.path, 'body.json'), 'utf8'))).toEqual({ title: 'note.txt' });
    await expect(shell({})).rejects.toThrow('set it to the token');
  });

  test('names the features that a consumer loses', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    const consumers = join(shop.spec, 'consumers');
    await mkdir(consumers);
    await writeFile(
      join(consumers, 'till.yaml'),
      fileOf(consumerOf('till', { Filing: ['POST /v2/documents/'], Selling: ['GET /v2/items/'] })),
    );
    await shop.check();
    await shop.ticket();
    const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
    expect(text).toContain('Filing (till): blocked for 1 day by `POST /v2/documents/`');
    expect(text).not.toContain('Selling');
  });

  test('a ticket grows by a line a night, ends when it is fixed, and comes back with its old evidence', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    await shop.check();
    const id = 'crashed-documents-live';
    const only = async (...more: string[]) => (await shop.ticket('--cause', id, ...more)).tickets[0];
    const text = () => readFile(join(folder.path, 'tickets', `${id}.md`), 'utf8');
    expect((await only())?.state).toBe('open');
    // Twice the same run is one night.
    await only();
    expect((await text()).match(/^- \d{4}-.*UTC: /gm)).toHaveLength(1);

    const second = await later(folder.path, 36);
    expect((await only('--run', second))?.state).toBe('open');
    expect(await text()).toMatch(/Still so on night 37: .*request id [\d-]{36}, same fingerprint/);

    const third = await later(folder.path, 40, mend('POST /v2/documents/'));
    expect((await only('--run', third))?.state).toBe('fixed');
    expect(await text()).toMatch(/Fixed between .* and .*: POST \/v2\/documents\/ works/);

    const fourth = await later(folder.path, 50);
    expect((await only('--run', fourth))?.state).toBe('open');
    expect(await text()).toContain('## Then and now');
    expect(await text()).toContain('It has come back after it was over.');
  });

  test('a first ticket knows since when from the folder of runs', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    await shop.check();
    await later(folder.path, -10, mend('POST /v2/documents/'));
    await later(folder.path, -3);
    await shop.ticket();
    const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
    expect(text).toContain('seen in 2 of 2 runs');
    expect(text).toContain('It last worked on');
  });

  test('a route that was there and is gone is the vendor’s', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    await shop.check();
    await later(folder.path, -1);
    delete (shop.vendor.routes as Partial<typeof shop.vendor.routes>)['GET /v2/reports/'];
    await shop.check();
    const { tickets } = await shop.ticket('--cause', 'route-missing');
    expect(tickets[0]?.subject).toContain('GET /v2/reports/');
    expect(tickets[0]?.subject).toContain('was routed before');
  });

  test('a template of one’s own, and one that names what is not there', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    await shop.check();
    const template = join(folder.path, 'mine.hbs');
    await writeFile(template, 'Mine: {{question}}\n');
    const { tickets } = await shop.ticket('--template', template);
    expect(await readFile(tickets[0]?.files[0] ?? '', 'utf8')).toMatch(/^Mine: /);
    await writeFile(template, 'one\n{{nothing.there}}\n');
    const { code, err } = await shop.ticket('--template', template);
    expect(code).toBe(2);
    expect(err).toMatch(/mine\.hbs:2: /);
  });

  test('an unknown cause names those there are; no run at all is told', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    const none = await shop.ticket();
    expect(none.code).toBe(2);
    expect(none.err).toContain('Make one with conform check');
    await shop.check();
    const { code, err } = await shop.ticket('--cause', 'weather');
    expect(code).toBe(2);
    expect(err).toContain('crashed-documents-live');
  });

  test('hostile words in an answer stay words', async () => {
    await using folder = await temporaryFolder();
    await using shop = await world(folder.path);
    await shop.check();
    const run = await later(folder.path, 1, (run) => {
      for (const operation of run.operations) {
        operation.explanation = 'a | b `c` <script>alert(1)</script>\n# no heading';
        operation.evidence = ['<img src=x onerror=alert(1)> | `x`'];
      }
    });
    await shop.ticket('--run', run);
    const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
    expect(text).not.toMatch(/(?<!\\)<(script|img)/);
    expect(text).not.toMatch(/^# no heading/m);
  });

  test('the mock gives no tickets', async () => {
    await using folder = await temporaryFolder();
    await conform(['check', '--target', 'mock', '--only', 'locations', '--out', folder.path]);
    const { code, out } = await conform(['ticket', '--out', folder.path]);
    expect(out).toContain('no ticket');
    expect(code).toBe(0);
    await expect(readdir(join(folder.path, 'tickets'))).rejects.toThrow();
  });
});
