import pLimit from 'p-limit';
import type { Operation } from '../contract/operation.js';
import type { Exchange } from '../exchange/exchange.js';
import { jsonOf } from '../exchange/record.js';
import { isArray, isObject, type Json } from '../json.js';
import { asControl } from '../controls/control.js';
import { parameterIn, segmentsOf } from '../probe/segments.js';
import { sameShape } from '../probe/path-index.js';
import type { Value } from '../probe/value.js';
import type { BudgetKind } from '../session/budget.js';
import { isGuarded } from '../targets/targets.js';
import { sentenceOf } from '../session/withheld.js';
import { hasSucceeded, isSuccess } from '../targets/reply.js';
import { findViolations } from '../checks/find-violations.js';
import { secondTry } from './again.js';
import { buildProbe } from './build-probe.js';
import { exchangeOf } from '../drive/conversation.js';
import {
  orFault,
  STOPPED,
  wasStopped,
  type AskedStep,
  type Asking,
  type Observation,
} from './observation.js';
import { LIMITS, type Step } from './plan.js';

/**
 * Asks operations that change something whether they are there, without changing anything: with credentials that the
 * host was seen to refuse, ids of nothing, and a body that the contract forbids. Where that cannot be had, it is said
 * what safe methods show of the path.
 * @param reads what was asked before: one of these shows that credentials are refused
 */
export async function askRoutes(
  steps: readonly Step[],
  reads: readonly Observation[],
  asking: Asking,
): Promise<Observation[]> {
  const routes = steps.filter(({ manner }) => manner === 'invalid-token');
  const guards = await seeRefusals(routes, reads, asking);
  const { open } = guards;
  const absent = createAbsence(asking);
  const limit = pLimit(asking.target.concurrency);
  // What is there is looked at before anything is sent that could change it.
  const built = await Promise.all(
    routes.map((step) => limit(async () => ({ step, ...(await build(step, absent, open, asking)) }))),
  );
  const observed: Observation[] = [];
  // One after another: what the first of them shows of the host decides about the next. What removes goes first: of
  // nothing, it leaves nothing behind.
  for (const one of built.toSorted((first, second) => turnOf(first) - turnOf(second))) {
    const observation =
      'why' in one
        ? { step: one.step, asked: false as const, why: one.why }
        : await orFault(one.step, asking, async () => {
            const again = async (): Promise<Observation> =>
              (await guards.isStillRefused(one.step.operation))
                ? askOne(one, asking, 'retries')
                : { step: one.step, asked: false, why: '' };
            return secondTry(await askOne(one, asking), again, asking);
          });
    if (observation.asked) asking.onObserved(observation);
    observed.push(observation);
  }
  const rest: Observation[] = steps
    .filter(({ manner }) => manner === 'not')
    .map((step) => ({ step, asked: false, why: step.why ?? '' }));
  const shared: Looks = new Map();
  const looked = await Promise.all(
    [...observed, ...rest].map((one) =>
      one.asked || asking.policy === 'none'
        ? Promise.resolve(one)
        : limit(() => lookAt(one, absent, shared, asking)),
    ),
  );
  for (const one of looked) if (!one.asked) asking.onObserved(one);
  return looked;
}

function turnOf({ step: { operation } }: { step: Step }): number {
  return operation.method === 'DELETE' ? 0 : 1;
}

/**
 * Asks safe operations that work with credentials that are invalid: to be refused there shows that they are refused.
 * @returns what was seen
 */
async function seeRefusals(
  routes: readonly Step[],
  reads: readonly Observation[],
  asking: Asking,
): Promise<Guards> {
  const guards = new Map<string, Exchange>();
  const working = reads.filter(
    (one): one is AskedStep => one.asked && one.token === 'valid' && isSuccess(one.exchange.status),
  );
  const tryWith = async ({ probe, step }: AskedStep): Promise<Exchange | undefined> => {
    const exchange = exchangeOf(
      await asking.conversation.ask(asControl(probe, 'known-good-with-invalid-token'), {
        token: 'invalid',
        repeatable: true,
      }),
    );
    if (exchange) guards.set(step.operation.id, exchange);
    return exchange;
  };
  // Each read of what is to be written to: a host may guard one collection, and leave another open.
  const beside = new Set(routes.flatMap(({ operation }) => besideOf(operation, working, asking) ?? []));
  for (const read of beside) if (!isStopped(asking)) await tryWith(read);
  for (const { operation } of routes) {
    const own = asking.invalidCredentials(operation.id);
    const alike = working.filter(({ step }) => asking.invalidCredentials(step.operation.id) === own);
    let tries = 0;
    for (const candidate of alike) {
      if (isStopped(asking) || asking.refusalSeen(operation.id) || tries >= LIMITS.refusals) break;
      if (guards.has(candidate.step.operation.id)) continue;
      tries += 1;
      await tryWith(candidate);
    }
  }
  const open = routes.filter(({ operation }) => {
    const read = besideOf(operation, working, asking);
    return read !== undefined && !isRefusal(guards.get(read.step.operation.id));
  });
  return {
    open: new Set(open.map(({ operation }) => operation.id)),
    isStillRefused: async (operation) => {
      const own = asking.invalidCredentials(operation.id);
      const read =
        besideOf(operation, working, asking) ??
        working.find(({ step }) => asking.invalidCredentials(step.operation.id) === own);
      const status = read && (await tryWith(read))?.status;
      return status === 401 || status === 403;
    },
  };
}

/** What is known of who refuses invalid credentials. */
interface Guards {
  /** The operations of which a read of the same was not refused. */
  open: ReadonlySet<string>;
  /** Asks a read beside an operation once more: whether the host refuses the invalid credentials still. */
  isStillRefused: (operation: Operation) => Promise<boolean>;
}

/** The guarded read that works and is nearest to an operation: of its own path, or of a collection that it is below. */
function besideOf(
  { path }: Operation,
  working: readonly AskedStep[],
  { target }: Asking,
): AskedStep | undefined {
  const segments = segmentsOf(path);
  const above = segments.flatMap((segment, index) =>
    parameterIn(segment) === undefined ? [] : [`/${segments.slice(0, index).join('/')}`],
  );
  return [path, ...above.toReversed()]
    .flatMap((one) => working.filter(({ step }) => sameShape(step.operation.path, one)))
    .find(({ step }) => isGuarded(step.operation, target));
}

/** Whether who has no good credentials was refused, or was answered that there is nothing. */
function isRefusal(exchange: Exchange | undefined): boolean {
  return [401, 403, 404].includes(exchange?.status ?? 0);
}

/** What a read shows of the ids of nothing; `unknown` where it failed. */
type Shown = 'nothing' | 'something' | 'unknown';

/** Ids of nothing, by path template, each looked for before it is used. */
interface Absence {
  idFor: (operation: Operation, parameter: string) => Value | undefined;
  /** Whether there is really nothing under the ids of an operation, as far as a read can tell. */
  look: (operation: Operation) => Promise<Shown>;
}

function createAbsence(asking: Asking): Absence {
  const ids = new Map<string, Value | undefined>();
  const seen = new Map<string, Promise<Shown>>();
  const idFor = (operation: Operation, parameter: string): Value | undefined => {
    const key = `${operation.path} ${parameter}`;
    if (!ids.has(key)) {
      const schema = operation.parameters.find(
        ({ name, in: place }) => place === 'path' && name === parameter,
      );
      const sent = asking.absent.make(schema?.schema ?? {});
      ids.set(key, sent === undefined ? undefined : { sent, shown: 'absent-id' });
    }
    return ids.get(key);
  };
  const read = async (operation: Operation): Promise<Shown> => {
    const reader = asking.contract.operations.find(
      ({ method, path, safe }) => method === 'GET' && safe && path === operation.path,
    );
    if (!reader || !operation.path.includes('{')) return 'nothing';
    const built = buildProbe(stepOf(reader), asking, {
      harvested: (parameter) => idFor(operation, parameter),
      found: () => undefined,
    });
    if ('why' in built) return 'nothing';
    const came = await asking.conversation.ask(asControl(built.probe, 'absent-id'), {
      token: 'valid',
      repeatable: true,
    });
    if ('withheld' in came) return 'unknown';
    const { reply } = came;
    if (reply.kind !== 'answer') return 'unknown';
    if (isSuccess(reply.status)) return isEmptyList(jsonOf(reply)) ? 'nothing' : 'something';
    // A refusal that is the caller's says that there is nothing, or that nobody can look; what failed says nothing.
    return reply.status >= 400 && reply.status < 500 && reply.status !== 429 ? 'nothing' : 'unknown';
  };
  return {
    idFor,
    look: (operation) => {
      const known = seen.get(operation.path) ?? read(operation);
      seen.set(operation.path, known);
      return known;
    },
  };
}

/** Of what is not there, some hosts answer with a list that has nothing in it. A thing with an empty list is none. */
function isEmptyList(body: Json | undefined): boolean {
  if (isArray(body)) return body.length === 0;
  if (!isObject(body)) return false;
  const members = Object.entries(body);
  const isList = members.some(([name, value]) => isArray(value) || (COUNTS.test(name) && value === 0));
  // A bundle says of itself that it is a list (FHIR, Bundle); its own id and type are those of the list.
  const isBundle = body['resourceType'] === 'Bundle';
  return (
    isList && members.every(([name, value]) => (isBundle && HEAD.has(name)) || isOfEmptyList(name, value))
  );
}

const HEAD: ReadonlySet<string> = new Set(['resourceType', 'id', 'type']);
const COUNTS = /total|count/i;
const PAGES = /page|limit|offset|size/i;

/** Whether a member names nothing, or only which part of a list one looks at. */
function isOfEmptyList(name: string, value: Json): boolean {
  if (isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.entries(value).every(([inner, member]) => isOfEmptyList(inner, member));
  if (typeof value === 'number') return COUNTS.test(name) ? value === 0 : PAGES.test(name);
  return value === null || value === false;
}

function isStopped({ signal }: Asking): boolean {
  return signal.aborted;
}

const NOT_ASKED = 'the run was stopped before it was asked';

type Built = { probe: AskedStep['probe'] } | { why: string };

async function build(step: Step, absent: Absence, open: ReadonlySet<string>, asking: Asking): Promise<Built> {
  const { operation } = step;
  if (isStopped(asking)) return { why: NOT_ASKED };
  const names = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const impossible = names.find((name) => absent.idFor(operation, name) === undefined);
  if (impossible !== undefined) {
    return { why: `it changes something, and every value of “${impossible}” may be that of something` };
  }
  if (!asking.refusalSeen(operation.id)) {
    return {
      why: 'it changes something, and this run has not seen the host refuse invalid credentials where good ones work',
    };
  }
  if (open.has(operation.id)) {
    return {
      why: 'it changes something, and the host was not seen to refuse invalid credentials on a read of the same collection',
    };
  }
  const shown = await absent.look(operation);
  if (isStopped(asking)) return { why: NOT_ASKED };
  if (shown !== 'nothing') {
    return {
      why:
        shown === 'something'
          ? 'it changes something, and the id of nothing that was made for it seems to be one of something'
          : 'it changes something, and it could not be read whether there is nothing under the id that was made for it',
    };
  }
  const nothing = names[0] === undefined ? undefined : absent.idFor(operation, names[0]);
  const built = buildProbe(step, asking, {
    harvested: (parameter) => absent.idFor(operation, parameter),
    found: () => nothing ?? { sent: asking.absent.make({}) ?? '', shown: 'absent-id' },
  });
  if ('why' in built) return built;
  return { probe: { ...built.probe, purpose: 'with a token that is invalid on purpose' } };
}

async function askOne(
  { step, probe }: { step: Step; probe: AskedStep['probe'] },
  asking: Asking,
  kind: BudgetKind = 'operations',
): Promise<Observation> {
  if (isStopped(asking)) return { step, asked: false, why: NOT_ASKED };
  const came = await asking.conversation.ask(probe, {
    token: 'invalid',
    repeatable: false,
    kind,
    atMost: 'route',
  });
  if ('withheld' in came) return { step, asked: false, why: sentenceOf(came.withheld) };
  const { reply, exchange, digest, redirect, before } = came;
  if (wasStopped(reply)) return { step, asked: false, why: STOPPED };
  const { operation } = step;
  if (hasSucceeded(reply) && operation.method !== 'DELETE') {
    const why = 'it was let in with invalid credentials, so something may have been created';
    asking.onLeft({ operation: operation.id, why, journal: false });
  }
  return {
    step,
    asked: true,
    probe: came.probe,
    token: 'invalid',
    isToken: false,
    ...{ reply, exchange, digest, redirect },
    before,
    findings:
      reply.kind === 'answer' ? findViolations(step.operation, reply, asking.validator, 'invalid-token') : [],
    listing: undefined,
  };
}

/** Looks at paths, by method, URL and token: operations of one path share them. */
type Looks = Map<string, Promise<Exchange | undefined>>;

/** What OPTIONS, and GET where it is no operation of its own, show of the path of what is not sent. */
async function lookAt(
  observation: Extract<Observation, { asked: false }>,
  absent: Absence,
  shared: Looks,
  asking: Asking,
): Promise<Observation> {
  const { operation } = observation.step;
  if (isStopped(asking)) return observation;
  const built = buildProbe({ ...observation.step, forbidden: undefined }, asking, {
    harvested: (parameter) => absent.idFor(operation, parameter),
    found: () => ({ sent: asking.absent.make({}) ?? '', shown: 'absent-id' }),
  });
  if ('why' in built) return observation;
  const hasRead = asking.contract.operations.some(
    ({ method, path }) => method === 'GET' && path === operation.path,
  );
  const looks: Exchange[] = [];
  for (const method of hasRead ? ['OPTIONS'] : ['OPTIONS', 'GET']) {
    if (isStopped(asking)) break;
    const { url, headers } = built.probe.request;
    const probe = {
      ...asControl(built.probe, 'safe-look'),
      request: { method, url, headers: { accept: headers['accept'] ?? 'application/json' } },
    };
    const token = asking.invalidCredentials(operation.id) === '' ? 'none' : 'valid';
    const key = `${method} ${url} ${token}`;
    const asked =
      shared.get(key) ?? asking.conversation.ask(probe, { token, repeatable: true }).then(exchangeOf);
    shared.set(key, asked);
    const exchange = await asked;
    if (exchange) looks.push(exchange);
  }
  const shown = looks.map(({ method, status, failure, responseHeaders }) => {
    const allow = responseHeaders['allow'];
    return `${method} answers ${status ?? failure ?? 'nothing'}${allow === undefined ? '' : ` (Allow: ${allow})`}`;
  });
  return {
    ...observation,
    why: shown.length === 0 ? observation.why : `${observation.why}. Of its path, ${shown.join(', ')}`,
    looks,
  };
}

function stepOf(operation: Operation): Step {
  return {
    operation,
    manner: 'plain',
    why: undefined,
    isToken: false,
    forbidden: undefined,
    sources: new Map(),
    links: [],
    write: undefined,
    supporting: true,
  };
}
