import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFolder, openRecords } from '../artefact/folder.js';
import { systemChance } from '../chance.js';
import { Problem } from '../problem.js';
import { readNamedRun } from '../record/store.js';
import { openSpec } from '../spec/open.js';
import { Secrets } from '../targets/secrets.js';
import { findTarget } from '../targets/targets.js';
import { leapingClock } from '../testing/clock.js';
import { temporaryFolder } from '../testing/folder.js';
import { askTarget, ASKING_PARTS, prepareTarget } from './ask-target.js';

test('a run that its database does not take is written below the output folder', async () => {
  await using folder = await temporaryFolder();
  const runtime = { env: {}, secrets: new Secrets(), clock: leapingClock(), chance: systemChance };
  const spec = await openSpec('spec', ASKING_PARTS);
  const elsewhere = openFolder(join(folder.path, 'elsewhere'), runtime.secrets);
  const records = {
    ...elsewhere,
    path: 'postgres://db/fleet/rosewood',
    write: () =>
      Promise.reject(new Problem('CONFORM_E_DATABASE_UNREACHABLE', 'the database cannot be reached')),
  };
  const wanted = {
    records,
    selection: { only: ['GET /v1/profileTags/'] },
    asked: { on: undefined, off: ['all'] },
  };
  const prepared = await prepareTarget(findTarget(spec.hosts.targets, 'replica'), spec, wanted, runtime);
  const out = join(folder.path, 'reports');
  const asked = askTarget(prepared, spec, {
    ...{ runtime, environment: {}, records, out, deadlineMs: undefined },
    signal: new AbortController().signal,
    onFault: () => undefined,
    onEvent: () => undefined,
  });
  await expect(asked).rejects.toMatchObject({ code: 'CONFORM_E_DATABASE_UNREACHABLE', exitCode: 3 });
  const kept = openRecords(out);
  const [name = ''] = await kept.list('runs');
  await expect(asked).rejects.toThrow(kept.place(`runs/${name}`));
  expect((await readNamedRun(name.replace('.json', ''), kept)).operations).toHaveLength(2);
});
