import { expect, test } from 'vitest';
import { conform } from '../../testing/conform.js';
import { commandLine } from '../program.js';
import { wordsOf } from './words.js';

const COMMANDS = wordsOf(commandLine(() => Promise.resolve()));
const of = (path: string) => COMMANDS.find((one) => one.path === path);

test('the words of a command are those of its definition', () => {
  expect(of('conform')?.commands.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['check', 'cache', 'completion', 'help']),
  );
  expect(of('conform cache')?.commands.map(({ name }) => name)).toEqual(['sync', 'lookup', 'schema', 'help']);
  const valuesOf = (path: string, name: string) =>
    of(path)?.options.find(({ names }) => names.includes(name))?.values;
  expect(valuesOf('conform check', '--writes')).toEqual({
    kind: 'words',
    words: ['none', 'route', 'validate', 'full'],
  });
  expect(valuesOf('conform check', '--spec')).toEqual({ kind: 'files' });
  expect(valuesOf('conform check', '--out')).toEqual({ kind: 'folders' });
  expect(valuesOf('conform check', '--target')).toEqual({ kind: 'unknown' });
  expect(valuesOf('conform check', '--plan')).toBeUndefined();
  expect(valuesOf('conform check', '--no-checks')).toEqual({ kind: 'unknown' });
  expect(of('conform audit')?.values).toEqual([{ kind: 'files' }]);
  expect(of('conform history')?.values).toEqual([{ kind: 'folders' }]);
  expect(of('conform cache help')?.values).toEqual([
    { kind: 'words', words: ['sync', 'lookup', 'schema', 'help'] },
  ]);
});

test('every placeholder is known to be a path, or to be none', () => {
  const unknown = new Set<string>();
  const look = (command: ReturnType<typeof commandLine>['commands'][number]): void => {
    for (const { flags, argChoices } of command.options)
      if (argChoices === undefined)
        for (const [, name = ''] of flags.matchAll(/[<[]([^\]>]+)[\]>]/g)) unknown.add(name);
    for (const argument of command.registeredArguments)
      if (argument.argChoices === undefined) unknown.add(argument.name());
    command.commands.forEach(look);
  };
  commandLine(() => Promise.resolve()).commands.forEach(look);
  const paths = ['file', 'contract', 'run', 'base', 'head', 'module', 'dir', 'folder'];
  const others = [
    ...[
      'a,b',
      'code',
      'command',
      'date',
      'i/n',
      'id',
      'ms',
      'n',
      'n,n...',
      'n/m',
      'name',
      'name=value',
      'number',
      'phone',
    ],
    ...['reason', 'text', 'time', 'url'],
  ];
  expect([...unknown].sort()).toEqual([...paths, ...others].sort());
});

test.each(['bash', 'zsh', 'fish'])(
  'the script for %s names every command and every option',
  async (shell) => {
    const { code, out, err } = await conform(['completion', shell]);
    expect(code).toBe(0);
    expect(err).toBe('');
    for (const { path, options } of COMMANDS) {
      expect(out).toContain(path);
      for (const { names } of options)
        for (const name of names) expect(out, `${path} ${name}`).toContain(name.replace(/^-+/, ''));
    }
    const { out: json } = await conform(['completion', shell, '--json']);
    expect(JSON.parse(json)).toEqual({ shell, script: out });
  },
);

test('a shell that there is not is wrong usage', async () => {
  const { code, err } = await conform(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(err).toContain('bash, zsh, fish');
});
