import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemChance } from '../chance.js';
import { passOf } from '../cli/actions/fleet-night.js';
import { guard } from '../cli/host.js';
import { systemClock } from '../clock.js';
import { Problem } from '../problem.js';
import type { Run } from '../record/run.js';
import { parseRun } from '../record/store.js';
import { createPace } from '../session/pace.js';
import { openDatabase, type Database } from '../store/postgres/connect.js';
import { leapingClock } from '../testing/clock.js';
import { conform } from '../testing/conform.js';
import { startFleetHost, type Fault, type FleetHost } from '../testing/fleet/host.js';
import { agenciesOf, writeFleet } from '../testing/fleet/world.js';
import { temporaryFolder } from '../testing/folder.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../testing/postgres.js';
import { newStoreDatabase } from '../testing/store-database.js';
import { readFleet, type Fleet } from './file.js';
import { nightsIn, type Held } from './nights.js';
import { openQueue, type Queue } from './queue.js';
import { exitCodeOf, nightStatus } from './status.js';
import { work, type Pass } from './work.js';

const NIGHT = '2026-02-26';
const NAMES = ['whole', 'parted', 'killed', 'failing'];

describe.skipIf(POSTGRES_MISSING !== undefined)('an agency that is asked in parts', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let server: TestServer;
  let database: Database;
  let host: FleetHost;
  let fleet: Fleet;
  let queue: Queue;
  let pass: Pass;
  let url: string;
  let spec: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    const faults = new Map<number, Fault>([
      [3, 'denied'],
      [7, 'crashes'],
      [11, 'wrong-type'],
    ]);
    const agencies = agenciesOf({ agencies: NAMES.length, onLimited: 0, seed: 1 }).map((agency, index) => ({
      ...agency,
      ...{ name: NAMES[index] ?? '', faults: index < 2 ? faults : new Map<number, Fault>() },
    }));
    [server, host] = await Promise.all([startPostgres(), startFleetHost(agencies)]);
    ({ spec, env } = await writeFleet(folder.path, agencies, { limited: host.url, open: host.url }));
    const made = await newStoreDatabase(server);
    url = made.url;
    fleet = await readFleet(join(spec, 'fleet.yaml'), env);
    database = await openDatabase(made.address, systemClock);
    queue = await openQueue(database, fleet.name, { limit: 0, delayMs: 1 }, false);
    const output = { isTTY: false, write: () => true };
    const process = guard({
      ...{ env, stdin: Readable.from([]), stdout: output, stderr: output },
      ...{ clock: leapingClock(), chance: systemChance, onStop: () => ({ release: () => undefined }) },
    });
    pass = passOf(
      fleet,
      { specDir: spec, out: join(folder.path, 'out') },
      { process, address: made.address },
    );
  });
  afterAll(async () => {
    await queue.close();
    await database.close();
    await Promise.all([server.close(), host.close()]);
    await folder[Symbol.asyncDispose]();
  });

  const nights = () => nightsIn(database, queue);
  const begin = (agency: string, parts: number) =>
    nights().begin({ fleet: fleet.name, night: NIGHT, deadlineMs: 600_000 }, [{ agency, parts }]);
  /** Has a worker do all that is there. @returns which parts it has passed, and the codes of what failed */
  async function worked(passing: Pass = pass) {
    const passed: number[] = [];
    const failed: string[] = [];
    await work({
      ...{ fleet, database, queue, clock: systemClock, pass: passing, concurrency: 2, untilEmpty: true },
      signal: new AbortController().signal,
      onPassed: ({ job }) => passed.push(job.part),
      onFault: (_, error) => failed.push(error instanceof Problem ? error.code : String(error)),
    });
    return { passed: passed.sort(), failed };
  }
  const recordsOf = (agency: string, below: string) =>
    database.read<{ name: string; text: string }>(
      'select name, text from conform.record where agency = $1 and starts_with(name, $2) order by name',
      [agency, below],
    );
  const partsOf = (agency: string) =>
    database.read<{ part: number; state: string; attempts: number }>(
      'select part, state, attempts from conform.agency_night where agency = $1 order by part',
      [agency],
    );
  async function runOf(agency: string): Promise<Run> {
    const [record, ...others] = await recordsOf(agency, 'runs/');
    if (record === undefined || others.length > 0) throw new Error(`${others.length} more runs`);
    return parseRun(record.text, record.name);
  }

  test('has the run that it would have, asked in one', async () => {
    await begin('whole', 1);
    await begin('parted', 3);
    expect(await worked()).toEqual({ passed: [0, 0, 1, 2, 3], failed: [] });
    const [whole, joined] = [await runOf('whole'), await runOf('parted')];
    expect(joined.mergedFrom).toHaveLength(3);
    expect(joined.complete).toBe(true);
    expect(comparable(joined)).toEqual(comparable(whole));
    expect(await recordsOf('parted', 'parts/')).toEqual([]);
    const colours = await database.read(
      "select colour, exit_code from conform.agency_night where part = 0 and agency in ('whole', 'parted')",
    );
    expect(colours[0]).toEqual(colours[1]);
  });

  test('has only that part asked again whose worker was killed', async () => {
    await begin('killed', 3);
    const tokens = host.seen.tokens;
    const held = await nights().take(randomUUID(), randomUUID());
    if (held === undefined || held === 'again') throw new Error('nothing to take');
    await asked(held);
    // Whoever asked it is not heard of any more, and has recorded nothing.
    await database.read(
      "update conform.agency_night set leased_until = now() - interval '1 second' where agency = 'killed' and state = 'running' returning 1",
    );
    expect(await nights().sweep(fleet.name)).toBe(1);
    expect(await worked()).toEqual({ passed: [0, 1, 2, 3], failed: [] });
    const attempts = (await partsOf('killed')).filter(({ part }) => part > 0);
    for (const { part, ...row } of attempts)
      expect(row).toEqual({ state: 'recorded', attempts: part === held.job.part ? 2 : 1 });
    expect(host.seen.tokens - tokens).toBe(4);
    expect((await runOf('killed')).complete).toBe(true);
  });

  test('has no run where one part is given up', async () => {
    await begin('failing', 3);
    const { failed } = await worked(async (held, agency, given) => {
      if (held.job.part === 2)
        throw new Problem('CONFORM_E_FLEET_VALUE_MISSING', 'a credential cannot be had');
      return pass(held, agency, given);
    });
    expect(failed).toEqual(['CONFORM_E_FLEET_VALUE_MISSING']);
    const rows = await partsOf('failing');
    expect(rows.find(({ part }) => part === 0)).toMatchObject({ state: 'dead' });
    expect(rows.find(({ part }) => part === 2)).toMatchObject({ state: 'dead' });
    expect(await recordsOf('failing', '')).toEqual([]);
    const status = await nightStatus(database, { fleet: fleet.name, night: NIGHT });
    expect(status.failed).toEqual([
      { agency: 'failing', state: 'dead', why: 'CONFORM_E_FLEET_VALUE_MISSING' },
    ]);
    expect(exitCodeOf([status])).toBe(1);
  });

  test('is followed by whoever has begun its night, until it is recorded', async () => {
    const night = '2026-02-27';
    const [file, more] = [
      join(spec, 'fleet.yaml'),
      { env: { ...env, CONFORM_STORE: url }, clock: systemClock },
    ];
    const command = (...args: string[]) => conform(['fleet', ...args, '--spec-dir', spec], more);
    const followed = command('run', file, '--night', night, '--only', 'whole', '--wait');
    while ((await nights().open(fleet.name)) === 0) await systemClock.sleep(50);
    expect(exitCodeOf([await nightStatus(database, { fleet: fleet.name, night })])).toBe(3);
    expect(await worked()).toEqual({ passed: [0], failed: [] });
    const { code, out } = await followed;
    expect(out).toContain(`${night} test-fleet: 1 agencies are due, 1 are new, 0 were put before.`);
    expect(out).toMatch(/^2026-02-27 test-fleet {2}(?:RED|BROKEN) 1$/m);
    expect(code).toBe(1);
    const again = await command('run', file, '--night', night, '--only', 'whole');
    expect(again.out).toContain('1 agencies are due, 0 are new, 1 were put before.');
    expect(again.code).toBe(0);
  });

  async function asked(held: Held): Promise<void> {
    const agency = fleet.agencies.find(({ name }) => name === held.job.agency);
    if (!agency) throw new Error('no such agency');
    const paceOf = () => createPace(undefined, systemClock);
    await pass(held, agency, { database, signal: new AbortController().signal, paceOf });
  }
});

/** What is another each time it is asked, or by which operation of its part shows that a token is valid. */
const VARYING = ['latencyMs', 'durationMs', 'at', 'date', 'statuses', 'evidence', 'ruledOut', 'codes'];

/** A run without ids, times, how many requests it took, and its controls. */
function comparable({ operations, unproven, target, contract, policy, totals }: Run): string {
  const comparedOf = (key: string, value: unknown) => (VARYING.includes(key) ? undefined : value);
  const compared = {
    ...{ target, contract, policy, totals },
    unproven: [...unproven].sort((one, other) => (one.operation < other.operation ? -1 : 1)),
    operations: [...operations]
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ exchanges, ...rest }) => ({
        ...rest,
        exchanges: exchanges.filter(({ role }) => role === 'operation'),
      })),
  };
  return JSON.stringify(compared, comparedOf, 1);
}
