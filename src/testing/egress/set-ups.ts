import { cover } from './cover.js';
import { isOfTheList, KINDS_OF_THE_LIST, KINDS_OF_TODAY, type CredentialKind } from './credentials.js';
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
import { JOURNALS, setUp, type Columns, type Command, type SetUp } from './set-up.js';
import { SPELLINGS } from './spelling.js';

const EITHER = [false, true] as const;

/** Every value of every column. */
const VALUES = {
  policy: POLICIES,
  lock: LOCKS,
  byFlag: EITHER,
  credential: [...KINDS_OF_TODAY, ...KINDS_OF_THE_LIST],
  guarded: ['no', 'all', 'some'] as const,
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

const OAUTH = ['oauth-json', 'oauth-form'] as const;

function drawn(random: Random): Columns {
  const seldom = () => random.next() < 0.08;
  return {
    policy: random.pick(POLICIES),
    lock: 'open',
    byFlag: random.pick(EITHER),
    credential: random.pick(KINDS_OF_TODAY),
    guarded: 'no',
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
  ['policy', 'credential'],
  ['policy', 'extra'],
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
    { ...VALUES, credential: KINDS_OF_TODAY, ...values },
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

/**
 * Every set-up, in an order that depends on the seed alone.
 * @param options.list whether to add those whose targets have a list `credentials`
 */
export function allSetUps(seed: number, options: { list: boolean }): SetUp[] {
  const random = seeded(seed);
  const ofToday = [
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
  const numbered = options.list ? [...ofToday, ...ofTheList(random)] : ofToday;
  return numbered.map((one, index) => ({
    ...one,
    name: `#${String(index + 1).padStart(3, '0')} ${one.name}`,
  }));
}

/** Targets that hold writes back, and the ways around that. */
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
  const groups: Groups = [
    ['journal', 'credential'],
    ['journal', 'ids'],
  ];
  const credentials: CredentialKind[] = ['oauth-json', 'static'];
  const plain = (row: Columns, source: Random): Columns => ({
    ...row,
    policy: 'full',
    journal: source.pick(JOURNALS),
    credential: source.pick(credentials),
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
  });
  return family('cleanup', groups, random, plain, { credential: credentials });
}

function caches(random: Random): SetUp[] {
  const groups: Groups = [['throttles', 'redirects'], ['guard'], ['spelling']];
  const throttles = ['never', 'once'] as const;
  const guards = ['all', 'ignores', 'presence'] as const;
  const spellings = ['127.0.0.1', 'localhost', 'trailing dot', '[::1]'] as const;
  const plain = (row: Columns, source: Random): Columns => ({
    ...setUp('cache sync', {}),
    guard: source.pick(guards),
    redirects: row.accepts,
    throttles: row.slash ? 'once' : 'never',
    spelling: source.pick(spellings),
    credential: source.pick(OAUTH),
  });
  return family('cache sync', groups, random, plain, { guard: guards, spelling: spellings, throttles });
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
    OAUTH.map((credential) =>
      setUp('client', { policy: 'full', redirects, credential }, Math.floor(random.next() * 2 ** 31)),
    ),
  );
}

/** Those whose targets describe their credentials as a list. */
function ofTheList(random: Random): SetUp[] {
  const credential = KINDS_OF_THE_LIST;
  const change = (row: Columns, source: Random): Columns => ({
    ...row,
    credential: source.pick(credential),
    guarded: source.next() < 0.6 ? 'no' : source.pick(VALUES.guarded),
  });
  return [
    ...family(
      'check',
      [
        ['credential', 'guard'],
        ['credential', 'policy'],
        ['credential', 'security'],
        ['guarded', 'policy', 'guard'],
        ['guarded', 'security'],
        ['policy', 'creates'],
      ],
      random,
      change,
      { credential },
    ),
    ...family('auth', [['credential'], ['guard']], random, change, { credential }),
  ];
}

/** Of which set-ups how many are run each time. */
const PART: readonly { count: number; of: (setUp: SetUp) => boolean }[] = [
  ...POLICIES.map((policy, index) => ({
    count: [1, 5, 3, 4][index] ?? 0,
    of: (setUp: SetUp) => isWhole(setUp) && setUp.policy === policy && !isOfTheList(setUp.credential),
  })),
  { count: 1, of: ({ command, throttles }) => command === 'check' && throttles === 'always' },
  ...LOCKS.filter((lock) => lock !== 'open').map((lock) => ({
    count: lock === 'both' ? 2 : 1,
    of: (setUp: SetUp) => setUp.command === 'check' && setUp.lock === lock && setUp.policy === 'validate',
  })),
  { count: 4, of: (setUp) => isWhole(setUp) && isOfTheList(setUp.credential) },
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
