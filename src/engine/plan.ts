import { scopeHolds } from '../checks/auth/scope-holds.js';
import { tokenEndpoint } from '../checks/auth/token-endpoint.js';
import { FEW_RECORDS, type Bounds } from '../checks/bounds.js';
import { NO_CHECKS, type Chosen } from '../checks/chosen.js';
import { dueRounds, NO_TURNS, type Round, type TurnOf } from '../checks/due.js';
import { MOST_EXTRAS } from '../checks/extra-violations.js';
import { sizeOf } from '../checks/list-form.js';
import { NO_SETTINGS, type CheckSettings } from '../checks/stated/settings.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { HOST_CONTROLS } from '../controls/index.js';
import { SPELLINGS } from '../controls/other-spelling.js';
import type { Json } from '../json.js';
import { once } from '../once.js';
import { addToGroup } from '../groups.js';
import { createSources, neededFor, type Sources } from '../probe/sources.js';
import { linksOf, type Link } from '../contract/links.js';
import { realWrites, type RealWrite } from '../probe/creations.js';
import type { Samples } from '../probe/samples.js';
import { forbiddenBody, mannerOf, type Manner } from '../probe/writes.js';
import { isGuarded, WRITE_POLICIES, type Target, type WritePolicy } from '../targets/targets.js';
import { divide } from './parts.js';
import { onlyAdds } from '../session/only-adds.js';
import { NOTHING, type Counts } from '../session/budget.js';
import { tokenUrl } from '../session/token.js';
import { Problem } from '../problem.js';
import { isAddressed, notAddressed, sitesOf } from '../targets/addresses.js';

/** How one operation will be asked, before anything is asked. */
export interface Step {
  operation: Operation;
  manner: Manner;
  /** Why it is not asked, for the manner `not`. */
  why: string | undefined;
  /** Whether it is the token endpoint of the target. */
  isToken: boolean;
  /** A body that the contract forbids, for the manner that sends one. */
  forbidden: Json | undefined;
  /** The operations whose answers give the ids for the path. */
  sources: Sources;
  /** What the contract says that its answers give to other operations. */
  links: readonly Link[];
  /** How it can be asked for real; set when it will be. */
  write: RealWrite | undefined;
  /** Asked only because another operation needs the ids that it lists; not part of the result. */
  supporting: boolean;
}

export interface Plan {
  steps: Step[];
  policy: WritePolicy;
  /** The promises that the host is held to besides those of the single answer. */
  checks: Chosen;
  /** What somebody has said of checks of this target. */
  settings: Pick<CheckSettings, 'severityOf' | 'latencyLimitOf' | 'waivers'>;
  /** What checks may fetch and ask within the budget. */
  bounds: Bounds;
  /** When each check last had its turn: it decides who asks first. */
  turnOf: TurnOf;
  /** The operations of the whole contract that can be asked for real. */
  writes: ReadonlyMap<string, RealWrite>;
  /** The most requests that the run will make, by what they are made for. */
  budget: Counts;
}

/** What may be asked besides the operations themselves, at the most. */
export const LIMITS = {
  /** Control probes for an operation that is refused, on the average: many of them are shared. */
  controls: 12,
  /** Control probes for the host as a whole. */
  controlsOfHost: HOST_CONTROLS.reduce((sum, { asks }) => sum + asks.atMost, 0),
  /** For one that changes something: what shows that it is harmless, or that what it made is ours, and gone again. */
  controlsOfWrite: 8,
  /** Safe operations that are asked with invalid credentials until one refuses them, for each set of credentials. */
  refusals: 3,
  spellings: SPELLINGS,
  spellingsOfRun: 100,
  /** Repetitions of what failed on the way or was throttled. */
  retries: (asked: number) => 8 + Math.ceil(asked / 2),
  /** Tokens: one, and a new one when it runs out. */
  tokens: (asked: number) => 4 + Math.ceil(asked / 10),
  /** Requests of checks, in a run and for each operation, whichever is more in all. */
  checks: 400,
  checksOfOperation: 6,
  /** Requests of the life of one record. */
  checksOfLife: 152,
  /** Removals for what one operation may create, with their repetitions. */
  removals: 2,
  /** Removals for what is created in the life of one record: it, what it is below, what should be refused, and what should be taken. */
  removalsOfLife: 26,
};

/**
 * What a run would ask of a target.
 * @param selection `only`: parts of ids, operationIds or tags, of which one has to fit; `shard`: the I-th of N; `checks`:
 *   the promises that the host is held to besides those of the single answer; `settings`: what else was said of them;
 *   `turnOf`: when each last had its turn
 * @throws Problem when nothing is left to ask.
 */
export function planRun(
  contract: Contract,
  target: Target,
  policy: WritePolicy,
  samples: Samples,
  selection: {
    only?: readonly string[];
    shard?: { index: number; of: number };
    checks?: Chosen;
    settings?: CheckSettings;
    turnOf?: TurnOf;
  } = {},
): Plan {
  const { only = [], shard, checks = NO_CHECKS, settings = NO_SETTINGS, turnOf = NO_TURNS } = selection;
  const fitting = contract.operations.filter(
    (operation) => only.length === 0 || only.some((text) => isAbout(operation, text)),
  );
  if (fitting.length === 0) {
    throw new Problem('CONFORM_E_OPERATION_UNKNOWN', `no operation fits --only ${only.join(', ')}`, {
      remedy: 'Give a part of a path, an operationId or a tag of the contract.',
    });
  }
  const validator = contract.validators.request;
  const sites = sitesOf(contract, { ...target, baseUrl: target.baseUrl ?? '' });
  // What was created on one host is no thing of another.
  const real = new Map(
    sites.flatMap(({ operations }) => {
      const writes = realWrites(operations, samples, target.serve === undefined);
      return [...writes];
    }),
  );
  const sourcesOf = createSources(contract);
  const siteOf = new Map(sites.flatMap((site) => site.operations.map((operation) => [operation, site])));
  const links = new Map<string, Link[]>();
  for (const link of linksOf(contract)) addToGroup(links, link.from.id, link);
  // The mock answers from the contract, whatever it is asked: what it is asked further shows nothing.
  const held = target.serve === 'mock' ? NO_CHECKS : checks;
  const needsOf = createNeeds(contract, { policy, samples, real, sourcesOf });
  const chosen =
    shard === undefined
      ? fitting
      : partOf(fitting, shard, { needsOf, weightOf: (one) => weightOf(one, policy, held, real) });
  const isChosen = new Set(chosen);
  const withSources = chosen.length === contract.operations.length ? chosen : closeOver(chosen, needsOf);
  const steps = withSources.map((operation) => {
    const write = real.get(operation.id);
    // Its schema is compiled only where the answer counts.
    const forbidden = once(() => forbiddenBody(operation, validator));
    const isToken = isTokenEndpoint(operation, target);
    const site = siteOf.get(operation);
    const can = {
      get forbidden() {
        return forbidden() !== undefined;
      },
      apart: isApart(operation, site?.operations ?? [], target),
      real: write !== undefined,
      guarded: isGuarded(operation, target),
    };
    const way = isToken
      ? { manner: 'plain' as const }
      : site
        ? mannerOf(operation, policy, target, can)
        : { manner: 'not' as const, why: notAddressed(operation) };
    const { manner } = way;
    return {
      operation,
      manner,
      why: way.manner === 'not' ? way.why : undefined,
      isToken,
      forbidden: manner === 'forbidden-body' || manner === 'invalid-token' ? forbidden() : undefined,
      write: manner === 'real' ? write : undefined,
      sources: sourcesOf(operation),
      links: links.get(operation.id) ?? [],
      supporting: !isChosen.has(operation),
    };
  });
  // Of what has no address nothing is looked at either.
  const there = steps.filter(({ operation }) => isAddressed(operation, target));
  const triesReader =
    held.access.includes(scopeHolds) &&
    target.identities.reader !== undefined &&
    WRITE_POLICIES.indexOf(policy) >= WRITE_POLICIES.indexOf('validate');
  const triesSecret =
    held.access.includes(tokenEndpoint) && target.credentials.some(({ kind }) => kind === 'oauth');
  const own = budgetOf(there, policy, target, sites.length);
  const ofLives = held.lives.length === 0 ? 0 : livesOf(there) * LIMITS.removalsOfLife;
  const budget = {
    ...own,
    checks: boundOf(held, there, settings) + (triesReader ? 2 * sites.length * scopeHolds.asks.atMost : 0),
    token: own.token + (triesSecret ? 2 * tokenEndpoint.asks.atMost : 0),
    removal: own.removal + ofLives,
  };
  const bounds = { records: recordsOf(target, settings), perOperation: settings.budget.perOperation };
  return { steps, policy, checks: held, settings, bounds, turnOf, writes: real, budget };
}

/** The checks of reads in the order in which they are due, each with the operations that it may ask. */
export function dueIn({
  steps,
  checks,
  turnOf,
  bounds,
}: Pick<Plan, 'steps' | 'checks' | 'turnOf' | 'bounds'>): Round<Step>[] {
  return dueRounds(checks.reads, readsIn(steps), turnOf, bounds.records !== undefined);
}

function readsIn(steps: readonly Step[]): Step[] {
  return steps.filter(
    ({ operation, manner, supporting, isToken }) =>
      operation.safe && manner === 'plain' && !supporting && !isToken,
  );
}

/** How many records checks may fetch: few of a host that nobody may change, for they are those of real persons. */
function recordsOf({ writes }: Target, { budget }: CheckSettings): number | undefined {
  return budget.records ?? (writes.most === 'full' ? undefined : FEW_RECORDS);
}

/** Whether what an operation does with a body that it should refuse is apart from all that is there. */
function isApart(operation: Operation, operations: readonly Operation[], { serve }: Target): boolean {
  const hasId = operation.parameters.some((parameter) => parameter.in === 'path');
  return serve !== undefined || hasId || onlyAdds(operation, operations);
}

/** The most that checks may ask: what they say of themselves, twice, a wider page of a list, and what else they hear; within a bound for the whole run. */
function boundOf(
  { reads, lives }: Chosen,
  steps: readonly Step[],
  { budget: { perOperation = Infinity, perRun } }: CheckSettings,
): number {
  const plain = steps.filter(({ operation, manner }) => operation.safe && manner === 'plain');
  const lists =
    reads.length > 0 ? plain.filter(({ operation }) => sizeOf(operation) !== undefined).length : 0;
  const asked = reads.reduce((sum, { asks }) => sum + asks.atMost, 0);
  const each = reads.length > 0 ? 1 + 2 * asked + Math.min(asked, MOST_EXTRAS) : 0;
  const most = perRun ?? Math.max(LIMITS.checks, LIMITS.checksOfOperation * steps.length);
  return (
    Math.min(plain.length * Math.min(each, perOperation) + lists, most) +
    (lives.length === 0 ? 0 : livesOf(steps) * LIMITS.checksOfLife)
  );
}

/** How many records go through a life: one of each collection, and a second one where the first looks broken. */
function livesOf(steps: readonly Step[]): number {
  return 2 * steps.filter(({ manner, write }) => manner === 'real' && write?.removal !== undefined).length;
}

/** The most that these steps can cost. The run keeps it, whatever the host answers. */
function budgetOf(steps: readonly Step[], policy: WritePolicy, target: Target, sites: number): Counts {
  const asked = steps.filter(({ manner }) => manner !== 'not').length;
  // Of what is not sent under “none” nothing is looked at either.
  const writes =
    policy === 'none' ? 0 : steps.filter(({ operation, isToken }) => !operation.safe && !isToken).length;
  const routes = steps.some(({ manner }) => manner === 'invalid-token');
  // Only under “full” is anything removed.
  const creations =
    policy === 'full'
      ? steps.filter(({ manner }) => manner === 'real' || manner === 'forbidden-body').length
      : 0;
  // Each credential alone, and all of them together, at each address.
  const sets = routes ? (target.credentials.length + 1) * sites : 0;
  const hosts = target.servers === 'here' ? 1 : 1 + target.servers.size;
  const { reader = [], other = [] } = target.identities;
  // Each caller asks for tokens of its own.
  const askers = [target.credentials, reader, other].filter((entries) =>
    entries.some(({ kind }) => kind === 'oauth' || kind === 'login'),
  ).length;
  if (target.serve === 'mock') return { ...NOTHING, operations: asked, retries: LIMITS.retries(asked) };
  return {
    operations: asked,
    controls:
      (asked > 0 ? hosts * LIMITS.controlsOfHost : 0) +
      asked * LIMITS.controls +
      writes * LIMITS.controlsOfWrite +
      sets * LIMITS.refusals,
    spellings: Math.min(LIMITS.spellingsOfRun, asked * LIMITS.spellings),
    checks: 0,
    retries: LIMITS.retries(asked),
    token: askers * LIMITS.tokens(asked),
    removal: creations * LIMITS.removals,
  };
}

/** Whether an operation of the contract is what gives the target its tokens. */
function isTokenEndpoint(
  operation: Operation,
  { credentials, baseUrl = 'http://localhost' }: Target,
): boolean {
  return credentials.some((entry) => {
    if (entry.kind === 'login') return operation.id === `${entry.method} ${entry.path}`;
    if (entry.kind !== 'oauth' || operation.method !== 'POST') return false;
    return new URL(tokenUrl(baseUrl, entry.url)).pathname === operation.path;
  });
}

/** The operations that have to be asked before another one, in the same run. */
type NeedsOf = (operation: Operation) => Operation[];

/** What gives the ids of an operation, what creates that which it changes, and what its samples name. */
function createNeeds(
  contract: Contract,
  given: {
    policy: WritePolicy;
    samples: Pick<Samples, 'references'>;
    real: ReadonlyMap<string, RealWrite>;
    sourcesOf: (operation: Operation) => Sources;
  },
): NeedsOf {
  const { policy, samples, real, sourcesOf } = given;
  const byId = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const known = new Map<Operation, Operation[]>();
  const find = (operation: Operation): Operation[] => {
    const created = real.get(operation.id)?.creators.values() ?? [];
    const named = samples.references(operation.id).flatMap((id) => byId.get(id) ?? []);
    // Under another policy nothing is created, so what creates gives no ids.
    return [...neededFor(sourcesOf(operation)), ...created, ...named].filter(
      ({ safe }) => safe || policy === 'full',
    );
  };
  return (operation) => {
    const needed = known.get(operation) ?? find(operation);
    known.set(operation, needed);
    return needed;
  };
}

/** The chosen operations, what they need, what that needs, and so on. */
function closeOver(chosen: readonly Operation[], needsOf: NeedsOf): Operation[] {
  const closed = new Set(chosen);
  for (const operation of closed) for (const needed of needsOf(operation)) closed.add(needed);
  return [...closed];
}

/**
 * The operations of one of several parts, in the order of the contract. Whoever plans another part of the same contract for
 * the same target and policy comes to the same parts.
 */
function partOf(
  operations: readonly Operation[],
  { index, of }: { index: number; of: number },
  { needsOf, weightOf }: { needsOf: NeedsOf; weightOf: (operation: Operation) => number },
): Operation[] {
  const parts = divide(
    operations.map((operation) => ({
      ...{ id: operation.id, path: operation.path, weight: weightOf(operation) },
      needs: needsOf(operation).map(({ id }) => id),
      mayRepeat: operation.safe && closeOver([operation], needsOf).every(({ safe }) => safe),
    })),
    of,
  );
  const chosen = new Set(parts[index - 1]);
  return operations.filter(({ id }) => chosen.has(id));
}

/** The requests that an operation costs where the host does as the contract says: what refusals add is not known before. */
function weightOf(
  { id, safe }: Operation,
  policy: WritePolicy,
  { reads, lives }: Chosen,
  real: ReadonlyMap<string, RealWrite>,
): number {
  if (safe) return 1 + (reads.length > 0 ? LIMITS.checksOfOperation : 0);
  if (policy === 'none') return 0;
  const write = policy === 'full' ? real.get(id) : undefined;
  const isLived = lives.length > 0 && write?.removal !== undefined;
  return (
    1 +
    LIMITS.controlsOfWrite +
    (write ? LIMITS.removals : 0) +
    (isLived ? LIMITS.checksOfLife + LIMITS.removalsOfLife : 0)
  );
}

function isAbout(operation: Operation, text: string): boolean {
  const wanted = text.toLowerCase();
  return [operation.id, operation.operationId, operation.tag].some((name) =>
    name.toLowerCase().includes(wanted),
  );
}
