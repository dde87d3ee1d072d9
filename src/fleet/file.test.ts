import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { formatPlace } from '../problem.js';
import { temporaryFolder } from '../testing/folder.js';
import { readFleet } from './file.js';
import { isDue } from './schedule.js';
import { valueOf } from './values.js';

const ENV = { PATH: process.env['PATH'] };

async function fleetOf(text: string, others: Readonly<Record<string, string>> = {}) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'fleet.yaml');
  await writeFile(file, text);
  for (const [name, content] of Object.entries(others)) {
    await writeFile(join(folder.path, name), content);
    await chmod(join(folder.path, name), 0o700);
  }
  const fleet = await readFleet(file, ENV);
  const faults = fleet.faults.map(({ place, message }) =>
    `${place ? formatPlace(place) : ''}: ${message}`.replace(`${folder.path}/`, ''),
  );
  return { ...fleet, faults };
}

describe('a fleet file', () => {
  test('with a wrong entry has the others, and every fault with its line', async () => {
    const fleet = await fleetOf(`fleet: home-care
deadline: 90m
retries: { limit: 2, delay: 5s }
defaults: { target: production, consumers: [desk] }
agencies:
  - name: rosewood
    agencyId: { env: ROSEWOOD_ID }
    credentials:
      CLIENT_ID: { env: ROSEWOOD_CLIENT }
      CLIENT_SECRET: { command: [vault, read] }
    spec: agencies/rosewood
    schedule: weekdays
  - name: Elm Street
    schedul: daily
  - name: maple
    credentials: { CLIENT_ID: the-value-itself }
  - name: rosewood
  - name: birch
    target: sandbox
    schedule: { days: [mon, thu] }
    parts: 4
`);
    expect(fleet.faults).toEqual([
      'fleet.yaml:14: “agencies/1” has an unknown member: “schedul”',
      'fleet.yaml:13: “agencies/1/name” must match pattern "^[a-z0-9][a-z0-9-]{0,62}$"',
      'fleet.yaml:16: “agencies/2/credentials/CLIENT_ID” must match a schema in anyOf',
      'fleet.yaml:17: another agency has the same name',
    ]);
    expect(fleet).toMatchObject({
      name: 'home-care',
      deadlineMs: 5_400_000,
      retries: { limit: 2, delayMs: 5000 },
    });
    expect(fleet.agencies).toMatchObject([
      {
        name: 'rosewood',
        target: 'production',
        schedule: 'weekdays',
        consumers: ['desk'],
        agencyId: { env: 'ROSEWOOD_ID' },
        credentials: { CLIENT_ID: { env: 'ROSEWOOD_CLIENT' }, CLIENT_SECRET: { command: ['vault', 'read'] } },
        spec: join(fleet.folder, 'agencies/rosewood'),
      },
      { name: 'birch', target: 'sandbox', schedule: { days: ['mon', 'thu'] }, parts: 4, spec: undefined },
    ]);
  });

  test('can leave the list to another file or to a program', async () => {
    const list = '- { name: rosewood }\n- { name: 7 }\n';
    const fromFile = await fleetOf('fleet: one\nagencies: { file: list.yaml }\n', { 'list.yaml': list });
    expect(fromFile.agencies.map(({ name }) => name)).toEqual(['rosewood']);
    expect(fromFile.faults).toEqual(['list.yaml:2: “1/name” must be string']);

    const script = `#!/bin/sh\nprintf '%s\\n' '- { name: rosewood }' '- { name: a, planted-word: 1 }'\n`;
    const printed = await fleetOf('fleet: one\nagencies: { command: [./list] }\n', { list: script });
    expect(printed.agencies.map(({ name }) => name)).toEqual(['rosewood']);
    expect(printed.faults).toEqual([
      'fleet.yaml:2: entry 2 of what the command prints, line 2, does not have the form of an agency',
    ]);
  });

  test('says nothing of what a program printed, however it fails', async () => {
    const fails = async (body: string) => {
      const text = `#!/bin/sh\necho planted-word >&2\necho planted-word\n${body}\n`;
      const error = await fleetOf('fleet: one\nagencies: { command: [./list] }\n', { list: text }).catch(
        (thrown: unknown) => thrown,
      );
      expect(JSON.stringify(error)).not.toContain('planted-word');
      return String(error);
    };
    expect(await fails('exit 3')).toContain('ended with exit code 3');
    expect(await fails('kill -9 $$')).toContain('was stopped (SIGKILL)');
    expect(await fails('head -c 9000000 /dev/zero')).toContain('prints more than 8388608 bytes');
    expect(await fails('')).toContain('there is no list of agencies');
    await expect(fleetOf('fleet: one\nagencies: { command: [./none] }\n')).rejects.toThrow(
      'cannot be started (ENOENT)',
    );
  });
});

test('a schedule says in which nights an agency is asked', () => {
  // 2026-02-26 is a Thursday.
  const week = ['23', '24', '25', '26', '27', '28'].map((day) => `2026-02-${day}`).concat('2026-03-01');
  const due = (schedule: Parameters<typeof isDue>[0]) => week.filter((night) => isDue(schedule, night));
  expect(due('daily')).toEqual(week);
  expect(due('weekdays')).toEqual(week.slice(0, 5));
  expect(due({ days: ['thu', 'sun'] })).toEqual(['2026-02-26', '2026-03-01']);
});

test('the value of a credential comes from a variable, a file or a program', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'secrets'));
  const file = join(folder.path, 'secrets/rosewood');
  await writeFile(file, '  value-of-file\n', { mode: 0o600 });
  const around = {
    ...{ agency: 'rosewood', variable: 'CLIENT_SECRET', folder: folder.path, file: 'fleet.yaml' },
    env: { ...ENV, SET: 'value-of-variable', EMPTY: '' },
  };
  expect(await valueOf({ env: 'SET' }, around)).toBe('value-of-variable');
  expect(await valueOf({ file: 'secrets/rosewood' }, around)).toBe('value-of-file');
  expect(await valueOf({ command: ['sh', '-c', 'echo "$SET"'] }, around)).toBe('value-of-variable');
  await expect(valueOf({ env: 'UNSET' }, around)).rejects.toThrow(
    'UNSET of the agency “rosewood” is not set',
  );
  await expect(valueOf({ env: 'EMPTY' }, around)).rejects.toThrow(
    'CLIENT_SECRET of the agency “rosewood” is empty',
  );
  await expect(valueOf({ file: 'none' }, around)).rejects.toThrow('cannot be read: none');
  await chmod(file, 0o622);
  await expect(valueOf({ file }, around)).rejects.toThrow('others may write to the file');
});
