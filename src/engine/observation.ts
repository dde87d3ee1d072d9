import type { Chance } from '../chance.js';
import type { Checked } from '../checks/checked.js';
import type { LifeCheck } from '../checks/life.js';
import type { StatedLists } from '../checks/stated/lists.js';
import type { Clock } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { Validator } from '../contract/schema/validator.js';
import { asError, Problem } from '../problem.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Pseudonyms } from '../exchange/pseudonyms.js';
import type { Probe } from '../probe/build.js';
import type { RealWrite } from '../probe/creations.js';
import type { Samples } from '../probe/samples.js';
import type { Value } from '../probe/value.js';
import type { Credential } from '../session/credentials/credential.js';
import type { Answer, HttpRequest, Reply } from '../targets/reply.js';
import type { Redaction } from '../exchange/record.js';
import type { AbsentIds } from '../session/absent-ids.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import type { Identity } from '../session/effect.js';
import type { Finding } from '../verdict/verdict.js';
import type { Conversation } from '../drive/conversation.js';
import type { SeenReply } from '../drive/seen.js';
import type { Journal } from './journal.js';
import type { Answered, IdOrigin } from './known-ids.js';
import type { Step } from './plan.js';
import type { ShownIds } from './shown-ids.js';
import type { Ready } from './ready.js';

/** What came of one step, before it is judged. */
export type Observation = AskedStep | UnaskedStep;

export interface AskedStep extends SeenReply {
  step: Step;
  asked: true;
  probe: Probe;
  token: Identity;
  isToken: boolean;
  /** Tries before the last one. */
  before: Exchange[];
  findings: Finding[];
  /** The operation that has listed the thing in the path; undefined unless a listing of this run has shown every id. */
  listing: string | undefined;
  /** Where the ids in the path are from, for a read that has any. */
  ids?: readonly IdOrigin[];
  /** Requests that removed what it had created. */
  after?: Exchange[];
  /** Set where what it has created is surely a thing of the run. */
  isOurs?: true;
  /** What reads the thing that its answer names, where that could not be found. */
  unseen?: Ready;
}

export interface UnaskedStep {
  step: Step;
  asked: false;
  why: string;
  /** What safe methods show of its path. */
  looks?: Exchange[];
}

export interface Asking {
  contract: Contract;
  target: Target & { baseUrl: string };
  credentials: readonly Credential[];
  samples: Samples;
  environment: Record<string, string | undefined>;
  validator: Validator;
  pseudonyms: Pseudonyms;
  conversation: Conversation;
  /** Ids from the answers of the run, by operation. */
  ids: Map<string, Value[]>;
  /** What successes of safe operations say of ids, by operation. */
  answers: Map<string, Answered>;
  policy: WritePolicy;
  /** Sends to the token endpoint. */
  askForToken: (request: HttpRequest) => Promise<Reply>;
  redaction: Redaction;
  absent: AbsentIds;
  /** Ids of what the run has created; the gate lets nothing else be changed. */
  created: Set<string>;
  /** Whether the invalid credentials of an operation were seen refused. */
  refusalSeen: (operation: string) => boolean;
  /** The invalid credentials of an operation as one text; empty where it is asked without any. */
  invalidCredentials: (operation: string) => string;
  signal: AbortSignal;
  /** The operations that can be asked for real. */
  writes: ReadonlyMap<string, RealWrite>;
  journal: Journal;
  onObserved: (observation: Observation) => void;
  clock: Clock;
  chance: Chance;
  /** The promises that what the run creates is held to from its creation to its removal. */
  lifeChecks: readonly LifeCheck[];
  /** What somebody has stated of how operations list things. */
  lists?: StatedLists;
  /** What came of them in each life, by operation. */
  lived: ReadonlyMap<string, Checked>[];
  /** What safe answers of the run have shown: to be added to with every one, before anything is created. */
  shown: ShownIds;
  /** Why what is asked cannot answer an operation, where its answer says so: a mock has limits of its own. */
  limitOf: (answer: Answer, isFromContract: boolean) => string | undefined;
  /** Called with an error of the program itself: the rest of the run goes on. */
  onFault: (error: Error) => void;
  /** Called with what may remain on the target. */
  onLeft: (left: Left) => void;
}

/** Something that a run has created, or may have, and that is not removed. */
export interface Left {
  operation: string;
  why: string;
  /** Whether the journal knows of it, so that `conform cleanup` does. */
  journal: boolean;
}

/** Why an operation has no verdict that the program itself has failed on. */
export const FAILED_ON_IT = 'conform itself failed on it, which is reported at the end of its output';

/**
 * What work gives, or, where the program itself fails in it, that the operation was not asked: one answer ends no run.
 */
export async function orFault(
  step: Step,
  { onFault }: Pick<Asking, 'onFault'>,
  work: () => Promise<Observation>,
): Promise<Observation> {
  try {
    return await work();
  } catch (error) {
    // That a person has to put something right ends the run.
    if (error instanceof Problem) throw error;
    onFault(asError(error));
    return { step, asked: false, why: FAILED_ON_IT };
  }
}

export const STOPPED = 'the run was stopped before its answer came';

/** Whether it was we who did not wait for the answer. */
export function wasStopped(reply: Reply): boolean {
  return reply.kind === 'no-answer' && reply.phase === 'aborted';
}
