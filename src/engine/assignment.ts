import type { Chance } from '../chance.js';
import type { StatedLists } from '../checks/stated/lists.js';
import type { Clock } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { Samples } from '../probe/samples.js';
import type { PaceOf } from '../session/pace.js';
import type { Sender } from '../session/send.js';
import type { Answer } from '../targets/reply.js';
import type { Secrets } from '../targets/secrets.js';
import type { Target } from '../targets/targets.js';
import type { Signatures } from '../verdict/signatures.js';
import type { Expectations } from '../record/expected.js';
import type { OnEvent } from './events.js';
import type { Plan } from './plan.js';

/** Everything that a run needs. */
export interface Assignment {
  /** The name of the run, which no other has. */
  id: string;
  startedAt: Date;
  contract: Contract;
  target: Target & { baseUrl: string };
  /** Whether it is a server of our own that is elsewhere. */
  invented: boolean;
  /** Another host of the same vendor, for what is not routed on this one. */
  otherHost: (Target & { baseUrl: string }) | undefined;
  plan: Plan;
  samples: Samples;
  signatures: Signatures;
  expectations: Expectations;
  /** What somebody has stated of how operations list things. */
  lists?: StatedLists;
  environment: Record<string, string | undefined>;
  secrets: Secrets;
  /** The world that a replica serves. */
  world: string | undefined;
  /** The folder for the journal of what is created. */
  journals: string;
  clock: Clock;
  chance: Chance;
  /** What requests go out by. Default: HTTP. */
  sender?: Sender;
  /** By which pace, where others ask the same host. Default: a pace of its own. */
  paceOf?: PaceOf | undefined;
  /** How long the run may take, in milliseconds, where somebody has said so. */
  deadlineMs?: number | undefined;
  /** Stops the run; what has been asked so far is judged and kept. */
  signal: AbortSignal;
  /** Called with what happens; `finished` is for whoever writes the run. */
  onEvent: OnEvent;
  /** Why what is asked cannot answer an operation, where its answer says so. */
  limitOf: (answer: Answer, isFromContract: boolean) => string | undefined;
  /** Called with an error of the program itself: the rest of the run goes on. */
  onFault: (error: Error) => void;
}
