import type { CommandUnknownOpts } from '@commander-js/extra-typings';

/** What can be where a value is expected: files, folders, one of some words, or what nobody can list. */
export type Values = { kind: 'files' | 'folders' | 'unknown' } | { kind: 'words'; words: readonly string[] };

/** A word that can be typed, and what it does. */
export interface Word {
  name: string;
  description: string;
}

/** An option: `-V` and `--version` are two names of one. */
export interface OptionWords {
  names: readonly string[];
  description: string;
  /** What is after it; undefined where nothing does. */
  values: Values | undefined;
}

/** What can be typed after a command. */
export interface CommandWords {
  /** The command with those above it, such as `conform cache sync`. */
  path: string;
  commands: readonly Word[];
  options: readonly OptionWords[];
  /** What its arguments can be. */
  values: readonly Values[];
}

/** What can be typed after a command and after each command below it, by their definitions alone. */
export function wordsOf(command: CommandUnknownOpts, above: readonly string[] = []): CommandWords[] {
  const path = [...above, command.name()];
  const help = command.createHelp();
  const commands = help.visibleCommands(command).map((one) => ({
    name: one.name(),
    description: one.summary() || one.description(),
  }));
  return [
    {
      path: path.join(' '),
      commands,
      options: help.visibleOptions(command).map((option) => ({
        names: [option.short, option.long].filter((name) => name !== undefined),
        description: option.description,
        values:
          option.required || option.optional
            ? valuesOf(placeholderOf(option.flags), option.argChoices)
            : undefined,
      })),
      values: command.registeredArguments.map((argument) =>
        argument.name() === 'command'
          ? { kind: 'words', words: siblingsOf(command) }
          : valuesOf(argument.name(), argument.argChoices),
      ),
    },
    ...command.commands.flatMap((one) => wordsOf(one, path)),
  ];
}

/** What stands for the value in the flags of an option: `file` of `--spec <file>`. */
function placeholderOf(flags: string): string {
  return /[<[]([^\]>]+?)(?:\.\.\.)?[\]>]/.exec(flags)?.[1] ?? '';
}

/** Placeholders of values that are files, and of those that are folders. */
const FILES: ReadonlySet<string> = new Set(['file', 'contract', 'run', 'base', 'head', 'module']);
const FOLDERS: ReadonlySet<string> = new Set(['dir', 'folder']);

function valuesOf(placeholder: string, choices: readonly string[] | undefined): Values {
  if (choices !== undefined) return { kind: 'words', words: choices };
  if (FILES.has(placeholder)) return { kind: 'files' };
  if (FOLDERS.has(placeholder)) return { kind: 'folders' };
  return { kind: 'unknown' };
}

function siblingsOf(command: CommandUnknownOpts): string[] {
  return (command.parent?.commands ?? []).map((one) => one.name());
}
