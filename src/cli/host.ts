import type { Readable } from 'node:stream';
import { systemChance, type Chance } from '../chance.js';
import { systemClock, type Clock } from '../clock.js';
import type { Reporter } from '../library/reporter.js';
import type { Runtime } from '../library/runtime.js';
import { Secrets } from '../targets/secrets.js';
import { createMarks, createTerminal, type Marks, type Output, type Terminal } from './terminal.js';

export type StopSignal = 'SIGINT' | 'SIGTERM';

/**
 * The process that the command line runs in. `main.ts` gives the real one; a test gives streams, variables, time and
 * chance of its own, and can run many commands in one process.
 */
export interface Process {
  env: Readonly<Record<string, string | undefined>>;
  stdin: Readable & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  clock: Clock;
  chance: Chance;
  /** Calls back when the process is asked to stop, until it is released. */
  onStop: (stop: (signal: StopSignal) => void) => { release: () => void };
}

/** All that a command takes from the process, with streams that let no secret and no command through. */
export interface Host extends Process, Pick<Runtime, 'paceOf'> {
  stdout: Terminal;
  stderr: Terminal;
  marks: Marks;
  /** Every secret of the process that is known until now: whatever learns one adds it. */
  secrets: Secrets;
  /** What hears of runs while they go on, besides the terminal. */
  reporters: readonly Reporter[];
  /** The signal that has stopped the work of the command, if one has. */
  stoppedBy: StopSignal | undefined;
}

/** The process as commands see it. */
export function guard(process: Process): Host {
  const secrets = new Secrets();
  const marks = createMarks(process.chance);
  return {
    ...process,
    secrets,
    marks,
    stdout: createTerminal(process.stdout, { secrets, marks, onSecret: 'refuse' }),
    stderr: createTerminal(process.stderr, { secrets, marks, onSecret: 'replace' }),
    reporters: [],
    stoppedBy: undefined,
  };
}

/** What a process that a signal has stopped ends with: 128 and the number of the signal. */
export const EXIT_CODES: Record<StopSignal, 130 | 143> = { SIGINT: 130, SIGTERM: 143 };

/** How long a command may take to end after it was stopped, in milliseconds. */
const LONGEST_STOP_MS = 2_000;
/** What a command says that has not ended by then. */
export const TOO_LONG =
  'conform: stopped before all was put in order; where a run had created something, conform cleanup removes it\n';

const SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM'];

/** The process itself. A signal that no command waits for, or a second one, ends it at once, also as the first of a container. */
export function systemProcess(): Process {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(EXIT_CODES[signal]);
    });
  }
  return {
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: systemClock,
    chance: systemChance,
    onStop: (stop) => {
      const stopSoon = (signal: StopSignal): void => {
        // Whoever stops a program does not wait for a host that does not answer.
        setTimeout(() => {
          process.stderr.write(TOO_LONG);
          process.exit(EXIT_CODES[signal]);
        }, LONGEST_STOP_MS).unref();
        stop(signal);
      };
      for (const signal of SIGNALS) process.once(signal, stopSoon);
      return {
        release: () => {
          for (const signal of SIGNALS) process.off(signal, stopSoon);
        },
      };
    },
  };
}

/** Runs what a command does, with the host that it runs on, and keeps the exit code. */
export type Start = (action: (host: Host) => Promise<number>) => Promise<void>;
