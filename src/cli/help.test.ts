import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { ERROR_GROUPS } from '../errors/catalogue.js';
import { FORMATS } from '../documents/formats/index.js';
import { WRITE_POLICIES } from '../targets/targets.js';
import { conform } from '../testing/conform.js';
import { shellWords } from '../testing/shell-words.js';
import { commandLine } from './program.js';

/** The command line, which parses and does nothing. */
function parser(): CommandUnknownOpts {
  const program = commandLine(() => Promise.resolve());
  for (const one of everyCommand(program)) {
    one.exitOverride();
    one.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  }
  return program;
}

function everyCommand(command: CommandUnknownOpts): CommandUnknownOpts[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

function pathOf(command: CommandUnknownOpts): string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

/** What is wrong with a command line, by the definitions of the commands. */
async function faultOf(args: readonly string[]): Promise<string | undefined> {
  try {
    await parser().parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return /^commander\.(help|helpDisplayed|version)$/.test(code) ? undefined : String(error);
  }
}

/** The lines of a text that start conform, each as its arguments. */
function linesOf(text: string): string[][] {
  return text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => {
      const start = /(?:^|[|(]|\bnpx )\s*(?:npm run )?conform (?:-- )?(.*)$/.exec(line)?.[1];
      return start === undefined ? [] : [shellWords(start)];
    });
}

const COMMANDS = everyCommand(parser()).map((one) => pathOf(one).join(' '));

describe.each(COMMANDS)('conform %s --help', (path) => {
  const help = async (): Promise<string> =>
    (await conform([...path.split(' ').filter((word) => word !== ''), '--help'])).out;

  test('has examples that the command takes, and its exit codes', async () => {
    const text = await help();
    const [, examples = ''] = /^Examples:\n((?: {2}.*\n)+)/m.exec(text) ?? [];
    const lines = linesOf(examples.replaceAll(/^ {2}/gm, ''));
    expect(lines.length, examples).toBeGreaterThan(0);
    const own = lines.filter((words) => words.join(' ').startsWith(path));
    expect(own.length, 'an example of the command itself').toBeGreaterThan(0);
    for (const words of lines) expect(await faultOf(words), words.join(' ')).toBeUndefined();
    expect(text).toMatch(/^Exit codes: /m);
    expect(text).toMatch(/\b2 wrong (?:usage|configuration)|2 there is no such command|2 the set-up/);
  });
});

test('an example with an option, a value or a command that there is not would be seen', async () => {
  for (const wrong of [
    ...['check --tarket x', 'check --writes much', 'chek', 'merge', 'cache fill', 'gate'],
    'explain one two',
  ])
    expect(await faultOf(shellWords(wrong)), wrong).toBeDefined();
});

describe('conform help', () => {
  test('shows the help of the command that is named, also of one below another', async () => {
    const { code, out } = await conform(['help', 'cache', 'sync']);
    expect(code).toBe(0);
    expect(out).toContain('Usage: conform cache sync');
    expect((await conform(['cache', 'help', 'sync'])).out).toBe(out);
    expect((await conform(['help'])).out).toContain('Usage: conform [options]');
  });

  test('shows the page of an error, and lists all', async () => {
    const { code, out } = await conform(['help', 'conform_e_target_unknown']);
    expect(code).toBe(0);
    expect(out).toMatch(/^CONFORM_E_TARGET_UNKNOWN \(exit code 2\)\n\nThere is no such target\.\n/);
    for (const part of ['What happened', 'Why', 'What to do', 'Example'])
      expect(out).toContain(`\n${part}\n`);
    const list = (await conform(['help', 'errors'])).out;
    for (const { entries } of ERROR_GROUPS)
      for (const one of Object.keys(entries)) expect(list).toContain(`  ${one}\n`);
  });

  test('of a code that there is not is wrong usage, and names the nearest', async () => {
    const { code, out, err } = await conform(['help', 'CONFORM_E_TARGET_UNKNOW']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('The nearest is CONFORM_E_TARGET_UNKNOWN.');
  });

  test('of a command that there is not is wrong usage, and names the nearest', async () => {
    const { code, out, err } = await conform(['help', 'chek']);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain("unknown command 'chek'");
    expect(err).toContain('Did you mean check?');
    const below = await conform(['help', 'cache', 'nosuch']);
    expect(below.code).toBe(2);
    expect(below.err).not.toContain('Did you mean');
  });
});

test('the values that an option lists are those that the program knows', () => {
  const choices = (name: string, long: string): readonly string[] | undefined =>
    everyCommand(parser())
      .find((one) => one.name() === name)
      ?.options.find((option) => option.long === long)?.argChoices;
  expect(choices('check', '--writes')).toEqual(WRITE_POLICIES);
  expect(choices('report', '--format')).toEqual(FORMATS.map(({ name }) => name));
});

test('the documents show no command line that the program does not take', async () => {
  const names = (await readdir(join(PACKAGE_ROOT, 'docs'))).filter((name) => name.endsWith('.md'));
  const files = ['README.md', 'CONTRIBUTING.md', ...names.map((name) => join('docs', name))];
  let seen = 0;
  for (const file of files) {
    const text = await readFile(join(PACKAGE_ROOT, file), 'utf8');
    const blocks = [...text.matchAll(/(?:^ {4}.*\n)+/gm)].map(([block]) =>
      block.replaceAll(/^ {4}\$? ?/gm, ''),
    );
    for (const words of blocks.flatMap(linesOf)) {
      seen += 1;
      expect(await faultOf(words), `${file}: conform ${words.join(' ')}`).toBeUndefined();
    }
  }
  expect(seen).toBeGreaterThan(15);
});

test('the table in README.md has a row for every command, and no other', async () => {
  const text = await readFile(join(PACKAGE_ROOT, 'README.md'), 'utf8');
  const named = [...text.matchAll(/^\| `([a-z]+)/gm)].map(([, name = '']) => name);
  expect(named.sort()).toEqual(
    parser()
      .commands.map((one) => one.name())
      .filter((name) => name !== 'help')
      .sort(),
  );
});

/** The long names of the options of a command. */
function longOf(command: CommandUnknownOpts): string[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long }) => long ?? []);
}

describe('what the program says to do', () => {
  /** Texts of the source that are a remedy, and those that name a command line. */
  async function advice(): Promise<{ file: string; text: string }[]> {
    const root = join(PACKAGE_ROOT, 'src');
    const files = (await readdir(root, { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(name) && !name.startsWith('testing'),
    );
    const found: { file: string; text: string }[] = [];
    for (const file of files) {
      const code = await readFile(join(root, file), 'utf8');
      if (!code.includes('--')) continue;
      const isCatalogue = file.startsWith('errors');
      const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
      const look = (node: ts.Node, isRemedy: boolean): void => {
        const name = ts.isPropertyAssignment(node) ? node.name.getText() : '';
        // Of the pages of errors, the whole is advice but for the command lines that are to fail.
        if (isCatalogue && name === 'example') return;
        const within =
          isRemedy || /^(?:remedy|fix|hint)$/.test(name) || (isCatalogue && /^(?:what|why)$/.test(name));
        if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
          const text = ts.isTemplateExpression(node)
            ? [node.head.text, ...node.templateSpans.map((span) => `VALUE${span.literal.text}`)].join('')
            : node.text;
          if (within || /\bconform [a-z]+ .*--[a-z]/.test(text)) found.push({ file, text });
        }
        ts.forEachChild(node, (child) => {
          look(child, within);
        });
      };
      look(source, false);
    }
    return found;
  }

  const flagsIn = (text: string): string[] =>
    [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*[a-z]/g)].map(([flag]) => flag);

  test('on the page of an error shows a command line that the program takes, unless that is the error', async () => {
    for (const { entries } of ERROR_GROUPS.slice(1))
      for (const { example } of Object.values(entries))
        expect(await faultOf(shellWords(example.run).slice(1)), example.run).toBeUndefined();
  });

  test('names no option that its command, or any command, lacks', async () => {
    const commands = everyCommand(parser());
    const optionsOf = new Map(commands.map((one) => [pathOf(one).join(' '), new Set(longOf(one))]));
    const all = new Set(commands.flatMap(longOf));
    const wrong: string[] = [];
    let seen = 0;
    for (const { file, text } of await advice()) {
      // Of “conform accept --reason TEXT, or --until” the first is an option of accept; what stands apart is one of any.
      const named = [
        ...text.matchAll(
          /\bconform ((?:(?:cache|store) )?[a-z]+)((?: (?:--[a-z-]+|[A-Z"'/.{][^\s,;:]*|VALUE\S*))*)/g,
        ),
      ];
      for (const [, command = '', rest = ''] of named)
        for (const flag of flagsIn(rest)) {
          seen += 1;
          if (optionsOf.get(command)?.has(flag) !== true) wrong.push(`${file}: conform ${command} ${flag}`);
        }
      for (const flag of flagsIn(text)) {
        seen += 1;
        if (!all.has(flag)) wrong.push(`${file}: ${flag}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(60);
  });
});
