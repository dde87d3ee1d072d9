import type { Operation } from '../contract/operation.js';
import type { Conversation } from '../drive/conversation.js';
import type { Seen } from '../drive/seen.js';
import type { Probe } from '../probe/build.js';
import type { AbsentIds } from '../session/absent-ids.js';
import type { Identity } from '../session/effect.js';

/** An operation that was asked, and what it answered. */
export interface AskedOperation {
  operation: Operation;
  probe: Probe;
  token: Identity;
  answer: Seen;
  /** Whether it is the token endpoint, which is asked for its own sake. */
  isToken: boolean;
}

/** The host that is in question, with all that was asked of it. */
export interface HostSubject {
  baseUrl: string;
  operations: readonly Operation[];
  asked: readonly AskedOperation[];
  absent: AbsentIds;
  /** Two path segments that are no operation's. */
  unknown: readonly [string, string];
  /** Whether an operation is asked with credentials. */
  takesCredentials: (operation: Operation) => boolean;
  /** Whether exactly the bad credentials of an operation were seen refused where good ones work. */
  refusalSeen: (operation: Operation) => boolean;
  /** Another host of the same vendor. */
  otherHost: { name: string; baseUrl: string; conversation: Conversation } | undefined;
  /** The same host below other paths than that of the base URL. */
  otherBases: readonly { baseUrl: string; conversation: Conversation }[];
}

/** One operation of it that is in question. */
export interface OperationSubject extends AskedOperation {
  host: HostSubject;
}
