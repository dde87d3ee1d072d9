/* global AbortSignal, fetch, URL */
// How a framework is started with the shop, and what is known of it.
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { freePort, startProgram, untilReady } from '../real-hosts/program.js';
import { PREFIX } from './variants.js';

/** @typedef {import('./variants.js').Mode} Mode */

/**
 * @typedef {object} Running
 * @property {string} url
 * @property {() => Promise<void>} stop
 */

/**
 * @typedef {object} Framework
 * @property {string} name
 * @property {string} language
 * @property {import('./server.js').Facts} facts
 * @property {() => Promise<(mode: Mode, home: string) => Promise<Running>>} install gives what starts it, with its files
 *   in `home`; throws `Unavailable`
 */

/** @typedef {{ command: string, args: readonly string[], env?: Record<string, string> }} Command */

const APPS = fileURLToPath(new URL('apps', import.meta.url));

/** The file of a shop. @param {string} name */
export function app(name) {
  return join(APPS, name);
}

/** @type {Set<number>} */
const taken = new Set();

/**
 * A port of the loopback that no other server of this test has been given: several are started at once, and one that
 * was found free is not used yet.
 * @returns {Promise<number>}
 */
export async function ownPort() {
  const port = await freePort();
  if (taken.has(port)) return ownPort();
  taken.add(port);
  return port;
}

/**
 * Starts a shop by a command; it learns its mode and port from the environment.
 * @param {Mode} mode @param {string} home @param {Command} command
 * @returns {Promise<Running>}
 */
export async function startShop(mode, home, { command, args, env = {} }) {
  const port = await ownPort();
  const own = { MODE: mode, PORT: String(port), STORE: join(home, 'items.json') };
  return startServer(`http://127.0.0.1:${port}`, home, { command, args, env: { ...env, ...own } });
}

/**
 * Starts a server, and waits until it answers.
 * @param {string} url @param {string} home @param {Command} command
 * @returns {Promise<Running>}
 */
export async function startServer(url, home, { command, args, env = {} }) {
  const { PATH, HOME } = process.env;
  const program = startProgram(command, args, {
    cwd: home,
    log: join(home, 'server.log'),
    env: { PATH, HOME, ...env },
  });
  await untilReady(program, async () => ((await answers(url)) ? true : undefined));
  return { url, stop: program.stop };
}

/** Whether a shop answers, at all and in time. @param {string} url @returns {Promise<boolean>} */
export async function answers(url) {
  const answer = fetch(`${url}${PREFIX}/health`, { signal: AbortSignal.timeout(5_000) });
  return answer.then(
    ({ ok }) => ok,
    () => false,
  );
}
