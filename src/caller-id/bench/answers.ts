import type { Answer, Named } from './ask.js';
import type { Call } from './workload.js';

/** What lookups answered, counted. Where it is not known who is right, only what can be seen without. */
export interface Answers {
  asked: number;
  /** Lookups that named somebody, whoever that was. */
  named: number;
  /** Lookups of numbers that are known to belong to somebody. */
  somebody: number;
  /** Those of them that named who has the number. */
  found: number;
  /** Those of them that named nobody. */
  missing: number;
  /** Lookups that named a person who does not have the number, also where nobody has it. */
  wrong: number;
  /** Lookups that had no answer when the time-out was over. */
  timedOut: number;
  /** Lookups that ended with an error of the database. */
  failed: number;
  /** The SQLSTATE of each kind of error. */
  errors: string[];
}

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
