import type { Verdict } from '../verdict/verdict.js';
import type { Pasted } from './paste.js';

/** What one paste means; undefined where nothing can be said of it. */
export interface Explanation {
  pasted: Pasted;
  verdict: Verdict | undefined;
}

/** All that mean the same, the last one first to be shown. */
export interface Group {
  last: Explanation;
  count: number;
}

/** Groups what means the same, in the order of the last of each. */
export function grouped(explanations: readonly Explanation[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of explanations) {
    const key = keyOf(one);
    const count = (groups.get(key)?.count ?? 0) + 1;
    // What comes again goes to the end.
    groups.delete(key);
    groups.set(key, { last: one, count });
  }
  return [...groups.values()];
}

function keyOf({ pasted, verdict }: Explanation): string {
  const { reply } = pasted;
  const came = reply.kind === 'answer' ? reply.status : reply.code;
  const { outcome, layer, cause, confidence } = verdict ?? {};
  const means = verdict && [verdict.explanation.code, verdict.explanation.facts];
  return JSON.stringify([came, outcome, layer, cause, confidence, means]);
}

/** The group that is shown first: that of the last refusal, or where nothing was refused, of the last answer. */
export function headlineOf(groups: readonly Group[]): Group | undefined {
  return (
    groups.findLast(({ last }) => last.verdict !== undefined && last.verdict.outcome !== 'works') ??
    groups.findLast(({ last }) => last.verdict !== undefined)
  );
}
