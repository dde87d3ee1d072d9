import type { Chance } from '../chance.js';
import type { Clock } from '../clock.js';
import type { Contract, Operation } from '../contract/contract.js';
import type { Credentials } from '../target/credentials.js';
import type { Secrets } from '../target/secrets.js';
import { createSender, type Sender } from '../target/send.js';
import type { Target, WritePolicy } from '../target/targets.js';
import { createTokenSource, type TokenSource } from '../target/token.js';
import { createAbsentIds, type AbsentIds } from './absent-ids.js';
import { authenticatorOf } from './authenticator.js';
import type { Budget } from './budget.js';
import { createLedger } from './ledger.js';
import { openSession, type Session } from './session.js';

/** A session with a target, and what it shares with those who build its requests. */
export interface TargetSession {
  session: Session;
  tokens: TokenSource;
  /** Ids of nothing. */
  absent: AbsentIds;
  /** Ids of what this run has created: whoever adds one has seen it created. */
  created: Set<string>;
}

/** Opens the session through which a target is asked. */
export function openTarget(options: {
  contract: Pick<Contract, 'operations' | 'validators'>;
  target: Target & { baseUrl: string };
  policy: WritePolicy;
  /** What may be sent. Sessions of one run share it. */
  budget: Budget;
  credentials: Credentials;
  secrets: Secrets;
  signal: AbortSignal;
  clock: Clock;
  chance: Chance;
  /** What requests go out by. Default: HTTP. */
  sender?: Sender;
}): TargetSession {
  const { contract, target, signal, clock } = options;
  const absent = createAbsentIds(options.chance);
  const created = new Set<string>();
  const tokens = createTokenSource({
    target,
    credentials: options.credentials,
    secrets: options.secrets,
    send: (request, own) => session.askForToken(request, own),
    clock,
  });
  const isOurs = target.serve !== undefined;
  const session = openSession({
    rules: {
      // The mock keeps nothing: there a write is as harmless as a read.
      policy: target.serve === 'mock' ? 'full' : options.policy,
      budget: options.budget,
      isCreatedHere: (id) => created.has(id),
      isOurs,
      facts: {
        contract,
        baseUrl: target.baseUrl,
        isGuarded: (operation) => isGuarded(operation),
        isAbsent: absent.has,
      },
    },
    ledger: createLedger(),
    authenticator: authenticatorOf(target, () => tokens),
    sender: options.sender ?? createSender(target, clock),
    requestsPerSecond: target.requestsPerSecond,
    signal,
    clock,
  });
  return { session, tokens, absent, created };
}

function isGuarded(operation: Operation): boolean {
  return operation.secured;
}
