import { addToGroup } from '../groups.js';
import type { CallPlace } from './call.js';
import type { Finding } from './judge/finding.js';
import type { Audited } from './judge/judge.js';

/** What several calls have in common: the same finding on the same method and path. */
export interface Group {
  method: string | null;
  /** Without its query. */
  url: string;
  finding: Finding;
  nearest: string | undefined;
  /** Where each of the calls was found, in order; never empty. */
  places: CallPlace[];
}

/** The findings of many calls, each once: errors before warnings, and what is most frequent first. */
export function groupsOf(calls: readonly Audited[]): Group[] {
  const groups = new Map<string, Group[]>();
  for (const { method, url, nearest, findings, file, line, entry } of calls) {
    const place = {
      file,
      ...(line === undefined ? {} : { line }),
      ...(entry === undefined ? {} : { entry }),
    };
    const bare = url.replace(/\?.*$/s, '');
    for (const finding of findings) {
      const one = { method, url: bare, finding, nearest, places: [place] };
      addToGroup(groups, JSON.stringify([method, bare, finding, nearest]), one);
    }
  }
  const joined = [...groups.values()].flatMap(([first, ...rest]) =>
    first ? [{ ...first, places: [first, ...rest].flatMap(({ places }) => places) }] : [],
  );
  return joined.sort(
    (one, other) => rank(one.finding) - rank(other.finding) || other.places.length - one.places.length,
  );
}

function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}
