import { isSuccess, type HttpRequest, type Reply } from '../target/reply.js';
import type { Identity } from './effect.js';

/** What a run has seen of credentials: which are refused where the target's own work. */
export interface Ledger {
  /** Notes what came of a safe request. Only of a guarded operation does it count that credentials are refused. */
  note: (request: HttpRequest, sent: Sent, reply: Reply) => void;
  /** Notes what came of a request that could change something, with invalid credentials. */
  noteWrite: (credentials: string, reply: Reply) => void;
  /**
   * Whether exactly these invalid credentials were refused (401 or 403) by a request that is answered with a success
   * when the target's own credentials stand in it. Never again, once a request that could change something was let in
   * with them.
   */
  refusalSeen: (credentials: string) => boolean;
}

/** As whom a request was sent. */
export interface Sent {
  identity: Identity;
  /** What was placed in it, as one text that is the same for the same credentials. */
  credentials: string;
  /** Whether the contract or the target says that its operation refuses whoever has no good credentials. */
  isGuarded: boolean;
}

export function createLedger(): Ledger {
  const works = new Set<string>();
  const refused = new Map<string, Set<string>>();
  const letIn = new Set<string>();
  const keyOf = ({ method, url }: HttpRequest): string => `${method} ${url}`;
  return {
    note: (request, { identity, credentials, isGuarded }, reply) => {
      // Where nothing was placed, nothing was refused.
      if (reply.kind !== 'answer' || credentials === '') return;
      const key = keyOf(request);
      if (identity === 'valid' && isSuccess(reply.status)) works.add(key);
      if (identity !== 'invalid') return;
      const seen = refused.get(credentials) ?? new Set();
      refused.set(credentials, seen);
      // A host that lets it pass once does not guard: what was seen before counts no more.
      if (reply.status === 401 || reply.status === 403) {
        if (isGuarded) seen.add(key);
      } else if (reply.status < 400) seen.clear();
    },
    noteWrite: (credentials, reply) => {
      if (reply.kind === 'answer' && reply.status < 400) letIn.add(credentials);
    },
    refusalSeen: (credentials) =>
      !letIn.has(credentials) && [...(refused.get(credentials) ?? [])].some((key) => works.has(key)),
  };
}
