import type { Evidence } from '../evidence.js';
import type { Breach, Rule } from '../rules.js';
import { shown, type Seen } from '../seen.js';
import { bounds } from './bounds.js';
import { effects } from './effects.js';
import { hosts } from './hosts.js';
import { order } from './order.js';
import { records } from './records.js';

/** Everything in which a program broke a rule, by what the servers saw of it. */
export function judge(evidence: Evidence): Breach[] {
  const { setUp, phases, mustAsk, trouble } = evidence;
  const found: { rule: Rule; seen?: Seen; what?: string }[] = [
    ...effects(evidence),
    ...records(evidence),
    ...bounds(evidence),
    ...hosts(evidence),
    ...order(evidence),
  ];
  if (mustAsk && phases.every(({ seen }) => seen.length === 0)) {
    found.push({ rule: 'nothing was asked', what: firstLine(evidence.output) });
  }
  if (trouble !== undefined) found.push({ rule: 'a fault of the program', what: trouble });
  return found.map(({ rule, seen, what }) => ({
    setUp: setUp.name,
    rule,
    request: [...(seen === undefined ? [] : [shown(seen)]), ...(what === undefined ? [] : [what])].join('; '),
  }));
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? 'it said nothing';
}
