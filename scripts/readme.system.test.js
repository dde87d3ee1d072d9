// Runs the commands of README.md, in their order, as a stranger does who has a contract of their own.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What is run elsewhere, or asks a live host. */
const NOT_HERE = new Map([
  ['npm ci && npm start', '.ci/run'],
  ['npm ci && npm test', '.ci/run'],
  ['export WELLSKY_CLIENT_ID=… WELLSKY_CLIENT_SECRET=… WELLSKY_AGENCY_ID=…', 'the variables below'],
  ['npm run conform -- doctor --target production', 'asks the live host'],
  ['npm run conform -- check --target production', 'asks the live host'],
]);
const ENV = {
  ...{ WELLSKY_CLIENT_ID: 'client-id-for-tests', WELLSKY_CLIENT_SECRET: 'client-secret-for-tests' },
  ...{ WELLSKY_AGENCY_ID: '1234', NO_COLOR: '1', PATH: process.env.PATH, HOME: process.env.HOME },
};
/** Only the first finds something wrong, which is what it is there for. */
const CODES = new Map([['npm run conform -- check --target replica --world 2026-01-29', 1]]);

const TEXT = readFileSync(join(ROOT, 'README.md'), 'utf8');
/** The indented lines: the commands, and what the first is shown to print. */
const LINES = [...TEXT.split('\n## Commands')[0].matchAll(/^ {4}(.*)$/gm)].map(([, line]) => line);
const COMMANDS = LINES.map((line) => line.replace(/^\$ /, '').replace(/ +#.*$/, '')).filter((line) =>
  /^(?:npm|export) /.test(line),
);
const SHOWN = LINES.filter((line) => line.startsWith('  ')).map((line) => line.trim());

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'conform-readme-'));
  for (const name of [
    'dist',
    'examples',
    'package.json',
    'spec',
    'src',
    'signatures',
    'templates',
    'node_modules',
  ])
    symlinkSync(join(ROOT, name), join(folder, name));
  cpSync(join(ROOT, 'examples/boats/openapi.yaml'), join(folder, 'openapi.yaml'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the commands that are not run here are all there', () => {
  for (const line of NOT_HERE.keys()) expect(COMMANDS).toContain(line);
  expect(COMMANDS.length - NOT_HERE.size).toBeGreaterThan(4);
  expect(SHOWN.length).toBeGreaterThan(4);
});

test.each(COMMANDS.filter((line) => !NOT_HERE.has(line)))('%s', (line) => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    env: ENV,
    encoding: 'utf8',
  });
  const expected = [...CODES].find(([start]) => line.startsWith(start))?.[1] ?? 0;
  expect(status, stdout + stderr).toBe(expected);
  if (expected === 0) return;
  const printed = stdout.split('\n').map((one) => one.trim());
  for (const one of SHOWN) expect(printed).toContain(one);
});
