import { addReading, countWithout, emptyReading, type NotUnderstood, type Reading } from './call.js';
import { judge, type Audited, type Measure } from './judge/judge.js';

/** What a consumer's calls come to. */
export interface Audit {
  /** Those of the API, in the order in which they were found. */
  calls: Audited[];
  /** What is none of an API, by what it is. */
  passedOver: ReadonlyMap<string, number>;
  /** How many went to other hosts, by their names. */
  elsewhere: ReadonlyMap<string, number>;
  /** What was not understood, or cannot be decided from what was given. */
  notUnderstood: NotUnderstood[];
}

/** Holds all that was read against the contract. Asks nothing of any network. */
export function audit(readings: readonly Reading[], measure: Measure): Audit {
  const all = emptyReading();
  for (const reading of readings) addReading(all, reading);
  const calls: Audited[] = [];
  const elsewhere = new Map<string, number>();
  for (const call of all.calls) {
    const judgement = judge(call, measure);
    if (judgement.as === 'judged') calls.push(judgement.call);
    else if (judgement.as === 'passed over') countWithout(all, judgement.what);
    else if (judgement.as === 'open') all.notUnderstood.push({ place: call.place, why: judgement.why });
    else elsewhere.set(judgement.host, (elsewhere.get(judgement.host) ?? 0) + 1);
  }
  return { calls, passedOver: all.without, elsewhere, notUnderstood: all.notUnderstood };
}
