import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { Capability, Run } from '../../record/run.js';
import { writeRun } from '../../record/store.js';
import { openFolder } from '../../artefact/folder.js';
import { Secrets } from '../../targets/secrets.js';
import { consumerOf, fileOf } from '../../testing/consumer.js';
import { conform, temporaryFolder } from '../../testing/conform.js';
import { specOf } from '../../testing/contract.js';
import { recorded, RECORDED_HOST, recordedFile } from '../../testing/recorded.js';
import { SHOP } from '../../testing/shop.js';
import { begunAt, withOperation, withOperations, writeRuns } from '../../testing/vary.js';
import { vendorSpec } from '../../testing/vendor.js';

/** What the invented shop answered once; every other run is made of this one. */
const asked = await recorded('shop');

interface Written {
  id: string;
  cause: string;
  subject: string;
  state: string;
  files: string[];
}

/** A spec folder of the shop, a folder that runs are kept in, and what the command makes of them. */
async function world(folder: string) {
  const spec = await vendorSpec(folder, RECORDED_HOST, SHOP);
  const common = ['--spec-dir', spec, '--out', folder];
  return {
    spec,
    keep: (run = asked) => writeRun(run, openFolder(folder, new Secrets())),
    ticket: async (...more: string[]) => {
      const { code, out, err } = await conform(['ticket', '--json', ...common, ...more]);
      return { code, err, tickets: out === '' ? [] : (JSON.parse(out) as Written[]) };
    },
    tell: (...more: string[]) => conform(['ticket', ...common, ...more]),
  };
}

/** Writes a run to the folder of runs as if it had been made some days later. @returns its file */
async function later(folder: string, days: number, run = asked): Promise<string> {
  const at = new Date(Date.parse(run.startedAt) + days * 86_400_000);
  const [file = ''] = await writeRuns(join(folder, 'runs'), [begunAt(run, at)]);
  return file;
}

/** The run as it is when an operation works. */
function working(id: string): Run {
  return withOperation(asked, id, (one) => {
    const works: Capability = { ...one, outcome: 'works' };
    delete works.cause;
    delete works.layer;
    delete works.confidence;
    return works;
  });
}

/** The run as it is when an operation is not routed: it is answered as one that never was. */
function unrouted(id: string): Run {
  const never = asked.operations.find(({ outcome }) => outcome === 'unrouted');
  if (!never) throw new Error('the run has no operation that is not routed');
  return withOperation(asked, id, ({ operationId, tag }) => ({ ...never, id, operationId, tag }));
}

describe('conform ticket', () => {
  test('writes one ticket for each cause, and a note for a path that we have wrong', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    await shop.keep();
    const { code, tickets } = await shop.ticket();
    expect(code).toBe(0);
    expect(tickets.map(({ id }) => id).sort()).toEqual([
      'access-denied-live',
      'contract-answer-body-schema-people-live',
      'crashed-documents-live',
    ]);
    const { out } = await shop.tell();
    expect(out).toMatch(/For us to fix, no ticket:\n {2}GET \/v2\/Widgets\/ on live/);
    expect(out).toContain('Use GET /v2/widgets/.');
    const ours = await readFile(join(folder.path, 'tickets', 'ours.md'), 'utf8');
    expect(ours).toContain('- `GET /v2/Widgets/` on live: Not routed for this caller');
  });

  test('a ticket holds what a support engineer needs', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    await writeFile(join(shop.spec, 'support.yaml'), 'to: support@vendor.example\ncustomer: Shop 12\n');
    await shop.keep();
    await shop.ticket();
    const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
    expect(text).toMatch(/^# live: POST \/v2\/documents\/: 500.*; server error$/m);
    expect(text).toMatch(/^\*\*Please find in your log why POST \/v2\/documents\/ failed/m);
    expect(text).toContain('customer Shop 12');
    expect(text).toContain('the same token gets 200 from GET /v2/items/');
    expect(text).toMatch(/\| `POST \/v2\/documents\/` \| 500 \| \S+Z \| [\d-]{36} \|/);
    expect(text).toContain('500 is not among them');
    expect(text).toContain(`BASE_URL=${RECORDED_HOST}`);
    expect(text).toContain('"title": "note.txt"');
    expect(text).toContain('-H "Authorization: Bearer $TOKEN"');
    expect(text).not.toContain('token-for-tests');
    const { attachments } = await PostalMime.parse(
      await readFile(join(folder.path, 'tickets', 'crashed-documents-live.eml')),
    );
    const [evidence] = attachments.map(({ content }) =>
      typeof content === 'string' ? content : new TextDecoder().decode(content),
    );
    expect(evidence).toContain('"status": 500');
    expect(evidence).not.toMatch(/"(expected|ruledOut|codes|fix|fingerprint)"/);
    const denied = await readFile(join(folder.path, 'tickets', 'access-denied-live.md'), 'utf8');
    expect(denied).toContain('GET /v2/reports/');
    expect(denied).toContain('GET /v2/plans/');
    expect(denied).toContain(
      'Suspected: the host has no such path or method. Excluded, because a made-up path gets another answer.',
    );
    expect(denied).toContain('# 1 of 2: we got 403');
    expect(denied).toContain('# 2 of 2: we got 403');
    expect(denied).toContain('a made-up path beside it gets another answer');
    const broken = await readFile(
      join(folder.path, 'tickets', 'contract-answer-body-schema-people-live.md'),
      'utf8',
    );
    expect(broken).toMatch(/^# live: GET \/v2\/people\/: not kept: A body can be read, and has the form/m);
    expect(broken).toContain('What is promised: A body can be read');
    expect(denied).not.toContain('What is promised');
  });

  test('names the features that a consumer loses', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    const consumers = join(shop.spec, 'consumers');
    await mkdir(consumers);
    await writeFile(
      join(consumers, 'till.yaml'),
      fileOf(consumerOf('till', { Filing: ['POST /v2/documents/'], Selling: ['GET /v2/items/'] })),
    );
    await shop.keep();
    await shop.ticket();
    const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
    expect(text).toContain('Filing (till): blocked by `POST /v2/documents/`');
    expect(text).not.toContain('Selling');
  });

  test.each([
    [{ Filing: ['POST /v2/documents/'] }, true, 'critical'],
    [{ Filing: ['POST /v2/documents/'] }, false, 'Sev-2'],
    [{ Selling: ['GET /v2/items/'] }, true, 'low'],
  ])(
    '%j, critical: %s: is as urgent as the form of the vendor says: %s',
    async (features, critical, severity) => {
      await using folder = await temporaryFolder();
      const shop = await world(folder.path);
      await mkdir(join(shop.spec, 'consumers'));
      const till = consumerOf('till', features);
      const file = fileOf({ ...till, features: till.features.map((one) => ({ ...one, critical })) });
      await writeFile(join(shop.spec, 'consumers', 'till.yaml'), file);
      await writeFile(join(shop.spec, 'support.yaml'), 'severity: { high: Sev-2 }\n');
      await shop.keep();
      await shop.ticket();
      const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
      expect(text).toContain(`**Severity:** ${severity}.`);
    },
  );

  test.each([
    ['its own host', 'https://api.shop.example', 'https://api.shop.example', undefined],
    [
      'a host that the target does not have',
      'https://elsewhere.example',
      'https://api.shop.example',
      'made at https://elsewhere.example, which targets.yaml does not name as a host of “live”',
    ],
    [
      'this machine',
      'http://localhost:8080',
      'http://localhost:8080',
      'made at http://localhost:8080, which is a machine of our own',
    ],
  ])('what was seen at %s is addressed to the vendor, or is an example', async (_, at, host, specimen) => {
    await using folder = await temporaryFolder();
    const spec = await vendorSpec(folder.path, host, SHOP);
    await writeFile(join(spec, 'support.yaml'), 'to: support@vendor.example\n');
    const run = JSON.parse(JSON.stringify(asked).replaceAll(RECORDED_HOST, () => at)) as Run;
    await writeRun(run, openFolder(folder.path, new Secrets()));
    await conform(['ticket', '--spec-dir', spec, '--out', folder.path]);
    const read = (name: string) =>
      readFile(join(folder.path, 'tickets', `crashed-documents-live.${name}`), 'utf8');
    const [text, mail] = [await read('md'), await read('eml')];
    expect(mail.includes('To: support@vendor.example')).toBe(specimen === undefined);
    expect(text.includes('An example, not to be sent')).toBe(specimen !== undefined);
    if (specimen !== undefined) expect(text).toContain(specimen);
  });

  test('a ticket grows by a line a night, ends when it is fixed, and comes back with its old evidence', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    await shop.keep();
    const id = 'crashed-documents-live';
    const only = async (...more: string[]) => (await shop.ticket('--cause', id, ...more)).tickets[0];
    const text = () => readFile(join(folder.path, 'tickets', `${id}.md`), 'utf8');
    expect((await only())?.state).toBe('open');
    // Twice the same run is one night.
    await only();
    expect((await text()).match(/^- \d{4}-.*UTC: /gm)).toHaveLength(1);

    const second = await later(folder.path, 36);
    expect((await only('--run', second))?.state).toBe('open');
    expect(await text()).toMatch(/Still so on day 2: .*request id [\d-]{36}, the same answer/);

    const third = await later(folder.path, 40, working('POST /v2/documents/'));
    expect((await only('--run', third))?.state).toBe('fixed');
    expect(await text()).toMatch(/Fixed between .* and .*: POST \/v2\/documents\/ works/);
    expect(await text()).toMatch(/^\*\*No action is needed: .*please close the case/m);

    const fourth = await later(folder.path, 50);
    expect((await only('--run', fourth))?.state).toBe('open');
    expect(await text()).toContain('Seen on 1 day, in 1 of 1 test runs');
    expect(await text()).toContain('## Then and now');
    expect(await text()).toContain('It has come back after it was over.');
  });

  test('a first ticket knows since when from the folder of runs', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    await shop.keep();
    await later(folder.path, -10, working('POST /v2/documents/'));
    await later(folder.path, -3);
    await shop.ticket();
    const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
    expect(text).toContain('Seen on 2 days, in 2 of 2 test runs');
    expect(text).toMatch(/it last worked on .*, and failed first on/);
  });

  test('a route that was there and is gone is the vendor’s', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    await shop.keep();
    await later(folder.path, -1);
    await shop.keep(begunAt(unrouted('GET /v2/reports/'), new Date('2026-02-26T10:00:00Z')));
    const { tickets } = await shop.ticket('--cause', 'route-missing');
    expect(tickets[0]?.subject).toContain('GET /v2/reports/');
    expect(tickets[0]?.subject).toContain('was reachable before');
  });

  test('a template of one’s own, and one that names what is not there', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    await shop.keep();
    const template = join(folder.path, 'mine.hbs');
    await writeFile(template, 'Mine: {{question}}\n');
    const { tickets } = await shop.ticket('--template', template);
    expect(await readFile(tickets[0]?.files[0] ?? '', 'utf8')).toMatch(/^Mine: /);
    await writeFile(template, 'one\n{{nothing.there}}\n');
    const { code, err } = await shop.ticket('--template', template);
    expect(code).toBe(2);
    expect(err).toMatch(/mine\.hbs:2: /);
  });

  test('what looks like every unknown path says so first, and shows both; an answer is asked for in time', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    await shop.keep();
    await writeFile(join(shop.spec, 'support.yaml'), 'answerWithin: { low: 2 working days }\n');
    await shop.keep(begunAt(unrouted('GET /v2/reports/'), new Date('2026-02-26T10:00:00Z')));
    await shop.ticket('--cause', 'route-missing');
    const text = await readFile(join(folder.path, 'tickets', 'route-missing-reports-live.md'), 'utf8');
    expect(text).toMatch(/^\*\*Please make GET \/v2\/reports\/ reachable again, or tell us under which/m);
    expect(text).toContain('We ask for an answer within 2 working days.');
    const first = text.slice(text.indexOf('## What we see'), text.indexOf('| request |'));
    expect(first).toContain('The host gives this very answer to every unknown path, too');
    expect(text).toContain('# for comparison, a path that does not exist: we got 403');
    expect(text).toMatch(/^ {4}curl -i "\$BASE_URL\/v2\/made-up\/"/m);
  });

  test('an unknown cause names those there are; that there is no run is an error', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    const none = await shop.ticket();
    expect(none.code).toBe(2);
    expect(none.err).toContain('Make one with conform check');
    await shop.keep();
    const { code, err } = await shop.ticket('--cause', 'weather');
    expect(code).toBe(2);
    expect(err).toContain('crashed-documents-live');
  });

  test('hostile words in an answer stay words', async () => {
    await using folder = await temporaryFolder();
    const shop = await world(folder.path);
    await shop.keep();
    const hostile = asked.operations.map((one) => ({
      ...one,
      explanation: 'a | b `c` <script>alert(1)</script>\n# no heading',
      evidence: ['<img src=x onerror=alert(1)> | `x`'],
    }));
    const run = await later(folder.path, 1, withOperations(asked, hostile));
    await shop.ticket('--run', run);
    const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
    expect(text).not.toMatch(/(?<!\\)<(script|img)/);
    expect(text).not.toMatch(/^# no heading/m);
  });

  test('the mock gives no tickets', async () => {
    await using folder = await temporaryFolder();
    const spec = await specOf(folder.path, ['GET /v1/locations/']);
    const args = ['--run', recordedFile('mock'), '--spec-dir', spec, '--out', folder.path];
    const { code, out } = await conform(['ticket', ...args]);
    expect(out).toContain('no ticket');
    expect(code).toBe(0);
    await expect(readdir(join(folder.path, 'tickets'))).rejects.toThrow();
  });
});
