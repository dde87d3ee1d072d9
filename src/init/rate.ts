import type { Contract } from '../contract/contract.js';
import { at } from '../json.js';
import { commentText } from './yaml-text.js';

/** A rate that the contract states in its texts. */
export interface Rate {
  perSecond: number;
  /** The words in which it is stated. */
  words: string;
}

const STATED =
  /(\d{1,3}(?:,\d{3})+|\d{1,7})\s*(?:api |http )?(?:requests|calls|queries)\s*(?:\/|per|an?|every|each)\s*(second|sec|minute|min|hour|day)\b/gi;
const SECONDS: Record<string, number> = { second: 1, sec: 1, minute: 60, min: 60, hour: 3600, day: 86_400 };

/**
 * The lowest rate that a contract states, in its description or in that of an answer with 429 (RFC 6585, section 4);
 * undefined where it states none.
 */
export function rateIn({
  document,
  operations,
}: Pick<Contract, 'document' | 'operations'>): Rate | undefined {
  const texts = new Set([textAt(document, '/info/description')]);
  for (const { pointer, responses } of operations)
    if (responses['429']) texts.add(textAt(document, `${pointer}/responses/429/description`));
  const rates = [...texts].flatMap((text) =>
    [...text.matchAll(STATED)].map(([words, number = '', unit = '']): Rate => ({
      perSecond: Number(number.replaceAll(',', '')) / (SECONDS[unit.toLowerCase()] ?? 1),
      words: commentText(words),
    })),
  );
  return rates
    .filter(({ perSecond }) => perSecond > 0)
    .sort((one, other) => one.perSecond - other.perSecond)[0];
}

function textAt(document: unknown, pointer: string): string {
  const found = at(document, pointer);
  return typeof found === 'string' ? found.slice(0, LONGEST) : '';
}

/** Descriptions can hold a whole manual; limits are in its first pages. */
const LONGEST = 100_000;
