import { NotApplicable } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import { parameterIn, segmentsOf } from '../probe/segments.js';
import type { Probe } from '../probe/build.js';
import { compare, type Comparison } from './compare.js';
import { asControl, type Control } from './control.js';
import { isWorkingRead } from './known-good.js';
import type { AskedOperation, HostSubject } from './subject.js';
import { askPair, pairBeside } from './unknown-pair.js';
import { nonsenseOf } from './unknown-path.js';

/** What a route that works says of a thing that is not there, and whether the host says the same of an unknown path. */
export interface KnownBadValue {
  operation: string;
  seen: Seen;
  isThatOfUnknownPath: Comparison;
}

/** An operation that works, asked for the id of nothing. */
export const knownBadValue: Control<HostSubject, KnownBadValue> = {
  id: 'known-bad-value',
  varies: 'the id in the path of an operation that works',
  proves: 'whether a thing that is not there is answered otherwise than a path that is not routed',
  asks: { atMost: 3, effect: 'none' },
  *run(host) {
    for (const one of host.asked) {
      const probe = isWorkingRead(one) ? ofNothing(one, host) : undefined;
      if (!probe) continue;
      const { operation, token } = one;
      const pair = pairBeside(probe, host, nonsenseOf(operation.id, operation.method, host));
      if (!pair) continue;
      const seen = yield { probe, token };
      const unknown = yield* askPair(pair, token);
      return { operation: operation.id, seen, isThatOfUnknownPath: compare(seen, unknown) };
    }
    return new NotApplicable('no operation works that has the id of a thing at the end of its path');
  },
};

/** The same request for an id of nothing, where the path ends in one. */
function ofNothing({ operation, probe }: AskedOperation, { absent }: HostSubject): Probe | undefined {
  const name = parameterIn(segmentsOf(operation.path).at(-1) ?? '');
  const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
  const id = parameter && absent.make(parameter.schema);
  if (id === undefined) return undefined;
  const replace = (url: string, by: string) =>
    url.replace(/[^/?]+(\/?(?:\?.*)?)$/, (_, rest: string) => by + rest);
  return {
    ...asControl(probe, 'absent-id'),
    request: { ...probe.request, url: replace(probe.request.url, encodeURIComponent(id)) },
    shown: replace(probe.shown, 'absent-id'),
  };
}
