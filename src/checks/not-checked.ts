import { LONGEST_CHECK_MS, type Checked, type SetAside } from '../contract/schema/validator.js';
import type { Found } from './answer-check.js';

/** The part of an answer that it is about. */
interface Part {
  what: string;
  facts?: Found['facts'];
}

type Why = Extract<Checked, { kind: 'not checked' }>['why'];

const WHY_NOT: Record<Why, string> = {
  schema: 'the contract’s schema for it cannot be used',
  time: `checking it against the contract took longer than ${LONGEST_CHECK_MS / 1000} s`,
  depth: 'checking it against the contract goes too deep',
};

/** The codes that say it: what was not found out is no more than a warning. */
export const WARNINGS = ['not-checked', 'partly-not-checked'] as const;

/** That a part of an answer was not held against the contract: a warning, and never a promise that is kept. */
export function notChecked({ what, facts }: Part, why: Why | { because: string }): Found {
  const because = typeof why === 'string' ? WHY_NOT[why] : why.because;
  const message = `${what} was not checked: ${because}`;
  return {
    code: 'not-checked',
    ...(facts ? { facts } : {}),
    inconclusive: true,
    message,
  };
}

/** What a part of an answer was not held against, as one finding: each place in the contract, as far as they can be listed. */
export function partlyNotChecked({ what, facts }: Part, unchecked: readonly SetAside[]): Found[] {
  if (unchecked.length === 0) return [];
  const places = unchecked
    .slice(0, MOST_PLACES)
    .map(({ schemaPointer, keyword, why }) => `“${keyword}” at ${schemaPointer || 'the root'} (${why})`);
  if (unchecked.length > places.length) places.push(`${unchecked.length - places.length} more`);
  return [
    {
      code: 'partly-not-checked',
      ...(facts ? { facts } : {}),
      inconclusive: true,
      message: `a part of ${what} was not checked, because the contract’s schema cannot be used there: ${places.join('; ')}`,
    },
  ];
}

const MOST_PLACES = 5;
