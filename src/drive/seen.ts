import type { Exchange } from '../exchange/exchange.js';
import type { AnswerDigest } from '../exchange/answer-digest.js';
import type { Reply } from '../targets/reply.js';
import type { Redirect } from './redirect.js';

/** An answer as the diagnosis sees it while the run lasts: what may be kept of it, and what may not. */
export interface Seen {
  exchange: Exchange;
  digest: AnswerDigest;
  /** Where a redirect leads, compared with where it comes from; undefined for every other answer. */
  redirect: Redirect | undefined;
}

/** What was seen, with the answer itself: for as long as the run lasts. */
export interface SeenReply extends Seen {
  reply: Reply;
}

/** The same answer as a control of another one. */
export function asControlOf(seen: Seen, purpose: string): Seen {
  return { ...seen, exchange: { ...seen.exchange, role: 'control', purpose } };
}
