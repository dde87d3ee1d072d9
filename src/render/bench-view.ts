import type { Bench } from '../impact/bench.js';
import { readableTime } from './time.js';

const WORDS: Record<Bench['verdict'], { word: string; slug: string; sign: string }> = {
  holds: { word: 'holds', slug: 'works', sign: '✓' },
  breaks: { word: 'missed', slug: 'fails', sign: '✗' },
  uncertain: { word: 'no verdict', slug: 'skipped', sign: '?' },
};

/** The newest result of the bench as a card names it. */
export function benchView({ verdict, target, judged, finishedAt }: Bench) {
  return {
    ...WORDS[verdict],
    sentence: `${target.percentile} within ${target.ms} ms: ${judged.variants.join(', ')}, connection ${judged.connection}.`,
    at: readableTime(finishedAt),
  };
}
