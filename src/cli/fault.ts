import { pathToFileURL } from 'node:url';
import type { Process } from './host.js';
import { asError } from '../problem.js';
import { PACKAGE_ROOT, VERSION } from '../package.js';
import { INTERNAL_ERRORS } from '../errors/internal.js';

/** What the process ends with when the program itself is wrong. */
export const INTERNAL_ERROR = INTERNAL_ERRORS.CONFORM_E_INTERNAL.exitCode;

/**
 * An error that nobody expected, in words: enough to find the place, and nothing of the machine or of what was asked.
 * Its report can be pasted as it is.
 */
export interface Fault {
  code: 'CONFORM_E_INTERNAL';
  message: string;
  report: readonly string[];
}

export function faultOf(error: unknown): Fault {
  const known = asError(error);
  return {
    code: 'CONFORM_E_INTERNAL',
    message: `an internal error of conform: ${/^\w{1,60}$/.test(known.name) ? known.name : 'Error'}`,
    report: [
      `conform ${VERSION}, Node ${process.version}, ${process.platform} ${process.arch}`,
      ...placesOf(known).slice(0, MOST_PLACES).map(inPackage),
    ],
  };
}

/** A fault as it is printed. Its message is shown only to a person who wants it: it can hold a value that was worked on. */
export function faultReport(error: unknown, { env }: Pick<Process, 'env'>): string {
  const { code, message, report } = faultOf(error);
  return [
    `error ${code}: ${message}`,
    '  Please report it with these lines. They hold no value of what was asked:',
    ...report.map((line) => `  ${line}`),
    env['CONFORM_DEBUG']
      ? `  ${asError(error).message}`
      : '  CONFORM_DEBUG=1 shows its message, which can hold such a value.',
    '',
  ].join('\n');
}

const MOST_PLACES = 12;

/** The lines of a stack that name a place. A message of several lines is before them, and can look like one. */
function placesOf({ stack = '', message }: Error): string[] {
  const lines = stack.replace(message, '').split('\n');
  return lines.filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line)).map((line) => line.trim());
}

/** A place of a stack without the folders of this machine. */
function inPackage(place: string): string {
  return [pathToFileURL(`${PACKAGE_ROOT}/`).href, `${PACKAGE_ROOT}/`]
    .reduce((text, prefix) => text.replaceAll(prefix, ''), place)
    .replace(/(^|[\s(])(?:file:\/\/)?\/[^\s()]*\//g, '$1');
}
