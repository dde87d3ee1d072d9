/* global clearTimeout, fetch, setTimeout */
// Programs that are started for the check, and ended with it.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { closeAtEnd } from './closing.js';

/**
 * @typedef {object} Program
 * @property {() => boolean} alive
 * @property {() => string} output what it has printed so far
 * @property {Promise<number | string>} ended the exit code, or the signal that ended it
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, log: string, env?: Record<string, string | undefined> }} options `log`: a file for what it prints
 * @returns {Program}
 */
export function startProgram(command, args, { cwd, log, env = process.env }) {
  // In a group of its own, so that Ctrl-C reaches it through this program only, and in order.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const file = createWriteStream(log);
  let output = '';
  let running = true;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      file.write(text);
    });
  }
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(error.message);
    });
    child.on('close', (code, signal) => resolve(signal ?? code));
  }).then((how) => {
    running = false;
    file.end();
    return how;
  });
  const stop = closeAtEnd(async () => {
    if (running) child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(patience);
  });
  return { alive: () => running, output: () => output, ended, stop };
}

/**
 * Waits until a program that was started can be used.
 * @template T
 * @param {Program} program
 * @param {() => Promise<T | undefined> | T | undefined} ready undefined, or an error, for not yet
 * @returns {Promise<T>}
 */
export async function untilReady(program, ready) {
  for (let turn = 0; turn < 600 && program.alive(); turn++) {
    const found = await Promise.resolve()
      .then(ready)
      .catch(() => undefined);
    if (found !== undefined) return found;
    await wait(100);
  }
  await program.stop();
  throw new Error(`it did not start: ${program.output().trim().split('\n').slice(-3).join(' / ')}`);
}

/** A port of the loopback that nobody listens on. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

/**
 * Asks a product for JSON, past the recorder.
 * @param {string} url
 * @param {{ method?: string, headers?: Record<string, string>, body?: unknown }} [request]
 */
export async function askJson(url, { method = 'GET', headers = {}, body } = {}) {
  const answer = await fetch(url, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} was answered with ${answer.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
