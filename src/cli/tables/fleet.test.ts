import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlannedAgency } from '../../fleet/plan.js';
import type { NightStatus, WorkerStatus } from '../../fleet/status.js';
import { conform } from '../../testing/conform.js';
import { agenciesOf, writeFleet } from '../../testing/fleet/world.js';
import { temporaryFolder } from '../../testing/folder.js';
import { printed } from '../../testing/printed.js';
import { printNights, printPlanned, printWorkers } from './fleet.js';

const NIGHT: NightStatus = {
  ...{ fleet: 'home-care', night: '2026-02-26', waiting: 0, running: 0, recorded: {}, failed: [] },
  parts: { asked: 0, of: 0 },
};
const linesOf = (print: Parameters<typeof printed>[0]): string[] => printed(print).trimEnd().split('\n');

test('a night is one line, of what there is of it, with each agency that failed below', () => {
  const failed: NightStatus['failed'] = [
    { agency: 'elm', state: 'dead', why: 'CONFORM_E_FLEET_VALUE_MISSING' },
    { agency: 'oak', state: 'failed', why: '' },
  ];
  const lines = linesOf((io) => {
    printNights(
      [
        {
          ...NIGHT,
          recorded: { GREEN: 7, RED: 2 },
          running: 3,
          waiting: 4,
          failed,
          parts: { asked: 1, of: 3 },
        },
        { ...NIGHT, night: '2026-02-25', recorded: { GREEN: 9 } },
      ],
      io,
    );
  });
  expect(lines).toEqual([
    '2026-02-26 home-care  GREEN 7, RED 2, running 3, waiting 4, failed 2, parts 1 of 3',
    '  elm: given up: CONFORM_E_FLEET_VALUE_MISSING',
    '  oak: failed',
    '2026-02-25 home-care  GREEN 9',
  ]);
});

test('of many that failed twenty are named', () => {
  const failed = Array.from({ length: 23 }, (_, index) => ({
    ...{ agency: `agency-${index}`, state: 'failed' as const, why: '' },
  }));
  const lines = linesOf((io) => {
    printNights([{ ...NIGHT, failed }], io);
  });
  expect(lines).toHaveLength(22);
  expect(lines.at(-1)).toBe('  and 3 more (--json)');
});

test('that there is no night is said', () => {
  const lines = linesOf((io) => {
    printNights([], io);
  });
  expect(lines).toEqual(['No night of a fleet was begun.']);
  const ofOne = linesOf((io) => {
    printNights([], io, '2026-03-11');
  });
  expect(ofOne).toEqual(['No night of 2026-03-11 was begun. Without --night, the newest are shown.']);
});

test('workers are counted by what is known of them', () => {
  const states: WorkerStatus['state'][] = ['alive', 'dead', 'alive', 'ended'];
  const workers = states.map((state, index) => ({
    ...{ id: String(index), fleet: 'home-care', machine: 'one', pid: index, state },
    ...{ seenAt: '2026-02-26T03:00:00Z', done: 0, failed: 0 },
  }));
  const lines = linesOf((io) => {
    printWorkers(workers, io);
  });
  expect(lines).toEqual(['workers: 2 alive, 1 dead, 1 ended']);
});

test('of a plan only those are listed that are due', () => {
  const planned = (name: string, target: string | undefined, due: boolean, parts: number): PlannedAgency => ({
    agency: {
      ...{ name, target, place: { file: 'fleet.yaml' }, agencyId: undefined, credentials: {} },
      ...{ spec: undefined, schedule: 'daily', consumers: undefined, parts: undefined },
    },
    ...{ due, parts },
  });
  const lines = linesOf((io) => {
    printPlanned(
      [
        planned('elm', 'open', true, 1),
        planned('fir', 'open', false, 1),
        planned('rosewood', undefined, true, 4),
      ],
      io,
    );
  });
  expect(lines).toEqual([
    'elm       open',
    'rosewood  as nightly.yaml says, in 4 parts',
    '2 of 3 agencies are due.',
  ]);
});

test('conform fleet plan says each fault with its place, and who is due all the same', async () => {
  await using folder = await temporaryFolder();
  const agencies = agenciesOf({ agencies: 2, onLimited: 0, seed: 1 });
  const urls = { limited: 'https://limited.example', open: 'https://open.example' };
  const { spec } = await writeFleet(folder.path, agencies, urls);
  const file = join(spec, 'fleet.yaml');
  await appendFile(file, '  - name: agency-0001\n');
  const plan = (...more: string[]) =>
    conform(['fleet', 'plan', file, '--spec-dir', spec, '--night', '2026-02-26', ...more]);
  const { code, out, err } = await plan();
  expect(code).toBe(2);
  expect(out.trimEnd().split('\n')).toEqual([
    'agency-0001  open',
    'agency-0002  open',
    '2 of 2 agencies are due.',
  ]);
  expect(err.replaceAll(/\s+/g, ' ')).toMatch(
    /fleet\.yaml:\d+: CONFORM_E_SETTING_INVALID another agency has the same name\. Each agency has a name of its own\. These entries are left out; the other agencies are not touched\./,
  );
  const document: unknown = JSON.parse((await plan('--json')).out);
  expect(document).toMatchObject({
    ...{ fleet: 'test-fleet', night: '2026-02-26' },
    agencies: [{ name: 'agency-0001', target: 'open', due: true, parts: 1 }, { name: 'agency-0002' }],
    faults: [{ code: 'CONFORM_E_SETTING_INVALID' }],
  });
});
