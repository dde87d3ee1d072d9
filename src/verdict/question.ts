import type { GuardOrder } from '../controls/guard-order.js';
import type { KnownBadValue } from '../controls/known-bad-value.js';
import type { KnownGood } from '../controls/known-good.js';
import type { OtherBase } from '../controls/base-url.js';
import type { OtherHost } from '../controls/other-host.js';
import type { OtherMethod } from '../controls/other-method.js';
import type { OtherSpelling } from '../controls/other-spelling.js';
import type { UnknownPath } from '../controls/unknown-path.js';
import type { Seen } from '../drive/seen.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Identity } from '../session/effect.js';
import type { Finding } from './verdict.js';

/** What the controls have shown. What is missing could not be asked, or was not needed. */
export interface Controls {
  unknownPath?: UnknownPath | undefined;
  withoutToken?: Seen | undefined;
  otherMethod?: OtherMethod | undefined;
  otherHost?: OtherHost | undefined;
  otherSpelling?: OtherSpelling | undefined;
  calibration?: Seen | undefined;
  knownGood?: KnownGood | undefined;
  knownGoodWithBadToken?: Seen | undefined;
  knownBadValue?: KnownBadValue | undefined;
  guardOrder?: GuardOrder | undefined;
  /** Of all operations that were asked, how many got the answer of an unknown path. */
  alike?: Alike | undefined;
}

/** That all that was asked of a host gets the answer of an unknown path. */
export interface Alike {
  of: number;
  /** Whether the address of the host alone is answered in the same way. */
  root: boolean;
  /** Whether the token endpoint of the same host has given a token. */
  tokenEndpoint: boolean;
  /** Another base URL of the host below which it is otherwise. */
  otherBase: OtherBase | undefined;
}

/**
 * What the path of a request names: no thing, things that a list of the run has shown, others, one that is only an
 * example of the contract, or on purpose nothing.
 */
export type Ids = 'none' | 'listed' | 'unlisted' | 'example' | 'of-nothing';

/**
 * Whether the contract asks for credentials; where it does not, whether some were sent all the same, because it is
 * silent about them or leaves the choice.
 */
export type Credentials = 'asked-for' | 'sent-unasked' | 'none';

export interface Question {
  answer: Seen;
  /** Whether it is the token endpoint that was asked. */
  isToken: boolean;
  token: Identity;
  credentials: Credentials;
  /** Whether the contract describes this status. */
  isDescribed: boolean;
  ids: Ids;
  /** The operation that listed the id in the path, where it works. */
  listing: string | undefined;
  findings: readonly Finding[];
  controls: Controls;
}

/** The question about one answer that nothing was asked beside: it is compared with nothing. */
export function questionAlone(exchange: Exchange, asked: Pick<Question, 'isToken' | 'token'>): Question {
  return {
    answer: { exchange, digest: { exact: '', loose: '' }, redirect: undefined },
    ...asked,
    ...{
      credentials: 'none',
      isDescribed: false,
      ids: 'none',
      listing: undefined,
      findings: [],
      controls: {},
    },
  };
}
