import { SAFE_METHODS } from '../contract/methods.js';
import { isSuccess, type Answer, type HttpRequest, type Reply } from '../targets/reply.js';
import type { Identity } from './effect.js';

/** What a run has seen of credentials: which are refused where the target's own work. */
export interface Ledger {
  /** Notes what came of a safe request. Only of a guarded operation does it count that credentials are refused. */
  note: (request: HttpRequest, sent: Sent, reply: Reply) => void;
  /** Notes what came of a request that could change something. */
  noteWrite: (request: HttpRequest, sent: As, reply: Reply) => void;
  /**
   * The requests by other methods than those that read which were refused (401 or 403) with these credentials, or with
   * the target's own: what is refused to these is refused to invalid ones all the more.
   */
  refusedWrites: (credentials: string) => readonly HttpRequest[];
  /**
   * Whether exactly these invalid credentials were refused (401 or 403) by a request that is answered with a success
   * when the target's own credentials are in it. Never again, once a request that could change something was let in
   * with them.
   */
  refusalSeen: (credentials: string) => boolean;
}

/** As whom a request was sent. */
export interface As {
  identity: Identity;
  /** What was placed in it, as one text that is the same for the same credentials. */
  credentials: string;
}

/** The same of a safe request. */
export interface Sent extends As {
  /** Whether the contract or the target says that its operation refuses whoever has no good credentials. */
  isGuarded: boolean;
}

export function createLedger(): Ledger {
  const works = new Set<string>();
  const refused = new Map<string, Set<string>>();
  const letIn = new Set<string>();
  const refusedWrites: { request: HttpRequest; sent: As }[] = [];
  const keyOf = ({ method, url }: HttpRequest): string => `${method} ${url}`;
  const keepRefused = (request: HttpRequest, sent: As, { status }: Answer): void => {
    if (!SAFE_METHODS.has(request.method) && isRefusal(status)) refusedWrites.push({ request, sent });
  };
  return {
    note: (request, { identity, credentials, isGuarded }, reply) => {
      // Where nothing was placed, nothing was refused.
      if (reply.kind !== 'answer' || credentials === '') return;
      keepRefused(request, { identity, credentials }, reply);
      const key = keyOf(request);
      if (identity === 'valid' && isSuccess(reply.status)) works.add(key);
      if (identity !== 'invalid') return;
      const seen = refused.get(credentials) ?? new Set();
      refused.set(credentials, seen);
      // A host that lets it pass once does not guard: what was seen before counts no more.
      if (isRefusal(reply.status)) {
        if (isGuarded) seen.add(key);
      } else if (reply.status < 400) seen.clear();
    },
    noteWrite: (request, sent, reply) => {
      const { identity, credentials } = sent;
      if (reply.kind !== 'answer') return;
      if (identity === 'invalid' && reply.status < 400) letIn.add(credentials);
      if (credentials !== '') keepRefused(request, sent, reply);
    },
    refusedWrites: (credentials) =>
      refusedWrites
        .filter(({ sent }) => sent.identity === 'valid' || sent.credentials === credentials)
        .map(({ request }) => request),
    refusalSeen: (credentials) =>
      !letIn.has(credentials) && [...(refused.get(credentials) ?? [])].some((key) => works.has(key)),
  };
}

function isRefusal(status: number): boolean {
  return status === 401 || status === 403;
}
