/* global console, performance, process, setTimeout, clearTimeout, URL */
// Takes the rules of safety and certainty away, one by one, and looks whether a test fails. `mutants/*.yaml` lists
// them, each with the tests that hold the rule:
//
//   - rule: a plain sentence
//     file: the file in which the rule is
//     find: text that is in it exactly once
//     replace: what is there without the rule
//     tests: [the fast test files of which one has to fail]
//     named: a part of the names of the tests that are run, where a file has many that take long (optional)
//
// Start it with `npm run test:mutants`, with `-- --only TEXT` for those whose rule, file or room has the text in it, and
// with `--jobs N` for another number at the same time (default: 2). The working tree is not touched: each job has a copy
// of it in the folder for temporary files, and a Vitest that stays. The named tests are run without any mutant before and
// after.
//
// The exit code is 1 when a mutant survives, when a `find` is not in its file exactly once, or when a test fails
// without a mutant; 0 otherwise.
import { fork } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createVitest } from 'vitest/node';
import { parse } from 'yaml';

/**
 * @typedef {{ room: string, rule: string, file: string, find: string, replace: string, tests: string[], named?: string }} Mutant
 * @typedef {{ file?: string, find?: string, replace?: string, tests: string[], named?: string }} Task what is changed, if
 *   anything, and what is run then
 * @typedef {{ passed: number, failed: string[], broken: string[] }} Outcome `broken`: files that did not get as far as tests
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COPIED = ['src', 'packages', 'signatures', 'spec', 'generated', 'suites', 'templates', 'examples'];
const COPIED_FILES = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'vitest.config.ts'];
/** A mutant that takes longer never ends. */
const LONGEST_MS = 120_000;

if (process.env['CONFORM_MUTANTS_COPY'] === undefined) await main();
else await work(process.env['CONFORM_MUTANTS_COPY']);

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' }, jobs: { type: 'string' } } });
  const mutants = readMutants(values.only?.toLowerCase() ?? '');
  const count = Math.min(Number(values.jobs ?? 2), mutants.length);
  const wrong = mutants.flatMap(faultsOf);
  if (mutants.length === 0) wrong.push('no mutant fits --only');
  else if (!(count >= 1)) wrong.push('--jobs takes a number');
  if (wrong.length > 0) {
    console.error(wrong.join('\n'));
    process.exitCode = 1;
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'conform-mutants-'));
  // PostgreSQL does not run as root: the user it runs as reaches its program through this folder.
  await chmod(folder, 0o711);
  const jobs = new Set();
  const end = () => {
    for (const job of jobs) job.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      end();
      process.exit(130);
    });
  }
  try {
    for (let index = 0; index < count; index += 1)
      jobs.add(await startJob(join(folder, String(index)), folder));
    const all = [...jobs];
    const sound = await withoutMutants(mutants, all);
    const killed = sound && (await withMutants(mutants, all));
    // Had a mutant stayed in a copy, it would have killed those after it.
    process.exitCode = killed && (await withoutMutants(mutants, all)) ? 0 : 1;
  } finally {
    end();
  }
}

/** @param {string} only @returns {Mutant[]} */
function readMutants(only) {
  const files = readdirSync(join(ROOT, 'mutants')).filter((name) => name.endsWith('.yaml'));
  const mutants = files.sort().flatMap((name) => {
    const room = name.replace('.yaml', '');
    try {
      return parse(readFileSync(join(ROOT, 'mutants', name), 'utf8')).map((/** @type {object} */ mutant) => ({
        room,
        ...mutant,
      }));
    } catch (error) {
      throw new Error(`mutants/${name} cannot be read`, { cause: error });
    }
  });
  return mutants.filter(({ room, rule, file }) =>
    [room, rule, file].some((text) => String(text).toLowerCase().includes(only)),
  );
}

/** What is wrong with a mutant before it is tried. @param {Mutant} mutant @returns {string[]} */
function faultsOf({ room, rule, file, find, replace, tests, ...more }) {
  const at = `mutants/${room}.yaml: “${rule}”`;
  const texts = [rule, file, find, replace];
  const strange = Object.keys(more).filter((name) => name !== 'named');
  if (texts.some((text) => typeof text !== 'string') || !Array.isArray(tests) || strange.length > 0) {
    return [`${at}: it has rule, file, find, replace and tests, and perhaps named, and nothing else`];
  }
  const missing = [file, ...tests].filter((name) => !existsSync(join(ROOT, name)));
  if (missing.length > 0) return [`${at}: there is no ${missing.join(' and no ')}`];
  const times = readFileSync(join(ROOT, file), 'utf8').split(find).length - 1;
  if (times !== 1) return [`${at}: “find” stands ${times} times in ${file}`];
  return find === replace ? [`${at}: it changes nothing`] : [];
}

/**
 * The named tests have to pass as they are, in every copy.
 * @param {Mutant[]} mutants @param {Job[]} jobs
 */
async function withoutMutants(mutants, jobs) {
  const names = [...new Set(mutants.map(({ named }) => named))];
  const tasks = names.map((named) => {
    const of = mutants.filter((mutant) => mutant.named === named);
    return {
      tests: [...new Set(of.flatMap(({ tests }) => tests))],
      ...(named === undefined ? {} : { named }),
    };
  });
  const wrong = new Set();
  await Promise.all(
    jobs.map(async (job) => {
      for (const task of tasks) {
        const { passed, failed, broken } = (await job.run(task)) ?? {
          passed: 0,
          failed: [],
          broken: ['no end'],
        };
        for (const line of [...failed, ...broken]) wrong.add(line);
        if (passed + failed.length + broken.length === 0) wrong.add(`no test is named “${task.named}”`);
      }
    }),
  );
  if (wrong.size > 0) console.error(['These do not pass without any mutant:', ...wrong].join('\n  '));
  return wrong.size === 0;
}

/** One of the named tests has to fail. @param {Mutant[]} mutants @param {Job[]} jobs */
async function withMutants(mutants, jobs) {
  const started = performance.now();
  const survivors = [];
  let done = 0;
  await each(mutants, jobs, async (mutant, job) => {
    const { room, rule, file } = mutant;
    const outcome = await job.run(mutant);
    done += 1;
    if (outcome && outcome.failed.length === 0) {
      const why = outcome.broken.length > 0 ? `is no program: ${outcome.broken.join('; ')}` : 'survives';
      survivors.push(mutant);
      say(`${room}: the mutant of “${rule}” (${file}) ${why}\n`);
    }
    say(`${done} of ${mutants.length} mutants, ${survivors.length} not killed`, true);
  });
  const seconds = (performance.now() - started) / 1000;
  say(
    `${mutants.length - survivors.length} of ${mutants.length} mutants were killed, in ${Math.round(seconds)} s ` +
      `(${(seconds / mutants.length).toFixed(1)} s for each).\n`,
  );
  return survivors.length === 0;
}

/** On a terminal progress is on one line; elsewhere it is left out. @param {string} text @param {boolean} [passing] */
function say(text, passing = false) {
  if (process.stdout.isTTY) {
    process.stdout.clearLine(0);
    process.stdout.cursorTo(0);
    process.stdout.write(text);
  } else if (!passing) process.stdout.write(text);
}

/**
 * Gives each task to the next job that has nothing to do.
 * @template T
 * @param {T[]} tasks @param {Job[]} jobs @param {(task: T, job: Job) => Promise<void>} act
 */
async function each(tasks, jobs, act) {
  const left = [...tasks];
  await Promise.all(
    jobs.map(async (job) => {
      for (let task = left.shift(); task !== undefined; task = left.shift()) await act(task, job);
    }),
  );
}

/**
 * A process with a copy of the working tree. `run` gives undefined when a task does not end.
 * @typedef {{ run: (task: Task) => Promise<Outcome | undefined>, end: () => void }} Job
 * @param {string} copy where the copy is made @param {string} temporary where tests may leave something
 * @returns {Promise<Job>}
 */
async function startJob(copy, temporary) {
  for (const name of COPIED) await cp(join(ROOT, name), join(copy, name), { recursive: true });
  for (const name of COPIED_FILES) await cp(join(ROOT, name), join(copy, name));
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  let said = '';
  /** In a group of its own, so that what it has started ends with it. */
  const start = () => {
    const started = fork(fileURLToPath(import.meta.url), {
      cwd: copy,
      detached: true,
      env: { ...process.env, CONFORM_MUTANTS_COPY: copy, TMPDIR: temporary },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    // Reported only when the process ends by itself: a mutant may say much.
    started.stderr?.on('data', (/** @type {Buffer} */ text) => {
      said = `${said}${text.toString()}`.slice(-2000);
    });
    return started;
  };
  let child = start();
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  const run = (/** @type {Task} */ task) =>
    new Promise((answered) => {
      const restore = change(copy, task);
      const finish = (/** @type {Outcome | undefined} */ outcome) => {
        clearTimeout(timer);
        child.off('message', finish).off('exit', fail);
        restore();
        answered(outcome);
      };
      const restart = () => {
        said = '';
        child = start();
      };
      const fail = () => {
        finish({ passed: 0, failed: [], broken: [`its process ended: ${said}`] });
        restart();
      };
      const timer = setTimeout(() => {
        finish(undefined);
        end();
        restart();
      }, LONGEST_MS);
      child.on('message', finish).on('exit', fail);
      child.send(task);
    });
  return { run, end };
}

/** Makes the change of a task in a copy. @param {string} copy @param {Task} task @returns {() => void} takes it back */
function change(copy, { file, find, replace }) {
  if (file === undefined || find === undefined || replace === undefined) return () => undefined;
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  // A function, because `$&` and the like mean something in a text.
  writeFileSync(
    path,
    before.replace(find, () => replace),
  );
  return () => {
    writeFileSync(path, before);
  };
}

/** Runs one task after another in a copy. @param {string} copy */
async function work(copy) {
  const vitest = await createVitest('test', {
    root: copy,
    project: ['fast'],
    watch: false,
    cache: false,
    bail: 1,
    maxWorkers: 1,
    testTimeout: 30_000,
    reporters: [{}],
  });
  await vitest.standalone();
  /** What was changed for the task before, and has been changed back. */
  let last = [];
  process.on('message', (/** @type {Task} */ task) => {
    const files = task.file === undefined ? [] : [resolve(copy, task.file)];
    for (const file of [...last, ...files]) vitest.invalidateFile(file);
    last = files;
    void runTests(vitest, copy, task).then((outcome) => process.send?.(outcome));
  });
  process.on('disconnect', () => process.exit());
}

/**
 * @param {import('vitest/node').Vitest} vitest @param {string} copy @param {Task} task
 * @returns {Promise<Outcome>}
 */
async function runTests(vitest, copy, { tests, named }) {
  if (named === undefined) vitest.resetGlobalTestNamePattern();
  else vitest.setGlobalTestNamePattern(named);
  const specifications = tests.flatMap((name) => vitest.getModuleSpecifications(resolve(copy, name)));
  const { unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const modules = specifications.flatMap(({ testModule }) => testModule ?? []);
  const results = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (/** @type {string} */ state) => results.filter((test) => test.result().state === state);
  const reported = (/** @type {string} */ what, /** @type {{ message: string } | undefined} */ error) =>
    `${what}: ${error?.message.split('\n')[0] ?? ''}`;
  return {
    passed: inState('passed').length,
    failed: inState('failed').map((test) =>
      reported(`${test.module.relativeModuleId}: ${test.fullName}`, test.result().errors?.[0]),
    ),
    broken: [
      ...modules.flatMap((module) =>
        [module, ...module.children.allSuites()].flatMap((part) =>
          part.errors().map((error) => reported(module.relativeModuleId, error)),
        ),
      ),
      ...unhandledErrors.map((error) =>
        reported('outside of the tests', error instanceof Error ? error : undefined),
      ),
    ],
  };
}
