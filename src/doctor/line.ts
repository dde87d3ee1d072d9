import type { ProblemCode } from '../errors/catalogue.js';
import { formatPlace, Problem, Problems } from '../problem.js';

/** What is looked at, in this order. */
export type Group = 'spec' | 'configuration' | 'store' | 'hosts' | 'plan';

export type State = 'ok' | 'warning' | 'error' | 'not tried';

/** What one check has found. */
export interface Found {
  state: State;
  /** For a person. It holds no secret and nothing that a host has said but statuses and numbers. */
  found: string;
  remedy?: string;
  /** Of an error that has one: its code in the catalogue of errors. */
  code?: ProblemCode;
  /**
   * What an error means for the command as a whole, where that is more than that something is wrong: 2: nothing can be
   * done with this set-up; 3: its target could not be tried.
   */
  exit?: 2 | 3;
}

/** One line of the result. Names are codes. */
export interface Line extends Found {
  group: Group;
  name: string;
  target?: string;
}

export function ok(found: string): Found {
  return { state: 'ok', found };
}

export function warning(found: string, remedy: string): Found {
  return { state: 'warning', found, remedy };
}

export function error(found: string, remedy: string, exit?: 2 | 3): Found {
  return { state: 'error', found, remedy, ...(exit === undefined ? {} : { exit }) };
}

/** @param why a clause that goes on “not tried, because” */
export function notTried(why: string): Found {
  return { state: 'not tried', found: `not tried, because ${why}` };
}

/** What a Problem says, as an error. */
export function errorOf({ code, message, place, remedy }: Problem, exit?: 2 | 3): Found {
  return {
    state: 'error',
    code,
    found: place ? `${formatPlace(place)}: ${message}` : message,
    ...(remedy === undefined ? {} : { remedy }),
    ...(exit === undefined ? {} : { exit }),
  };
}

/**
 * The problems that some work throws; none where it ends well.
 * @throws what is no Problem
 */
export function problemsOf(work: () => unknown): readonly Problem[] {
  try {
    work();
    return [];
  } catch (thrown) {
    if (thrown instanceof Problems) return thrown.all;
    if (thrown instanceof Problem) return [thrown];
    throw thrown;
  }
}

/**
 * What the command ends with: 2 where the set-up cannot be used; 1 where something in it is wrong; 3 where nothing could
 * be tried of the targets that were to be; 0 otherwise, also with warnings.
 * @param targets those that were to be tried; undefined where none was, on purpose
 */
export function exitCodeOf(lines: readonly Line[], targets: readonly string[] | undefined): 0 | 1 | 2 | 3 {
  const errors = lines.filter(({ state }) => state === 'error');
  if (errors.some(({ exit }) => exit === 2)) return 2;
  if (errors.some(({ exit }) => exit === undefined)) return 1;
  const untried = new Set(errors.flatMap(({ exit, target }) => (exit === 3 ? [target] : [])));
  if (targets?.every((name) => untried.has(name)) === true) return 3;
  return errors.length > 0 ? 1 : 0;
}
