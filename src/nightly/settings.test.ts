import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem, Problems } from '../problem.js';
import { temporaryFolder } from '../testing/folder.js';
import { readNightly } from './settings.js';

async function faultsOf(text: string): Promise<string[]> {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'nightly.yaml'), text);
  const error: unknown = await readNightly(folder.path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const all = error instanceof Problems ? error.all : error instanceof Problem ? [error] : [];
  return all.map(({ place, message }) => `${place?.line ?? ''} ${message}`);
}

test.each([
  ['targets: [live]\ntimezone: UTC\n', /an unknown member: “timezone”/],
  ['timeZone: Harbour/Quay\n', /^1 there is no time zone “Harbour\/Quay”/],
  ['targets: [live]\ninformational: [live]\n', /^2 “live” is one of the targets as well/],
  ['notify:\n  - issue: {}\n  - issue: {}\n', /two notifiers are called “issue”/],
  [
    'notify:\n  - http: { url: "http://inbox.example", secret: S }\n',
    /^2 the address of the notification is not https/,
  ],
  ['notify:\n  - http: { secret: S }\n', /^2 the notification needs exactly one address/],
  ['notify:\n  - issue: { api: "http://code.example" }\n', /^2 the address of the code host is not https/],
  ['notify:\n  - command: { run: [] }\n', /must NOT have fewer than 1 items/],
  ['compare: { since: yesterday }\n', /^1 “compare\/since” must match pattern/],
])('a fault of nightly.yaml is said with its line: %s', async (text, fault) => {
  expect(await faultsOf(text)).toContainEqual(expect.stringMatching(fault));
});

test('the file of this package, and one with everything in it, have no fault', async () => {
  expect(await readNightly('spec')).toMatchObject({ targets: ['production'] });
  expect(
    await faultsOf(`targets: [live]
informational: [sandbox]
consumers: [till]
requireGate: true
timeZone: America/Denver
compare: { nights: 30, since: 2026-03-05 }
notify:
  - issue: { repository: harbour/nights, key: live, token: CODE_HOST_TOKEN, api: https://code.example/api/v3 }
  - { name: pager, command: { run: [sh, page.sh], variables: [PAGER_KEY], timeoutSeconds: 20 } }
  - desktop: {}
  - http: { urlFrom: INBOX_URL, secret: INBOX_SECRET }
`),
  ).toEqual([]);
});

test('without the file there are no settings', async () => {
  await using folder = await temporaryFolder();
  expect(await readNightly(folder.path)).toEqual({ named: [] });
});
