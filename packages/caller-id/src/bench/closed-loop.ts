import { Bench } from 'tinybench';
import type { Answers, Clock } from 'wellsky-conform/kit';
import { countAnswer, noAnswers } from './answers.js';
import type { Ask } from './ask.js';
import { Latencies } from './latencies.js';
import { judge } from './wilson.js';
import type { Call } from './workload.js';

export interface LoopOptions {
  /** One for each that asks at the same time. */
  askers: readonly Ask[];
  next: () => Call;
  targetMs: number;
  percentile: number;
  /** How many samples are wanted. */
  samples: number;
  /** How long it may take to become certain, in milliseconds. */
  patienceMs: number;
  /** Known to be far above the target: a few samples say all there is to say. */
  hopeless: boolean;
  signal: AbortSignal;
  clock: Pick<Clock, 'ticks'>;
}

export interface LoopResult {
  latencies: Latencies;
  answers: Answers;
}

const CYCLE_MS = 150;
const FEWEST = 3;
const WARM_UP_EACH = 8;
const WARM_UP_MS = 80;

/**
 * Asks one number after the other, each asker as soon as its last answer is there, until there are enough
 * samples, or until it is certain that the target is missed.
 */
export async function closedLoop(options: LoopOptions): Promise<LoopResult> {
  const { askers, next, targetMs, percentile, samples, patienceMs, hopeless, signal, clock } = options;
  const latencies = new Latencies(targetMs);
  const answers = noAnswers();
  const free = [...askers];
  const lookUp = async (): Promise<void> => {
    const ask = free.pop();
    if (!ask) throw new Error('more lookups at a time than askers');
    try {
      const call = next();
      countAnswer(answers, call, await ask(call.input));
    } finally {
      free.push(ask);
    }
  };

  if (!hopeless) await warmUp(askers, next, clock);
  const started = clock.ticks();
  const enough = (): boolean => {
    if (latencies.count === 0) return false;
    if (hopeless) return true;
    const spent = clock.ticks() - started;
    const judgement = judge(latencies.over, latencies.count, percentile);
    if (judgement === 'breaks') return spent >= CYCLE_MS;
    return (latencies.count >= samples && judgement === 'holds') || spent >= patienceMs;
  };
  while (!enough() && !signal.aborted) {
    for (const ms of await cycle(lookUp, askers.length, hopeless, clock)) latencies.add(ms);
  }
  return { latencies, answers };
}

/** One cycle of tinybench. @returns the latency of every call in it */
async function cycle(
  lookUp: () => Promise<void>,
  concurrency: number,
  hopeless: boolean,
  { ticks }: LoopOptions['clock'],
): Promise<number[]> {
  const common = {
    time: hopeless ? 1 : CYCLE_MS,
    warmup: false,
    retainSamples: true,
    throws: true,
    now: ticks,
  };
  const bench =
    concurrency === 1
      ? new Bench({ ...common, iterations: FEWEST })
      : // With concurrency tinybench stops at whichever limit comes first; no limit but time, then.
        new Bench({ ...common, iterations: 0, concurrency: 'task', threshold: concurrency });
  bench.add('lookup', lookUp, { async: true });
  const [task] = await bench.run();
  const result = task?.result;
  if (result && 'latency' in result && result.latency.samples) return [...result.latency.samples];
  if (result?.state === 'errored') throw result.error;
  return [];
}

async function warmUp(
  askers: readonly Ask[],
  next: () => Call,
  { ticks }: LoopOptions['clock'],
): Promise<void> {
  const until = ticks() + WARM_UP_MS;
  await Promise.all(
    askers.map(async (ask) => {
      for (let round = 0; round < WARM_UP_EACH && ticks() < until; round++) await ask(next().input);
    }),
  );
}
