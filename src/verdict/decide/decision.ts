import type { Cause, Layer } from '../causes.js';
import type { Facts } from '../facts.js';
import type { Question } from '../question.js';
import type { Reading } from '../reading.js';
import type { Said } from '../sentences.js';

/** What is decided of an answer, before it is known how surely. */
export interface Decision {
  layer: Layer;
  cause: Cause;
  /** How surely it may be said where no rule makes it certain. */
  most: 'possible' | 'likely';
  explanation: Said;
  fix: Said;
  /** What else it could be, and what rules that out. */
  ruledOut?: { cause: Cause; because: Said }[];
  /** Whether it is our own mistake, although the cause alone could be the vendor's. */
  isOurs?: boolean;
}

/** Decides what one kind of answer means. */
export type Decide = (question: Question, facts: Facts, alone: Reading) => Decision;

/** What the words of an answer say, and no more. */
export const byWords: Decide = ({ answer }, _, alone) => ({
  layer: alone.layer,
  cause: alone.cause,
  most: alone.specific && answer.exchange.status !== null ? 'likely' : 'possible',
  explanation: alone.explanation,
  fix: alone.fix,
});
