import type { Chance } from '../chance.js';
import type { Clock } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { HttpRequest, Reply } from '../targets/reply.js';
import type { Secrets } from '../targets/secrets.js';
import { createSender, type Sender } from './send.js';
import { sitesOf, type Site } from '../targets/addresses.js';
import { type Target, type WritePolicy, isGuarded } from '../targets/targets.js';
import { inventedCredentials } from '../request/security/invented.js';
import type { SampleAt } from '../request/security/match.js';
import { createCredentials } from './credentials/create.js';
import type { Credential, Place } from './credentials/credential.js';
import { noCallers, openCallers, type Callers } from './callers.js';
import { createAbsentIds, type AbsentIds } from './absent-ids.js';
import { authenticatorOf } from './authenticator.js';
import type { Budget } from './budget.js';
import { createLedger } from './ledger.js';
import { createPace, type PaceOf } from './pace.js';
import { BRIEF, type Patience } from './patience.js';
import { openSession, type Session, type SessionSite } from './session.js';

/** A session with a target, and what it shares with those who build its requests. */
export interface TargetSession {
  session: Session;
  credentials: readonly Credential[];
  /** In whose name requests can also be sent. */
  callers: Callers;
  /** Ids of nothing. */
  absent: AbsentIds;
  /** Every address of the target that may be asked, its own first. */
  sites: readonly [OpenSite, ...OpenSite[]];
}

/** One address of a target, and the operations that are asked there. */
export interface OpenSite extends Site {
  /** Ids of what this run has created there: whoever adds one has seen it created. */
  created: Set<string>;
}

/** Opens the session through which a target is asked. */
export function openTarget(options: {
  contract: Pick<Contract, 'operations' | 'validators' | 'silentAboutSecurity'>;
  target: Target & { baseUrl: string };
  policy: WritePolicy;
  /** What may be sent. Sessions of one run share it. */
  budget: Budget;
  /** Where the values of credentials come from. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Values that operations have of their own; one at the place of an API key is one. */
  samplesAt?: SampleAt;
  /** Where requests for an operation hold values of the environment. */
  environmentAt?: (operation: string) => readonly Place[];
  /** Whether it is a server of our own that is elsewhere: such a one takes the credentials that it is given here. */
  invented?: boolean;
  /** Credentials of another session with the same host; none: nothing of the target's goes to this host. */
  credentials?: readonly Credential[];
  secrets: Secrets;
  /** How patient it is with a host that fails. Default: as a run is. */
  patience?: Patience;
  signal: AbortSignal;
  clock: Clock;
  chance: Chance;
  /** What requests go out by. Default: HTTP. */
  sender?: Sender;
  /** By which pace, where others ask the same host. Default: a pace of its own. */
  paceOf?: PaceOf | undefined;
}): TargetSession {
  const { contract, target, signal, clock } = options;
  const ownPace: PaceOf = (_, requestsPerSecond) => createPace(requestsPerSecond, clock);
  const absent = createAbsentIds(options.chance);
  const [own, ...others] = sitesOf(contract, target);
  const opened = (site: Site): OpenSite => ({ ...site, created: new Set() });
  const sites: TargetSession['sites'] = [opened(own), ...others.map(opened)];
  const means = {
    target: options.invented ? { ...target, serve: 'replica' as const } : target,
    environment: options.environment,
    secrets: options.secrets,
    send: (request: HttpRequest, until?: AbortSignal): Promise<Reply> => session.askForToken(request, until),
    clock,
  };
  const given = options.credentials ?? createCredentials(means);
  const callers = options.credentials ? noCallers('nobody else is known here') : openCallers(means);
  // The mock takes any credential that has the form of its scheme.
  const credentials =
    target.serve === 'mock' ? [...given, ...inventedCredentials(contract.operations, given)] : given;
  const isOurs = target.serve !== undefined;
  const rulesAt = ({ baseUrl, operations, created }: OpenSite): SessionSite => ({
    rules: {
      // The mock keeps nothing: there a write is as harmless as a read.
      policy: target.serve === 'mock' ? 'full' : options.policy,
      isCreatedHere: (id) => created.has(id),
      isOurs,
      facts: {
        contract: { ...contract, operations: [...operations] },
        baseUrl,
        isGuarded: (operation) => isGuarded(operation, target),
        isAbsent: absent.has,
      },
    },
    ledger: createLedger(),
  });
  const [first, ...rest] = sites;
  const session = openSession({
    sites: [rulesAt(first), ...rest.map(rulesAt)],
    budget: options.budget,
    authenticator: authenticatorOf({
      ...{ contract, target, credentials, callers, environmentAt: options.environmentAt },
      ...(options.samplesAt ? { samples: options.samplesAt } : {}),
    }),
    sender: options.sender ?? createSender(target, clock),
    pace: (options.paceOf ?? ownPace)(target.baseUrl, target.requestsPerSecond),
    patience: options.patience ?? BRIEF,
    signal,
    clock,
  });
  return { session, credentials, callers, absent, sites };
}
