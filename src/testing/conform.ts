import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { systemChance } from '../chance.js';
import { run } from '../cli/program.js';
import type { Process, StopSignal } from '../cli/host.js';
import { PACKAGE_ROOT } from '../package.js';
import { passTime, testClock } from './command-clock.js';

export { testClock } from './command-clock.js';
export { temporaryFolder } from './folder.js';

export interface Result {
  code: number | null;
  out: string;
  err: string;
}

/** `conform check` that holds answers to nothing but what every answer is held to, for tests that are not about checks. */
export const PLAIN_CHECK: readonly string[] = ['check', '--no-checks', 'all'];

/** What a test gives a command instead of the process. */
type HostOptions = Partial<Pick<Process, 'env' | 'clock' | 'chance'>> & {
  /** Text, or bytes in another encoding. */
  stdin?: string | Buffer;
  /** Whether a person sits before standard input and standard error. */
  isTerminal?: boolean;
};

/** Runs a command in this process, on a host of its own, and waits for its end. */
export function conform(args: readonly string[], options: HostOptions = {}): Promise<Result> {
  return start(args, options).done;
}

/** Runs a command in this process; `stop` is what Ctrl-C is to a process. */
export function start(
  args: readonly string[],
  { env = {}, stdin = '', isTerminal = false, clock = testClock, chance = systemChance }: HostOptions = {},
): { done: Promise<Result>; stop: (signal?: StopSignal) => void; says: (what: RegExp) => Promise<string[]> } {
  passTime();
  const text = { out: '', err: '' };
  const stops = new Set<(signal: StopSignal) => void>();
  const waiting = new Set<() => void>();
  const output = (into: 'out' | 'err') => ({
    isTTY: isTerminal && into === 'err',
    write: (piece: string) => {
      text[into] += piece;
      for (const look of waiting) look();
    },
  });
  const process: Process = {
    env: { NO_COLOR: '1', ...env },
    stdin: Object.assign(Readable.from([stdin]), { isTTY: isTerminal }),
    stdout: output('out'),
    stderr: output('err'),
    clock,
    chance,
    onStop: (stop) => {
      stops.add(stop);
      return { release: () => void stops.delete(stop) };
    },
  };
  const done = run(args, process).then((code) => ({ code, ...text }));
  return {
    done,
    stop: (signal = 'SIGINT') => {
      for (const stop of stops) stop(signal);
    },
    says: (what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = what.exec(text.out);
          if (!match) return;
          waiting.delete(look);
          resolve(match);
        };
        waiting.add(look);
        look();
        void done.then(({ code }) => {
          reject(new Error(`it ended with ${code} and said: ${text.out} ${text.err}`));
        });
      }),
  };
}

/** A copy of the spec folder, to be changed by a test. */
export async function copyOfSpec(folder: string): Promise<string> {
  const spec = join(folder, 'spec');
  await cp(join(PACKAGE_ROOT, 'spec'), spec, { recursive: true });
  return spec;
}
