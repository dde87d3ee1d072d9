import { ERROR_GROUPS } from '../errors/catalogue.js';
import type { ErrorEntry } from '../errors/entry.js';
import { sectionsOf } from '../errors/page.js';
import { wrapped } from './wrapped.js';

const WIDTH = 80;

/** The page of an error for a terminal. */
export function errorPage(code: string, entry: ErrorEntry): string {
  const { given, run, prints } = entry.example;
  return (
    [
      `${code} (exit code ${entry.exitCode})`,
      `${entry.title}.`,
      ...sectionsOf(entry).map(({ title, text }) => `${title}\n${wrapped(text, 2, WIDTH)}`),
      `Example${given === undefined ? '' : `\n${wrapped(given, 2, WIDTH)}`}`,
      [`$ ${run}`, ...prints.split('\n')].map((line) => `    ${line}`).join('\n'),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

/** All codes with their titles, for a terminal. */
export function errorIndex(): string {
  return ERROR_GROUPS.map(
    ({ title, entries }) =>
      `${title}\n\n${Object.entries(entries)
        .map(([code, entry]) => `  ${code}\n${wrapped(entry.title, 6, WIDTH)}\n`)
        .join('')}`,
  ).join('\n');
}
