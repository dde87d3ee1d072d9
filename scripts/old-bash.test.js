import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { conform } from '../src/testing/conform.ts';
import { laterThanOldBash } from './old-bash.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const SCRIPTS = readdirSync(FOLDER).filter((name) => name.endsWith('.sh'));

const has = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

describe('bash 3.2, the shell of a Mac', () => {
  test.each([
    ['mapfile -t lines < file'],
    ['declare -A byName'],
    ['local -n other=$1'],
    ['echo "${name,,}"'],
    ['echo "${names[0]^^}"'],
    ['echo "${name@Q}"'],
    ['make |& tee log'],
    ['make &>> log'],
    ['  coproc cat'],
    ['echo "${all[-1]}"'],
    ['[[ -v name ]]'],
    ['wait -n'],
    ['set -u\nall=()\nfor one in "${all[@]}"; do :; done'],
    ['set -euo pipefail\nall=("$@")\necho "${all[@]}"'],
  ])('lacks: %s', (text) => {
    expect(laterThanOldBash(text)).toHaveLength(1);
  });

  test.each([
    ['all=()\necho "${all[@]}"'],
    ['set -u\nall=()\necho ${all[@]+"${all[@]}"}'],
    ['set -u\nall=(one two)\necho "${all[@]}"'],
    ['# mapfile is not used'],
    ['make > log 2>&1'],
    ['echo "${name%%,*} ${#name} ${name:-x}"'],
  ])('has: %s', (text) => {
    expect(laterThanOldBash(text)).toEqual([]);
  });

  test.each(SCRIPTS)('is enough for %s', (name) => {
    expect(laterThanOldBash(readFileSync(join(FOLDER, name), 'utf8'))).toEqual([]);
  });
});

test.each(SCRIPTS)('%s parses', (name) => {
  execFileSync('bash', ['-n', join(FOLDER, name)]);
});

test.skipIf(!has('shellcheck')).each(SCRIPTS)('ShellCheck finds no error or warning in %s', (name) => {
  const { stdout } = spawnSync('shellcheck', ['--severity=warning', join(FOLDER, name)], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

test('the completion script that bash gets is one for it', async () => {
  const { out } = await conform(['completion', 'bash']);
  expect(out).toContain('complete -F');
  expect(laterThanOldBash(out)).toEqual([]);
});
