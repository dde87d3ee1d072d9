import type { Exchange } from '../exchange/exchange.js';
import type { Finding } from '../verdict/verdict.js';
import type { CHECK_RESULTS } from './check.js';

/**
 * That the budget left something undone: `not-its-turn` where others were due before, so that it is due the more the next
 * time; `too-much` where the budget of a whole run is not enough for it.
 */
export const UNASKED = ['not-its-turn', 'too-much'] as const;
export type Unasked = (typeof UNASKED)[number];

/** What came of one check of one operation. */
export interface CheckResult {
  id: string;
  result: (typeof CHECK_RESULTS)[number];
  /** Why it is neither kept nor broken. */
  why?: string;
  /** Set where the budget is why. */
  code?: Unasked;
}

/** What came of all checks of one operation. */
export interface Checked {
  results: CheckResult[];
  findings: (Finding & { exchange: number; exchanges?: number[] })[];
  /** What the checks that failed have asked; findings name one of them by its place. */
  exchanges: Exchange[];
}

/** What came of the checks of an operation so far, among that of others: nothing yet where there is no entry. */
export function checkedIn(all: Map<string, Checked>, operation: string): Checked {
  const own = all.get(operation) ?? { results: [], findings: [], exchanges: [] };
  all.set(operation, own);
  return own;
}

/** A host whose state lags is given so long before a promise is said to be broken. */
export const PAUSE_MS = 1_500;
