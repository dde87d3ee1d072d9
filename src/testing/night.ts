import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';
import { startReplica } from '../replica/replica.js';
import { readRun } from '../record/store.js';
import { openSpec } from '../spec/open.js';
import { copyOfSpec, temporaryFolder } from './conform.js';
import { conformProcess } from './process.js';

/** What the morning sees of a night: the exit code, and the first line. */
interface Morning {
  code: number;
  first: string;
}

/** A vendor's production in one folder, asked night after night by `scripts/nightly.sh`, as cron would start it. */
export async function nights() {
  const folder = await temporaryFolder();
  const spec = await copyOfSpec(folder.path);
  // What the mornings are about is what changes from night to night.
  await writeFile(join(spec, 'checks.yaml'), 'all: { off: [all] }\n');
  const out = join(folder.path, 'reports');

  function at(baseUrl: string): Promise<Morning> {
    const env = {
      PATH: process.env['PATH'],
      TZ: 'America/Denver',
      WELLSKY_CLIENT_ID: 'client-id-for-tests',
      WELLSKY_CLIENT_SECRET: 'client-secret-for-tests',
      WELLSKY_AGENCY_ID: '1234',
    };
    const args = [
      ...['--target', 'production', '--notify', 'none', '--base-url', baseUrl],
      ...['--out', out, '--spec-dir', spec],
    ];
    return new Promise((resolve) => {
      const child = execFile(join(PACKAGE_ROOT, 'scripts/nightly.sh'), args, { env }, (_, text) => {
        resolve({ code: child.exitCode ?? -1, first: text.split('\n')[0] ?? '' });
      });
    });
  }

  return {
    /** A night against an address. */
    at,
    /** A night against the world of a day. */
    async inWorld(date: string): Promise<Morning> {
      const { worlds, contract } = await openSpec(spec, ['worlds', 'contract']);
      const replica = await startReplica({ world: worlds.of(date), contract });
      try {
        return await at(replica.url);
      } finally {
        await replica.close();
      }
    },
    accept: () => conformProcess(['accept', '--target', 'production', '--out', out, '--spec-dir', spec]),
    /** Which run is the latest that proved something. */
    latest: async () => (await readRun(join(out, 'latest/production.json'))).id,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
