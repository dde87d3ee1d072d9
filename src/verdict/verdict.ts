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
  /** Each is on one exchange. */
  evidence: Said[];
  /** Rival explanations, and what ruled each out. */
  ruledOut: { cause: Cause; because: Said }[];
}

/** One way in which an answer breaks the contract. */
export interface Finding {
  /** Which check found it. */
  check: string;
  /** In which way the promise is not kept: one of few for each check, and the same whatever the sentence says. */
  code: string;
  /** What makes it this finding: names of the contract and numbers, never a value of an answer. */
  facts?: Readonly<Record<string, string | number>>;
  severity: 'error' | 'warning';
  /** Set where the promise could not be checked: then it is neither kept nor broken. */
  inconclusive?: true;
  message: string;
  /** JSON Pointer into the body. */
  pointer?: string;
  /** The component of the contract that describes what is broken, as `#/components/schemas/Thing`. */
  schema?: string;
  /** Set where it is known and accepted for now: then it is no more than a warning. */
  accepted?: KnownFinding;
  /** Set where it was accepted until a day that is over: then it counts again. */
  lapsed?: KnownFinding;
}

/** Why a finding is accepted, and until when. */
export interface KnownFinding {
  reason: string;
  /** As 2026-12-31. */
  until: string;
  ticket?: string;
}
