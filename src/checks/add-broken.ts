import type { Exchange } from '../exchange/exchange.js';
import type { Broken, Promised } from './check.js';
import type { Checked } from './checked.js';
import { findingOf } from './finding.js';

/** What is broken is shown by so many exchanges at most: the last of them. */
const MOST_SHOWN = 3;

/**
 * Adds that a promise is broken to what came of an operation, with the exchanges that show it.
 * @param exchanges at least one; each has the purpose that it was asked for
 */
export function addBroken(
  own: Checked,
  check: Promised,
  broken: readonly Broken[],
  exchanges: readonly Exchange[],
): void {
  own.exchanges.push(
    ...exchanges.map((one) => ({ ...one, purpose: `${check.id}: ${one.purpose ?? 'as it was asked'}` })),
  );
  const last = own.exchanges.length - 1;
  const shown = exchanges.slice(-MOST_SHOWN).map((_, index, { length }) => last + 1 - length + index);
  const several = shown.length > 1 ? { exchanges: shown } : {};
  for (const one of broken) own.findings.push({ ...findingOf(check, one), exchange: last, ...several });
}
