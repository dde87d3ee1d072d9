import type { Cause, Confidence, Layer, Outcome } from './causes.js';

/** What an exchange means. */
export interface Verdict {
  outcome: Outcome;
  layer?: Layer;
  cause?: Cause;
  confidence?: Confidence;
  explanation: string;
  fix?: string;
  /** Sentences, each of which stands on one exchange. */
  evidence: string[];
  /** Rival explanations, and what ruled each out. */
  ruledOut: { cause: string; because: string }[];
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
