/* global clearTimeout, setTimeout, URL */
// One variant of one framework: started, held against its description, asked by conform under every policy, and ended.
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { closeAtEnd } from '../real-hosts/closing.js';
import { startProgram } from '../real-hosts/program.js';
import { idVariables } from './contract.js';
import { answers } from './framework.js';
import { judge } from './judge.js';
import { OPERATIONS } from './operations.js';
import { answerOf } from './server.js';
import { targetOf, tokenVariables, writeSpec } from './spec.js';
import { truthOf } from './truth.js';
import { BASE_PATHS } from './variants.js';
import { verify } from './verify.js';

/** @typedef {import('./framework.js').Framework} Framework */
/** @typedef {import('./framework.js').Running} Running */
/** @typedef {import('./variants.js').Variant} Variant */
/** @typedef {import('./variants.js').Policy} Policy */
/** @typedef {import('./variants.js').Token} Token */

/**
 * What is right to say of an operation, and what was said.
 * @typedef {object} Result
 * @property {string} framework
 * @property {string} variant
 * @property {Policy} policy
 * @property {Token} token
 * @property {import('./operations.js').Operation} operation
 * @property {import('./judge.js').Judgement} judgement
 * @property {import('./judge.js').Verdict} verdict
 * @property {string} answered what came: status and message
 * @property {import('./server.js').Answer} really what the server makes of the operation, with this token
 * @property {readonly import('./truth.js').Claim[]} claims
 */

const MAIN = fileURLToPath(new URL('../dist/bin/conform.js', import.meta.url));

/** A check that takes longer is ended. It is asked to stop before. */
const PATIENCE_MS = 5 * 60_000;

/** The exit codes of a check that was done: as expected, not as expected, no verdict possible. */
const DONE = [0, 1, 3];

/**
 * @param {Framework} framework
 * @param {Awaited<ReturnType<Framework['install']>>} start
 * @param {Variant} variant
 * @param {readonly { policy: Policy, token: Token }[]} chosen
 * @param {string} folder where is put down what each check was given and said
 * @returns {Promise<{ results: Result[], faults: string[] }>} faults: what kept the test from being made
 */
export async function attempt(framework, start, variant, chosen, folder) {
  const home = await mkdtemp(join(tmpdir(), 'shop-'));
  const removeHome = closeAtEnd(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  /** @type {Running | undefined} */
  let running;
  try {
    running = await start(variant.mode, home);
    const host = { facts: framework.facts, variant };
    const faults = (await verify(host, running.url)).map((fault) => `it is not as described: ${fault}`);
    if (faults.length > 0) return { results: [], faults };
    /** @type {Result[]} */
    const results = [];
    for (const policy of new Set(chosen.map((one) => one.policy))) {
      const tokens = chosen.filter((one) => one.policy === policy).map(({ token }) => token);
      const into = join(folder, policy);
      const exit = await check(running.url + BASE_PATHS[variant.base], policy, tokens, into);
      if (!DONE.includes(Number(exit))) faults.push(`the check under ${policy} ended with ${exit}`);
      if (!(await answers(running.url))) {
        // Then what was said under this policy may be of a server that was not there.
        faults.push(`the server did not answer any more after the check under ${policy}`);
        break;
      }
      const runs = await readRuns(into);
      for (const token of tokens) {
        const run = runs.find(({ target }) => target === targetOf(token));
        if (!run) faults.push(`there is no run under ${policy} with the token ${token}`);
        for (const operation of OPERATIONS) {
          const found = run?.operations.find((/** @type {any} */ one) => one.id === operation.id);
          if (!found) continue;
          const claims = truthOf(host, operation, token, policy);
          results.push({
            ...{ framework: framework.name, variant: variant.name, policy, token, operation, claims },
            really: answerOf(host, operation, token),
            judgement: judge(found, claims),
            verdict: verdictOf(found),
            answered: answeredIn(found),
          });
        }
      }
    }
    return { results, faults };
  } catch (error) {
    return { results: [], faults: [error instanceof Error ? error.message : String(error)] };
  } finally {
    await running?.stop();
    await removeHome();
  }
}

/** @param {string} baseUrl @param {Policy} policy @param {readonly Token[]} tokens @param {string} folder */
async function check(baseUrl, policy, tokens, folder) {
  const spec = join(folder, 'spec');
  await mkdir(folder, { recursive: true });
  await writeSpec(spec, baseUrl);
  const { PATH, HOME } = process.env;
  const targets = tokens.flatMap((token) => ['--target', targetOf(token)]);
  const asked = ['check', ...targets, '--writes', policy, '--deadline', '4m', '--no-color', '--quiet'];
  // In a folder of its own: no `.env` of anybody is read.
  const program = startProgram(
    process.execPath,
    [MAIN, ...asked, '--spec-dir', spec, '--out', join(folder, 'reports')],
    {
      cwd: folder,
      log: join(folder, 'check.log'),
      env: { PATH, HOME, ...idVariables(), ...tokenVariables() },
    },
  );
  const patience = setTimeout(() => void program.stop(), PATIENCE_MS);
  const exit = await program.ended;
  clearTimeout(patience);
  await program.stop();
  return exit;
}

/** @param {string} folder @returns {Promise<any[]>} */
async function readRuns(folder) {
  const runs = join(folder, 'reports/runs');
  const names = await readdir(runs).catch(() => []);
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(runs, name), 'utf8'))));
}

/** @param {any} capability @returns {import('./judge.js').Verdict} */
function verdictOf({ outcome, layer, cause, confidence, explanation, fix }) {
  return { outcome, layer, cause, confidence, explanation, fix };
}

/** What came in answer to the operation itself. @param {any} capability */
function answeredIn({ exchanges }) {
  const own = exchanges.find((/** @type {any} */ { role }) => role === 'operation');
  if (own === undefined) return 'not asked';
  const { status, message } = own;
  return message === undefined ? String(status) : `${status} “${message}”`;
}
