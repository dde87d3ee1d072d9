/** Where in a file something is wrong. Lines count from 1. */
export interface Place {
  file: string;
  line?: number | undefined;
}

export function formatPlace(place: Place): string {
  return place.line === undefined ? place.file : `${place.file}:${place.line}`;
}

/**
 * Something that a person has to put right before the command can do its work. Every stage throws it; the
 * command line prints it as one or a few lines without a stack trace and exits with its code.
 *
 * `exitCode` 2: wrong usage or configuration. 3: no verdict possible (no credentials, host unreachable, …).
 */
export class Problem extends Error {
  readonly exitCode: 2 | 3;
  readonly place: Place | undefined;
  readonly remedy: string | undefined;

  constructor(
    message: string,
    details: { exitCode?: 2 | 3; place?: Place; remedy?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'Problem';
    this.exitCode = details.exitCode ?? 2;
    this.place = details.place;
    this.remedy = details.remedy;
  }
}
