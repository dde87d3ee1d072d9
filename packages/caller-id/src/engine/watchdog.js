// Removes a database server and its folder when the process that started it is gone, however it went.
//
// It is started with the folder as its argument and a pipe as its standard input. The other end of the pipe is
// held by the parent alone: the operating system closes it when the parent ends, also by kill -9.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

const folder = process.argv[2] ?? '';
const CALM_ROUNDS = 5;
const ROUND_MS = 100;
const STOP_ROUNDS = 50;

// A Ctrl-C in the terminal is meant for the parent.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

process.stdin.resume();
process.stdin.on('error', () => undefined);
process.stdin.on('close', () => void cleanUp());

async function cleanUp() {
  // A server that was just being set up may still write for a moment: done when nothing came back for a while.
  for (let calm = 0, round = 0; calm < CALM_ROUNDS && round < STOP_ROUNDS; round++) {
    const pid = serverPid();
    if (pid !== undefined) await stop(pid);
    calm = existsSync(folder) ? 0 : calm + 1;
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Something was written while it was removed: the next round gets it.
    }
    await wait(ROUND_MS);
  }
  process.exit(0);
}

/** The first line of postmaster.pid is the process id of the server. */
function serverPid() {
  try {
    const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** SIGQUIT is PostgreSQL's immediate shutdown. */
async function stop(pid) {
  try {
    process.kill(pid, 'SIGQUIT');
    for (let round = 0; round < STOP_ROUNDS; round++) {
      await wait(ROUND_MS);
      process.kill(pid, 0);
    }
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
