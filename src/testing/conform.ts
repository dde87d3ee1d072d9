import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';

export interface Result {
  code: number | null;
  out: string;
  err: string;
}

/** Starts the built program as a user would, and waits for its end. */
export function conform(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Result> {
  return start(args, options).done;
}

/** Starts the built program, for those that run until they are stopped. */
export function start(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}) {
  const child = spawn(process.execPath, [join(PACKAGE_ROOT, 'dist/src/cli/main.js'), ...args], {
    cwd: options.cwd ?? PACKAGE_ROOT,
    env: { PATH: process.env['PATH'], NO_COLOR: '1', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const done = new Promise<Result>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
  /** Resolves when standard output holds something of this form. */
  const says = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(out);
      if (match) return match;
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode} and said: ${out} ${err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, done, says };
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<{
  path: string;
  [Symbol.asyncDispose]: () => Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'conform-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A copy of the spec folder, to be changed by a test. */
export async function copyOfSpec(folder: string): Promise<string> {
  const spec = join(folder, 'spec');
  await cp(join(PACKAGE_ROOT, 'spec'), spec, { recursive: true });
  return spec;
}
