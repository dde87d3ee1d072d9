import type { Target } from '../../targets/targets.js';
import type { FeatureState, Shown } from '../../impact/state.js';
import type { ReportInput } from '../formats/format.js';

/** Everything that a paper can be made of: a report, and what the later stages make of the same runs. */
export interface PaperSources {
  report: ReportInput;
  /** All places that could be asked; empty when none are described. */
  targets: readonly Target[];
  /** What only the vendor can answer, one for each cause. */
  questions: readonly VendorQuestion[];
  /** The vendor's support desk, and how it knows us; empty where it is not described. */
  contact: { to: string; customer: string };
  /** May each consumer be deployed on what these runs show. */
  gates: readonly GateFacts[];
}

export interface VendorQuestion {
  target: string;
  cause: string;
  /** A subject that a support desk can route. */
  subject: string;
  /** One sentence. */
  question: string;
  operations: readonly string[];
  /** A shell script that repeats the request, with variables for secrets. */
  reproduction: string;
}

/** As much of the verdict of the gate as papers tell. */
export interface GateFacts {
  name: string;
  consumer: string;
  open: boolean;
  /** False when nothing that the consumer needs was judged by any run: then there is no verdict. */
  judged: boolean;
  why: string;
  readiness: {
    met: number;
    of: number;
    notProven: number;
    percent: number;
    band: string;
    scenarios: readonly {
      id: string;
      name: string;
      critical: boolean;
      /** Null when no run can prove it. */
      met: boolean | null;
      why: string;
    }[];
  };
  features: readonly {
    name: string;
    open: boolean;
    /** What the runs show of it; the gate may be open on less. */
    state: FeatureState;
    critical: boolean;
    why: string;
    losses: readonly string[];
    lacks: readonly { operation?: string; why: string; workaround?: string }[];
    proof: readonly {
      operation: string;
      loss: string;
      state: Shown;
      why: string;
    }[];
  }[];
}
