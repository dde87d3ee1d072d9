import { findingKey } from '../../checks/finding-key.js';
import { isOfHost } from '../../checks/promise-of.js';
import type { Capability } from '../../record/run.js';
import { provedAnything } from '../../record/success.js';
import type { Passed } from './night.js';

/** What a night without any disturbance shows: the recorded defects of its world. */
export interface Known {
  /** The findings of each operation. */
  findings: ReadonlyMap<string, ReadonlySet<string>>;
  /** The findings about the whole host, whichever operation has shown them. */
  ofHost: ReadonlySet<string>;
  /** The operations that do not do what is expected. */
  unmet: ReadonlySet<string>;
  /** How many records the check leaves, and of which operations it says so. */
  left: Leftover;
}

/** What of a night is known. */
export function knownOf({ run, left }: Passed): Known {
  return {
    findings: new Map(run.operations.map(({ id, findings }) => [id, new Set(findings.map(findingKey))])),
    ofHost: new Set(
      run.operations.flatMap(({ findings }) =>
        findings.filter(({ check }) => isOfHost(check)).map(findingKey),
      ),
    ),
    unmet: new Set(run.operations.filter(isUnmet).map(({ id }) => id)),
    left: leftoverOf({ run, left }),
  };
}

/**
 * What a night says beside what is known of its world: each is a false alarm. A creation whose answer was lost is never
 * sent a second time: that it failed in that night is true, what is wrong with that one answer, and that what depends on
 * it was not asked.
 */
export function alarmsIn({ run, left, lost }: Passed, known: Known): string[] {
  const excused = dependingOn(lost, run.operations);
  const ofOperations = run.operations.flatMap((operation) => {
    const { id, findings, outcome, cause = '', expected } = operation;
    const before = known.findings.get(id);
    const news = findings.filter((finding) => {
      const key = findingKey(finding);
      if (before?.has(key)) return false;
      if (isOfHost(finding.check)) return !known.ofHost.has(key);
      return !(lost.has(id) && finding.check.startsWith('answer/'));
    });
    return [
      ...(isUnmet(operation) && !known.unmet.has(id) && !excused.has(id)
        ? [`${id}: ${outcome} ${cause}, expected ${expected?.outcome ?? ''}`]
        : []),
      ...news.map(({ check, code = '', message }) => `${id}: ${check} (${code}) ${message}`),
    ];
  });
  const now = leftoverOf({ run, left });
  const records = now.records - known.left.records;
  // What was created by a request whose answer was lost, and is in no list, nobody can find: then the run says so.
  const isHidden = records > now.reports.filter((id) => !known.left.reports.includes(id)).length;
  return [
    ...(provedAnything(run) ? [] : ['the run proves nothing']),
    ...ofOperations,
    ...(isHidden ? [`${records} records are left, and the run does not say so`] : []),
  ];
}

/** Operations, and those that were not asked because one of them has given nothing to ask them of. */
function dependingOn(lost: ReadonlySet<string>, operations: readonly Capability[]): Set<string> {
  const all = new Set(lost);
  for (let before = -1; before < all.size;) {
    before = all.size;
    for (const { id, outcome, explanation } of operations)
      if (outcome === 'skipped' && [...all].some((one) => explanation.includes(`${one} has given no id`)))
        all.add(id);
  }
  return all;
}

function isUnmet({ expected }: Capability): boolean {
  return expected !== null && !expected.met;
}

/** How many records are left, and the operations whose creations may be by the reports, one for each report. */
interface Leftover {
  records: number;
  reports: readonly string[];
}

export function leftoverOf({ run, left }: Pick<Passed, 'run' | 'left'>): Leftover {
  return {
    records: [...left.values()].reduce((sum, count) => sum + count, 0),
    reports: run.left?.map(({ operation }) => operation) ?? [],
  };
}
