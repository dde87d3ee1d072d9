import { pathBelow } from '../contract/operation-at.js';
import { NotApplicable } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import { isSuccess } from '../targets/reply.js';
import { compare } from './compare.js';
import { asControl, type Control } from './control.js';
import type { AskedOperation, HostSubject } from './subject.js';
import { ALL_ROUTED, askPair, pairAtRoot } from './unknown-pair.js';

/** Another base URL of the same host below which an operation is answered otherwise than an unknown path. */
export interface OtherBase {
  baseUrl: string;
  operation: string;
  seen: Seen;
  /** Whether the operation works there. */
  works: boolean;
}

const BASES = 4;
const OPERATIONS = 3;

/** The operations below another base URL of the same host. */
export const baseUrl: Control<HostSubject, OtherBase | undefined> = {
  id: 'base-url',
  varies: 'the base URL: without a part that is twice, a segment shorter, or the host alone',
  proves: 'that it is the base URL that is wrong, and not each operation',
  asks: { atMost: BASES * (OPERATIONS + 2), effect: 'none' },
  *run(host) {
    const reads = plainReads(host).slice(0, OPERATIONS);
    if (reads.length === 0) return new NotApplicable('no operation could be asked that changes nothing');
    if (host.otherBases.length === 0) return new NotApplicable('there is no other base URL to try');
    let found: OtherBase | undefined;
    for (const { baseUrl: base, conversation: of } of host.otherBases.slice(0, BASES)) {
      const place = {
        operation: 'base-url',
        method: 'GET',
        baseUrl: base,
        purpose: 'nonsense-at-other-base',
      };
      const pair = pairAtRoot(host, place);
      if (!pair) return new NotApplicable(ALL_ROUTED);
      const reference = yield* askPair(pair, 'valid', of);
      for (const { operation, probe, token } of reads) {
        const moved = {
          ...asControl(probe, 'other-base'),
          request: { ...probe.request, url: base + probe.request.url.slice(host.baseUrl.length) },
          shown: base + probe.shown.slice(host.baseUrl.length),
        };
        const seen = yield { probe: moved, token, of };
        const { status } = seen.exchange;
        const works = isSuccess(status);
        const isRefused = status === 401 || status === 403;
        if (compare(seen, reference) !== 'other' || !(works || isRefused)) continue;
        found ??= { baseUrl: base, operation: operation.id, seen, works };
        if (works) return { baseUrl: base, operation: operation.id, seen, works };
      }
    }
    return found;
  },
};

/** Reads without an id, the shortest paths first: those can be asked of whatever is there. */
function plainReads({ asked, baseUrl: base }: HostSubject): AskedOperation[] {
  return asked
    .filter(({ operation, token }) => operation.safe && token !== 'invalid' && !operation.path.includes('{'))
    .toSorted(
      (one, other) =>
        pathBelow(one.probe.request.url, base).length - pathBelow(other.probe.request.url, base).length,
    );
}

/**
 * Other base URLs of the same host that may be meant, the likeliest first: without a part that is twice, without the
 * last segment, and the host alone.
 */
export function otherBasesOf(baseUrl: string): string[] {
  const { origin, pathname } = new URL(baseUrl);
  const segments = pathname.split('/').filter(Boolean);
  const half = segments.length / 2;
  const isDoubled = segments.slice(0, half).join('/') === segments.slice(half).join('/');
  // A last segment that stands twice is removed by the second.
  const candidates = [...(isDoubled ? [segments.slice(0, half)] : []), segments.slice(0, -1), []];
  const own = segments.join('/');
  const paths = [...new Set(candidates.map((one) => one.join('/')))].filter((one) => one !== own);
  return paths.map((path) => (path === '' ? origin : `${origin}/${path}`));
}
