import { join, resolve } from 'node:path';
import { PACKAGE_ROOT } from '../../package.js';
import { readRun } from '../../run/store.js';
import { createIo, type CommonOptions } from '../io.js';
import { check } from './check.js';

export interface SuitesOptions extends CommonOptions {
  target?: string | undefined;
  run?: string | undefined;
}

/** Runs the Vitest suites over a run. @returns 0 when every promise holds, 1 when one does not */
export async function suites(options: SuitesOptions): Promise<number> {
  const io = createIo(options);
  if (options.target !== undefined) {
    const code = await check({ ...options, json: false, quiet: true, target: [options.target] });
    if (code === 2 || code === 3) return code;
  }
  const file = resolve(options.run ?? join(options.out, 'latest', `${options.target ?? 'mock'}.json`));
  const run = await readRun(file);
  process.env['CONFORM_RUN'] = file;

  const { startVitest } = await import('vitest/node');
  const root = join(PACKAGE_ROOT, 'suites');
  const junit = resolve(options.out, 'latest', `suites-${run.target}.xml`);
  const vitest = await startVitest('test', [], {
    root,
    config: join(root, 'vitest.config.ts'),
    watch: false,
    reporters: [options.json ? 'json' : 'default', ['junit', { outputFile: junit }]],
  });
  const failed = vitest.state.getCountOfFailedTests() > 0 || vitest.state.getUnhandledErrors().length > 0;
  await vitest.close();
  io.note(`JUnit: ${junit}`);
  return failed ? 1 : 0;
}
