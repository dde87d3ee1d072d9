import type { Cause, Confidence, Layer, Outcome } from './causes.js';
import type { Said } from './sentences.js';
import type { Side } from './side.js';

/** What an exchange means. */
export interface Verdict {
  outcome: Outcome;
  layer?: Layer;
  cause?: Cause;
  confidence?: Confidence;
  /** Who can change it. */
  side?: Side;
  explanation: Said;
  fix?: Said;
  /** Each stands on one exchange. */
  evidence: Said[];
  /** Rival explanations, and what ruled each out. */
  ruledOut: { cause: Cause; because: Said }[];
}

/** One way in which an answer breaks the contract. */
export interface Finding {
  /** Which check found it. */
  check: string;
  severity: 'error' | 'warning';
  /** Set where the promise could not be checked: then it is neither kept nor broken. */
  inconclusive?: true;
  message: string;
  /** JSON Pointer into the body. */
  pointer?: string;
}
