import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { systemChance } from '../chance.js';
import { systemClock, type Clock } from '../clock.js';
import { readFleet } from '../fleet/file.js';
import type { Held } from '../fleet/nights.js';
import { createPace } from '../session/pace.js';
import type { Database } from '../store/postgres/connect.js';
import { leapingClock } from '../testing/clock.js';
import { startFleetHost } from '../testing/fleet/host.js';
import { agenciesOf, writeFleet } from '../testing/fleet/world.js';
import { temporaryFolder } from '../testing/folder.js';
import { passOf } from './actions/fleet-night.js';
import { guard } from './host.js';

/** The records of one agency in a database, and the names of the texts that were read of it. */
function databaseWith(records: ReadonlyMap<string, string>): { database: Database; reads: string[] } {
  const reads: string[] = [];
  const rowsOf = (statement: string, name: string): unknown[] => {
    if (!statement.startsWith('select text')) {
      const below = [...records.keys()].filter((one) => one.startsWith(name));
      return below.map((one) => ({ name: one.slice(name.length) })).filter((one) => !one.name.includes('/'));
    }
    const text = records.get(name);
    if (text === undefined) return [];
    reads.push(name);
    return [{ text }];
  };
  return {
    reads,
    database: {
      shown: 'postgres://localhost/test',
      read: <Row>(text: string, values: readonly unknown[] = []) =>
        Promise.resolve(rowsOf(text, String(values[1])) as Row[]),
      transaction: () => Promise.reject(new Error('a night writes nothing before it is recorded')),
      close: () => Promise.resolve(),
    },
  };
}
const EMPTY = databaseWith(new Map()).database;

/** What the night of an agency is passed with. */
interface Given {
  env: Record<string, string>;
  /** A credential that the fleet file does not name. */
  without?: string;
  database?: Database;
  keepDays?: number;
  clock?: Clock;
}

async function fleetOfTwo(folder: string) {
  const agencies = agenciesOf({ agencies: 2, onLimited: 0, seed: 1 });
  const host = await startFleetHost(agencies);
  const { spec, env } = await writeFleet(folder, agencies, { limited: host.url, open: host.url });
  const fleet = await readFleet(join(spec, 'fleet.yaml'), env);
  const passed = async (index: number, given: Given) => {
    const { database = EMPTY, keepDays, clock = systemClock } = given;
    const output = { isTTY: false, write: () => true };
    const process = guard({
      ...{ env: given.env, stdin: Readable.from([]), stdout: output, stderr: output },
      ...{ clock, chance: systemChance, onStop: () => ({ release: () => undefined }) },
    });
    const agency = fleet.agencies[index];
    if (!agency) throw new Error('no such agency');
    const credentials = Object.fromEntries(
      Object.entries(agency.credentials).filter(([name]) => name !== given.without),
    );
    const held: Held = {
      job: { fleet: fleet.name, agency: agency.name, night: '2026-02-26', part: 0 },
      ...{ parts: 1, lease: 'lease', isLastTry: true, leftMs: 60_000 },
    };
    const address = { url: 'postgres://conform:password-for-tests-1@localhost/test', shown: EMPTY.shown };
    const pass = passOf(
      { ...fleet, keepDays },
      { specDir: spec, out: join(folder, 'out') },
      { process, address },
    );
    const signal = new AbortController().signal;
    const paceOf = () => createPace(undefined, clock);
    return pass(held, { ...agency, credentials }, { database, signal, paceOf });
  };
  return { agencies, host, env, passed };
}

test('agencies whose nights are passed at once have tokens and secrets of their own', async () => {
  await using folder = await temporaryFolder();
  const { agencies, host, env, passed } = await fleetOfTwo(folder.path);
  const both = await Promise.all([passed(0, { env }), passed(1, { env })]);
  expect(host.seen).toMatchObject({ crossed: 0, tokens: 2 });
  for (const [index, { outcome, secrets, changes }] of both.entries()) {
    expect(outcome.runs).toHaveLength(1);
    const names = [...changes.keys()];
    expect(names).toContain(`runs/${outcome.runs[0] ?? ''}.json`);
    const [own, other] = [agencies[index], agencies[1 - index]];
    expect(secrets.foundIn(own?.clientSecret ?? '')).toBe(true);
    expect(secrets.foundIn(own?.id ?? '')).toBe(true);
    expect(secrets.foundIn(other?.clientSecret ?? '')).toBe(false);
    expect([...changes.values()].some((text) => text !== undefined && secrets.foundIn(text))).toBe(false);
  }
  await host.close();
});

test('an agency without a credential has none, whatever the worker has under its name', async () => {
  await using folder = await temporaryFolder();
  const { agencies, host, env, passed } = await fleetOfTwo(folder.path);
  const planted = { CLIENT_SECRET: agencies[0]?.clientSecret ?? '' };
  const { outcome } = await passed(0, { env: { ...env, ...planted }, without: 'CLIENT_SECRET' });
  expect(outcome).toMatchObject({ exitCode: 3, why: 'CONFORM_E_CREDENTIALS_MISSING' });
  expect(host.seen.tokens).toBe(0);
  await host.close();
});

function twoMonthsBefore(text: string): string {
  return text.replaceAll('20260302', '20260102').replaceAll('2026-03-02', '2026-01-02');
}

test('a night reads each text once, and removes what the fleet no longer keeps but never the newest', async () => {
  await using folder = await temporaryFolder();
  const { host, env, passed } = await fleetOfTwo(folder.path);
  const records = new Map<string, string>();
  const namesOf = (below: string) => [...records.keys()].filter((name) => name.startsWith(below));
  const pass = async (day: string, given: Partial<Given>) => {
    const { database, reads } = databaseWith(records);
    const clock = leapingClock(new Date(`${day}T03:00:00Z`));
    const { changes, outcome } = await passed(0, { ...{ env, database, clock }, ...given });
    for (const [name, text] of changes)
      if (text === undefined) records.delete(name);
      else records.set(name, text);
    return { reads, outcome };
  };
  await pass('2026-03-02', {});
  // The same night, as it would have been two months before.
  const former = [...records].map(([name, text]) => [name, text].map(twoMonthsBefore));
  for (const [name = '', text = ''] of former) records.set(name, text);
  const recent = namesOf('runs/20260302');
  expect(recent).toHaveLength(1);
  for (const name of [...recent, ...namesOf('nights/20260302')]) records.delete(name);
  // Nothing is asked in this night, so the old run is still the newest.
  const { outcome } = await pass('2026-03-01', { keepDays: 30, without: 'CLIENT_SECRET' });
  expect(outcome.exitCode).toBe(3);
  expect(namesOf('runs/')).toEqual([expect.stringContaining('runs/20260102')]);
  expect(namesOf('nights/2026')).toEqual([expect.stringContaining('nights/20260301')]);
  const { reads } = await pass('2026-03-03', { keepDays: 30 });
  expect(namesOf('runs/').sort()).toEqual([expect.stringContaining('runs/20260303')]);
  expect(reads.filter((name) => name.startsWith('runs/'))).toHaveLength(1);
  expect(new Set(reads).size).toBe(reads.length);
  await host.close();
});
