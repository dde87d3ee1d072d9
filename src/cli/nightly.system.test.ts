import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { startReplica } from '../replica/replica.js';
import { readWorlds } from '../replica/world.js';
import { readRun } from '../run/store.js';
import { serve } from '../testing/serve.js';
import { copyOfSpec, temporaryFolder } from '../testing/conform.js';
import { conformProcess as conform } from '../testing/process.js';

interface Morning {
  code: number;
  first: string;
}

/** One night against an address, as cron would start it. */
function night(baseUrl: string, folder: string, spec: string): Promise<Morning> {
  const env = {
    PATH: process.env['PATH'],
    CONFORM_OUT: join(folder, 'reports'),
    CONFORM_SPEC_DIR: spec,
    CONFORM_BASE_URL: baseUrl,
    WELLSKY_CLIENT_ID: 'client-id-for-tests',
    WELLSKY_CLIENT_SECRET: 'client-secret-for-tests',
    WELLSKY_AGENCY_ID: '1234',
  };
  return new Promise((resolve) => {
    const child = execFile(join(PACKAGE_ROOT, 'scripts/nightly.sh'), ['production'], { env }, (_, out) => {
      resolve({ code: child.exitCode ?? -1, first: out.split('\n')[0] ?? '' });
    });
  });
}

async function nightInWorld(date: string, folder: string, spec: string): Promise<Morning> {
  const replica = await startReplica({ world: (await readWorlds(spec)).of(date) });
  try {
    return await night(replica.url, folder, spec);
  } finally {
    await replica.close();
  }
}

test('mornings are red when something has changed, and on no other day', { timeout: 1_200_000 }, async () => {
  await using folder = await temporaryFolder();
  const spec = await copyOfSpec(folder.path);
  const accept = () =>
    conform(['accept', '--target', 'production', '--out', join(folder.path, 'reports'), '--spec-dir', spec]);
  const latest = async () => (await readRun(join(folder.path, 'reports/latest/production.json'))).id;

  // Nothing has been accepted yet: the contract is all that can be expected.
  const first = await nightInWorld('2026-02-03', folder.path, spec);
  expect(first).toEqual({
    code: 1,
    first:
      'RED production: Drift: POST /v1/documentreference/_search/: works → unrouted at the gateway (route-missing)',
  });
  await accept();
  expect(await nightInWorld('2026-02-03', folder.path, spec)).toMatchObject({ code: 0 });
  const known = await latest();

  const offline = await night('http://127.0.0.1:9', folder.path, spec);
  expect(offline).toEqual({
    code: 3,
    first: expect.stringMatching(
      /^NO VERDICT production: .*[Nn]othing listens.*whether the host is up\.$/,
    ) as string,
  });

  await using refusing = await serve((_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end('{"error":"invalid_client"}');
  });
  const expired = await night(refusing.url, folder.path, spec);
  expect(expired).toEqual({
    code: 3,
    first: expect.stringMatching(/^NO VERDICT production: .*no token could be had/i) as string,
  });
  // Neither night has overwritten what was known.
  expect(await latest()).toBe(known);

  const changed = await nightInWorld('2026-02-26', folder.path, spec);
  expect(changed).toEqual({
    code: 1,
    first:
      'RED production: Drift: POST /v1/appointment/_search/: works → unrouted at the gateway (route-missing)',
  });
  await accept();
  expect(await nightInWorld('2026-02-26', folder.path, spec)).toMatchObject({ code: 0 });
  // That something works again is news as well.
  expect(await nightInWorld('2026-02-03', folder.path, spec)).toMatchObject({ code: 1 });
});
