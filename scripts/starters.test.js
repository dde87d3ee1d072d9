import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (name) => parse(readFileSync(join(ROOT, name), 'utf8'));

/** The folders with reports that may be kept elsewhere: the journal, which holds real ids, is not among them. */
const KEPT = ['reports/runs', 'reports/latest', 'reports/tickets', 'reports/nights'];

describe('action.yml', () => {
  const { inputs, runs } = read('action.yml');
  const { steps } = runs;

  test('pins every action to a commit', () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    for (const one of used) expect(one).toMatch(/@[0-9a-f]{40}$/);
  });

  test('reads no input as code', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  test('gives what installs packages nothing of the environment', () => {
    const [install] = steps.filter(({ run = '' }) => run.includes('npm ci'));
    const lines = install.run.trim().split('\n');
    for (const line of lines) expect(line).toMatch(/^env -i PATH="\$PATH" HOME="\$HOME" npm /);
    expect(install.run).toContain('--ignore-scripts');
  });

  test('keeps the reports on every outcome, and no journal', () => {
    const keeping = steps.filter(({ with: given }) => given?.path !== undefined);
    expect(keeping).toHaveLength(3);
    for (const { with: given } of keeping) expect(given.path.trim().split('\n')).toEqual(KEPT);
    for (const { if: when, uses } of keeping)
      if (!uses.includes('restore')) expect(when).toMatch(/^always\(\)/);
  });

  test('hands every input on', () => {
    const text = JSON.stringify(steps);
    for (const name of Object.keys(inputs)) expect(text).toContain(`inputs.${name}`);
  });
});

describe('action.sh', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'conform-'));
    mkdirSync(join(folder, 'scripts'));
    copyFileSync(join(ROOT, 'scripts/action.sh'), join(folder, 'scripts/action.sh'));
    mkdirSync(join(folder, 'dist/bin'), { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the script with a conform that prints its arguments, makes a report folder, and ends as `codes` says. */
  const run = (given, codes = {}) => {
    writeFileSync(
      join(folder, 'dist/bin/conform.js'),
      `const [name] = process.argv.slice(2);
       console.log(JSON.stringify(process.argv.slice(2)));
       if (name === 'check') require('fs').mkdirSync('reports/latest', { recursive: true });
       process.exitCode = ${JSON.stringify(codes)}[name] ?? 0;`,
    );
    return new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], ...given };
      execFile('sh', ['scripts/action.sh'], { cwd: folder, env }, (error, stdout, stderr) => {
        const called = stdout
          .split('\n')
          .flatMap((line) => (line === '' ? [] : [JSON.parse(line).join(' ')]));
        resolve({ code: error === null ? 0 : error.code, called, stderr });
      });
    });
  };

  test('a night has the targets, the consumers whose gate is required, and the options', async () => {
    const { code, called } = await run(
      {
        ...{ CONFORM_COMMAND: 'nightly', CONFORM_TARGET: 'sandbox production', CONFORM_CONSUMER: 'gigi' },
        ...{ CONFORM_SPEC_DIR: 'my api', CONFORM_ARGS: '--notify none' },
      },
      { nightly: 1 },
    );
    expect(called).toEqual([
      'nightly --spec-dir my api --target sandbox --target production --consumer gigi --require-gate --notify none',
    ]);
    expect(code).toBe(1);
  });

  test('a check is reported, also as a step summary, and its gates count', async () => {
    const given = { CONFORM_COMMAND: 'check', CONFORM_CONSUMER: 'gigi other', CONFORM_ARGS: '--writes none' };
    const { code, called } = await run(given, { gate: 1 });
    expect(called).toEqual([
      'check --spec-dir spec --writes none',
      'report --spec-dir spec --format html --format md --format junit --format step-summary',
      'gate --spec-dir spec --consumer gigi',
      'gate --spec-dir spec --consumer other',
    ]);
    expect(code).toBe(1);
    expect((await run(given, { check: 3, gate: 1 })).code).toBe(3);
  });

  test('what is typed as an input is never code, and no pattern', async () => {
    const { called } = await run({ CONFORM_COMMAND: 'check', CONFORM_ARGS: '--only $(id) ; * `id`' });
    expect(called[0]).toBe('check --spec-dir spec --only $(id) ; * `id`');
  });

  test('another command is wrong usage', async () => {
    expect(await run({ CONFORM_COMMAND: 'cleanup' })).toMatchObject({ code: 2, called: [] });
  });
});

describe('the release workflow', () => {
  const { on, permissions, jobs } = read('.github/workflows/release.yml');
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('runs on tags only, with no permission that a job does not name', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(permissions).toEqual({});
    expect(jobs.npm.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(jobs.github.permissions).toEqual({ contents: 'write' });
  });

  test('gives the token to the one step that publishes, with provenance', () => {
    const given = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(given.map(({ run }) => run)).toEqual([expect.stringMatching(/^npm publish .* --provenance/)]);
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  });
});

test('the example for GitLab keeps the reports on every outcome, and no journal', () => {
  const jobs = read('examples/gitlab/.gitlab-ci.yml');
  expect(jobs['.conform'].artifacts).toMatchObject({ when: 'always', paths: KEPT });
  expect(jobs.night.cache).toMatchObject({ when: 'always', paths: KEPT });
});
