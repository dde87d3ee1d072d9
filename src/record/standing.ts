import type { Capability } from './run.js';

type Finding = Pick<Capability['findings'][number], 'accepted' | 'lapsed'>;

/** Whether a finding is accepted for now, or was until a day that is over: a clause for a person; empty for any other. */
export function standingOf({ accepted, lapsed }: Finding): string {
  if (accepted) return `known until ${accepted.until}: ${accepted.reason}${ticketOf(accepted)}`;
  return lapsed ? `it was accepted until ${lapsed.until} (${lapsed.reason}${ticketOf(lapsed)})` : '';
}

function ticketOf({ ticket }: { ticket?: string }): string {
  return ticket === undefined ? '' : `, ${ticket}`;
}

/** The sentence of a finding, and its standing where it has one. */
export function messageOf(finding: Finding & { message: string }): string {
  const standing = standingOf(finding);
  return standing === '' ? finding.message : `${finding.message} (${standing})`;
}
