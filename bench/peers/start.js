/* global performance */
// Starts a program of Node as a user would, and measures it to its end.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

/**
 * @typedef {object} Ended
 * @property {number | null} code
 * @property {string} output
 * @property {number} wallMs from the start to the end
 * @property {number} cpuMs of it and of what it started itself
 */

/** `times` is the one way to the CPU time of a child that every POSIX shell has. */
const TIMED = '"$@" >"$BENCH_OUTPUT" 2>&1; code=$?; times; exit "$code"';

/**
 * @param {readonly string[]} command the arguments of `node`
 * @param {{ folder: string, env: Record<string, string | undefined> }} options `folder`: where it is started
 * @returns {Promise<Ended>}
 */
export async function start(command, { folder, env }) {
  const file = join(folder, 'output.txt');
  const started = performance.now();
  const child = spawn('sh', ['-c', TIMED, 'sh', process.execPath, ...command], {
    cwd: folder,
    env: { ...env, BENCH_OUTPUT: file },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let times = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (times += text));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  const wallMs = performance.now() - started;
  return { code, wallMs, cpuMs: cpuMsOf(times), output: await readFile(file, 'utf8') };
}

/**
 * The CPU time of the children by what `times` prints: a line for the shell, one for its children, in each user and system.
 * @param {string} times
 */
function cpuMsOf(times) {
  const children = times.trim().split('\n')[1] ?? '';
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  );
}
