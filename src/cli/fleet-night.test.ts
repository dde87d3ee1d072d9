import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { systemChance } from '../chance.js';
import { systemClock } from '../clock.js';
import { readFleet } from '../fleet/file.js';
import type { Held } from '../fleet/nights.js';
import { createPace } from '../session/pace.js';
import type { Database } from '../store/postgres/connect.js';
import { startFleetHost } from '../testing/fleet/host.js';
import { agenciesOf, writeFleet } from '../testing/fleet/world.js';
import { temporaryFolder } from '../testing/folder.js';
import { passOf } from './actions/fleet-night.js';
import { guard } from './host.js';

/** A database in which nothing was kept yet. */
const EMPTY: Database = {
  shown: 'postgres://localhost/test',
  read: () => Promise.resolve([]),
  transaction: () => Promise.reject(new Error('a night writes nothing before it is recorded')),
  close: () => Promise.resolve(),
};

async function fleetOfTwo(folder: string) {
  const agencies = agenciesOf({ agencies: 2, onLimited: 0, seed: 1 });
  const host = await startFleetHost(agencies);
  const { spec, env } = await writeFleet(folder, agencies, { limited: host.url, open: host.url });
  const fleet = await readFleet(join(spec, 'fleet.yaml'), env);
  const passed = async (index: number, given: { env: Record<string, string>; without?: string }) => {
    const output = { isTTY: false, write: () => true };
    const process = guard({
      ...{ env: given.env, stdin: Readable.from([]), stdout: output, stderr: output },
      ...{ clock: systemClock, chance: systemChance, onStop: () => ({ release: () => undefined }) },
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
    const pass = passOf(fleet, { specDir: spec, out: join(folder, 'out') }, { process, address });
    const signal = new AbortController().signal;
    const paceOf = () => createPace(undefined, systemClock);
    return pass(held, { ...agency, credentials }, { database: EMPTY, signal, paceOf });
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
