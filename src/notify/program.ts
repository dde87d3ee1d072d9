import { spawn } from 'node:child_process';
import { codeOf, Problem } from '../problem.js';

/** Starts other programs. A test gives one that only notes what would be started. */
export interface Programs {
  /** By which Node names the system: `darwin`, `linux`, … */
  platform: string;
  /**
   * Runs a program to its end. No shell takes part: each argument arrives as it is.
   * @param command the program and its arguments
   * @throws Problem when it cannot be started, takes too long, or ends with another code than 0
   */
  run: (
    command: readonly [string, ...string[]],
    options: { stdin: string; env: Readonly<Record<string, string | undefined>>; timeoutMs: number },
  ) => Promise<void>;
}

export const systemPrograms: Programs = {
  platform: process.platform,
  run: ([file, ...args], { stdin, env, timeoutMs }) =>
    new Promise((resolve, reject) => {
      // What the program prints can hold anything, and belongs to nobody's report.
      const child = spawn(file, args, { env, timeout: timeoutMs, stdio: ['pipe', 'ignore', 'ignore'] });
      child.on('error', (error) => {
        reject(
          new Problem(
            'CONFORM_E_NOTIFIER_PROGRAM_FAILED',
            `the program cannot be started (${codeOf(error) || error.name})`,
            { remedy: 'Check that it is installed, and that PATH has its folder.', cause: error },
          ),
        );
      });
      child.on('close', (code, signal) => {
        if (code === 0) resolve();
        else
          reject(
            new Problem(
              'CONFORM_E_NOTIFIER_PROGRAM_FAILED',
              signal === null
                ? `the program ended with exit code ${code ?? 'none'}`
                : `the program was stopped (${signal}) after ${timeoutMs / 1000} s at the latest`,
              { remedy: 'Run it by hand to see why.' },
            ),
          );
      });
      // A program that does not read its input may close it: its exit code says whether all went well.
      child.stdin.on('error', () => undefined);
      child.stdin.end(stdin);
    }),
};
