import { argumentsOf, pathsBelow } from './arguments.js';
import type { CommandWords, OptionWords, Values } from './words.js';

/** A script for fish, from 3.0 on. */
export function fishScript(commands: readonly CommandWords[]): string {
  return [
    '# Completes the command line of conform in fish. Made by: conform completion fish',
    'function __conform_at',
    '  set -l at conform',
    '  for word in (commandline -opc)[2..-1]',
    '    switch "$at $word"',
    `      case ${pathsBelow(commands).map(quoted).join(' ')}`,
    '        set at "$at $word"',
    '    end',
    '  end',
    '  test "$at" = "$argv"',
    'end',
    'complete -c conform -f',
    ...commands.flatMap(linesOf),
    '',
  ].join('\n');
}

function linesOf(command: CommandWords): string[] {
  const start = `complete -c conform -n ${quoted(`__conform_at ${command.path}`)}`;
  const { words, files, folders } = argumentsOf(command);
  return [
    ...words.map(({ name, description }) => `${start} -a ${quoted(name)}${said(description)}`),
    ...(files ? [`${start} -F`] : []),
    ...(folders ? [`${start} -a ${FOLDERS}`] : []),
    ...command.options.map((option) => `${start}${flagsOf(option)}${said(option.description)}`),
  ];
}

const FOLDERS = "'(__fish_complete_directories)'";

function flagsOf({ names, values }: OptionWords): string {
  const flags = names.map((name) =>
    name.startsWith('--') ? ` -l ${quoted(name.slice(2))}` : ` -s ${quoted(name.slice(1))}`,
  );
  return flags.join('') + (values === undefined ? '' : taken(values));
}

/** What is after an option. */
function taken(values: Values): string {
  switch (values.kind) {
    case 'words':
      return ` -x -a ${quoted(values.words.join(' '))}`;
    case 'files':
      return ' -r -F';
    case 'folders':
      return ` -x -a ${FOLDERS}`;
    case 'unknown':
      return ' -x';
  }
}

function said(description: string): string {
  return description === '' ? '' : ` -d ${quoted(description)}`;
}

/** A text as one word of fish, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
