import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { conform, temporaryFolder } from '../../testing/conform.js';

// What only the shells can show: that they take the script, and what they offer.

/** A folder with a file and a folder in it, and the script. */
async function prepared(shell: string) {
  const folder = await temporaryFolder();
  await writeFile(join(folder.path, 'contract one.yaml'), '');
  await mkdir(join(folder.path, 'contracts'));
  const { out } = await conform(['completion', shell]);
  const script = join(folder.path, `.script.${shell}`);
  await writeFile(script, out);
  return Object.assign(folder, { script });
}

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'exit 0']).status === 0;
}

function lines(shell: string, args: readonly string[], cwd: string): string[] {
  const { status, stdout, stderr } = spawnSync(shell, args, { cwd, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.split('\n').filter((line) => line !== '');
}

/** What is typed, and what is offered for its last word. */
const OFFERS: readonly [typed: readonly string[], offered: readonly string[]][] = [
  [
    ['conform', 'che'],
    ['check', 'checks'],
  ],
  [
    ['conform', 'cache', ''],
    ['sync', 'lookup', 'schema', 'help'],
  ],
  [
    ['conform', 'check', '--pl'],
    ['--plan', '--plugin'],
  ],
  [
    ['conform', 'check', '--out', 'x', '--writes', ''],
    ['none', 'route', 'validate', 'full'],
  ],
  [['conform', 'suites', '--writes', 'v'], ['validate']],
  [['conform', 'cache', 'sync', '--min'], ['--min-share']],
  [
    ['conform', 'check', '--spec', 'contract'],
    ['contract one.yaml', 'contracts'],
  ],
  [['conform', 'check', '--spec-dir', 'contract'], ['contracts']],
  [
    ['conform', 'audit', 'contract'],
    ['contract one.yaml', 'contracts'],
  ],
  [['conform', 'coverage', 'contract'], ['contracts']],
  [
    ['conform', 'completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['conform', 'help', 'cov'], ['coverage']],
  // A name that is not known here: neither files nor options.
  [['conform', 'check', '--target', ''], []],
  // The value of an option that is called like a command is none.
  [['conform', 'ticket', '--cause', 'check', '--tem'], ['--template']],
];

describe.skipIf(!isInstalled('bash'))('bash', () => {
  test('knows that conform is completed', async () => {
    await using folder = await prepared('bash');
    expect(lines('bash', ['-c', `source '${folder.script}'; complete -p conform`], folder.path)).toEqual([
      'complete -F _conform conform',
    ]);
  });

  test.each(OFFERS)('%j', async (typed, offered) => {
    await using folder = await prepared('bash');
    const ask = `source '${folder.script}'; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _conform; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(lines('bash', ['-c', ask, 'bash', ...typed], folder.path).sort()).toEqual([...offered].sort());
  });

  test('completes a value after = as well', async () => {
    await using folder = await prepared('bash');
    for (const [typed, offered] of [
      [
        ['conform', 'check', '--writes', '='],
        ['none', 'route', 'validate', 'full'],
      ],
      [['conform', 'check', '--writes', '=', 'ro'], ['route']],
    ] as const) {
      const ask = `source '${folder.script}'; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _conform; printf '%s\\n' "\${COMPREPLY[@]}"`;
      expect(lines('bash', ['-c', ask, 'bash', ...typed], folder.path)).toEqual(offered);
    }
  });
});

describe.skipIf(!isInstalled('zsh'))('zsh', () => {
  // The functions of its completion system work only while somebody types: these print what they are given.
  const STUBS = [
    'compdef() { }',
    'compset() { return 1 }',
    `_describe() { for one in "\${(@P)2}"; do print -r -- "\${one%%:*}"; done }`,
    '_files() { [ "$1" = -/ ] && print -l -- *(/N) || print -l -- *(N) }',
  ].join('\n');

  test.each(OFFERS)('%j', async (typed, offered) => {
    await using folder = await prepared('zsh');
    const ask = `${STUBS}\nsource '${folder.script}'; words=("$@"); CURRENT=$#; PREFIX=$words[CURRENT]; _conform`;
    const all = lines('zsh', ['-f', '-c', ask, 'zsh', ...typed], folder.path);
    // What is typed already is held against what is offered by the completion system itself.
    const fitting = all.filter((one) => one.startsWith(typed.at(-1) ?? ''));
    expect(fitting.sort()).toEqual([...offered].sort());
  });
});

describe.skipIf(!isInstalled('fish'))('fish', () => {
  test.each(OFFERS)('%j', async (typed, offered) => {
    await using folder = await prepared('fish');
    const ask = `source '${folder.script}'; complete -C '${typed.join(' ')}'`;
    const all = lines('fish', ['--no-config', '-c', ask], folder.path);
    const names = all.map((one) => (one.split('\t')[0] ?? '').replace(/\/$/, '').replaceAll('\\', ''));
    expect(names.sort()).toEqual([...offered].sort());
  });
});
