import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../../../src/package.js';
import { startEmbedded } from './embedded.js';

const SCRIPT = `
  import { startEmbedded } from ${JSON.stringify(join(PACKAGE_ROOT, 'packages/caller-id/dist/bench.js'))};
  import pg from 'pg';
  const engine = await startEmbedded();
  const client = new pg.Client(engine.connection);
  await client.connect();
  const { rows } = await client.query("SELECT current_setting('data_directory') AS folder, pg_backend_pid() AS pid");
  console.log(JSON.stringify(rows[0]));
  client.on('error', () => {});
  setInterval(() => {}, 1000);
`;

describe('the embedded server', () => {
  test('answers, and is gone after it was closed', async () => {
    const engine = await startEmbedded();
    const client = new pg.Client(engine.connection);
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      "SELECT current_setting('data_directory') AS folder",
    );
    await client.end();
    const folder = dirname(rows[0]?.folder ?? '');
    expect(existsSync(folder)).toBe(true);
    await engine.close();
    expect(existsSync(folder)).toBe(false);
    await expect(new pg.Client(engine.connection).connect()).rejects.toThrow('ECONNREFUSED');
  });

  for (const signal of ['SIGKILL', 'SIGINT', 'SIGTERM'] as const) {
    test(`is gone after its parent got ${signal}`, async () => {
      const parent = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT], {
        cwd: PACKAGE_ROOT,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [said] = (await once(parent.stdout, 'data')) as [Buffer];
      const { folder, pid } = JSON.parse(said.toString()) as { folder: string; pid: number };
      const ended = once(parent, 'exit');
      parent.kill(signal);
      await ended;
      while (existsSync(dirname(folder)) || runs(pid)) await wait(50);
      expect(existsSync(dirname(folder))).toBe(false);
    });
  }
});

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
