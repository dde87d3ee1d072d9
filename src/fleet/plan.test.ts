import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatPlace } from '../problem.js';
import { agenciesOf, writeFleet } from '../testing/fleet/world.js';
import { temporaryFolder } from '../testing/folder.js';
import { readFleet } from './file.js';
import { partsFor, planFleet } from './plan.js';

/** What is planned for a Thursday of the agencies of a file, whose spec folder is that of a test fleet. */
async function planned(agencies: string, night = '2026-02-26', defaults = 'target: open') {
  await using folder = await temporaryFolder();
  const urls = { limited: 'https://limited.example', open: 'https://open.example' };
  const { spec } = await writeFleet(folder.path, agenciesOf({ agencies: 1, onLimited: 0, seed: 1 }), urls);
  await mkdir(join(spec, 'elsewhere'));
  await writeFile(
    join(spec, 'elsewhere', 'targets.yaml'),
    `targets:\n  open: { about: 7, standing: assumed, baseUrl: ${urls.open}, writes: { default: none, most: none } }\n`,
  );
  const file = join(spec, 'fleet.yaml');
  await writeFile(file, `fleet: home-care\ndefaults: { ${defaults} }\nagencies:\n${agencies}`);
  const plan = await planFleet(await readFleet(file, {}), { specDir: spec, night });
  return {
    planned: plan.planned.map(({ agency, due, parts }) => ({ name: agency.name, due, parts })),
    faults: plan.faults.map(({ place, code, message, remedy }) =>
      `${place ? formatPlace(place) : ''}: ${code} ${message}. ${remedy ?? ''}`.replaceAll(`${spec}/`, ''),
    ),
  };
}

const GIVEN = '{ CLIENT_ID: { env: A }, CLIENT_SECRET: { env: B } }';

test('agencies are due by their schedules, and asked in as many parts as they say', async () => {
  const agencies = `  - { name: elm, agencyId: { env: C }, credentials: ${GIVEN}, parts: 4 }
  - { name: oak, agencyId: { env: C }, credentials: ${GIVEN}, schedule: weekdays }
  - { name: fir, agencyId: { env: C }, credentials: ${GIVEN}, schedule: { days: [sat] } }
`;
  expect(await planned(agencies)).toEqual({
    planned: [
      { name: 'elm', due: true, parts: 4 },
      { name: 'oak', due: true, parts: 1 },
      { name: 'fir', due: false, parts: 1 },
    ],
    faults: [],
  });
  const saturday = await planned(agencies, '2026-02-28');
  expect(saturday.planned.map(({ due }) => due)).toEqual([true, false, true]);
});

test('what is wrong with one agency is said with its line, and keeps no other back', async () => {
  const { planned: left, faults } = await planned(`  - { name: elm, credentials: ${GIVEN} }
  - { name: oak, target: opne }
  - { name: fir, agencyId: { env: C }, credentials: { CLIENT_ID: { env: A }, CLIENT_SECRT: { env: B } } }
  - { name: ash, consumers: [desk], agencyId: { env: C }, credentials: ${GIVEN} }
  - { name: yew, spec: elsewhere }
  - { name: bay, spec: nowhere }
`);
  expect(left).toEqual([{ name: 'elm', due: true, parts: 1 }]);
  expect(faults).toEqual([
    expect.stringMatching(/^fleet\.yaml:5: CONFORM_E_TARGET_UNKNOWN .*“opne”.*\(agency “oak”\)/),
    expect.stringMatching(
      /^fleet\.yaml:6: CONFORM_E_SETTING_INVALID nothing reads the variable CLIENT_SECRT .*CLIENT_SECRET\.$/,
    ),
    expect.stringMatching(
      /^fleet\.yaml:6: CONFORM_E_SETTING_INVALID the variable CLIENT_SECRET has no value/,
    ),
    expect.stringMatching(/^fleet\.yaml:7: .*desk.*\(agency “ash”\)/),
    expect.stringMatching(/^elsewhere\/targets\.yaml:2: CONFORM_E_FILE_INVALID /),
    expect.stringMatching(/^nowhere: CONFORM_E_FILE_MISSING /),
  ]);
});

test('an agency that is asked in parts has a target', async () => {
  const noTarget = (parts: string) =>
    planned(`  - { name: elm, agencyId: { env: C }, credentials: ${GIVEN}${parts} }\n`, undefined, '');
  expect((await noTarget('')).planned).toEqual([{ name: 'elm', due: true, parts: 1 }]);
  expect((await noTarget(', parts: 3')).faults).toEqual([
    expect.stringMatching(/^fleet\.yaml:4: CONFORM_E_SETTING_INVALID .* none is named \(agency “elm”\)/),
  ]);
});

test('a contract is asked in one part for each thousand operations', () => {
  expect([0, 1, 1_000, 1_001, 2_500, 1_000_000].map(partsFor)).toEqual([1, 1, 1, 2, 3, 64]);
});
