import { CHANGE_KINDS } from '../drift/change.js';
import type { Colour } from '../notify/message.js';
import type { News, NightRecord } from './record.js';

/** What a step ends with that failed for a reason that nobody expected. */
export const INTERNAL = 70;

const RED: ReadonlySet<News['code']> = new Set<News['code']>([...CHANGE_KINDS, 'proof-lost', 'gate-shut']);

type Judged = Pick<NightRecord, 'news' | 'steps'>;

/** Whether something has changed, or a gate is shut that has to be open. */
export function isRed({ news }: Pick<NightRecord, 'news'>): boolean {
  return news.some(({ counts, code }) => counts && RED.has(code));
}

/**
 * 70 when a step failed by a fault of the program; otherwise 1 when something changed, 2 when something is configured
 * wrongly or cannot be written, 3 when something could not be judged, and else 0.
 */
export function exitCodeOf(record: Judged): 0 | 1 | 2 | 3 | 70 {
  const codes = record.steps.map(({ exitCode }) => exitCode);
  if (codes.includes(INTERNAL)) return 70;
  if (isRed(record)) return 1;
  if (codes.includes(2)) return 2;
  return codes.includes(3) ? 3 : 0;
}

/** What kind of night it was. What has changed comes before what failed. */
export function colourOf(record: Judged): Colour {
  if (isRed(record)) return 'RED';
  const code = exitCodeOf(record);
  if (code === 0) return 'GREEN';
  return code === 3 ? 'NO VERDICT' : 'BROKEN';
}
