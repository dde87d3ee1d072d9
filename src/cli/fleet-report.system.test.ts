import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import type { Capability, Run } from '../record/run.js';
import { writeRun } from '../record/store.js';
import { openStore } from '../store/open.js';
import { Secrets } from '../targets/secrets.js';
import { conform, temporaryFolder, type Result } from '../testing/conform.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../testing/postgres.js';
import { recorded } from '../testing/recorded.js';
import { newStoreDatabase } from '../testing/store-database.js';

const NIGHTS = ['2026-03-08', '2026-03-09', '2026-03-10'] as const;
/** Of two agencies each: nothing wrong at all; the newest world as it is; in it a path that is gone since the last night. */
const AGENCIES = ['ashgrove', 'birchwood', 'cedarhill', 'dovecote', 'elmfield', 'fernbank'] as const;

/** A read that works in the world of that day. */
const READ = 'GET /v1/locations/';

describe.skipIf(POSTGRES_MISSING !== undefined)('conform fleet report over PostgreSQL', () => {
  let server: TestServer;
  let url = '';
  let client: pg.Client;

  beforeAll(async () => {
    server = await startPostgres();
    const made = await newStoreDatabase(server);
    url = made.url;
    client = await server.connect(url);
    const base = await recorded('2026-02-26');
    for (const [index, agency] of AGENCIES.entries()) {
      const store = await openStore(made.address, agency, { secrets: new Secrets(), clock: systemClock });
      for (const night of NIGHTS) {
        const run = runOf(base, night, index);
        await writeRun(run, store);
        await client.query(
          `insert into conform.agency_night (fleet, agency, night, part, parts, deadline, state, attempts, colour, exit_code, runs, finished_at)
          values ('home-care', $1, $2, 0, 1, $2::date + 1, 'recorded', 1, $3, $4, $5, now())`,
          [agency, night, index < 2 ? 'GREEN' : 'RED', index < 2 ? 0 : 1, [run.id]],
        );
      }
      await store.close();
    }
  });
  afterAll(async () => {
    await client.end();
    await server.close();
  });

  /** The run of an agency in a night. */
  function runOf(base: Run, night: string, index: number): Run {
    const works = base.operations.filter(({ outcome }) => outcome === 'works');
    const last = night === NIGHTS[2];
    const operations = index < 2 ? works : index >= 4 && last ? base.operations.map(gone) : base.operations;
    const startedAt = `${night}T03:00:0${index}.000Z`;
    return {
      ...base,
      id: `${startedAt.replaceAll(/[-:]|\.\d+/g, '')}-${base.target}`,
      ...{ startedAt, finishedAt: startedAt, operations },
    };
  }

  /** The operation as the gateway answers a path that it does not know. */
  function gone(operation: Capability, _: number, all: readonly Capability[]): Capability {
    const unknown = all.find(({ cause }) => cause === 'route-missing');
    if (operation.id !== READ || !unknown) return operation;
    return { ...unknown, id: operation.id, operationId: operation.operationId, tag: operation.tag };
  }

  const report = (out: string, ...args: string[]): Promise<Result> =>
    conform(['fleet', 'report', '--out', out, ...args], { env: { CONFORM_STORE: url } });

  test('says which causes show at how many agencies, whose each is, and writes one ticket for each of the vendor', async () => {
    await using folder = await temporaryFolder();
    const { code, out, err } = await report(folder.path);
    expect([code, err]).toEqual([1, expect.not.stringContaining('error')]);
    const lines = out.split('\n');
    expect(lines[0]).toBe(
      'NOT AS EXPECTED: home-care, Tuesday, 2026-03-10: 6 of 6 agencies recorded: 4 red, 2 green.',
    );
    expect(lines[1]).toMatch(
      /^New tonight: GET \/v1\/locations\/: .* new at 2 of 6 agencies since Tuesday, 2026-03-10/,
    );
    expect(lines[4]).toMatch(/^To do: send .*\.eml/);

    const { causes } = JSON.parse(await readFile(join(folder.path, 'fleet/report.json'), 'utf8')) as {
      causes: { cause: string; side: string; operations: string[]; agencies: string[]; tickets: string[] }[];
    };
    const shown = causes.map(({ cause, side, operations, agencies, tickets }) => [
      cause,
      side,
      operations.includes(READ),
      agencies.length,
      tickets.length,
    ]);
    // The same crash at four agencies is one cause with one ticket.
    expect(shown).toContainEqual(['crashed', 'vendor', false, 4, 2]);
    expect(shown.filter(([cause]) => cause === 'crashed')).toHaveLength(1);
    // What the host knew the night before is the vendor’s, though other paths of that answer are ours.
    expect(shown).toContainEqual(['route-missing', 'vendor', true, 2, 2]);
    expect(shown).toContainEqual(['route-missing', 'us', false, 4, 0]);
    // What is ours gets none.
    expect(shown.filter(([, side]) => side !== 'vendor').every(([, , , , tickets]) => tickets === 0)).toBe(
      true,
    );

    const names = (await readdir(join(folder.path, 'fleet/tickets'))).sort();
    expect(names).toEqual(names.filter((name) => /\.(eml|md)$/.test(name)));
    const [crash] = causes.filter(({ cause }) => cause === 'crashed');
    const ticket = await readFile(crash?.tickets.find((name) => name.endsWith('.md')) ?? '', 'utf8');
    expect(ticket).toContain('4 of 6 agencies');
    for (const agency of AGENCIES.slice(2)) expect(ticket).toContain(agency);
    for (const agency of AGENCIES.slice(0, 2)) expect(ticket).not.toContain(agency);
  });

  test('prints metrics, and nothing else, on standard output', async () => {
    await using folder = await temporaryFolder();
    const { code, out } = await report(folder.path, '--format', 'prometheus');
    expect(code).toBe(0);
    expect(out).toContain('conform_fleet_agencies{fleet="home-care",state="recorded"} 6\n');
    expect(out).toContain(
      'conform_fleet_cause_agencies{fleet="home-care",cause="crashed",side="vendor"} 4\n',
    );
    const otlp = JSON.parse((await report(folder.path, '--format', 'otlp')).out) as {
      resourceMetrics: unknown[];
    };
    expect(otlp.resourceMetrics).toHaveLength(1);
    expect((await report(folder.path, '--format', 'otlp,html')).code).toBe(2);
  });

  test('a night that is not there is no verdict; an earlier one is what it was', async () => {
    await using folder = await temporaryFolder();
    expect((await report(folder.path, '--night', '2026-04-01')).code).toBe(3);
    const { out } = await report(folder.path, '--night', '2026-03-09', '--json');
    const { night, changes } = JSON.parse(out) as { night: string; changes: unknown[] };
    expect([night, changes]).toEqual(['2026-03-09', []]);
  });
});

test('without a store it says how to name one', async () => {
  const { code, err } = await conform(['fleet', 'report']);
  expect(code).toBe(2);
  expect(err).toContain('--store postgres://');
});
