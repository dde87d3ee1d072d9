import type { Outcome } from '../verdict/causes.js';

/** A sign beside the word, so that an outcome is told without colour. */
export const SIGNS: Record<Outcome, string> = {
  works: '✓',
  deviates: '≈',
  rejects: '✗',
  denied: '⊘',
  unrouted: '↯',
  absent: '∅',
  gone: '†',
  broken: '!',
  throttled: '⏱',
  unreachable: '⇹',
  skipped: '–',
};
