import { cover } from './cover.js';
import { CLIENT_KINDS } from './as-client.js';
import { CREDENTIAL_KINDS } from './credentials.js';
import {
  BODIES,
  CREATIONS,
  EXTRAS,
  GUARDS,
  ID_KINDS,
  POLICIES,
  SECURITIES,
  THROTTLES,
  UPSERTS,
  type Creation,
} from './habits.js';
import { LOCKS } from './lock.js';
import { seeded, type Random } from './random.js';
import { JOURNALS, setUp, type Columns, type Command, type Journal, type SetUp } from './set-up.js';
import { SPELLINGS } from './spelling.js';

const EITHER = [false, true] as const;

/** Every value of every column. */
const VALUES = {
  policy: POLICIES,
  lock: LOCKS,
  byFlag: EITHER,
  credential: CREDENTIAL_KINDS,
  guarded: ['no', 'all', 'some'] as const,
  unsecured: ['send', 'omit'] as const,
  identities: EITHER,
  spelling: SPELLINGS,
  otherHost: EITHER,
  journal: JOURNALS,
  security: SECURITIES,
  bodies: BODIES,
  slash: EITHER,
  ids: ID_KINDS,
  extra: EXTRAS,
  guard: GUARDS,
  creates: CREATIONS,
  accepts: EITHER,
  upserts: UPSERTS,
  strictSlash: EITHER,
  redirects: EITHER,
  throttles: THROTTLES,
  runsOut: EITHER,
  only: ['everything', 'health', 'tags'] as const,
};

/**
 * One row with every column drawn; what would hide all else is drawn seldom. On a host that lets everything in, the
 * first thing that goes wrong hides the others, so where real writes are asked for, half of the hosts are watchful.
 */
function draw(random: Random): Columns {
  const row = drawn(random);
  const watchful = ['validate', 'full'].includes(row.policy) && random.next() < 0.5;
  return watchful ? { ...row, guard: 'all', credential: random.pick(OAUTH) } : row;
}

const OAUTH = [
  'oauth-json',
  'oauth-form',
  'oauth json body',
  'oauth json basic',
  'oauth form body',
  'oauth form basic',
] as const;

function drawn(random: Random): Columns {
  const seldom = () => random.next() < 0.08;
  return {
    policy: random.pick(POLICIES),
    lock: 'open',
    byFlag: random.pick(EITHER),
    credential: random.pick(CREDENTIAL_KINDS),
    guarded: random.next() < 0.6 ? 'no' : random.pick(VALUES.guarded),
    unsecured: seldom() ? 'omit' : 'send',
    identities: seldom(),
    spelling: random.pick(SPELLINGS),
    otherHost: seldom(),
    journal: 'own',
    security: random.pick(SECURITIES),
    bodies: random.pick(BODIES),
    slash: random.pick(EITHER),
    ids: random.pick(ID_KINDS),
    extra: random.next() < 0.5 ? 'plain' : random.pick(EXTRAS),
    guard: random.pick(GUARDS),
    creates: random.pick(CREATIONS),
    accepts: random.pick(EITHER),
    upserts: random.pick(UPSERTS),
    strictSlash: random.pick(EITHER),
    redirects: seldom(),
    throttles: seldom() ? random.pick(THROTTLES) : 'never',
    runsOut: seldom(),
    only: seldom() || seldom() ? random.pick(VALUES.only) : 'everything',
  };
}

type Groups = readonly (readonly (keyof Columns & string)[])[];

/** What has to meet in a run of `check`. */
const CHECK: Groups = [
  ['policy', 'creates', 'accepts'],
  ['policy', 'guard', 'accepts'],
  ['policy', 'security'],
  ['credential', 'security', 'policy'],
  ['guarded', 'policy', 'guard'],
  ['guarded', 'security'],
  ['unsecured', 'security', 'policy'],
  ['identities', 'policy'],
  ['creates', 'extra', 'policy'],
  ['policy', 'bodies', 'upserts'],
  ['policy', 'ids'],
  ['policy', 'byFlag'],
  ['policy', 'redirects'],
  ['policy', 'throttles'],
  ['throttles', 'only'],
  ['policy', 'only'],
  ['policy', 'runsOut'],
  ['policy', 'otherHost'],
  ['policy', 'spelling'],
  ['security', 'guard'],
  ['credential', 'security'],
  ['credential', 'guard'],
  ['guard', 'upserts'],
  ['otherHost', 'guard'],
  ['slash', 'strictSlash', 'creates'],
];

/** The set-ups of one command, drawn so that these groups of columns are covered. */
function family(
  command: Command,
  groups: Groups,
  random: Random,
  change: (row: Columns, random: Random) => Columns,
  values: Partial<{ [Column in keyof Columns]: readonly Columns[Column][] }> = {},
): SetUp[] {
  const rows = cover<Columns>(
    { ...VALUES, ...values },
    groups,
    (source) => change(draw(source), source),
    random,
  );
  return rows.map((row) => setUp(command, row, Math.floor(random.next() * 2 ** 31)));
}

/** A host on which what is not held back does harm. */
function exposed(row: Columns, random: Random): Columns {
  return {
    ...row,
    guard: random.pick(['all', 'ignores', 'reads-only']),
    security: random.pick(['all', 'silent', 'each']),
    extra: 'plain',
    redirects: false,
    throttles: 'never',
    runsOut: false,
    only: 'everything',
    otherHost: false,
    spelling: random.pick(SPELLINGS),
  };
}

const HELD = LOCKS.filter((lock) => !['open', 'second entry', 'base-url'].includes(lock));
const AROUND = ['second entry', 'base-url'] as const;
/** Creations of which a run can know the record, so that there is a journal. */
const KNOWN: readonly Creation[] = ['201-id', '200-id', 'location'];
/** Creations of which a run could think that it knows the record. */
const BELIEVED: readonly Creation[] = [...KNOWN, 'listed-201', 'hidden-201', 'id-dotdot', 'wrapped'];

/** Every set-up, in an order that depends on the seed alone. */
export function allSetUps(seed: number): SetUp[] {
  const random = seeded(seed);
  const all = [
    ...family('check', CHECK, random, (row) => row),
    ...locks(random),
    ...family('check --plan', [['policy'], ['extra'], ['credential'], ['guard']], random, (row) => row),
    ...family(
      'auth',
      [['credential'], ['guard'], ['security'], ['extra'], ['spelling'], ['throttles'], ['runsOut']],
      random,
      (row) => ({ ...row, only: 'everything' }),
    ),
    ...cleanups(random),
    ...caches(random),
    ...suites(random),
    ...clients(random),
  ];
  return all.map((one, index) => ({
    ...one,
    name: `#${String(index + 1).padStart(3, '0')} ${one.name}`,
  }));
}

/** Targets that hold writes back, and the workarounds. */
function locks(random: Random): SetUp[] {
  const guard = ['all', 'ignores', 'reads-only'] as const;
  const through = (lock: readonly Columns['lock'][]) => (row: Columns, source: Random) => ({
    ...exposed(row, source),
    lock: source.pick(lock),
  });
  // What a forbidden body has made on a locked target is where a removal does most harm.
  const unlocked = (row: Columns, source: Random): Columns => ({
    ...exposed(row, source),
    lock: 'both',
    policy: 'validate',
    accepts: true,
    slash: true,
    strictSlash: true,
    bodies: 'strict',
    guard: 'all',
    credential: source.pick(OAUTH),
    creates: source.pick(BELIEVED),
  });
  return [
    ...family(
      'check',
      [
        ['lock', 'policy'],
        ['lock', 'guard'],
        ['policy', 'guard'],
      ],
      random,
      through(HELD),
      {
        lock: HELD,
        guard,
      },
    ),
    ...family(
      'check',
      [
        ['lock', 'spelling'],
        ['lock', 'policy'],
      ],
      random,
      through(AROUND),
      { lock: AROUND },
    ),
    ...family('check', [['creates'], ['credential']], random, unlocked, {
      creates: BELIEVED,
      credential: OAUTH,
    }),
  ];
}

function cleanups(random: Random): SetUp[] {
  const groups: Groups = [['journal', 'ids'], ['credential']];
  const plain = (row: Columns, source: Random): Columns => cleanedUp(row, source.pick(JOURNALS), source);
  return family('cleanup', groups, random, plain);
}

function cleanedUp(row: Columns, journal: Journal, source: Random): Columns {
  return {
    ...row,
    policy: 'full',
    journal,
    // A server of our own is shown invented credentials, of which this one knows those of OAuth.
    credential: journal === 'replica address' ? source.pick(OAUTH) : row.credential,
    guarded: 'no',
    unsecured: 'send',
    security: 'all',
    bodies: 'strict',
    slash: true,
    strictSlash: true,
    extra: 'plain',
    guard: 'all',
    creates: source.pick(KNOWN),
    accepts: false,
    upserts: 'never',
    redirects: false,
    throttles: 'never',
    runsOut: false,
    only: 'everything',
    otherHost: false,
    spelling: source.pick(['127.0.0.1', 'localhost']),
  };
}

/** What the client sends by itself: a key in the samples is a parameter, which its caller would have to give. */
const SENT_BY_CLIENT = CREDENTIAL_KINDS.filter((kind) => !kind.endsWith('sample'));

function caches(random: Random): SetUp[] {
  const groups: Groups = [['throttles', 'redirects'], ['guard'], ['spelling'], ['credential']];
  const throttles = ['never', 'once'] as const;
  const guards = ['all', 'ignores', 'presence'] as const;
  const spellings = ['127.0.0.1', 'localhost', 'trailing dot', '[::1]'] as const;
  const plain = (row: Columns, source: Random): Columns => ({
    ...setUp('cache sync', {}),
    guard: source.pick(guards),
    redirects: row.accepts,
    throttles: row.slash ? 'once' : 'never',
    spelling: source.pick(spellings),
    credential: source.pick(SENT_BY_CLIENT),
  });
  return family('cache sync', groups, random, plain, {
    guard: guards,
    spelling: spellings,
    throttles,
    credential: SENT_BY_CLIENT,
  });
}

/** Each takes a process and some seconds, so there are few: the run of `suites` is that of `check`. */
function suites(random: Random): SetUp[] {
  const guard = ['all', 'ignores'] as const;
  const security = ['all', 'silent'] as const;
  const ofVendor = family(
    'suites',
    [['policy'], ['guard'], ['security']],
    random,
    (row, source) => ({
      ...row,
      byFlag: false,
      guard: source.pick(guard),
      security: source.pick(security),
      throttles: 'never',
      runsOut: false,
      only: 'everything',
      redirects: false,
    }),
    { guard, security },
  );
  const live = EITHER.map((redirects) =>
    setUp('suites live', { policy: 'none', byFlag: false, redirects }, Math.floor(random.next() * 2 ** 31)),
  );
  return [...ofVendor, ...live];
}

function clients(random: Random): SetUp[] {
  return EITHER.flatMap((redirects) =>
    CLIENT_KINDS.map((credential) =>
      setUp('client', { policy: 'full', redirects, credential }, Math.floor(random.next() * 2 ** 31)),
    ),
  );
}

/** Of which set-ups how many are run each time. */
const PART: readonly { count: number; of: (setUp: SetUp) => boolean }[] = [
  ...POLICIES.map((policy, index) => ({
    count: [1, 6, 3, 4][index] ?? 0,
    of: (setUp: SetUp) => isWhole(setUp) && setUp.policy === policy,
  })),
  { count: 1, of: ({ command, throttles }) => command === 'check' && throttles === 'always' },
  ...LOCKS.filter((lock) => lock !== 'open').map((lock) => ({
    count: lock === 'both' ? 2 : 1,
    of: (setUp: SetUp) => setUp.command === 'check' && setUp.lock === lock && setUp.policy === 'validate',
  })),
  { count: 1, of: ({ command }) => command === 'check --plan' },
  { count: 1, of: ({ command }) => command === 'auth' },
  { count: 3, of: ({ command }) => command === 'cleanup' },
];

/** Whether it asks everything of a host that answers, with no lock in the way. */
function isWhole({ command, lock, only, throttles }: SetUp): boolean {
  return command === 'check' && lock === 'open' && only === 'everything' && throttles !== 'always';
}

/** A part of the set-ups that is small enough to be run each time, spread over the whole list. */
export function partOf(setUps: readonly SetUp[]): SetUp[] {
  return PART.flatMap(({ count, of }) => {
    const own = setUps.filter(of);
    const share = (index: number) => Math.floor((index * count) / own.length);
    return own.filter((_, index) => share(index) !== share(index - 1));
  });
}

/** The seed of the set-ups: the same ones each time, but for who sets CONFORM_TEST_SEED. */
export const EGRESS_SEED = Number(process.env['CONFORM_TEST_SEED'] ?? 10);
