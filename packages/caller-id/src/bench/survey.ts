import type { Answers, Clock } from 'wellsky-conform/kit';
import { countAnswer, noAnswers } from './answers.js';
import type { Ask } from './ask.js';
import type { Call } from './workload.js';

/** What a lookup answers to numbers of the user's own, each asked once. */
export interface Survey {
  answers: Answers;
  /** Numbers that were not asked, because that would take too long. */
  unasked: number;
  /** Some of those that had an answer, of which as many as possible named somebody. */
  answered: string[];
}

/** So many lookups without an answer say all there is to say. */
const MOST_TIMED_OUT = 3;
const LONGEST_MS = 60_000;
const EXAMPLES = 6;

/** Asks for each number once, one after the other, so that no lookup is slowed down by another. */
export async function survey(
  ask: Ask,
  calls: readonly Call[],
  signal: AbortSignal,
  { ticks }: Pick<Clock, 'ticks'>,
): Promise<Survey> {
  const answers = noAnswers();
  const examples: { named: string[]; nobody: string[] } = { named: [], nobody: [] };
  const until = ticks() + LONGEST_MS;
  for (const call of calls) {
    if (signal.aborted || answers.timedOut >= MOST_TIMED_OUT || ticks() > until) break;
    const answer = await ask(call.input);
    countAnswer(answers, call, answer);
    if (answer.kind === 'named') examples[answer.named ? 'named' : 'nobody'].push(call.input);
  }
  const { named, nobody } = examples;
  // A lookup that finds nobody has searched all that there is.
  const answered = [...named.slice(0, EXAMPLES - 1), ...nobody.slice(0, EXAMPLES)].slice(0, EXAMPLES);
  return { answers, unasked: calls.length - answers.asked, answered };
}
