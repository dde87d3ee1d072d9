import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import type { Operation } from '../contract/operation.js';
import { readTypedDocument } from '../document/read.js';
import { literals } from '../document/literals.js';
import { pointer } from '../json.js';
import { Problem, throwAll } from '../problem.js';
import { checkedBaseUrl } from './address.js';
import { serverName } from './addresses.js';
import { callersOf, FormerOAuth, formerCallers, type Callers } from './callers.js';
import type { CredentialEntry } from './credential-entry.js';
import { CredentialItems, entriesOf, Identities } from './credential-schema.js';
import type { Named } from './named.js';

/** How far a run may go with operations that change something; see docs/writes.md. */
export const WRITE_POLICIES = ['none', 'route', 'validate', 'full'] as const;
export type WritePolicy = (typeof WRITE_POLICIES)[number];

/** What a target may be called: it is a part of the names of files. */
export const TARGET_NAME = '^[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,99}$';

const Policy = Type.Union(WRITE_POLICIES.map((policy) => Type.Literal(policy)));
const closed = { additionalProperties: false };

const TargetEntry = Type.Object(
  {
    about: Type.String(),
    standing: Type.String(),
    /** That the host is given up, and what is known of it: what still calls it has to be changed. */
    retired: Type.Optional(Type.String()),
    /** A server that is started for the run and stopped after it, instead of a host that is there already. */
    serve: Type.Optional(Type.Union([Type.Literal('mock'), Type.Literal('replica')])),
    /** Which of the two addresses of the replica it is. */
    stack: Type.Optional(Type.Literal('legacy')),
    baseUrl: Type.Optional(Type.String()),
    /** Where other servers of the contract are, by URL or origin as it writes them. Without, they are not asked. */
    servers: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** The target that an unrouted path is asked of as well, without a token: is it this host, or the vendor? */
    otherHost: Type.Optional(Type.String()),
    /** How we say who we are; each entry is of one kind. Secrets are named by their environment variables. */
    credentials: Type.Optional(CredentialItems),
    /** The former form of `credentials`: one OAuth credential, or one fixed value of the Authorization header. */
    oauth: Type.Optional(FormerOAuth),
    /** The Authorization value, with `{token}` for the token; without `oauth` it is sent as it is. */
    authorization: Type.Optional(Type.String()),
    /** Other callers than we ourselves. */
    identities: Type.Optional(Identities),
    /** Operations that are known to refuse who has no credential, though the contract does not say so. */
    guarded: Type.Optional(Type.Union([Type.Literal(true), Type.Array(Type.String())])),
    /** Where the contract is silent about security: whether the credentials are sent to every operation. */
    unsecuredContract: Type.Optional(literals(['send', 'omit'])),
    /** Variables that stand in for those of the environment, where nothing real is asked. */
    environment: Type.Optional(Type.Record(Type.String(), Type.String())),
    requestsPerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 256 })),
    timeoutMs: Type.Optional(
      Type.Object(
        {
          connect: Type.Optional(Type.Integer({ minimum: 1 })),
          headers: Type.Optional(Type.Integer({ minimum: 1 })),
          body: Type.Optional(Type.Integer({ minimum: 1 })),
        },
        closed,
      ),
    ),
    writes: Type.Object(
      {
        default: Policy,
        /** The furthest that can be asked for at all. */
        most: Policy,
        /** Beyond this, a person has to say so on the command line and in the environment. */
        unlocked: Type.Optional(Policy),
      },
      closed,
    ),
  },
  closed,
);

/** What `conform auth` tries. */
const AuthForms = Type.Object(
  {
    /** Authorization values, with `{token}` for the token; `none` for no such header. */
    headers: Type.Array(Type.String(), { minItems: 1 }),
    /** Members of the token answer that could hold the token. */
    tokenFields: Type.Array(Type.String(), { minItems: 1 }),
    /** How the tenant could be named; `value` is the name of an environment variable. */
    tenant: Type.Optional(
      Type.Object({ query: Type.String(), header: Type.String(), value: Type.String() }, closed),
    ),
  },
  closed,
);
export type AuthForms = Static<typeof AuthForms>;

export const TargetsFile = Type.Object(
  {
    targets: Type.Record(Type.String({ pattern: TARGET_NAME }), TargetEntry),
    auth: Type.Optional(AuthForms),
  },
  closed,
);

/** Callers of other standing: who may only read, who belongs to somebody else, and who is no longer let in. */
export type OtherCaller = 'reader' | 'other' | 'expired';

/** One place to ask, as `targets.yaml` describes it, with every default filled in. */
export interface Target extends Callers {
  name: string;
  about: string;
  standing: string;
  /** What is known of its end; undefined for a host in use. */
  retired: string | undefined;
  serve: 'mock' | 'replica' | undefined;
  stack: 'legacy' | undefined;
  /** Undefined until the server that is to be asked has been started. */
  baseUrl: string | undefined;
  /** Where other servers of the contract are, by URL or origin; `here` where the target stands for all of them. */
  servers: ReadonlyMap<string, string> | 'here';
  /** Where an unrouted path is asked as well. */
  otherHost: string | undefined;
  identities: Record<OtherCaller, CredentialEntry[] | undefined>;
  /** True for all operations, or the ids of those that refuse who has no credential whatever the contract says. */
  guarded: true | readonly string[];
  /** Whether the credentials are sent to every operation of a contract that is silent about security. */
  unsecuredContract: 'send' | 'omit';
  environment: Record<string, string>;
  requestsPerSecond: number | undefined;
  concurrency: number;
  timeoutMs: { connect: number; headers: number; body: number };
  writes: { default: WritePolicy; most: WritePolicy; unlocked: WritePolicy };
}

/** All that can be asked where nobody has said what hosts there are. */
const ONLY_THE_MOCK: Static<typeof TargetsFile> = {
  targets: {
    mock: {
      about: 'answers from the contract’s own examples',
      standing: 'documented',
      serve: 'mock',
      credentials: [{ header: { value: 'Bearer mock-token-for-tests' } }],
      writes: { default: 'full', most: 'full' },
    },
  },
};

/** What `targets.yaml` holds. */
export interface Hosts {
  targets: Target[];
  /** The forms of authentication that are to be tried; without any, a bearer token and none. */
  authForms: AuthForms;
  /** What the contract has to have. */
  named: Named[];
}

/**
 * Reads `targets.yaml` of a spec folder. A folder without that file has the mock.
 * @throws Problem with file and line.
 */
export async function readHosts(specDir: string): Promise<Hosts> {
  const file = join(specDir, 'targets.yaml');
  const source = existsSync(file) ? await readTypedDocument(file, TargetsFile) : undefined;
  const { targets, auth } = source?.value ?? ONLY_THE_MOCK;
  const faults: Problem[] = [];
  const complaint =
    (...to: string[]) =>
    (what: string, ...steps: (string | number)[]) =>
      new Problem('CONFORM_E_SETTING_INVALID', what, {
        place: { file, line: source?.lineOf(pointer('targets', ...to, ...steps)) },
      });
  const callers = (items: Static<typeof CredentialItems>, ...to: string[]): CredentialEntry[] => {
    const read = entriesOf(items, complaint(...to));
    faults.push(...read.faults);
    return read.entries;
  };
  const baseUrlOf = (address: string | undefined, ...steps: string[]): string | undefined => {
    if (address === undefined) return undefined;
    try {
      return checkedBaseUrl(address, { file, line: source?.lineOf(pointer('targets', ...steps)) });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      faults.push(error);
      return undefined;
    }
  };
  const serversOf = (name: string, { serve, servers }: Static<typeof TargetEntry>): Target['servers'] => {
    if (serve !== undefined) {
      if (servers !== undefined)
        faults.push(complaint(name)(`has “servers”, but the ${serve} stands for all of them`, 'servers'));
      return 'here';
    }
    return new Map(
      Object.entries(servers ?? {}).flatMap(([server, address]): [string, string][] => {
        const checked = baseUrlOf(address, name, 'servers', server);
        return checked === undefined ? [] : [[serverName(server), checked]];
      }),
    );
  };
  const hosts = {
    targets: Object.entries(targets).map(([name, entry]) => ({
      name,
      about: entry.about,
      standing: entry.standing,
      retired: entry.retired,
      serve: entry.serve,
      stack: entry.stack,
      baseUrl: baseUrlOf(entry.baseUrl, name, 'baseUrl'),
      servers: serversOf(name, entry),
      otherHost: entry.otherHost,
      ...(entry.credentials
        ? callersOf(callers(entry.credentials, name, 'credentials'))
        : formerCallers(entry.oauth, entry.authorization)),
      identities: {
        reader: entry.identities?.reader && callers(entry.identities.reader, name, 'identities', 'reader'),
        other: entry.identities?.other && callers(entry.identities.other, name, 'identities', 'other'),
        expired:
          entry.identities?.expired && callers(entry.identities.expired, name, 'identities', 'expired'),
      },
      guarded: entry.guarded ?? [],
      unsecuredContract: entry.unsecuredContract ?? 'send',
      environment: entry.environment ?? {},
      requestsPerSecond: entry.requestsPerSecond,
      concurrency: entry.concurrency ?? 8,
      timeoutMs: {
        connect: entry.timeoutMs?.connect ?? 5_000,
        headers: entry.timeoutMs?.headers ?? 30_000,
        body: entry.timeoutMs?.body ?? 30_000,
      },
      writes: { ...entry.writes, unlocked: entry.writes.unlocked ?? entry.writes.most },
    })),
    named: Object.entries(targets).flatMap(([name, entry]) =>
      namedIn(entry).map(({ kind, name: called, steps }): Named => ({
        kind,
        name: called,
        bears: 'requests',
        place: { file, line: source?.lineOf(pointer('targets', name, ...steps)) },
      })),
    ),
    authForms: auth ?? { headers: ['Bearer {token}', 'none'], tokenFields: ['access_token'] },
  };
  for (const [name, { credentials, oauth, authorization }] of Object.entries(targets)) {
    const former = oauth ? 'oauth' : 'authorization';
    if (!credentials || (!oauth && authorization === undefined)) continue;
    faults.push(
      complaint(name)(`has “credentials” and also “${former}”, which is their former form`, former),
    );
  }
  throwAll(faults);
  return hosts;
}

/** What an entry calls by a name of the contract, and the steps to it. */
function namedIn({
  credentials = [],
  identities = {},
  guarded = [],
  servers = {},
  otherHost,
}: Static<typeof TargetEntry>): (Pick<Named, 'kind' | 'name'> & { steps: (string | number)[] })[] {
  const lists = [
    { items: credentials, to: ['credentials'] },
    ...Object.entries(identities).map(([who, items]) => ({ items, to: ['identities', who] })),
  ];
  const schemes = lists.flatMap(({ items, to }) =>
    items.flatMap(({ scheme }, index) =>
      scheme === undefined
        ? []
        : [{ kind: 'security scheme' as const, name: scheme, steps: [...to, index, 'scheme'] }],
    ),
  );
  const operations = guarded === true ? [] : guarded;
  return [
    ...schemes,
    ...Object.keys(servers).map((written) => ({
      kind: 'server' as const,
      name: serverName(written),
      steps: ['servers', written],
    })),
    ...operations.map((name, index) => ({
      kind: 'operation' as const,
      name,
      steps: ['guarded', index],
    })),
    ...(otherHost === undefined ? [] : [{ kind: 'target' as const, name: otherHost, steps: ['otherHost'] }]),
  ];
}

/** @throws Problem that names the targets there are. */
export function findTarget(targets: readonly Target[], name: string): Target {
  const target = targets.find((candidate) => candidate.name === name);
  if (target) return target;
  throw new Problem('CONFORM_E_TARGET_UNKNOWN', `there is no target “${name}”`, {
    remedy: `Targets are: ${targets.map((candidate) => candidate.name).join(', ')}.`,
  });
}

/**
 * The other host of a target, or undefined when it has none.
 * @throws Problem when `otherHost` names no target that has an address.
 */
export function otherHostOf(
  target: Target,
  targets: readonly Target[],
): (Target & { baseUrl: string }) | undefined {
  if (target.otherHost === undefined) return undefined;
  const { baseUrl, ...other } = findTarget(targets, target.otherHost);
  if (baseUrl !== undefined) return { ...other, baseUrl };
  throw new Problem(
    'CONFORM_E_TARGET_ADDRESS_MISSING',
    `the other host of “${target.name}” is “${other.name}”, which has no baseUrl`,
    {
      remedy: 'Name a target of targets.yaml that has one.',
    },
  );
}

/** Whether the contract or the target says that an operation refuses whoever has no good credentials. */
export function isGuarded(operation: Operation, { guarded }: Pick<Target, 'guarded'>): boolean {
  return operation.guarded || guarded === true || guarded.includes(operation.id);
}
