import type { Clock } from '../clock.js';
import type { Conversation } from '../drive/conversation.js';
import { createDriver, type DriveResult } from '../drive/drive.js';
import { addBroken } from './add-broken.js';
import type { Broken, Result } from './check.js';
import type { HostCheck } from './host-check.js';
import { checkedIn, PAUSE_MS, type Checked } from './checked.js';
import { resultOf } from './drive-checks.js';

/**
 * Holds a host to a promise. It is only said to be broken when it was seen broken twice in the same way, the second time
 * after a pause and with new answers.
 * @param home the operation at which stands what came of it
 * @returns what came of it, by operation
 */
export async function driveTwice<Given>(
  check: HostCheck<Given>,
  given: Given,
  home: string,
  {
    conversation,
    clock,
    signal,
  }: { conversation: Conversation; clock: Pick<Clock, 'sleep'>; signal: AbortSignal },
): Promise<Map<string, Checked>> {
  const driven = {
    id: check.id,
    asks: { atMost: check.asks.atMost, effect: 'none' as const },
    run: (one: Given) => check.run(one),
  };
  const once = () => createDriver(conversation, signal, 'checks').drive(driven, given);
  const first = await once();
  const before = brokenIn(first);
  if (before.length === 0) return atHome(home, [resultOf(check, first)]);
  await clock.sleep(PAUSE_MS);
  const second = await once();
  const keyOf = ({ code, at }: Broken) => JSON.stringify([code, at?.operation]);
  const known = new Set(before.map(keyOf));
  const twice = brokenIn(second).filter((one) => known.has(keyOf(one)));
  if (twice.length === 0) {
    const why = 'it was seen broken once, and not again';
    const { id } = check;
    return atHome(home, [
      brokenIn(second).length > 0 || second.kind === 'done'
        ? { id, result: 'inconclusive', why }
        : resultOf(check, second),
    ]);
  }
  const found = new Map<string, Checked>();
  for (const broken of twice) {
    const operation = broken.at?.operation ?? home;
    const own = checkedIn(found, operation);
    if (own.results.length === 0) own.results.push({ id: check.id, result: 'failed' });
    const seen = broken.at?.seen ?? [];
    addBroken(
      own,
      check,
      [broken],
      seen.map(({ exchange }) => exchange),
    );
  }
  return found;
}

function atHome(home: string, results: Checked['results']): Map<string, Checked> {
  return new Map([[home, { results, findings: [], exchanges: [] }]]);
}

function brokenIn(came: DriveResult<Result>): readonly Broken[] {
  return came.kind === 'done' && came.result.kind === 'failed' ? came.result.broken : [];
}
