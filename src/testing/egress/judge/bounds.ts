import type { Evidence } from '../evidence.js';
import type { Rule } from '../rules.js';
import { shown } from '../seen.js';

/** Whether the run kept to what it had announced, and says truly what it has sent. */
export function* bounds({
  planned,
  reported,
  phases,
  setUp,
}: Evidence): Generator<{ rule: Rule; what: string }> {
  for (const seen of planned?.seen ?? []) yield { rule: 'plan sends something', what: shown(seen) };
  const counted = phases.reduce((count, { seen }) => count + seen.length, 0);
  if (planned?.most !== undefined && counted > planned.most) {
    yield {
      rule: 'more requests than the plan said',
      what: `${counted} were sent, at most ${planned.most} planned`,
    };
  }
  if (reported === undefined) return;
  if (planned !== undefined && planned.most === undefined) {
    yield {
      rule: 'more requests than the plan said',
      what: `${counted} were sent, and the plan names no bound`,
    };
  }
  if (reported.budget === undefined) {
    yield { rule: 'no budget in the run file', what: `${counted} requests were sent` };
    return;
  }
  const { planned: announced, sent } = reported.budget;
  const most = sum(announced);
  const stated = sum(sent);
  // The live suites ask on after the run, as a consumer does: what they send is not in its file.
  const isAll = setUp.command !== 'suites live';
  if (isAll && counted > most) {
    yield {
      rule: 'more requests than the run file planned',
      what: `${counted} were sent, at most ${most} planned`,
    };
  }
  if (isAll && stated !== counted) {
    yield {
      rule: 'sent is not what the server counted',
      what: `the run says ${stated}, the servers saw ${counted}`,
    };
  }
  for (const [kind, count] of Object.entries(sent)) {
    if (count <= (announced[kind] ?? 0)) continue;
    yield { rule: 'sent beyond the budget', what: `${kind}: ${count} sent, ${announced[kind] ?? 0} planned` };
  }
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((before, count) => before + count, 0);
}
