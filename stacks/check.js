// Has conform ask one small contract on many web frameworks, and counts how often its verdicts are right.
//
//   npm run test:stacks                                       all of it: half an hour
//   node stacks/check.js --only flask --only "never issued"   only what has all of these words in its name
//   node stacks/check.js --frameworks                         which there are
//   node stacks/check.js --json                               every verdict, as one JSON document
//
// A name is “FRAMEWORK | VARIANT | policy POLICY | token TOKEN”. What each check was given and said stands in
// `.real-hosts/shop/`. Exit codes: 0 at least 97 % are right and none is wrong at certain; 1 not so, or a test could not
// be made; 2 wrong usage; 3 nothing could be tried.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { isEnding, runScript } from '../real-hosts/closing.js';
import { CACHE, Unavailable } from '../real-hosts/install.js';
import { attempt } from './attempt.js';
import { FRAMEWORKS } from './frameworks/all.js';
import { inTurn } from './in-turn.js';
import { asDocument, isGoodEnough, report } from './report.js';
import { POLICIES, TOKENS, VARIANTS } from './variants.js';

/** @typedef {import('./framework.js').Framework} Framework */
/** @typedef {import('./variants.js').Token} Token */

const CHECKS = join(CACHE, 'shop');

/** Most of a check is waiting, for a server that wants to be asked later. */
const AT_ONCE = 6;

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      frameworks: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  return { only: values.only ?? [], frameworks: values.frameworks ?? false, json: values.json ?? false };
}

/** @param {{ only: readonly string[], frameworks: boolean, json: boolean }} options @returns {Promise<number>} the exit code */
async function main({ only, frameworks, json }) {
  if (frameworks) {
    process.stdout.write(FRAMEWORKS.map(({ name, language }) => `${name} (${language})\n`).join(''));
    return 0;
  }
  await rm(CHECKS, { recursive: true, force: true });
  /** @type {(() => Promise<Awaited<ReturnType<typeof attempt>>>)[]} */
  const tests = [];
  /** @type {string[]} */
  const faults = [];
  /** @type {string[]} */
  const skipped = [];
  for (const framework of FRAMEWORKS) {
    const chosen = chosenOf(framework, only);
    if (chosen.length === 0 || isEnding()) continue;
    try {
      const start = await framework.install();
      for (const { variant, asked } of chosen) {
        tests.push(async () => {
          const name = `${framework.name} | ${variant.name}`;
          process.stderr.write(`${name}\n`);
          const folder = join(CHECKS, name.replace(/\W+/g, '-'));
          const done = await attempt(framework, start, variant, asked, folder);
          faults.push(...done.faults.map((fault) => `${name}: ${fault}`));
          return done;
        });
      }
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      skipped.push(`${framework.name}. ${error.message}`);
    }
  }
  const results = (await inTurn(tests, AT_ONCE, isEnding)).flatMap((done) => done.results);
  if (json) {
    process.stdout.write(`${JSON.stringify({ faults, skipped, ...asDocument(results) })}\n`);
  } else {
    process.stdout.write(skipped.map((reason) => `Skipped: ${reason}\n`).join(''));
    process.stdout.write(faults.map((fault) => `Not tested: ${fault}\n`).join(''));
    if (results.length > 0) process.stdout.write(report(results));
  }
  if (results.length === 0 && faults.length === 0) return 3;
  return faults.length === 0 && isGoodEnough(results) ? 0 : 1;
}

/**
 * What of a framework is to be tested: by variant, what each is asked with.
 * @param {Framework} framework @param {readonly string[]} only
 */
function chosenOf({ name }, only) {
  return VARIANTS.map((variant) => ({
    variant,
    asked: POLICIES.flatMap((policy) =>
      /** @type {Token[]} */ (Object.keys(TOKENS)).map((token) => ({ policy, token })),
    ).filter(({ policy, token }) => {
      const full = `${name} | ${variant.name} | policy ${policy} | token ${token}`.toLowerCase();
      return only.every((text) => full.includes(text.toLowerCase()));
    }),
  })).filter(({ asked }) => asked.length > 0);
}
