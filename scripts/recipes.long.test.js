// Follows the recipes of CONTRIBUTING.md in a copy of the repository: `recipes/<kind>.yaml` is what somebody writes at each
// step. All recipes are followed at once, so that there is one build; then, in turns, each without one of its steps.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { codesIn, filled, recipesIn } from './recipes.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What no build and no test of a recipe reads, or what is linked instead. */
const NOT_COPIED = [
  'node_modules',
  '.git',
  '.published',
  '.real-hosts',
  'coverage',
  'reports',
  'site',
  'stryker',
];
const BUILD = 'npm run build';
const FOLDER = join(ROOT, 'scripts/recipes');
const RECIPES = recipesIn(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')).map((recipe) => {
  const file = join(FOLDER, `${recipe.kind}.yaml`);
  const { values, prints = [], steps } = existsSync(file) ? parse(readFileSync(file, 'utf8')) : {};
  const own = (text) => filled(text, values);
  return {
    ...{ kind: recipe.kind, prints, written: steps },
    steps: recipe.steps.map(own),
    commands: recipe.commands.map(own).filter((line) => line !== BUILD),
    without: recipe.without.map((missed) => ({ ...missed, fails: own(missed.fails) })),
  };
});

/** A build, and all tests of a turn, in milliseconds: they end much sooner where nothing else runs. */
const LONGEST = 900_000;
vi.setConfig({ testTimeout: LONGEST, hookTimeout: LONGEST });

let scratch = '';
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'conform-recipes-'));
  for (const name of readdirSync(ROOT).filter((one) => !NOT_COPIED.includes(one)))
    cpSync(join(ROOT, name), join(scratch, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(scratch, 'node_modules'));
  write({});
  const { code, printed } = await run(BUILD);
  expect(code, printed).toBe(0);
  for (const { steps } of RECIPES) for (const command of steps.flatMap(commandsOf)) await passes(command);
});
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** Writes what the recipes say, but for one step of some. @param {Record<string, number>} left the step, by the recipe */
function write(left) {
  const texts = new Map();
  for (const { kind, written } of RECIPES) {
    for (const [step, files] of Object.entries(written)) {
      for (const [name, change] of Object.entries(files)) {
        const before = texts.get(name) ?? original(name);
        texts.set(name, Number(step) === left[kind] ? before : changed(before, change, name));
      }
    }
  }
  for (const [name, text] of texts) {
    const file = join(scratch, name);
    mkdirSync(dirname(file), { recursive: true });
    if (text === undefined) rmSync(file, { force: true });
    else writeFileSync(file, text);
  }
}

function original(name) {
  const file = join(ROOT, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** A text with a change: a text that is added at its end, or texts at places that are there once. */
function changed(before, change, name) {
  if (typeof change === 'string') return (before ?? '') + change;
  let text = before;
  for (const { before: next, after, instead = '', add } of change) {
    const parts = text.split(next ?? after + instead);
    expect(parts, `${name} has ${JSON.stringify(next ?? after + instead)} once`).toHaveLength(2);
    text = parts.join(next === undefined ? after + add : add + next);
  }
  return text;
}

/** Runs a command line as a person does. */
function run(command) {
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), NO_COLOR: '1' };
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', command], { cwd: scratch, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (printed += piece));
    child.on('close', (code) => resolve({ code, printed }));
  });
}

async function passes(command) {
  const { code, printed } = await run(command);
  expect(code, `${command}\n${printed}`).toBe(0);
  return printed;
}

/** A command that several recipes have is run once. */
function passesOnce(command) {
  if (!once.has(command)) once.set(command, passes(command));
  return once.get(command);
}

/** The commands that a step consists of. */
function commandsOf(step) {
  return codesIn(step).filter((code) => code.startsWith('npm run conform'));
}

/** The paths that a step names. */
function pathsOf(step) {
  return codesIn(step).filter(
    (code) => /^[\w.-]+(\/[\w.-]*)+$|^[A-Z]+\.md$/.test(code) && existsSync(join(ROOT, code.split('/')[0])),
  );
}

/** How many steps of a recipe are left out, one after another: the nightly workflow leaves out each. */
const TURNS = process.env['CONFORM_TEST_THOROUGH'] === '1' ? Infinity : 1;

const TESTS = 'npx vitest run --project fast ';
/** The tests that a command line runs, as paths. */
function testsOf(command) {
  return command.startsWith(TESTS)
    ? command
        .slice(TESTS.length)
        .split(' ')
        .filter((word) => word !== '-u')
    : [];
}

/** Runs tests, only those of some titles where they are given. @returns the titles of what failed, by the file */
async function failuresOf(paths, titles = []) {
  const output = join(scratch, 'results.json');
  rmSync(output, { force: true });
  const only = titles.length === 0 ? '' : ` -t '${titles.join('|')}'`;
  const files = [...new Set(paths)].join(' ');
  const { printed } = await run(`${TESTS}${files} -u${only} --reporter=json --outputFile=${output}`);
  expect(existsSync(output), printed).toBe(true);
  const { testResults } = JSON.parse(readFileSync(output, 'utf8'));
  return new Map(
    testResults.map(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      const texts = failed.map(({ fullName, failureMessages }) => [fullName, ...failureMessages].join('\n'));
      return [relative(scratch, name), message === '' ? texts : [message, ...texts]];
    }),
  );
}

const once = new Map();
/** What fails among the tests of all recipes when all of them are followed; run once. */
function whenFollowed() {
  if (!once.has('followed'))
    once.set('followed', failuresOf(RECIPES.flatMap(({ commands }) => commands.flatMap(testsOf))));
  return once.get('followed');
}

/** What fails among tests when every recipe is followed without the step of its turn; run once for a turn. */
function withoutStep(turn) {
  if (!once.has(turn)) {
    const left = RECIPES.flatMap(({ kind, without }) => (without[turn] ? [{ kind, ...without[turn] }] : []));
    write(Object.fromEntries(left.map(({ kind, step }) => [kind, step])));
    const tests = left.filter(({ fails }) => fails.startsWith('src/'));
    const failures = failuresOf(
      tests.map(({ fails }) => fails),
      tests.map(({ by }) => by),
    );
    once.set(
      turn,
      failures.finally(() => write({})),
    );
  }
  return once.get(turn);
}

test('every recipe that is followed is in CONTRIBUTING.md, and every one with steps is followed', () => {
  const followed = readdirSync(FOLDER).map((name) => name.replace(/\.yaml$/, ''));
  expect(RECIPES.map(({ kind }) => kind).sort()).toEqual(followed.sort());
});

describe.each(RECIPES)('the recipe for a $kind', ({ kind, steps, commands, without, prints, written }) => {
  test('names in each step the files that are written, and no file that is not there', () => {
    expect(Object.keys(written).map(Number)).toEqual(steps.map((_, index) => index + 1));
    for (const [index, step] of steps.entries()) {
      const named = pathsOf(step);
      for (const name of Object.keys(written[index + 1])) expect(named).toContain(name);
      for (const name of named) expect(existsSync(join(scratch, name)), name).toBe(true);
    }
  });

  test('has commands that pass', async () => {
    expect(commands.length).toBeGreaterThan(0);
    const failures = await whenFollowed();
    for (const path of commands.flatMap(testsOf)) {
      const run = [...failures].filter(([file]) => file.startsWith(path));
      expect(run.length, `${path} holds tests`).toBeGreaterThan(0);
      for (const [file, texts] of run) expect(texts, file).toEqual([]);
    }
    let printed = '';
    for (const command of commands) if (testsOf(command).length === 0) printed += await passesOnce(command);
    for (const text of prints) expect(printed).toContain(text);
  });

  test.each(without.map((missed, turn) => ({ ...missed, turn })).filter(({ turn }) => turn < TURNS))(
    'does not pass $fails without step $step',
    async ({ step, fails, by, turn }) => {
      if (fails.startsWith('src/')) {
        const texts = (await withoutStep(turn)).get(fails) ?? [];
        expect(texts.join('\n')).toContain(by);
        return;
      }
      write({ [kind]: step });
      const folders = commandsOf(steps[step - 1]).length > 0 ? pathsOf(steps[step - 1]) : [];
      for (const name of folders) cpSync(join(ROOT, name), join(scratch, name), { recursive: true });
      try {
        const { code, printed } = await run(fails);
        expect(code, printed).not.toBe(0);
        expect(printed).toContain(by);
      } finally {
        write({});
      }
    },
  );
});
