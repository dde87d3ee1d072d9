import { asError, type Clock } from 'wellsky-conform/kit';
import { countAnswer, noAnswers } from './answers.js';
import type { Ask } from './ask.js';
import type { LoopResult } from './closed-loop.js';
import { Latencies } from './latencies.js';
import type { Call } from './workload.js';

/** How long answers are waited for after the last call has come in. */
const PATIENCE_MS = 3_000;

/**
 * Calls come in at a fixed rate, whether or not earlier ones have been answered, and each latency counts from
 * the moment at which the call was to come in. So a server that stalls is charged for every call that waited,
 * not for one: there is no coordinated omission.
 *
 * A call that is still unanswered at the end counts with the time it has waited, which is too little.
 */
export async function openLoop(options: {
  askers: readonly Ask[];
  next: () => Call;
  targetMs: number;
  ratePerSecond: number;
  durationMs: number;
  signal: AbortSignal;
  clock: Pick<Clock, 'ticks' | 'sleep'>;
}): Promise<LoopResult & { unanswered: number }> {
  const { askers, next, targetMs, ratePerSecond, durationMs, signal, clock } = options;
  const latencies = new Latencies(targetMs);
  const answers = noAnswers();
  const gap = 1000 / ratePerSecond;
  const total = Math.floor(durationMs / gap);
  const waiting: number[] = [];
  const free = [...askers];
  const inFlight = new Set<number>();
  let failure: Error | undefined;

  const serve = async (ask: Ask, intended: number): Promise<void> => {
    const call = next();
    inFlight.add(intended);
    try {
      countAnswer(answers, call, await ask(call.input));
      latencies.add(clock.ticks() - intended);
    } catch (error) {
      failure ??= asError(error);
    } finally {
      inFlight.delete(intended);
      const oldest = waiting.shift();
      if (oldest === undefined || failure !== undefined) free.push(ask);
      else void serve(ask, oldest);
    }
  };

  const start = clock.ticks();
  let sent = 0;
  while (sent < total || inFlight.size > 0) {
    if (signal.aborted || failure !== undefined) break;
    const now = clock.ticks();
    if (now > start + durationMs + PATIENCE_MS) break;
    for (; sent < total && start + sent * gap <= now; sent++) {
      const intended = start + sent * gap;
      const ask = free.pop();
      if (ask) void serve(ask, intended);
      else waiting.push(intended);
    }
    // A timer would wake up to a millisecond late, which is a lot beside a lookup.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const unanswered = [...waiting, ...inFlight];
  waiting.length = 0;
  while (inFlight.size > 0) await clock.sleep(5);
  if (failure !== undefined) throw failure;
  const end = start + durationMs + PATIENCE_MS;
  for (const intended of unanswered) latencies.add(Math.max(0, end - intended));
  return { latencies, answers, unanswered: unanswered.length };
}
