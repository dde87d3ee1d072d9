import type { Answers, Named } from 'wellsky-conform/kit';
import type { Answer } from './ask.js';
import type { Call } from './workload.js';

export function noAnswers(): Answers {
  return {
    ...{ asked: 0, named: 0, somebody: 0, found: 0, missing: 0, wrong: 0, timedOut: 0, failed: 0 },
    errors: [],
  };
}

/** Counts one more answer. */
export function countAnswer(answers: Answers, { expected }: Call, answer: Answer): void {
  answers.asked++;
  if (expected) answers.somebody++;
  if (answer.kind === 'timed out') answers.timedOut++;
  else if (answer.kind === 'failed') {
    answers.failed++;
    if (!answers.errors.includes(answer.code)) answers.errors.push(answer.code);
  } else {
    if (answer.named) answers.named++;
    if (expected === undefined) return;
    if (!isRight(expected, answer.named)) answers[answer.named ? 'wrong' : 'missing']++;
    else if (expected) answers.found++;
  }
}

/** Adds what was counted somewhere else. */
export function addAnswers(answers: Answers, more: Answers): void {
  for (const name of COUNTS) answers[name] += more[name];
  answers.errors.push(...more.errors.filter((code) => !answers.errors.includes(code)));
}

const COUNTS = ['asked', 'named', 'somebody', 'found', 'missing', 'wrong', 'timedOut', 'failed'] as const;

/** Whether a lookup named who has the number, or nobody where nobody has it. */
export function isRight(expected: Named, named: Named): boolean {
  return expected?.kind === named?.kind && expected?.id === named?.id;
}
