import { hostname, uptime } from 'node:os';
import { Type, type Static } from '@sinclair/typebox';
import type { Folder } from '../artefact/folder.js';
import type { Clock } from '../clock.js';
import { validatorOf } from '../document/shapes.js';
import { parseJson } from '../json.js';
import { codeOf, Problem } from '../problem.js';

/** Who holds the lock of a night. */
export const Holder = Type.Object({
  format: Type.Literal('conform-night-lock/1'),
  pid: Type.Integer(),
  host: Type.String(),
  /** When its machine was started, ISO 8601, UTC: process ids are given again after that. */
  bootedAt: Type.String(),
  /** When its night began. */
  startedAt: Type.String(),
  /** A night takes no longer than this, in milliseconds. */
  longestMs: Type.Number(),
});
export type Holder = Static<typeof Holder>;

/** The machine that a night runs on. */
export interface Machine {
  host: string;
  pid: number;
  /** How long it has been running, in milliseconds. */
  upMs: () => number;
  isRunning: (pid: number) => boolean;
}

export const systemMachine: Machine = {
  host: hostname(),
  pid: process.pid,
  upMs: () => uptime() * 1000,
  isRunning: (pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // Another user's process may not be sent a signal, but it runs.
      return codeOf(error) !== 'ESRCH';
    }
  },
};

const LOCK = 'nights/lock.json';
const TAKE_OVER = 'take-over';
const MOST_TRIES = 100;
const AGAIN_MS = 50;
/** Clocks are set: two moments at which a machine was started are the same when they are no further apart. */
const SAME_BOOT_MS = 5 * 60_000;

/** A lock that is held: nobody else starts a night in this output folder. */
export interface Lock {
  /** Whose lock was taken over, because that night cannot be running any more. */
  former: Holder | undefined;
  release: () => Promise<void>;
}

/**
 * Takes the lock of an output folder.
 * @param night when the night began, and how long none of this command takes, in milliseconds
 * @returns the lock, or who holds it
 * @throws Problem when the file cannot be written
 */
export async function takeLock(
  out: Folder,
  clock: Pick<Clock, 'sleep'>,
  machine: Machine,
  night: { startedAt: Date; longestMs: number },
): Promise<Lock | { heldBy: Holder }> {
  const { startedAt, longestMs } = night;
  const own: Holder = {
    format: 'conform-night-lock/1',
    pid: machine.pid,
    host: machine.host,
    bootedAt: new Date(startedAt.getTime() - machine.upMs()).toISOString(),
    startedAt: startedAt.toISOString(),
    longestMs,
  };
  const text = `${JSON.stringify(own, null, 2)}\n`;
  const release = (): Promise<void> => out.remove(LOCK);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (await out.create(LOCK, text)) return { former: undefined, release };
    const held = await readHolder(out);
    // It was released in this moment.
    if (held === undefined) continue;
    if (!isStale(held, own, machine)) return { heldBy: held };
    if (await takeOver(out, held, text)) return { former: held, release };
    await clock.sleep(AGAIN_MS);
  }
  throw new Problem(
    'CONFORM_E_NIGHT_LOCK_UNUSABLE',
    'the lock of the night is taken by others again and again',
    {
      place: { file: out.place(LOCK) },
      remedy: 'Start the night again.',
    },
  );
}

/** Of several that find the same stale lock, one takes it over; the others would remove the lock of that one. */
async function takeOver(out: Folder, former: Holder, text: string): Promise<boolean> {
  const claim = await out.claim('nights', TAKE_OVER, '.json');
  try {
    if (claim.stem !== TAKE_OVER) return false;
    const held = await readHolder(out);
    if (JSON.stringify(held) !== JSON.stringify(former)) return false;
    await out.remove(LOCK);
    return await out.create(LOCK, text);
  } finally {
    await claim.release();
  }
}

/** Whether the night of a holder cannot be running any more. */
export function isStale(held: Holder, own: Holder, machine: Pick<Machine, 'pid' | 'isRunning'>): boolean {
  if (held.host !== own.host) {
    // Nobody can see from here whether it runs; but no night takes longer than it said.
    return Date.parse(held.startedAt) + held.longestMs < Date.parse(own.startedAt);
  }
  const rebooted = Math.abs(Date.parse(held.bootedAt) - Date.parse(own.bootedAt)) > SAME_BOOT_MS;
  return rebooted || held.pid === machine.pid || !machine.isRunning(held.pid);
}

/** @returns undefined when there is none any more */
async function readHolder(out: Folder): Promise<Holder | undefined> {
  const text = await out.read(LOCK);
  if (text === undefined) return undefined;
  const value = parseJson(text);
  if (validatorOf(Holder)(value)) return value;
  throw new Problem('CONFORM_E_NIGHT_LOCK_UNUSABLE', 'the lock of the night cannot be read', {
    place: { file: out.place(LOCK) },
    remedy: 'Remove it when no night is running.',
  });
}

/** Who holds a lock, in words. */
export function describeHolder({ pid, host, startedAt }: Holder): string {
  return `process ${pid} on ${host}, since ${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
}
