import type { Finding } from '../../verdict/verdict.js';
import { allPromises } from '../own.js';
import type { CheckSettings, Waiver } from './settings.js';

/**
 * Findings of one operation with the severity that somebody has given to their checks, and those that are accepted for
 * now as known: these are no more than warnings. What was accepted until a day that is over says so, and counts again.
 * @param today as 2026-12-31
 */
export function settleFindings<One extends Finding>(
  findings: readonly One[],
  { severityOf, waivers }: Pick<CheckSettings, 'severityOf' | 'waivers'>,
  { operation, today }: { operation: string; today: string },
): One[] {
  return findings.map((finding) => {
    const graded = { ...finding, severity: gradeOf(finding, severityOf(finding.check)) };
    const holding = waivers.filter((waiver) => isAbout(waiver, finding, operation));
    // Of several, one that still holds is enough.
    const waiver = holding.find(({ until }) => until >= today) ?? holding[0];
    if (!waiver) return graded;
    const { reason, until, ticket } = waiver;
    const stated = { reason, until, ...(ticket === undefined ? {} : { ticket }) };
    return until < today
      ? { ...graded, lapsed: stated }
      : { ...graded, severity: 'warning' as const, accepted: stated };
  });
}

/** A code that is never more than a warning stays one; and so does what could not be found out. */
function gradeOf(
  { check, code, severity, inconclusive }: Finding,
  said: 'error' | 'warning' | undefined,
): Finding['severity'] {
  const warnings = allPromises().find(({ id }) => id === check)?.warnings ?? [];
  if (said === 'error' && (inconclusive === true || warnings.includes(code))) return severity;
  return said ?? severity;
}

function isAbout({ check, code, operation }: Waiver, finding: Finding, asked: string): boolean {
  return (
    check === finding.check &&
    (code === undefined || code === finding.code) &&
    (operation === undefined || operation === asked) &&
    finding.inconclusive !== true
  );
}
