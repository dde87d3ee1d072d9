import { createContext, Script } from 'node:vm';

/** What came of work that had only so much time. */
export type Bounded<T> = { done: true; value: T } | { done: false; why: Excess };

/** What there was too much of. */
export type Excess = 'time' | 'depth';

/**
 * Does synchronous work, and interrupts it when it takes longer than so many milliseconds: also in the middle of a
 * regular expression or of a loop of a library, which no promise and no signal can interrupt. Work that calls itself
 * deeper than the stack reaches is not done either. Calls may be nested.
 *
 * Interrupted work stops where it is, without its `finally` blocks. Whatever it has changed may be half changed: the
 * caller must not use any of it again.
 * @throws what the work throws
 */
export function within<T>(milliseconds: number, work: () => T): Bounded<T> {
  const came: { value: T }[] = [];
  room.work = () => {
    came.push({ value: work() });
  };
  try {
    call.runInContext(room, { timeout: milliseconds });
  } catch (error) {
    if (isTimeout(error)) return { done: false, why: 'time' };
    if (isOverflow(error)) return { done: false, why: 'depth' };
    throw error;
  } finally {
    // The context lives as long as the program: what the work holds must not.
    delete room.work;
  }
  const [result] = came;
  if (result === undefined) throw new Error('bounded work came to no end');
  return { done: true, value: result.value };
}

/**
 * Does synchronous work that is known to come to its end, unless it calls itself deeper than the stack reaches.
 * @throws what the work throws
 */
export function withinDepth<T>(work: () => T): Bounded<T> {
  try {
    return { done: true, value: work() };
  } catch (error) {
    if (isOverflow(error)) return { done: false, why: 'depth' };
    throw error;
  }
}

// One context for all calls: to make one takes a hundred times longer than to call into it.
const room: { work?: () => void } = createContext({});
const call = new Script('work()');

/** The error may be made in another realm than ours, where it is an instance of another Error. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

function isOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message === 'Maximum call stack size exceeded';
}
