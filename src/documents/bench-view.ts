import { benchCard, type Bench, type BenchCard } from '../impact/bench.js';
import { readableTime } from '../clock.js';

const STYLES: Record<BenchCard['word'], { slug: string; sign: string }> = {
  holds: { slug: 'works', sign: '✓' },
  missed: { slug: 'fails', sign: '✗' },
  unchecked: { slug: 'deviates', sign: '≈' },
  'no verdict': { slug: 'skipped', sign: '?' },
};

/** The newest result of the bench as a card names it. */
export function benchView(bench: Bench) {
  const { word, sentence, rows, at } = benchCard(bench);
  return {
    ...STYLES[word],
    ...{ word, sentence },
    rows: rows === null ? '' : `${rows.toLocaleString('en')} rows`,
    at: readableTime(at),
  };
}
