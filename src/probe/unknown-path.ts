import { percentDecoded } from '../percent.js';
import type { Probe } from './build.js';
import type { Value } from './value.js';

/** A path that is no operation's, and how near to an operation it is. */
export interface UnknownPath extends Value {
  /** Whether it has as many segments as the path that it is beside. */
  isSameDepth: boolean;
}

/**
 * A path beside another one that matches no template of the contract with any value, so that no id can be taken for it:
 * the nearest one, that is the one that differs in the last segment that can be another one. Where every path of the
 * same depth may be routed, one segment more, and at last one segment alone.
 * @param path as it was asked, without query
 * @param templates path templates of the contract
 * @param unknown a segment that is no operation's
 * @returns undefined where a template takes them all
 */
export function unknownPathBeside(
  path: Value,
  templates: readonly string[],
  unknown: string,
): UnknownPath | undefined {
  const sent = split(path.sent);
  const shown = split(path.shown);
  const replaced = sent.segments.map((_, index) => ({
    ...join(sent, shown, (segments) => segments.with(index, unknown)),
    isSameDepth: true,
  }));
  const others = [
    join(sent, shown, (segments) => [...segments, unknown]),
    join(sent, shown, () => [unknown]),
  ].map((value) => ({ ...value, isSameDepth: false }));
  const wanted = templates.map((template) => split(template).segments);
  return [...replaced.toReversed(), ...others].find((candidate) => {
    const given = split(candidate.sent).segments.map((segment) => percentDecoded(segment).toLowerCase());
    return !wanted.some((segments) => takes(segments, given));
  });
}

/** What is in a URL that is kept for the segment that was asked, which is another one in every run. */
export const UNKNOWN_SHOWN = '__absent_<nonce>';

/** The probe of such a path, without a body. */
export function unknownPathProbe(
  path: UnknownPath,
  unknown: string,
  given: { operation: string; method: string; baseUrl: string; purpose: string },
): Probe {
  const { operation, method, baseUrl, purpose } = given;
  return {
    operation,
    role: 'control',
    purpose,
    request: { method, url: baseUrl + path.sent, headers: { accept: 'application/json' } },
    shown: baseUrl + path.shown.replace(unknown, () => UNKNOWN_SHOWN),
  };
}

interface Split {
  segments: string[];
  slash: string;
}

function split(path: string): Split {
  return { segments: path.split('/').filter(Boolean), slash: /[^/]\/$/.test(path) ? '/' : '' };
}

function join(sent: Split, shown: Split, change: (segments: string[]) => string[]): Value {
  const path = ({ segments, slash }: Split) => `/${change(segments).join('/')}${slash}`;
  return { sent: path(sent), shown: path(shown) };
}

/**
 * Whether a template could be meant by a path, in whatever letters and with a slash at the end or without.
 * @param given the segments of the path, decoded and in small letters
 */
function takes(template: readonly string[], given: readonly string[]): boolean {
  return (
    template.length === given.length &&
    template.every((segment, index) => segment.includes('{') || segment.toLowerCase() === given[index])
  );
}
