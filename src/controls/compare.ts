import type { Seen } from '../drive/seen.js';

/** How two answers compare: as a whole, apart from what they repeat of the request and what changes every time. */
export type Comparison = 'same' | 'other' | 'unsteady';

/** What a host says of one thing, asked twice, so that what varies by itself is known. */
export interface Reference {
  seen: Seen;
  /** In how much of them the two answers agree. */
  steady: 'exact' | 'loose' | 'no';
}

/** What two answers to the same question have in common. */
export function referenceOf(seen: Seen, again: Seen): Reference {
  if (seen.digest.exact === again.digest.exact) return { seen, steady: 'exact' };
  return { seen, steady: seen.digest.loose === again.digest.loose ? 'loose' : 'no' };
}

/** Whether an answer is what a host says of that thing. Answers of another status are never the same. */
export function compare(answer: Seen, { seen, steady }: Reference): Comparison {
  if (answer.exchange.status !== seen.exchange.status) return 'other';
  if (steady === 'no') return 'unsteady';
  return answer.digest[steady] === seen.digest[steady] ? 'same' : 'other';
}
