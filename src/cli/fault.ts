import { pathToFileURL } from 'node:url';
import type { Process } from './host.js';
import { asError } from '../problem.js';
import { PACKAGE_ROOT, VERSION } from '../package.js';

/** What the process ends with when the program itself is wrong. */
export const INTERNAL_ERROR = 70;

/**
 * What is said of an error that nobody expected: enough to find the place, and nothing of the machine or of what was
 * asked. It can be pasted into a report as it is.
 */
export function faultReport(error: unknown, { env }: Pick<Process, 'env'>): string {
  const known = asError(error);
  const places = (known.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [
    `conform: a fault of conform itself: ${known.name}`,
    '  Please report it with these lines; they hold no value of what was asked:',
    `  conform ${VERSION}, Node ${process.version}, ${process.platform} ${process.arch}`,
    ...places.slice(0, MOST_PLACES).map((line) => `  ${inPackage(line.trim())}`),
    // The message can hold a value that the program was working on.
    env['CONFORM_DEBUG']
      ? `  ${known.message}`
      : '  CONFORM_DEBUG=1 shows its message, which can hold such a value.',
    '',
  ].join('\n');
}

const MOST_PLACES = 12;

/** A place of a stack without the folders of this machine. */
function inPackage(place: string): string {
  return [pathToFileURL(`${PACKAGE_ROOT}/`).href, `${PACKAGE_ROOT}/`]
    .reduce((text, prefix) => text.replaceAll(prefix, ''), place)
    .replace(/(^|[\s(])(?:file:\/\/)?\/[^\s()]*\//g, '$1');
}
