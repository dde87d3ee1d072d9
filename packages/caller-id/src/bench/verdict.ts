import {
  percent,
  PERCENTILES,
  type BenchResult,
  type BreakingPoint,
  type Cause,
  type EdgeRow,
  type Judgement,
  type OpenRow,
  type Row,
} from 'wellsky-conform/kit';
import { describeLoop } from './noise.js';
import { isClear } from './repeat.js';

/** What a verdict is made of. */
export type Evidence = Pick<
  BenchResult,
  | 'rows'
  | 'openLoop'
  | 'edgeCases'
  | 'noise'
  | 'target'
  | 'complete'
  | 'truth'
  | 'answers'
  | 'unasked'
  | 'timeoutMs'
>;

/** Sums up what was measured of the variants that were asked about. */
export function sumUp(
  measured: Evidence,
  judgedVariants: readonly string[],
): { verdict: Judgement; cause: Cause | null; because: string[] } {
  const { answers, target, truth, noise } = measured;
  const rows = measured.rows.filter(({ judged }) => judged);
  const open = measured.openLoop.filter(({ judged }) => judged);
  const loops = [...rows, ...open];
  const misses = loops.filter(({ judgement }) => judgement === 'breaks');
  const slow = misses.map((loop) => tooSlow(loop, target.ms));
  const mistakes = [
    ...answerMistakes(measured),
    ...loops.flatMap((loop) => loopMistakes(loop, answers.wrong > 0 ? 'wrong' : 'missing')),
    ...measured.edgeCases
      .filter(({ right, variant }) => !right && judgedVariants.includes(variant))
      .map((row): Mistake => ({ cause: 'edge cases', says: wrongCaller(row) })),
  ];
  // A wrong answer is wrong on any machine; a slow one may be the machine's fault.
  const [worst] = CAUSES.flatMap((cause) => mistakes.find((mistake) => mistake.cause === cause) ?? []);
  if (worst) {
    return { verdict: 'breaks', cause: worst.cause, because: [...mistakes.map(({ says }) => says), ...slow] };
  }
  if (misses.some(isClear) || (misses.length > 0 && noise.length === 0)) {
    return { verdict: 'breaks', cause: 'slow', because: slow };
  }
  if (misses.length > 0) {
    return uncertain('restless', ['The machine is too restless to say.', ...slow]);
  }
  if (!measured.complete) return uncertain('stopped', ['It was stopped before the end.']);
  if (rows.length === 0) return uncertain('not measured', ['Nothing that was asked about was measured.']);
  if (truth === null && answers.asked > 0 && answers.named === 0) {
    return uncertain('names nobody', [
      `It named nobody for any of ${answers.asked} numbers, and it is not known who should be named.`,
    ]);
  }
  const unsure = rows.filter(({ judgement }) => judgement === 'uncertain');
  if (unsure.some(({ attempts }) => attempts > 1)) {
    return uncertain('restless', ['The machine is too restless to say.']);
  }
  if (unsure.length > 0) return uncertain('few samples', unsure.map(unsureText));
  const { ms, percentile } = target;
  const slowest = Math.max(...rows.map((row) => row[percentile]));
  const right = truth === null ? '. Who is right is not known here.' : ', and every answer was right.';
  return {
    verdict: 'holds',
    cause: null,
    because: [
      `At every size and mix at least ${PERCENTILES[percentile]} % of lookups stay below ${ms} ms, with 95 % confidence; the slowest ${percentile} is ${slowest} ms${right}`,
      ...(measured.unasked === 0
        ? []
        : [`${measured.unasked} numbers were not asked for their answer: it would have taken too long.`]),
    ],
  };
}

function uncertain(cause: Cause, because: string[]): { verdict: Judgement; cause: Cause; because: string[] } {
  return { verdict: 'uncertain', cause, because };
}

interface Mistake {
  cause: Cause;
  says: string;
}

/** Mistakes, the one first that says most about the lookup. */
const CAUSES: readonly Cause[] = ['failed', 'timed out', 'wrong', 'missing', 'edge cases'];

function answerMistakes({ answers, timeoutMs }: Evidence): Mistake[] {
  const { asked, somebody, found, missing, wrong, timedOut, failed, errors } = answers;
  const of = (count: number, whole: number) =>
    `${count.toLocaleString('en')} of ${whole.toLocaleString('en')} (${percent(count / whole)})`;
  return [
    ...(failed === 0
      ? []
      : [
          says(
            'failed',
            `${of(failed, asked)} lookups ended with an error of the database: SQLSTATE ${errors.join(', ')}. What it said in words is not repeated: it may quote the data.`,
          ),
        ]),
    ...(timedOut === 0
      ? []
      : [says('timed out', `${of(timedOut, asked)} lookups had no answer after ${timeoutMs} ms.`)]),
    ...(wrong === 0
      ? []
      : [
          says(
            'wrong',
            `${of(wrong, asked)} lookups named somebody who does not have the number. It found ${of(found, somebody)} callers.`,
          ),
        ]),
    ...(missing === 0
      ? []
      : [says('missing', `${of(missing, somebody)} callers were not found: nobody was named.`)]),
  ];
}

function says(cause: Cause, text: string): Mistake {
  return { cause, says: text };
}

/** What a loop shows beside the time: in an own bench the same numbers as were asked before, but many times. */
function loopMistakes(loop: Row | OpenRow, cause: Cause): Mistake[] {
  const where = describeLoop(loop);
  return [
    ...(loop.failed === 0
      ? []
      : [says('failed', `${where}: ${loop.failed} of ${loop.samples} lookups ended with an error.`)]),
    ...((loop.wrong ?? 0) === 0
      ? []
      : [
          says(
            cause,
            `${where}: ${loop.wrong ?? 0} of ${loop.samples} answers named the wrong person, or nobody.`,
          ),
        ]),
  ];
}

function unsureText(loop: Row): string {
  return `${describeLoop(loop)}: ${loop.samples} samples are too few, or too scattered, to be sure.`;
}

/** From which size on each variant misses the target, whatever the mix. */
export function breakingPoints(rows: readonly Row[]): BreakingPoint[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.variant} ${row.connection} ${row.concurrency}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const sizes = [...new Set(group.map((row) => row.rows))].sort((a, b) => a - b);
    const breaks = (size: number): boolean =>
      group.some((row) => row.rows === size && row.judgement === 'breaks');
    const holds = (size: number): boolean =>
      group.every((row) => row.rows !== size || row.judgement === 'holds');
    const breaksAt = sizes.find(breaks) ?? null;
    const below = sizes.filter((size) => (breaksAt === null || size < breaksAt) && holds(size));
    const { variant, concurrency, connection } = first;
    return [{ variant, concurrency, connection, breaksAt, holdsTo: below.at(-1) ?? null }];
  });
}

function tooSlow(loop: Row | OpenRow, targetMs: number): string {
  const { low, high } = loop.overTargetInterval;
  const ended = loop.timedOut === 0 ? '' : `; ${loop.timedOut} had no answer when the time-out was over`;
  return `${describeLoop(loop)}: ${percent(loop.overTarget)} of lookups took longer than ${targetMs} ms (between ${percent(low)} and ${percent(high)}); p99 ${loop.p99} ms${ended}.`;
}

function wrongCaller({ variant, name, expected, named, failed }: EdgeRow): string {
  if (failed !== undefined) return `${variant} ${FAILURES[failed]}: ${name}.`;
  if (expected === null) return `${variant} recognises a caller where there is none: ${name}.`;
  return named === null ? `${variant} does not know: ${name}.` : `${variant} names another person: ${name}.`;
}

const FAILURES = { 'timed out': 'gives no answer in time to', error: 'fails for' };
