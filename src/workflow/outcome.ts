/** What came of one step of a flow. */
export type StepOutcome = { step: string; sentence: string } & (
  | { result: 'passed' }
  | { result: 'failed'; why: string }
  /** It could not be run. */
  | { result: 'skipped'; why: string }
  /** The flow went another way. */
  | { result: 'bypassed'; why: string }
);

/** What came of a flow: every step that it has, in its order, and last whether it left nothing behind. */
export interface FlowOutcome {
  flow: string;
  title: string;
  steps: readonly StepOutcome[];
}

/** What is said of what a flow has created. */
export const LEAVES_NOTHING = 'what the flow has created is gone again';

/** What came of a flow as a whole: failed where a step has, skipped where one could not be run. */
export function resultOf({ steps }: Pick<FlowOutcome, 'steps'>): 'failed' | 'skipped' | 'passed' {
  if (steps.some(({ result }) => result === 'failed')) return 'failed';
  return steps.some(({ result }) => result === 'skipped') ? 'skipped' : 'passed';
}
