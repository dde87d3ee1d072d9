import { pathBelow } from '../contract/operation-at.js';
import type { Conversation } from '../drive/conversation.js';
import type { Ask } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import type { Probe } from '../probe/build.js';
import { unknownPathBeside, unknownPathProbe } from '../probe/unknown-path.js';
import type { Identity } from '../session/effect.js';
import { referenceOf, type Reference } from './compare.js';
import type { HostSubject } from './subject.js';

/** Two unknown paths of one place: what the answers to both have in common is what the host says of such paths. */
export interface UnknownPair {
  probes: readonly [Probe, Probe];
  /** Whether they have as many segments as the path beside which they are. */
  isSameDepth: boolean;
}

/** How two unknown paths are asked. */
export interface Place {
  operation: string;
  method: string;
  purpose: string;
  baseUrl: string;
}

/**
 * The unknown paths that are nearest to the path of a request.
 * @returns undefined where every path may be one of an operation
 */
export function pairBeside(
  { request: { url }, shown }: Pick<Probe, 'request' | 'shown'>,
  { operations, unknown }: Pick<HostSubject, 'operations' | 'unknown'>,
  place: Place,
): UnknownPair | undefined {
  const { baseUrl } = place;
  const own = { sent: pathBelow(url, baseUrl), shown: pathBelow(shown, baseUrl) };
  const templates = operations.map(({ path }) => path);
  const [first, second] = unknown.map((segment) => {
    const path = unknownPathBeside(own, templates, segment);
    return path && { probe: unknownPathProbe(path, segment, place), isSameDepth: path.isSameDepth };
  });
  return first && second && { probes: [first.probe, second.probe], isSameDepth: first.isSameDepth };
}

/** The unknown paths right below a base URL. */
export function pairAtRoot(
  host: Pick<HostSubject, 'operations' | 'unknown'>,
  place: Place,
): UnknownPair | undefined {
  const url = `${place.baseUrl}/x`;
  return pairBeside({ request: { method: place.method, url, headers: {} }, shown: url }, host, place);
}

/** Asks both. */
export function* askPair(
  { probes: [one, other] }: UnknownPair,
  token: Identity,
  of?: Conversation,
): Generator<Ask, Reference, Seen> {
  const to = of === undefined ? {} : { of };
  const seen = yield { probe: one, token, ...to };
  return referenceOf(seen, yield { probe: other, token, ...to });
}

/** Why there is nothing to compare with. */
export const ALL_ROUTED = 'every path may be one of an operation';
