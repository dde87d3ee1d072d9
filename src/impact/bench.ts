import { Type, type Static } from '@sinclair/typebox';
import { Ajv } from 'ajv';
import { literals } from '../document/literals.js';
import { readText } from '../document/text.js';
import { parseJson } from '../json.js';
import { Problem } from '../problem.js';
import { ageMs, readableAge, type BenchTarget, type Consumer } from './consumer.js';
import type { Shown } from './state.js';

const PERCENTILES = ['p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const;

/** As much as the gate reads of what the bench leaves behind. */
const BenchFile = Type.Object({
  format: Type.Literal('conform-bench/1'),
  finishedAt: Type.String(),
  target: Type.Object({ percentile: literals(PERCENTILES), ms: Type.Number() }),
  verdict: literals(['holds', 'breaks', 'uncertain']),
  judged: Type.Object({ variants: Type.Array(Type.String()), connection: Type.String() }),
});

export type Bench = Static<typeof BenchFile>;

/**
 * Reads the newest result of the bench, or undefined when there is none.
 * @throws Problem when the file is not what the bench writes
 */
export async function readBench(file: string): Promise<Bench | undefined> {
  const text = await readText(file).catch((error: unknown) => {
    if (error instanceof Problem) throw error;
    return undefined;
  });
  if (text === undefined) return undefined;
  const value = parseJson(text);
  if (value === undefined) throw new Problem('the result of the bench is not JSON', { place: { file } });
  const validate = new Ajv().compile<Bench>(BenchFile);
  if (!validate(value)) {
    throw new Problem('is not a result of the bench', {
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
  if (bench.verdict === 'uncertain') return { ...open, why: `the bench could not tell (${measured})` };
  if (bench.verdict === 'breaks')
    return { ok: false, state: 'fails', at, why: `the bench missed ${measured} (${subject})` };
  const age = now.getTime() - Date.parse(at);
  if (age <= ageMs(policy.maxAge.bench))
    return { ok: true, state: 'works', at, why: `the bench held ${measured} (${subject})` };
  const why = `the bench is ${readableAge(age)} old; ${policy.maxAge.bench} is the limit`;
  return policy.stale === 'warns'
    ? { ...open, ok: true, reliesOn: 'stale: warns', stale: true, why, warning: why }
    : { ...open, stale: true, why };
}
