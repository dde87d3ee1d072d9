import type { Records } from '../artefact/folder.js';
import { Type, type Static } from '@sinclair/typebox';
import { Ajv } from 'ajv';
import { literals } from '../document/literals.js';
import { parseJson } from '../json.js';
import { Problem } from '../problem.js';
import { ageMs, readableAge, type BenchTarget, type Consumer } from './consumer.js';
import type { Shown } from './state.js';

const PERCENTILES = ['p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const;

const Times = {
  judged: Type.Boolean(),
  overTarget: Type.Number(),
  judgement: literals(['holds', 'breaks', 'uncertain']),
  p50: Type.Number(),
  p90: Type.Number(),
  p95: Type.Number(),
  p99: Type.Number(),
  p999: Type.Number(),
  max: Type.Number(),
};

/**
 * As much as the gate and the report read of what the bench leaves behind. What is optional is missing in results of
 * earlier versions, which did not know who was right.
 */
const BenchFile = Type.Object({
  format: Type.Literal('conform-bench/1'),
  finishedAt: Type.String(),
  target: Type.Object({ percentile: literals(PERCENTILES), ms: Type.Number() }),
  verdict: literals(['holds', 'breaks', 'uncertain']),
  judged: Type.Object({ variants: Type.Array(Type.String()), connection: Type.String() }),
  /** Why the target is missed, or why there is no verdict; null when it holds. */
  cause: Type.Optional(
    Type.Union([
      Type.Null(),
      literals([
        ...(['failed', 'timed out', 'wrong', 'missing', 'edge cases', 'slow'] as const),
        ...(['restless', 'few samples', 'names nobody', 'stopped', 'not measured'] as const),
      ]),
    ]),
  ),
  /** Where it is known from who is right; null when nobody has said. */
  truth: Type.Optional(Type.Union([Type.Null(), literals(['file', 'made'])])),
  answers: Type.Optional(
    Type.Object({
      asked: Type.Number(),
      somebody: Type.Number(),
      found: Type.Number(),
      wrong: Type.Number(),
      timedOut: Type.Number(),
      failed: Type.Number(),
    }),
  ),
  size: Type.Optional(Type.Object({ rows: Type.Union([Type.Null(), Type.Number()]), exact: Type.Boolean() })),
  timeoutMs: Type.Optional(Type.Number()),
  rows: Type.Optional(Type.Array(Type.Object(Times))),
  edgeCases: Type.Optional(
    Type.Array(Type.Object({ variant: Type.String(), name: Type.String(), right: Type.Boolean() })),
  ),
  openLoop: Type.Optional(Type.Array(Type.Object({ ...Times, ratePerSecond: Type.Number() }))),
});

export type Bench = Static<typeof BenchFile>;

/** The name of the record of the newest result of the bench. */
export const LATEST_BENCH = 'latest/bench.json';

/**
 * Reads the newest result of the bench, or undefined when there is none.
 * @throws Problem when the record is not what the bench writes
 */
export async function readBench(records: Records): Promise<Bench | undefined> {
  const text = await records.read(LATEST_BENCH);
  return text === undefined ? undefined : parseBench(text, records.place(LATEST_BENCH));
}

function parseBench(text: string, file: string): Bench {
  const value = parseJson(text);
  if (value === undefined)
    throw new Problem('CONFORM_E_RECORD_UNREADABLE', 'the file is not JSON', {
      place: { file },
      remedy: 'Make a new one with conform bench.',
    });
  const validate = new Ajv().compile<Bench>(BenchFile);
  if (!validate(value)) {
    throw new Problem('CONFORM_E_RECORD_UNREADABLE', 'the file is not a result of the bench', {
      place: { file },
      remedy: 'Make a new one with conform bench.',
    });
  }
  return value;
}

/** What a bench says about a target that a consumer has for it. */
export interface BenchProof {
  ok: boolean;
  /** What is shown, whatever the policy makes of it. */
  state: Shown;
  /** The member of the policy by which it will do although it is not proven. */
  reliesOn?: string;
  why: string;
  at?: string;
  stale?: true;
  warning?: string;
}

export function judgeBench(
  bench: Bench | undefined,
  target: BenchTarget,
  { policy }: Consumer,
  now: Date,
): BenchProof {
  const wanted = `${target.percentile} within ${target.ms} ms`;
  if (!bench) {
    const why = `there is no bench that shows ${wanted}`;
    return policy.skipped === 'warns'
      ? { ok: true, state: 'not proven', reliesOn: 'skipped: warns', why, warning: why }
      : { ok: false, state: 'not proven', why };
  }
  const at = bench.finishedAt;
  const measured = `${bench.target.percentile} within ${bench.target.ms} ms`;
  const subject = `${bench.judged.variants.join(', ')}, connection ${bench.judged.connection}`;
  const asStrict =
    bench.target.ms <= target.ms &&
    PERCENTILES.indexOf(bench.target.percentile) >= PERCENTILES.indexOf(target.percentile);
  const open = { ok: false, state: 'not proven' as const, at };
  if (!asStrict) return { ...open, why: `the bench was held to ${measured}, needed is ${wanted}` };
  if (bench.verdict === 'uncertain') return { ...open, why: `the bench was inconclusive (${measured})` };
  if (bench.verdict === 'breaks')
    return { ok: false, state: 'fails', at, why: `the bench missed ${measured} (${subject})` };
  if (!isChecked(bench)) {
    const why = `the bench held ${measured} (${subject}), but nobody has checked whom it names; ${REMEDY}`;
    return policy.skipped === 'warns'
      ? { ...open, ok: true, reliesOn: 'skipped: warns', why, warning: why }
      : { ...open, why };
  }
  const age = now.getTime() - Date.parse(at);
  if (age <= ageMs(policy.maxAge.bench))
    return {
      ok: true,
      state: 'works',
      at,
      why: `the bench held ${measured} (${subject}; ${answersText(bench)})`,
    };
  const why = `the bench is ${readableAge(age)} old; ${policy.maxAge.bench} is the limit`;
  return policy.stale === 'warns'
    ? { ...open, ok: true, reliesOn: 'stale: warns', stale: true, why, warning: why }
    : { ...open, stale: true, why };
}

const REMEDY =
  'name a file of phone numbers and the ids that they have: conform bench --sql TEXT --truth FILE';

/** Whether it is known who was right, and that somebody was found: a lookup that finds nobody names nobody wrong. */
function isChecked({ truth, answers }: Bench): boolean {
  return (truth ?? null) !== null && (answers?.found ?? 0) > 0;
}

/** A count of a whole. */
export interface Share {
  count: number;
  of: number;
}

/** A bench as a card shows it. */
export interface BenchCard {
  /** `unchecked`: fast enough, and nobody has said who is right. */
  word: 'holds' | 'missed' | 'unchecked' | 'no verdict';
  /** One sentence for people: what is so, and why. */
  sentence: string;
  /** The percentile that the target is for, at its worst, beside the target, in milliseconds; null when none was measured. */
  time: { percentile: string; ms: number; targetMs: number } | null;
  /** Callers that were found, of those that should be; null when nobody has said who should be. */
  found: Share | null;
  /** Lookups that named somebody who does not have the number; null as above. */
  wrong: Share | null;
  /** How many rows the tables have that the lookup reads; null when that is not known. */
  rows: number | null;
  /** When it was measured, ISO 8601, UTC. */
  at: string;
}

/** What a bench says to people who have ten seconds. */
export function benchCard(bench: Bench): BenchCard {
  const { target, answers, size, finishedAt } = bench;
  const known = (bench.truth ?? null) !== null && answers !== undefined ? answers : undefined;
  const times = (bench.rows ?? []).filter(({ judged }) => judged).map((row) => row[target.percentile]);
  const word =
    bench.verdict === 'breaks' ? 'missed' : bench.verdict === 'uncertain' ? 'no verdict' : undefined;
  return {
    word: word ?? (isChecked(bench) ? 'holds' : 'unchecked'),
    sentence: sentenceOf(bench),
    time:
      times.length === 0
        ? null
        : { percentile: target.percentile, ms: Math.max(...times), targetMs: target.ms },
    found: known ? { count: known.found, of: known.somebody } : null,
    wrong: known ? { count: known.wrong, of: known.asked } : null,
    rows: size?.rows ?? null,
    at: finishedAt,
  };
}

function sentenceOf(bench: Bench): string {
  const { target, verdict, answers } = bench;
  switch (bench.cause ?? undefined) {
    case 'wrong':
      return `Wrong answers: ${answersText(bench)}.`;
    case 'missing':
      return `${answers?.found === 0 ? 'It finds nobody' : 'It does not find everybody'}: ${answersText(bench)}.`;
    case 'edge cases':
      return `Wrong answers to calls that are easy to get wrong: ${edgeText(bench)}.`;
    case 'failed':
      return `It fails: ${answers?.failed ?? 0} of ${answers?.asked ?? 0} lookups ended with an error of the database.`;
    case 'timed out':
      return `Timed out: ${answers?.timedOut ?? 0} of ${answers?.asked ?? 0} lookups had no answer after ${duration(bench.timeoutMs ?? 0)}; the target is ${target.ms} ms.`;
    case 'names nobody':
      return `It named nobody for any of ${answers?.asked ?? 0} numbers; --truth FILE says who should be found.`;
    case 'restless':
      return 'The machine was too busy to measure on. Measure again when it is not.';
    case 'few samples':
      return 'Too few lookups were measured to be sure, or they varied too much.';
    case 'stopped':
      return 'It was stopped before the end.';
    case 'not measured':
      return 'Nothing that was asked about was measured.';
    case 'slow':
      return `Too slow: ${slowText(bench)}.`;
    case undefined:
      return {
        holds: isChecked(bench)
          ? `Fast enough and right: ${timeText(bench)}; ${answersText(bench)}.`
          : `Fast enough, but nobody has checked whom it names: ${timeText(bench)}; --truth FILE says who is right.`,
        breaks: 'The target is missed.',
        uncertain: 'No verdict is possible.',
      }[verdict];
  }
}

function timeText(bench: Bench): string {
  const { percentile, ms } = bench.target;
  const times = (bench.rows ?? []).filter(({ judged }) => judged).map((row) => row[percentile]);
  return times.length === 0
    ? `${percentile} is below ${ms} ms`
    : `${percentile} is ${figure(Math.max(...times))} ms, allowed are ${ms} ms`;
}

/** The loop in which the largest share of lookups was above the target. */
function slowText({ target, rows = [], openLoop = [] }: Bench): string {
  const slow = [...rows.map((row) => ({ ...row, ratePerSecond: undefined })), ...openLoop]
    .filter(({ judged, judgement }) => judged && judgement === 'breaks')
    .sort((a, b) => b.overTarget - a.overTarget)[0];
  if (!slow) return `${target.percentile} is above ${target.ms} ms`;
  const when = slow.ratePerSecond === undefined ? '' : ` at ${slow.ratePerSecond} calls a second`;
  return `${percentText(slow.overTarget)} of lookups take longer than ${target.ms} ms${when} (${target.percentile} ${figure(slow[target.percentile])} ms)`;
}

/** `28 of 28 callers found (100 %), 0 of 30 lookups named the wrong person (0 %)`. */
function answersText({ answers }: Bench): string {
  if (!answers) return 'who is right is not known';
  const { found, somebody, wrong, asked } = answers;
  return `${shareText(found, somebody)} callers found${percentOf(found, somebody)}, ${shareText(wrong, asked)} lookups named the wrong person${percentOf(wrong, asked)}`;
}

/** `14 of 22, such as anonymous, short code`. */
function edgeText({ edgeCases = [], judged }: Bench): string {
  const asked = edgeCases.filter(({ variant }) => judged.variants.includes(variant));
  const wrong = asked.filter(({ right }) => !right).map(({ name }) => name);
  return `${shareText(wrong.length, asked.length)}, such as ${wrong.slice(0, 2).join(', ')}`;
}

function shareText(count: number, of: number): string {
  return `${count.toLocaleString('en')} of ${of.toLocaleString('en')}`;
}

function percentOf(count: number, of: number): string {
  return of === 0 ? '' : ` (${percentText(count / of)})`;
}

/** Whole percents, but never 0 or 100 for what is not all or nothing. */
function percentText(share: number): string {
  const whole = Math.round(share * 100);
  if ((whole === 0 && share > 0) || (whole === 100 && share < 1)) return `${(share * 100).toFixed(2)} %`;
  return `${whole} %`;
}

function figure(ms: number): string {
  if (ms >= 100) return Math.round(ms).toLocaleString('en');
  return ms >= 10 ? ms.toFixed(1) : ms.toFixed(2);
}

function duration(ms: number): string {
  return ms >= 1000 ? `${Number((ms / 1000).toFixed(1))} s` : `${ms} ms`;
}
