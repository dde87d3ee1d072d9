import { NO_CHECKS } from '../checks/chosen.js';
import type { Chance } from '../chance.js';
import type { Clock } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import { converse } from '../drive/conversation.js';
import { createPseudonyms } from '../exchange/pseudonyms.js';
import { environmentPlacesAt, samplesAt, type Samples } from '../probe/samples.js';
import type { openJournal } from '../engine/journal.js';
import type { Asking, Left } from '../engine/observation.js';
import { planRun, type Step } from '../engine/plan.js';
import { redactionFor } from '../engine/redaction.js';
import { createShownIds } from '../engine/shown-ids.js';
import { createBudget, NOTHING } from '../session/budget.js';
import { openTarget } from '../session/open.js';
import type { Secrets } from '../targets/secrets.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import type { Signatures } from '../verdict/signatures.js';

/** What it takes to run flows on a target. */
export interface Setting {
  contract: Contract;
  target: Target & { baseUrl: string };
  policy: WritePolicy;
  samples: Samples;
  signatures: Signatures;
  secrets: Secrets;
  environment: Readonly<Record<string, string | undefined>>;
  /** Where what is created is written down before it is. */
  journal: ReturnType<typeof openJournal>;
  /** The moment that the dates of flows are counted from. */
  startedAt: Date;
  /** What an operation is expected to do on this target, where that is not to work. */
  knownRefusal: (operation: string) => string | undefined;
  clock: Clock;
  chance: Chance;
  signal: AbortSignal;
}

/** A target that flows are run on. */
export interface Stage extends Pick<Setting, 'startedAt' | 'knownRefusal' | 'clock' | 'chance' | 'signal'> {
  /** Asks through the session: its gate, its pace, its journal. */
  asking: Asking;
  /** How an operation may be asked, by its id. */
  steps: ReadonlyMap<string, Step>;
  /** What could not be removed again, for the flow that is run now. */
  left: Left[];
  close: () => Promise<void>;
}

/** The most that all flows together may send of each kind. */
const MOST = { ...NOTHING, operations: 5_000, controls: 10_000, retries: 200, token: 200, removal: 2_000 };

/** Opens a target for flows. It is sent what a run could send as well, under the same rules. */
export async function openStage(setting: Setting): Promise<Stage> {
  const { contract, target, policy, samples, signatures, secrets, journal } = setting;
  const { clock, chance, signal } = setting;
  const environment = { ...setting.environment };
  const opened = openTarget({
    ...{ contract, target, policy, environment, secrets, signal, clock, chance },
    budget: createBudget(MOST),
    samplesAt: samplesAt(samples, environment, secrets),
    environmentAt: environmentPlacesAt(samples, contract),
  });
  const { session, credentials, absent } = opened;
  const [site] = opened.sites;
  const redaction = redactionFor(signatures, secrets, contract);
  // What was started for the flows ends with them, and whatever it holds.
  const isPassing = target.serve !== undefined;
  if (policy === 'full') await journal.prepare();
  const plan = planRun(contract, target, policy, samples, { checks: NO_CHECKS });
  const left: Left[] = [];
  const conversation = converse(session, redaction, chance);
  const asking: Asking = {
    contract: { ...contract, operations: [...site.operations] },
    ...{ target, credentials, samples, environment, redaction, absent, journal, policy, conversation },
    ...{ clock, chance, signal },
    validator: contract.validators.answer,
    pseudonyms: createPseudonyms(),
    ids: new Map(),
    answers: new Map(),
    askForToken: (request) => session.askForToken(request),
    created: site.created,
    refusalSeen: (operation) => session.refusalSeen(operation),
    invalidCredentials: (operation) => session.invalidCredentials(operation),
    writes: plan.writes,
    onObserved: () => undefined,
    lifeChecks: [],
    lived: [],
    shown: createShownIds(),
    limitOf: () => undefined,
    onFault: (error) => {
      throw error;
    },
    onLeft: (one) => left.push(one),
  };
  return {
    asking,
    steps: new Map(plan.steps.map((step) => [step.operation.id, step])),
    left,
    startedAt: setting.startedAt,
    knownRefusal: setting.knownRefusal,
    ...{ clock, chance, signal },
    close: async () => {
      await (isPassing ? journal.drop() : journal.settle());
      await conversation.close();
    },
  };
}
