import { PROBLEMS, type ProblemCode } from './errors/catalogue.js';

/** Where in a file something is wrong. Lines and columns count from 1. */
export interface Place {
  file: string;
  line?: number | undefined;
  column?: number | undefined;
  /** JSON Pointer of what is meant; its line may be that of an ancestor. */
  pointer?: string | undefined;
}

/** A place as people and editors read it. In a file of one line, the line says nothing: there the pointer does. */
export function formatPlace({ file, line, column, pointer }: Place): string {
  const inLine = line === undefined ? file : `${file}:${line}`;
  if (line !== 1 || column === undefined || pointer === undefined || pointer === '') return inLine;
  return `${inLine}:${column} #${pointer}`;
}

/**
 * Something that a person has to correct before the command can do its work. Every stage throws it; the command line
 * prints it as one or a few lines without a stack trace. Its code says what kind of fault it is, and the catalogue of
 * errors says of each code what the process exits with. 2: wrong usage or configuration. 3: no verdict possible (no
 * credentials, host unreachable, …).
 */
export class Problem extends Error {
  readonly exitCode: 2 | 3;
  readonly place: Place | undefined;
  readonly remedy: string | undefined;

  constructor(
    readonly code: ProblemCode,
    message: string,
    details: { place?: Place; remedy?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'Problem';
    this.exitCode = PROBLEMS[code].exitCode;
    this.place = details.place;
    this.remedy = details.remedy;
  }
}

/** The code of an error of the system, such as ENOENT; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The problem that some work throws; undefined where it throws none. What is no Problem is thrown on. */
export function problemOf(work: () => unknown): Problem | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/**
 * Several problems that were found at once, so that a person can correct all of them before the next try. Its code is
 * that of the first that decides what the process exits with: wrong configuration comes before what could not be had.
 */
export class Problems extends Problem {
  constructor(readonly all: readonly [Problem, Problem, ...Problem[]]) {
    const { code } = all.find(({ exitCode }) => exitCode === 2) ?? all[0];
    super(code, all.map(({ message }) => message).join('; '));
    this.name = 'Problems';
  }
}

/**
 * Throws what was found: nothing, one problem, or all of them together. The same problem at the same place counts
 * once.
 */
export function throwAll(found: readonly Problem[]): void {
  const distinct = new Map(
    found
      .flatMap((problem) => (problem instanceof Problems ? problem.all : [problem]))
      .map((problem) => [`${problem.place ? formatPlace(problem.place) : ''} ${problem.message}`, problem]),
  );
  const [first, second, ...rest] = distinct.values();
  if (first && second) throw new Problems([first, second, ...rest]);
  if (first) throw first;
}

/**
 * The values of all promises.
 * @throws every problem of those that were rejected; another error as it is
 */
export async function together<P extends Promise<unknown>>(promises: readonly P[]): Promise<Awaited<P>[]> {
  const settled = await Promise.allSettled(promises);
  const errors = settled.flatMap((one): Error[] => {
    if (one.status === 'fulfilled') return [];
    const reason: unknown = one.reason;
    return [asError(reason)];
  });
  const unexpected = errors.find((error) => !(error instanceof Problem));
  if (unexpected) throw unexpected;
  throwAll(errors.filter((error) => error instanceof Problem));
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}
