import { ERROR_GROUPS, type ErrorCode } from './catalogue.js';
import type { ErrorEntry } from './entry.js';

const PREFIX = 'CONFORM_E_';

/** Whether a word is meant as the code of an error. */
export function looksLikeCode(word: string): boolean {
  return word.toUpperCase().startsWith(PREFIX);
}

/** Every code of the catalogue. */
export function allCodes(): string[] {
  return ERROR_GROUPS.flatMap(({ entries }) => Object.keys(entries));
}

/** `CONFORM_E_TARGET_UNKNOWN` has the page `target-unknown.md`. */
export function pageName(code: string): string {
  return `${code.slice(PREFIX.length).toLowerCase().replaceAll('_', '-')}.md`;
}

/** Where the page of a code is in the repository. */
export function pagePath(code: ErrorCode): string {
  return `docs/errors/${pageName(code)}`;
}

/** The parts of a page, in their order. */
export function sectionsOf({ what, why, fix }: ErrorEntry): { title: string; text: string }[] {
  return [
    { title: 'What happened', text: what },
    { title: 'Why', text: why },
    { title: 'What to do', text: fix },
  ];
}

/** The page of an error, as Markdown. */
export function markdownPage(code: string, entry: ErrorEntry): string {
  const { given, run, prints } = entry.example;
  return [
    `# ${code}`,
    `**${entry.title}.** Exit code ${entry.exitCode}.`,
    ...sectionsOf(entry).flatMap(({ title, text }) => [`## ${title}`, text]),
    '## Example',
    ...(given === undefined ? [] : [given]),
    ['```console', `$ ${run}`, prints, '```'].join('\n'),
    '[All errors](README.md)',
    '',
  ].join('\n\n');
}

/** The page that lists all errors, as Markdown. */
export function markdownIndex(): string {
  const groups = ERROR_GROUPS.flatMap(({ title, entries }) => [
    `## ${title}`,
    [
      '| code | what it means | exit code |',
      '| --- | --- | --- |',
      ...Object.entries(entries).map(
        ([code, entry]) => `| [\`${code}\`](${pageName(code)}) | ${entry.title} | ${entry.exitCode} |`,
      ),
    ].join('\n'),
  ]);
  return [
    '# Errors',
    [
      'Every error has a code. It is printed before the message, and a code is never renamed. `conform help CODE` prints the',
      'page of a code without the network; `conform help errors` lists all codes.',
    ].join('\n'),
    'With `--json`, a command that fails prints one document on standard output:',
    [
      '```json',
      JSON.stringify(
        {
          error: {
            code: 'CONFORM_E_MEMBER_UNKNOWN',
            message: '“targets/mock” has an unknown member: “baseurl”',
            exitCode: 2,
            file: 'spec/targets.yaml',
            line: 4,
            remedy: 'The nearest name is “baseUrl”.',
            docs: 'docs/errors/member-unknown.md',
          },
        },
        null,
        2,
      ),
      '```',
    ].join('\n'),
    [
      '`file`, `line`, `column`, `pointer` and `remedy` are there where they are known. Where several errors were found at once,',
      '`errors` has all of them, and `error` is the one that decides the exit code. An internal error has its `report`: lines',
      'that can be pasted. What the command printed on standard output before it failed stays there alone: then the error is',
      'on standard error only.',
    ].join('\n'),
    ...groups,
    '',
  ].join('\n\n');
}
