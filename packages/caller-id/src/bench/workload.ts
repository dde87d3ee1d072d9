import type { Mix, Named } from 'wellsky-conform/kit';
import { numberOf, truthOf } from './dataset.js';

/** One call: what the telephone network passes on, and who it is. */
export interface Call {
  input: string;
  /** Null for nobody; undefined when it is not known who is right. */
  expected: Named | undefined;
}

/** An endless row of calls, the same in every run. */
export function callsOf(mix: Mix, rows: number): () => Call {
  const random = seeded(rows + mix.length);
  return () => {
    const hit = mix === 'hit' || (mix === 'mixed' && random() < 0.5);
    const slot = hit ? Math.floor(random() * rows) : rows + Math.floor(random() * rows);
    return { input: `+1${numberOf(slot)}`, expected: hit ? truthOf(slot) : null };
  };
}

/** The user's own calls, round and round. */
export function givenCalls(calls: readonly [Call, ...Call[]]): () => Call {
  let next = 0;
  return () => calls[next++ % calls.length] ?? calls[0];
}

/** Mulberry32: small, even enough, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
