import { argumentsOf, namesOf, pathsBelow, valuesByPlace } from './arguments.js';
import { branchOf, quoted } from './branch.js';
import type { CommandWords, Values } from './words.js';

/** A script for bash, from 3.2 on (that of a Mac): it has no `compopt`, by which later ones complete files themselves. */
export function bashScript(commands: readonly CommandWords[]): string {
  return [
    '# Completes the command line of conform in bash. Made by: conform completion bash',
    '_conform_words() {',
    "  local IFS=$' \\t\\n'",
    '  COMPREPLY+=($(compgen -W "$1" -- "$current"))',
    '}',
    '_conform_files() {',
    '  compopt -o default 2>/dev/null && return',
    "  local IFS=$'\\n'",
    '  COMPREPLY+=($(compgen -f -- "$current"))',
    '}',
    '_conform_folders() {',
    '  compopt -o dirnames 2>/dev/null && return',
    "  local IFS=$'\\n'",
    '  COMPREPLY+=($(compgen -d -- "$current"))',
    '}',
    '_conform() {',
    '  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} at=conform word',
    '  COMPREPLY=()',
    '  # bash takes --option=value for three words.',
    '  if [ "$current" = "=" ]; then',
    '    current=',
    '  elif [ "$previous" = "=" ]; then',
    '    previous=${COMP_WORDS[COMP_CWORD-2]}',
    '  fi',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$at $word" in',
    `      ${patterns(pathsBelow(commands))}) at="$at $word" ;;`,
    '    esac',
    '  done',
    '  case "$at $previous" in',
    ...valuesByPlace(commands).map(
      ({ places, values }) => `    ${patterns(places)}) ${[...offered(values), 'return'].join('; ')} ;;`,
    ),
    '  esac',
    '  case "$at" in',
    ...commands.flatMap(branch),
    '  esac',
    '}',
    'complete -F _conform conform',
    '',
  ].join('\n');
}

/** What is offered after one command. */
function branch(command: CommandWords): string[] {
  const { words, files, folders } = argumentsOf(command);
  const given = [
    ...(words.length > 0 ? offered({ kind: 'words', words: words.map(({ name }) => name) }) : []),
    ...(files ? offered({ kind: 'files' }) : []),
    ...(folders ? offered({ kind: 'folders' }) : []),
  ];
  const options = offered({ kind: 'words', words: namesOf(command.options).map(({ name }) => name) }).join(
    '',
  );
  return branchOf(command.path, 'current', given, options);
}

function offered(values: Values): string[] {
  switch (values.kind) {
    case 'words':
      return [`_conform_words ${quoted(values.words.join(' '))}`];
    case 'files':
      return ['_conform_files'];
    case 'folders':
      return ['_conform_folders'];
    case 'unknown':
      return [];
  }
}

function patterns(texts: readonly string[]): string {
  return texts.map(quoted).join(' | ');
}
