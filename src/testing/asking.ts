import type { LifeCheck } from '../checks/life.js';
import type { Contract } from '../contract/contract.js';
import { createPseudonyms } from '../exchange/pseudonyms.js';
import { samplesOf, type SamplesFile } from '../probe/samples.js';
import type { Conversation } from '../drive/conversation.js';
import type { Journal } from '../engine/journal.js';
import type { Asking, Left, Observation } from '../engine/observation.js';
import { planRun, type Plan } from '../engine/plan.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import { systemChance, type Chance } from '../chance.js';
import { createShownIds } from '../engine/shown-ids.js';
import { createAbsentIds } from '../session/absent-ids.js';
import { leapingClock } from './clock.js';
import { OPEN_REDACTION, targetOf } from './host.js';

/** Always the same bytes. */
export const sameChance: Chance = (bytes) => 'ab'.repeat(bytes);

/** A journal that is no more than a list of what was written to it. */
export function journalIn(log: string[]): Journal {
  let entries = 0;
  return {
    creating: (operation) => {
      log.push(`journal: ${entries} creating by ${operation}`);
      return entries++;
    },
    created: (entry, removal) => {
      log.push(`journal: ${entry} created ${removal ? `${removal.method} ${removal.path}` : 'nothing'}`);
    },
    removed: (entry) => {
      log.push(`journal: ${entry} removed`);
    },
  };
}

/** All that is needed to ask a contract's operations of a host that is not there. No answer breaks the contract. */
export function askingOf(
  contract: Contract,
  conversation: Conversation,
  given: {
    policy?: WritePolicy;
    target?: Partial<Target>;
    samples?: SamplesFile;
    environment?: Record<string, string>;
    journal?: Journal;
    /** Whether invalid credentials were seen refused. Default: they were. */
    refusalSeen?: (operation: string) => boolean;
    /** What ids of nothing are made of. */
    chance?: Chance;
    signal?: AbortSignal;
    /** The promises that what is created is held to. Default: none. */
    lifeChecks?: readonly LifeCheck[];
    onObserved?: (observation: Observation) => void;
    onLeft?: (left: Left) => void;
    /** Which credentials an operation that is secured takes. */
    kindOf?: (operation: string) => string;
  } = {},
): { plan: Plan; asking: Asking } {
  const target = targetOf(given.target);
  const samples = samplesOf(given.samples ?? {});
  const plan = planRun(contract, target, given.policy ?? 'full', samples);
  return {
    plan,
    asking: {
      contract,
      target,
      credentials: [],
      invalidCredentials: (id) =>
        contract.operations.some((operation) => operation.id === id && operation.secured)
          ? (given.kindOf?.(id) ?? 'the only one')
          : '',
      samples,
      environment: given.environment ?? {},
      validator: {
        prepare: () => undefined,
        keepOnly: () => undefined,
        check: () => ({ kind: 'checked', violations: [], complete: true, unchecked: [] }),
        release: () => undefined,
      },
      pseudonyms: createPseudonyms(),
      ids: new Map(),
      answers: new Map(),
      conversation,
      policy: plan.policy,
      askForToken: () => Promise.reject(new Error('this host has no token endpoint')),
      redaction: OPEN_REDACTION,
      absent: createAbsentIds(given.chance ?? systemChance),
      created: new Set(),
      refusalSeen: given.refusalSeen ?? (() => true),
      signal: given.signal ?? new AbortController().signal,
      writes: plan.writes,
      journal: given.journal ?? journalIn([]),
      onObserved: given.onObserved ?? (() => undefined),
      clock: leapingClock(),
      chance: (bytes) => '5'.repeat(bytes * 2),
      shown: createShownIds(),
      lifeChecks: given.lifeChecks ?? [],
      lived: [],
      onLeft: given.onLeft ?? (() => undefined),
      // No test of these stages wants one.
      limitOf: () => undefined,
      onFault: (error) => {
        throw error;
      },
    },
  };
}
