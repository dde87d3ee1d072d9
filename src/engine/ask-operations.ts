import pLimit from 'p-limit';
import { jsonOf, record } from '../exchange/record.js';
import type { Probe } from '../probe/build.js';
import { harvestIds } from '../probe/harvest.js';
import { lastFixed } from '../probe/sources.js';
import type { Value } from '../probe/value.js';
import { findViolations } from '../checks/find-violations.js';
import { askRoutes } from './ask-routes.js';
import { askWrites } from './ask-writes.js';
import { buildProbe } from './build-probe.js';
import { checkLives } from './life/lives.js';
import { idsFor, listingOfAll, originsOf, readAnswer, type KnownId } from './known-ids.js';
import { orFault, STOPPED, wasStopped, type Asking, type Observation } from './observation.js';
import { orderOf } from './order.js';
import type { Step } from './plan.js';
import { prepareFor, windowsOf } from './prepare.js';
import type { BudgetKind } from '../session/budget.js';
import { sentenceOf } from '../session/withheld.js';
import { isOfNothing } from '../targets/reply.js';
import { WAITS_MS } from './created/send.js';

/**
 * Asks every step: first what is safe, each operation as soon as those that give its ids have been asked; then, when no
 * read is on its way any more, what could change something.
 * An operation whose id nobody gives is not asked: an id is never guessed where something real could be behind it.
 */
export async function askOperations(steps: readonly Step[], asking: Asking): Promise<Observation[]> {
  const limit = pLimit(asking.target.concurrency);
  const { ids } = asking;
  const order = orderOf(steps, asking.samples);
  const pending = new Map<string, Promise<Observation>>();

  const run = (step: Step): Promise<Observation> => {
    const known = pending.get(step.operation.id);
    if (known) return known;
    const promise = (async () => {
      const before = order.get(step.operation.id) ?? [];
      await Promise.all(before.filter(isPlain).map(run));
      const observation = await limit(() => orFault(step, asking, () => askListed(step, steps, ids, asking)));
      asking.onObserved(observation);
      return observation;
    })();
    pending.set(step.operation.id, promise);
    return promise;
  };
  const plain = steps.filter(isPlain);
  const byId = new Map(plain.map((step) => [step.operation.id, step]));
  for (const window of windowsOf([...order.keys()].flatMap((id) => byId.get(id) ?? []))) {
    await prepareFor(window, asking.validator, asking.signal);
    await Promise.all(window.map(run));
  }
  const reads = await Promise.all(plain.map(run));
  const routes = await askRoutes(
    steps.filter(({ manner }) => manner === 'invalid-token' || manner === 'not'),
    reads,
    asking,
  );
  const changing = steps.filter(mayCreate);
  await prepareFor(changing, asking.validator, asking.signal);
  const writes = await askWrites(changing, ids, asking);
  await checkLives(changing, [...reads, ...writes], ids, asking);
  const found = new Map([...reads, ...routes, ...writes].map((one) => [one.step.operation.id, one]));
  return steps.flatMap((step) => found.get(step.operation.id) ?? []);
}

function isPlain({ manner }: Step): boolean {
  return manner === 'plain';
}

/** Also a body that the contract forbids can be accepted: a host need not keep its contract. */
function mayCreate({ manner }: Step): boolean {
  return manner === 'real' || manner === 'forbidden-body';
}

/**
 * Asks a read. Others may remove a thing between the answer that lists it and the read: where it is gone, its list is asked
 * again until that names another one, for as long as a list may lag behind. Where it goes on naming the same, or the other
 * one is not there either, that is what the read does.
 */
async function askListed(
  step: Step,
  steps: readonly Step[],
  ids: Map<string, Value[]>,
  asking: Asking,
): Promise<Observation> {
  const first = await askPlain(step, ids, asking);
  const listing =
    first.asked && isOfNothing(first.exchange.status)
      ? steps.find((one) => one.operation.id === first.listing)
      : undefined;
  if (!first.asked || !listing) return first;
  const named = () => {
    const known = idsFor(step, asking);
    return 'missing' in known ? undefined : JSON.stringify([...known.values()].map(({ sent }) => sent));
  };
  const before = named();
  for (const wait of [0, ...WAITS_MS]) {
    await asking.clock.sleep(wait, asking.signal).catch(() => undefined);
    const listed = await askPlain(listing, ids, asking, 'retries');
    if (asking.signal.aborted || !listed.asked) return first;
    const now = named();
    if (now === undefined || now === before) continue;
    const second = await askPlain(step, ids, asking, 'retries');
    if (!second.asked) return first;
    second.before.unshift(...first.before, first.exchange);
    return second;
  }
  return first;
}

async function askPlain(
  step: Step,
  ids: Map<string, Value[]>,
  asking: Asking,
  kind: BudgetKind = 'operations',
): Promise<Observation> {
  const { operation } = step;
  if (asking.signal.aborted) return { step, asked: false, why: 'the run was stopped before it was asked' };
  if (step.isToken) return askToken(step, asking);
  const known = idsFor(step, asking);
  // On the mock nothing real is asked, so an id can be made.
  if ('missing' in known && asking.target.serve !== 'mock')
    return { step, asked: false, why: `no value for the path parameter “${known.missing}” is known` };
  const path = 'missing' in known ? new Map<string, KnownId>() : known;
  const built = buildProbe(step, asking, {
    harvested: (parameter) => path.get(parameter),
    found: (from) => ids.get(from)?.[0],
  });
  if ('why' in built) return { step, asked: false, why: built.why };
  const token = asking.invalidCredentials(operation.id) === '' ? 'none' : 'valid';
  const options = {
    token,
    repeatable: operation.safe,
    kind,
    // Only the mock is asked what changes something as it is.
    atMost: operation.safe ? 'none' : 'full',
  } as const;
  const came = await asking.conversation.ask(built.probe, options);
  if ('withheld' in came) return { step, asked: false, why: sentenceOf(came.withheld) };
  const { reply, exchange, digest, redirect, before, probe } = came;
  if (wasStopped(reply)) return { step, asked: false, why: STOPPED };
  const isFromContract = !asking.samples.hasValuesFor(operation);
  const limit = reply.kind === 'answer' ? asking.limitOf(reply, isFromContract) : undefined;
  if (limit !== undefined)
    return { step, asked: false, why: `the mock cannot answer it: ${limit}`, looks: [exchange] };
  const findings = reply.kind === 'answer' ? findViolations(operation, reply, asking.validator) : [];
  if (reply.kind === 'answer' && reply.status < 300 && operation.safe) {
    const body = jsonOf(reply);
    const name = lastFixed(operation.path) ?? 'thing';
    if (body !== undefined) {
      asking.shown.add(body);
      const answered = readAnswer(step, { path, baseUrl: asking.target.baseUrl }, reply, body);
      asking.answers.set(operation.id, answered);
      ids.set(
        operation.id,
        harvestIds(answered.harvest).map((id) => ({ sent: id, shown: asking.pseudonyms.of(name, id) })),
      );
    }
  }
  return {
    step,
    asked: true,
    probe,
    token,
    isToken: false,
    ...{ reply, exchange, digest, redirect },
    before,
    findings,
    listing: listingOfAll(path),
    ...(path.size === 0 ? {} : { ids: originsOf(path) }),
  };
}

/** The token endpoint as an operation of the contract: asked as the run asks it for its own tokens. */
async function askToken(step: Step, asking: Asking): Promise<Observation> {
  const request = asking.credentials
    .flatMap((credential) => credential.tokenRequest() ?? [])
    .find(
      ({ url, method }) => method === step.operation.method && new URL(url).pathname === step.operation.path,
    );
  if (!request) return { step, asked: false, why: 'the target has no token endpoint' };
  const { origin, pathname } = new URL(request.url);
  const probe: Probe = { operation: step.operation.id, role: 'operation', request, shown: origin + pathname };
  const reply = await asking.askForToken(request);
  if (wasStopped(reply)) return { step, asked: false, why: STOPPED };
  return {
    step,
    asked: true,
    probe,
    token: 'none',
    isToken: true,
    reply,
    exchange: record(probe, reply, asking.redaction),
    // It is not compared with anything.
    digest: { exact: '', loose: '' },
    redirect: undefined,
    before: [],
    findings: reply.kind === 'answer' ? findViolations(step.operation, reply, asking.validator) : [],
    listing: undefined,
  };
}
