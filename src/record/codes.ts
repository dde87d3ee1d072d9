import type { Code } from '../verdict/sentences.js';
import type { Capability } from './run.js';

type Facts = Readonly<Record<string, string | number>>;

/** The facts of what is to be done, where it is this; undefined for runs that hold sentences only. */
export function factsOfFix({ codes }: Pick<Capability, 'codes'>, code: Code): Facts | undefined {
  return codes?.fix?.code === code ? codes.fix.facts : undefined;
}

/** The facts of the first piece of evidence of this kind; undefined where there is none. */
export function factsOfEvidence({ codes }: Pick<Capability, 'codes'>, code: Code): Facts | undefined {
  return codes?.evidence.find((said) => said.code === code)?.facts;
}

/** The evidence without the answer itself, for papers that show the exchange whole. */
export function evidenceBeside({ evidence, codes }: Pick<Capability, 'evidence' | 'codes'>): string[] {
  return evidence.filter((_, index) => codes?.evidence[index]?.code !== 'answer');
}
