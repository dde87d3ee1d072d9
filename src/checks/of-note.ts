import type { ProbeResult } from '../drive/conversation.js';
import { redirectOf } from '../drive/redirect.js';
import type { Answer } from '../targets/reply.js';

/** Whether an answer is one that the checks of a host look for, whoever has asked for it. */
export function isOfNote({ probe, reply, before }: ProbeResult & { reply: Answer }): boolean {
  return (
    OWING.has(reply.status) ||
    redirectOf(probe.request, reply) !== undefined ||
    before.some(({ status }) => status !== null && OWING.has(status))
  );
}

/** Statuses that are nothing without a header (RFC 9110, section 15; RFC 6585, section 4), besides redirects. */
export const OWING: ReadonlySet<number> = new Set([201, 405, 426, 429, 503]);
