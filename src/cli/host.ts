import type { Readable } from 'node:stream';
import { systemChance, type Chance } from '../chance.js';
import { systemClock, type Clock } from '../clock.js';

/** Where text is written to. */
export interface Output {
  write: (text: string) => unknown;
  /** Whether a person sits before it. */
  isTTY: boolean;
}

export type StopSignal = 'SIGINT' | 'SIGTERM';

/**
 * All that a command takes from the process that it runs in. `main.ts` gives it the real process; a test gives it
 * streams, variables, time and chance of its own, and can run many commands in one process.
 */
export interface Host {
  env: Readonly<Record<string, string | undefined>>;
  stdin: Readable & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  clock: Clock;
  chance: Chance;
  /** Calls back when the process is asked to stop, until it is released. */
  onStop: (stop: (signal: StopSignal) => void) => { release: () => void };
}

/** The process itself. */
export function processHost(): Host {
  return {
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: systemClock,
    chance: systemChance,
    onStop: (stop) => {
      const signals: StopSignal[] = ['SIGINT', 'SIGTERM'];
      for (const signal of signals) process.once(signal, stop);
      return {
        release: () => {
          for (const signal of signals) process.off(signal, stop);
        },
      };
    },
  };
}
