import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';
import type { Result } from './conform.js';

interface ProcessOptions {
  cwd?: string;
  env?: Record<string, string>;
}

/** Starts the built program as a user would, and waits for its end. */
export function conformProcess(args: readonly string[], options: ProcessOptions = {}): Promise<Result> {
  return startProcess(args, options).done;
}

/** Starts the built program, for those that run until they are stopped. */
export function startProcess(args: readonly string[], options: ProcessOptions = {}) {
  const child = spawn(process.execPath, [join(PACKAGE_ROOT, 'dist/bin/conform.js'), ...args], {
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
  const matched = async (text: () => string, pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(text());
      if (match) return match;
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode} and said: ${out} ${err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    ...{ child, done },
    /** Resolves when standard output holds something of this form. */
    says: (pattern: RegExp) => matched(() => out, pattern),
    /** Resolves when standard error holds something of this form. */
    notes: (pattern: RegExp) => matched(() => err, pattern),
  };
}
