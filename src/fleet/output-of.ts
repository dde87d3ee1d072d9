import { spawn } from 'node:child_process';
import { codeOf, Problem, type Place } from '../problem.js';

/** How a program is run whose output is read. */
export interface Running {
  /** The folder that it runs in. */
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
  timeoutMs: number;
  /** The most that it may print, in bytes. */
  most: number;
  /** Where somebody has written that it is to be run. */
  place: Place;
}

/**
 * Runs a program to its end. No shell takes part, it is given no input, and what it prints is in no error.
 * @param command the program and its arguments
 * @returns what it printed on standard output
 * @throws Problem when it cannot be started, takes too long, prints too much, or ends with another code than 0
 */
export function outputOf([file = '', ...args]: readonly string[], running: Running): Promise<string> {
  const { folder, env, timeoutMs, most, place } = running;
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      reject(
        new Problem('CONFORM_E_FLEET_COMMAND_FAILED', `the command “${file}” ${why}`, {
          place,
          remedy: 'Run it by hand, in the folder of the fleet file.',
        }),
      );
    };
    const child = spawn(file, args, {
      ...{ cwd: folder, env, timeout: timeoutMs, killSignal: 'SIGKILL' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pieces: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > most) child.kill('SIGKILL');
      else pieces.push(piece);
    });
    child.on('error', (error) => {
      fail(`cannot be started (${codeOf(error) || error.name})`);
    });
    child.on('close', (code, signal) => {
      if (size > most) fail(`prints more than ${most} bytes`);
      else if (signal !== null) fail(`was stopped (${signal}), after ${timeoutMs / 1000} s at the latest`);
      else if (code !== 0) fail(`ended with exit code ${code ?? 'none'}`);
      else resolve(Buffer.concat(pieces).toString('utf8'));
    });
  });
}
