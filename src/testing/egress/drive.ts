import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../json.js';
import { start, temporaryFolder, testClock, type Result } from '../conform.js';
import { conformProcess } from '../process.js';
import { createAgency } from './agency.js';
import { askAsClient } from './as-client.js';
import { contractOf, type Contract, type ContractOperation } from './contract.js';
import { credentialOf, isOfTheList, withIdentities, type Credential } from './credentials.js';
import type { Evidence, Phase } from './evidence.js';
import type { Policy } from './habits.js';
import { idsOf } from './ids.js';
import { inFolder } from './in-folder.js';
import type { Incoming } from './incoming.js';
import { forge, mayBeObeyed, namesWhatWasMade } from './journals.js';
import { entry, lockedAs, type Locked } from './lock.js';
import { seeded } from './random.js';
import { packageOperations } from './package-contract.js';
import { Log, record } from './recorder.js';
import type { Seen } from './seen.js';
import type { SetUp } from './set-up.js';
import { packageFolder, vendorFolder, writeTargets } from './spec-folder.js';
import { prefixOf, spell } from './spelling.js';
import type { Store } from './store.js';
import { readCleanup, readPlan, readReported } from './reported.js';
import { createVendor, type Answer } from './vendor.js';

/** How long a command may take before it is stopped. */
const LONGEST_MS = 60_000;

/** What some set-ups need beside what they bring along. */
export interface Surroundings {
  /** A database for `cache sync`. */
  databaseUrl?: string | undefined;
}

/** A set-up with its servers, folder and credential. */
interface Stage {
  setUp: SetUp;
  folder: string;
  spec: string;
  out: string;
  env: Record<string, string>;
  log: Log;
  store: Store;
  locked: Locked;
  refuseRemovals: (refused: boolean) => void;
  port: number;
  elsewhere: string;
  credential: Credential;
  /** Whether the contract says of any operation that it needs a credential. */
  anyGuarded: boolean;
}

/** Drives one set-up from its beginning to its end. */
export async function drive(setUp: SetUp, surroundings: Surroundings = {}): Promise<Evidence> {
  await using folder = await temporaryFolder();
  const log = new Log(testClock);
  const own = credentialOf(setUp.credential);
  const credential = setUp.identities ? withIdentities(own) : own;
  const contract = contractOf(setUp, setUp.creates, credential);
  const prefix = prefixOf(setUp.spelling);
  const agency = isOfAgency(setUp);
  const operations = agency ? await packageOperations() : guardedToo(setUp, contract.operations);
  const known = { operations, credential, prefix };
  const other = await record({
    name: 'elsewhere',
    log,
    knows: { ...known, store: undefined },
    answer: (incoming) => elsewhereAnswer(incoming, setUp),
  });
  const elsewhere = `http://127.0.0.1:${other.port}`;
  const host = hostOf(setUp, { contract, credential, prefix, elsewhere });
  const target = await record({
    name: 'target',
    log,
    knows: { ...known, store: host.store },
    answer: host.answer,
  });
  try {
    const locked = lockedAs(setUp.lock, setUp.policy, {
      byFlag: setUp.byFlag,
      at: { own: ownAddress(setUp, target.port), alias: spell(setUp.spelling, target.port) },
    });
    const targets = entriesOf(setUp, locked, credential, elsewhere);
    const stage: Stage = {
      setUp,
      folder: folder.path,
      spec: agency
        ? await packageFolder(folder.path, targets)
        : await vendorFolder(folder.path, contract, targets),
      out: join(folder.path, 'out'),
      env: { ...credential.env, ...locked.env },
      log,
      store: host.store,
      locked,
      refuseRemovals: host.refuseRemovals,
      port: target.port,
      elsewhere,
      credential,
      anyGuarded: contract.operations.some(({ guarded }) => guarded),
    };
    return await driven(stage, surroundings);
  } finally {
    await Promise.all([target.close(), other.close()]);
  }
}

function hostOf(
  setUp: SetUp,
  given: { contract: Contract; credential: Credential; prefix: string[]; elsewhere: string },
): { store: Store; answer: (incoming: Incoming) => Answer; refuseRemovals: (refused: boolean) => void } {
  if (!isOfAgency(setUp)) return createVendor({ ...given, contractHabits: setUp, habits: setUp });
  return { ...createAgency({ ...given, habits: setUp }), refuseRemovals: () => undefined };
}

/** Whether what is driven speaks the contract of this package, and no other. */
function isOfAgency({ command }: SetUp): boolean {
  return command === 'cache sync' || command === 'client' || command === 'suites live';
}

/** The address of production where another entry gives the same host in another spelling. */
function ownAddress({ spelling }: SetUp, port: number): string {
  const byName = ['127.0.0.1', '[::1]', 'upper case'].includes(spelling);
  return spell(byName ? 'localhost' : '127.0.0.1', port);
}

function elsewhereAnswer({ method, url }: Incoming, { otherHost }: SetUp): Answer {
  if (method === 'POST' && /token|login/.test(url)) {
    const token = 'token-of-another-host';
    return { status: 200, body: { access_token: token, expires_in: 3599, data: { token } } };
  }
  return otherHost ? { status: 404, body: { message: 'Not Found' } } : { status: 200, body: { id: 77 } };
}

function entriesOf(
  setUp: SetUp,
  { targets }: Pick<Locked, 'targets'>,
  credential: Credential,
  elsewhere: string,
): Record<string, JsonObject> {
  const guarded = guardedOf(setUp);
  const entries = Object.entries(targets).map(([name, one]): [string, JsonObject] => [
    name,
    {
      ...one,
      ...credential.target,
      ...(guarded === undefined ? {} : { guarded }),
      ...(setUp.unsecured === 'send' ? {} : { unsecuredContract: setUp.unsecured }),
      ...(setUp.otherHost ? { otherHost: 'other' } : {}),
    },
  ]);
  if (!setUp.otherHost) return Object.fromEntries(entries);
  const other: JsonObject = {
    ...entry(elsewhere, { default: 'none', most: 'none' }),
    ...(isOfTheList(setUp.credential)
      ? { credentials: [{ header: { value: NO_TOKEN } }] }
      : { authorization: NO_TOKEN }),
  };
  return Object.fromEntries([...entries, ['other', other]]);
}

const NO_TOKEN = 'Bearer no-token-for-another-host';

/** What the target says of which operations are guarded, whatever the contract says. */
function guardedOf({ guarded, slash }: SetUp): true | string[] | undefined {
  if (guarded === 'all') return true;
  const end = slash ? '/' : '';
  return guarded === 'some'
    ? [`GET /v1/items${end}`, `POST /v1/items${end}`, `DELETE /v1/items/{item_id}${end}`]
    : undefined;
}

/** The operations, with those guarded that the target says are. */
function guardedToo(setUp: SetUp, operations: readonly ContractOperation[]): ContractOperation[] {
  const guarded = guardedOf(setUp);
  return operations.map((operation) => ({
    ...operation,
    guarded: operation.guarded || guarded === true || guarded?.includes(operation.id) === true,
  }));
}

async function driven(stage: Stage, surroundings: Surroundings): Promise<Evidence> {
  const { setUp, locked } = stage;
  switch (setUp.command) {
    case 'check':
      return checked(stage);
    case 'check --plan': {
      const result = await conform(stage, [...checkArgs(stage), '--plan']);
      return evidence(stage, [], { planned: { seen: stage.log.seen, most: undefined }, result });
    }
    case 'auth': {
      const result = await conform(stage, ['auth', '--target', locked.target]);
      return evidence(stage, [phase(stage, 'none')], { result });
    }
    case 'suites':
    case 'suites live': {
      const args = ['suites', '--target', locked.target, '--spec-dir', stage.spec, '--out', stage.out];
      const result = await conformProcess(args, { cwd: stage.folder, env: stage.env });
      const reported = await readReported(stage.out);
      return evidence(stage, [phase(stage, locked.allowed)], { result, ...(reported ? { reported } : {}) });
    }
    case 'cache sync': {
      const { databaseUrl = '' } = surroundings;
      const args = ['cache', 'sync', '--target', locked.target, '--database-url', databaseUrl];
      const result = await conform(stage, args);
      return evidence(stage, [phase(stage, 'none')], { result });
    }
    case 'client': {
      await askAsClient(spell(setUp.spelling, stage.port), setUp.credential, stage.env);
      return evidence(stage, [phase(stage, 'full')], { result: { code: 0, out: '', err: '' } });
    }
    case 'cleanup':
      return cleaned(stage);
  }
}

function checkArgs({ setUp, locked }: Stage): string[] {
  const only = setUp.only === 'everything' ? [] : ['--only', setUp.only];
  return ['check', '--target', locked.target, ...locked.args, ...only];
}

async function checked(stage: Stage): Promise<Evidence> {
  const { log, locked } = stage;
  const args = checkArgs(stage);
  const plan = await conform(stage, [...args, '--plan', '--json']);
  const seen = log.seen.splice(0);
  const result = await conform(stage, args);
  const reported = await readReported(stage.out, result.out);
  const planned = { seen, most: readPlan(plan.out) };
  return evidence(stage, [phase(stage, locked.allowed)], {
    planned,
    result,
    ...(reported ? { reported } : {}),
  });
}

/** A run whose removals fail, what somebody does to its journal, and then the cleaning up. */
async function cleaned(stage: Stage): Promise<Evidence> {
  const { setUp, log, store, locked, spec, elsewhere } = stage;
  const { journal } = setUp;
  const baseUrl = spell(setUp.spelling, stage.port);
  const replica = journal === 'replica address';
  const name = replica ? 'stand-in' : locked.target;
  if (replica) await writeTargets(spec, replicaEntry(stage));
  stage.refuseRemovals(true);
  const first = await conform(stage, [
    ...['check', '--target', name, '--writes', 'full'],
    ...(replica ? ['--base-url', baseUrl] : []),
  ]);
  const run = phase({ ...stage, log: { seen: log.seen.splice(0) } }, 'full');
  stage.refuseRemovals(false);

  const made = store.left();
  const there = await forge(journal, {
    folder: join(stage.out, 'journal'),
    baseUrl,
    elsewhere,
    target: name,
    made: made.map(({ path }) => path.split('/').at(-1) ?? ''),
    existing: idsOf(setUp.ids).listed[0],
  });
  const isProduction = journal === 'production';
  if (isProduction) await writeTargets(spec, productionEntry(stage, baseUrl));
  const result = await conform(stage, ['cleanup', '--json', ...cleanupArgs(stage)]);
  const stated = readCleanup(result.out);
  const still = store.left().length;
  const after = phase({ ...stage, log: { seen: log.seen } }, isProduction ? 'route' : 'full');
  return {
    ...evidence(stage, [run, after], { result: { ...result, err: first.err + result.err } }),
    cleaned: {
      claimed: stated?.removed ?? 0,
      removed: made.length - still,
      left: stated?.left,
      knows: namesWhatWasMade(journal),
      mayObey: mayBeObeyed(journal),
    },
    ...(made.length > 0 && there ? {} : { trouble: 'the run has left no journal to clean up' }),
  };
}

/** A target that starts its own server, unless --base-url says otherwise. */
function replicaEntry({ credential }: Stage): Record<string, JsonObject> {
  const writes = { default: 'full', most: 'full' };
  return {
    'stand-in': { about: 'a replica', standing: 'assumed', serve: 'replica', writes, ...credential.target },
  };
}

function productionEntry({ credential, elsewhere }: Stage, baseUrl: string): Record<string, JsonObject> {
  const locked = entry(baseUrl, { default: 'route', most: 'route', unlocked: 'validate' });
  return {
    live: { ...entry(elsewhere, { default: 'full', most: 'full' }), ...credential.target },
    production: { ...locked, ...credential.target },
  };
}

function cleanupArgs({ setUp, port }: Stage): string[] {
  if (setUp.journal === 'forget') return ['--forget'];
  if (setUp.journal !== 'other address') return [];
  return ['--target', 'live', '--base-url', ownAddress(setUp, port)];
}

function phase(
  { log, locked }: { log: { seen: readonly Seen[] }; locked: Pick<Locked, 'guarded'> },
  allowed: Policy,
): Phase {
  return { seen: [...log.seen], allowed, mayRemove: !locked.guarded };
}

function evidence(
  { setUp, store, locked, anyGuarded }: Stage,
  phases: Phase[],
  given: Partial<Pick<Evidence, 'planned' | 'reported'>> & { result: Result },
): Evidence {
  const { result, ...rest } = given;
  const free = locked.allowed === setUp.policy && (setUp.lock === 'open' || setUp.lock === 'both');
  const fault = /an internal error of conform.*/.exec(result.err)?.[0] ?? faultCode(result);
  return {
    setUp,
    phases,
    planned: undefined,
    reported: undefined,
    remains: store.left(),
    cleaned: undefined,
    mustAsk: setUp.command !== 'check --plan' && free && (setUp.command !== 'auth' || anyGuarded),
    trouble: fault,
    output: `${result.err}\n${result.out}`,
    ...rest,
  };
}

function faultCode({ code }: Result): string | undefined {
  return code === null || code >= 70 ? `it ended with ${String(code)}` : undefined;
}

/** Runs a command in this process, in the folder of the set-up, and stops it when it takes too long. */
async function conform(stage: Stage, args: readonly string[]): Promise<Result> {
  const { setUp, folder, spec, out, env, locked } = stage;
  await mkdir(out, { recursive: true });
  return inFolder(folder, locked.dotenv, async () => {
    const { chance } = seeded(setUp.seed);
    const started = start([...args, '--spec-dir', spec, '--out', out], { env, chance });
    const timer = setTimeout(() => {
      started.stop('SIGTERM');
    }, LONGEST_MS);
    try {
      return await started.done;
    } finally {
      clearTimeout(timer);
    }
  });
}
