import { pagePath } from '../errors/page.js';
import { formatPlace, Problem, Problems } from '../problem.js';
import { faultOf, faultReport, INTERNAL_ERROR } from './fault.js';
import type { Host } from './host.js';
import { createIo } from './io.js';

/** An error in the document that --json prints. */
type ErrorDocument = Record<string, unknown>;

/**
 * Prints why a command failed, on standard error; with --json also as one document on standard output, unless a result
 * is there already.
 * @returns the exit code
 */
export function printFailure(error: unknown, { json }: { json: boolean }, host: Host): number {
  const { stderr, stdout } = host;
  const isExpected = error instanceof Problem;
  stderr.write(isExpected ? textOf(allOf(error)) : faultReport(error, host));
  if (json && !stdout.hasWritten) {
    const { result } = createIo({ json: true, color: false }, host);
    const document = isExpected ? documentOf(error) : { error: documentOfFault(error) };
    const holdsSecret = host.secrets.foundIn(JSON.stringify(document));
    result(holdsSecret ? withheld(error) : document);
  }
  return isExpected ? error.exitCode : INTERNAL_ERROR;
}

function allOf(error: Problem): readonly Problem[] {
  return error instanceof Problems ? error.all : [error];
}

/** Each error with its place and remedy, and in the end where more is said of each kind. */
function textOf(all: readonly Problem[]): string {
  const lines = all.flatMap(({ code, message, place, remedy }) => [
    `error ${code}: ${place ? `${formatPlace(place)}: ` : ''}${message}`,
    ...(remedy === undefined || remedy === '' ? [] : [`  ${remedy}`]),
  ]);
  const codes = new Set(all.map(({ code }) => code));
  return [...lines, ...[...codes].map((code) => `  More: conform help ${code}`), ''].join('\n');
}

function documentOf(error: Problem): { error: ErrorDocument; errors?: ErrorDocument[] } {
  const all = allOf(error);
  const deciding = all.find(({ code }) => code === error.code) ?? error;
  return {
    error: documentOfProblem(deciding),
    ...(all.length > 1 ? { errors: all.map(documentOfProblem) } : {}),
  };
}

function documentOfProblem({
  code,
  message,
  exitCode,
  place = { file: '' },
  remedy,
}: Problem): ErrorDocument {
  const { file, ...where } = place;
  return {
    ...{ code, message, exitCode },
    ...(file === '' ? {} : { file, ...where }),
    ...(remedy === undefined || remedy === '' ? {} : { remedy }),
    docs: pagePath(code),
  };
}

function documentOfFault(error: unknown): ErrorDocument {
  const { code, message, report } = faultOf(error);
  return { code, message, exitCode: INTERNAL_ERROR, report, docs: pagePath(code) };
}

/** What is left of an error whose words hold a secret. */
function withheld(error: unknown): { error: ErrorDocument } {
  const { code, exitCode } =
    error instanceof Problem ? error : ({ code: 'CONFORM_E_INTERNAL', exitCode: INTERNAL_ERROR } as const);
  const message = 'the message holds a secret of this process and is not shown';
  return { error: { code, message, exitCode, docs: pagePath(code) } };
}
