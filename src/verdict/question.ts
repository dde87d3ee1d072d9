import type { Exchange } from '../exchange/exchange.js';
import type { Finding } from './verdict.js';

/** With which token a request was sent. */
export type TokenUsed = 'valid' | 'invalid' | 'none';

/** Exchanges that were made to decide what another one means. Each may be missing. */
export interface Controls {
  /** The same method on a path beside it that nobody can have routed, with the same token. */
  nonsense?: Exchange;
  /** The same request without a token. */
  withoutToken?: Exchange;
  /** An operation that works in the same run with the same token. */
  working?: { operation: string; exchange: Exchange };
  /** That operation, asked with the token that is invalid on purpose. */
  workingWithInvalidToken?: Exchange;
  /** A nonsense path with a token of our own making: what hash the gateway echoes of a header that is known. */
  calibration?: Exchange;
  /** Another safe method on the same path. */
  otherMethod?: Exchange;
  /** The same request on the target's other host, without a token, and what an unknown path answers there. */
  otherHost?: { name: string; exchange: Exchange; nonsense: Exchange };
  /** Of all operations that were asked: how many answered exactly like this one. */
  alike?: { answered: number; of: number };
  /** The listing that the id in the path came from, when it works. */
  listing?: { operation: string; exchange: Exchange };
  /** Another spelling of the path that is routed. */
  nearest?: { method: string; path: string; exchange: Exchange; operation?: string };
}

export interface Question {
  exchange: Exchange;
  /** Whether it is the token endpoint that was asked. */
  isToken: boolean;
  token: TokenUsed;
  /** Whether its path names what is not there: ids that were made to be those of nothing. */
  ofNothing?: boolean;
  findings: readonly Finding[];
  controls: Controls;
}
