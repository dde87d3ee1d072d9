import { SAFE_METHODS } from '../contract/methods.js';
import { operationAt, pathBelow } from '../contract/operation-at.js';
import { NotApplicable, type Ask } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import type { Probe } from '../probe/build.js';
import { spellingsOf } from '../probe/spellings.js';
import { isSuccess } from '../targets/reply.js';
import { compare, type Reference } from './compare.js';
import type { Control } from './control.js';
import { isConclusive } from './other-method.js';
import type { AskedOperation, OperationSubject } from './subject.js';
import { askPair, pairBeside } from './unknown-pair.js';
import { nonsenseOf } from './unknown-path.js';

/** Another spelling of a path that is routed. */
export interface OtherSpelling {
  method: string;
  /** As it may be shown. */
  path: string;
  probe: Probe;
  seen: Seen;
  /** The operation of the contract that has this path and was asked in the same run. */
  operation?: string;
  /** Whether it is what was intended: it works, or reads the input. Otherwise it is only answered otherwise than an unknown path is. */
  isUsable: boolean;
}

/** At the most so many spellings are tried, and so many that are answered otherwise are looked at closely. */
export const SPELLINGS = 12;
const CLOSE_LOOKS = 3;

/** Other spellings of a path, by safe methods, each held against the unknown path beside itself. */
export const otherSpelling: Control<OperationSubject, OtherSpelling | undefined> = {
  id: 'other-spelling',
  varies: 'the spelling of the path: slash, letter case, number, prefix, neighbours in the contract',
  proves: 'that the path is only misspelled',
  asks: { atMost: SPELLINGS + 2 + 2 * CLOSE_LOOKS, effect: 'none' },
  *run(subject) {
    const { operation, probe, host } = subject;
    const { url } = probe.request;
    const asSent = { sent: pathBelow(url, host.baseUrl), shown: pathBelow(probe.shown, host.baseUrl) };
    const known = host.operations.map(({ path }) => path).filter((path) => !path.includes('{'));
    const byPath = new Map(host.asked.map((one) => [`${one.operation.method} ${one.operation.path}`, one]));
    const spellings = spellingsOf(asSent, known).slice(0, SPELLINGS);
    if (spellings.length === 0) return new NotApplicable('its path has no other spelling');
    let routed: OtherSpelling | undefined;
    let looks = 0;
    const own = yield* unknownBeside(subject, probe);
    for (const { sent: path, shown } of spellings) {
      const asked = byPath.get(`${operation.method} ${path}`);
      if (asked) {
        const isUsable = asked.token === 'valid' && isSuccess(asked.answer.exchange.status);
        const found = {
          ...{ method: operation.method, path: shown, isUsable },
          ...{ probe: asked.probe, seen: asked.answer, operation: asked.operation.id },
        };
        if (isUsable) return found;
        continue;
      }
      // A search by POST is known to be safe under the paths of the contract only.
      const isSearch = operationAt(operation.method, path, host.operations)?.operation.safe === true;
      const variant = spelledProbe(subject, { path, shown }, isSearch ? operation.method : 'GET');
      const seen = yield { probe: variant, token: 'valid' };
      const { status } = seen.exchange;
      if (!isConclusive(seen) || status === 404 || !own || compare(seen, own) !== 'other') continue;
      const isUsable = isSuccess(status) || status === 400 || status === 422;
      const found = { method: variant.request.method, path: shown, probe: variant, seen, isUsable };
      if ((routed && !isUsable) || looks >= CLOSE_LOOKS) continue;
      looks += 1;
      // What another prefix says of everything says nothing of this path.
      const there = yield* unknownBeside(subject, variant);
      if (!there || compare(seen, there) !== 'other') continue;
      if (isUsable) return found;
      routed ??= found;
    }
    return routed;
  },
};

/** What the host says beside a path, by a method that can change nothing whatever the contract calls safe. */
function* unknownBeside(
  { operation, host }: Pick<OperationSubject, 'operation' | 'host'>,
  probe: Probe,
): Generator<Ask, Reference | undefined, Seen> {
  const method = SAFE_METHODS.has(probe.request.method) ? probe.request.method : 'GET';
  const pair = pairBeside(probe, host, nonsenseOf(operation.id, method, host));
  return pair && (yield* askPair(pair, 'valid'));
}

function spelledProbe(
  { operation, probe, host }: AskedOperation & Pick<OperationSubject, 'host'>,
  { path, shown }: { path: string; shown: string },
  method: string,
): Probe {
  const { search } = new URL(probe.request.url);
  return {
    operation: operation.id,
    role: 'variant',
    purpose: 'other-spelling',
    request: {
      method,
      url: host.baseUrl + path + search,
      headers: {
        accept: 'application/json',
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      ...(method === 'POST' ? { body: '{}' } : {}),
    },
    shown: host.baseUrl + shown,
  };
}
