import { argumentsOf, namesOf, pathsBelow, valuesByPlace } from './arguments.js';
import { branchOf, quoted } from './branch.js';
import type { CommandWords, Values, Word } from './words.js';

/** A script for zsh: a file of `fpath`, and also one that is given to `eval`. */
export function zshScript(commands: readonly CommandWords[]): string {
  return [
    '#compdef conform',
    '# Completes the command line of conform in zsh. Made by: conform completion zsh',
    '_conform() {',
    '  local at=conform word previous=${words[CURRENT-1]}',
    '  local -a offered',
    "  if compset -P '--*='; then previous=${IPREFIX%=}; fi",
    '  for word in ${words[2,CURRENT-1]}; do',
    '    case "$at $word" in',
    `      ${patterns(pathsBelow(commands))}) at="$at $word" ;;`,
    '    esac',
    '  done',
    '  case "$at $previous" in',
    ...valuesByPlace(commands).map(
      ({ places, values }) => `    ${patterns(places)}) ${[...offering(values), 'return'].join('; ')} ;;`,
    ),
    '  esac',
    '  case "$at" in',
    ...commands.flatMap(branch),
    '  esac',
    '}',
    'if [ "$funcstack[1]" = _conform ]; then',
    '  _conform "$@"',
    'else',
    '  compdef _conform conform',
    'fi',
    '',
  ].join('\n');
}

/** What is offered after one command. */
function branch(command: CommandWords): string[] {
  const { words, files, folders } = argumentsOf(command);
  const given = [
    ...(words.length > 0 ? [described('argument', words)] : []),
    ...(files ? offering({ kind: 'files' }) : []),
    ...(folders ? offering({ kind: 'folders' }) : []),
  ];
  const options = described('option', namesOf(command.options));
  return branchOf(command.path, 'PREFIX', given, options);
}

function offering(values: Values): string[] {
  switch (values.kind) {
    case 'words':
      return [
        described(
          'value',
          values.words.map((name) => ({ name, description: '' })),
        ),
      ];
    case 'files':
      return ['_files'];
    case 'folders':
      return ['_files -/'];
    case 'unknown':
      return [];
  }
}

function described(kind: string, words: readonly Word[]): string {
  const all = words.map(({ name, description }) => {
    const shown = name.replaceAll(':', '\\:');
    return quoted(description === '' ? shown : `${shown}:${description}`);
  });
  return `offered=(${all.join(' ')}); _describe ${kind} offered`;
}

function patterns(texts: readonly string[]): string {
  return texts.map(quoted).join(' | ');
}
