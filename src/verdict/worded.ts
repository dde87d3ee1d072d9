import type { Said } from './sentences.js';
import type { Verdict } from './verdict.js';

/** A verdict as it is written: its sentences, and beside them the codes and facts that they were made of. */
export interface Worded extends Omit<Verdict, 'explanation' | 'fix' | 'evidence' | 'ruledOut'> {
  explanation: string;
  fix?: string;
  evidence: string[];
  ruledOut: { cause: string; because: string }[];
  /** The sentences as codes with facts, in the same order: whoever wants to know something goes by these. */
  codes: { explanation: Coded; fix?: Coded; evidence: Coded[]; ruledOut: Coded[] };
}

type Coded = Pick<Said, 'code' | 'facts'>;

/** Puts a verdict into words. */
export function worded(verdict: Verdict): Worded {
  const { explanation, fix, evidence, ruledOut, ...rest } = verdict;
  return {
    ...rest,
    explanation: explanation.sentence,
    ...(fix === undefined ? {} : { fix: fix.sentence }),
    evidence: evidence.map(({ sentence }) => sentence),
    ruledOut: ruledOut.map(({ cause, because }) => ({ cause, because: because.sentence })),
    codes: {
      explanation: coded(explanation),
      ...(fix === undefined ? {} : { fix: coded(fix) }),
      evidence: evidence.map(coded),
      ruledOut: ruledOut.map(({ because }) => coded(because)),
    },
  };
}

function coded({ code, facts }: Said): Coded {
  return { code, facts };
}
