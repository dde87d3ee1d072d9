import type { Ways } from './host.js';

/** How a night is passed. */
export type Manner =
  | 'plain'
  | 'missed'
  | 'no network'
  | 'killed'
  | 'overlapped'
  | 'full disk'
  | 'nobody can be notified'
  | 'broken configuration';

/** One day of a story. Ways, contract and the first day that is compared stay until a later day changes them. */
export interface Day {
  manner?: Manner;
  ways?: Ways;
  contract?: '1' | '2';
  /** Sets `compare.since` of nightly.yaml to the day of this number. */
  comparedSince?: number;
  /** What the command has to end with, and its first line has to be like. A plain day is green where nothing is said. */
  code?: number;
  first?: RegExp;
}

/** Nights in a row, from a day on, each at the same time of the clock. */
export interface Story {
  name: string;
  /** YYYY-MM-DD: the first day, in Denver. */
  from: string;
  days: readonly Day[];
}

const calm = (count: number): Day[] => Array.from({ length: count }, () => ({}));
const red = (first: RegExp, more: Day = {}): Day => ({ code: 1, first, ...more });
const green = (first: RegExp, more: Day = {}): Day => ({ code: 0, first, ...more });

const DENIED =
  /berths\/: works → denied at the application \(permission-denied\); new since last night; stops “Moor” \(till\)/;

/** Two weeks and a half: one change of each kind, gaps, and what goes wrong around them. */
const SHORT: Story = {
  name: 'short',
  from: '2026-02-26',
  days: [
    ...calm(6),
    red(DENIED, { ways: { berths: 'denied' } }),
    { manner: 'missed' },
    red(/nothing new; still: .*berths.*; since 2026-03-04, 2 nights \(1 day without a run\)/),
    green(/over: live: GET \/berths\//, { ways: {} }),
    // In this night clocks are set forward.
    green(/^GREEN live: 6 operations as expected/, { ways: { crewsWithoutName: true } }),
    red(/crews\/: .*name.*new since last night, first seen on 2026-03-08/),
    { manner: 'no network', code: 3, first: /^NO VERDICT live: .*new since last night/ },
    red(/crews\/: .*; since 2026-03-09, 2 nights \(1 night without a verdict\)/),
    red(/nothing new; still/, { ways: {} }),
    green(/over: live: GET \/crews\//),
    red(DENIED, { ways: { berths: 'denied' }, manner: 'nobody can be notified' }),
    red(/berths\/: works → broken .*; new since last night/, { ways: { berths: 'crashes' } }),
    green(/over: live: GET \/berths\//, { ways: {} }),
    { manner: 'full disk', code: 2, first: /^BROKEN .*cannot be written/ },
    green(/1 day without a run before this night/),
  ],
};

/** Two months, through the night in which clocks are set forward. */
const SPRING: Story = {
  name: 'spring',
  from: '2026-02-08',
  days: [
    ...calm(7),
    red(DENIED, { ways: { berths: 'denied' } }),
    red(/nothing new; still: .*berths.*; since 2026-02-15, 2 nights;/),
    { manner: 'missed' },
    red(/nothing new; still: .*berths.*; since 2026-02-15, 3 nights \(1 day without a run\)/),
    green(/over: live: GET \/berths\//, { ways: {} }),
    ...calm(1),
    // What is seen for the first time does not count yet.
    { ways: { crewsWithoutName: true } },
    red(/crews\/: .*name.*; new since last night, first seen on 2026-02-21; may touch “Hire” \(till\)/),
    red(/nothing new; still: .*crews.*; since 2026-02-22, 2 nights/),
    red(/nothing new; still: .*crews/, { ways: {} }),
    green(/over: live: GET \/crews\//),
    { ways: { docksSlowerMs: 400 } },
    red(/docks\/ is slower: \d+ ms → \d+ ms; new since last night; slows “Moor” \(till\)/),
    ...Array.from({ length: 3 }, () => red(/nothing new; still: .*docks\/ is slower.*since 2026-02-27/)),
    red(/nothing new; still: .*docks\/ is slower/, { ways: {} }),
    green(/over: live: GET \/docks\//),
    {
      manner: 'no network',
      code: 3,
      first: /^NO VERDICT live: .*; new since last night; Check host and port/,
    },
    { manner: 'no network', code: 3, first: /^NO VERDICT live: .*; since 2026-03-05, 2 nights/ },
    green(/over: live: /),
    // 8 March: clocks are set forward.
    { manner: 'overlapped', code: 3, first: /^NO VERDICT another night is running: process \d+ on / },
    { manner: 'killed' },
    green(/the night of 2026-03-09 17:30 did not end/),
    { contract: '2' },
    red(/^RED live: .*; new since last night, first seen on 2026-03-11/),
    red(/nothing new; still: .*; since 2026-03-12, 2 nights/),
    green(/^GREEN live: 6 operations as expected; over: /, { comparedSince: 31 }),
    red(DENIED, { ways: { berths: 'denied' }, manner: 'nobody can be notified' }),
    red(/nothing new; still: .*berths.*; since 2026-03-15, 2 nights/),
    red(/berths\/: works → broken .*; new since last night/, { ways: { berths: 'crashes' } }),
    green(/over: live: GET \/berths\//, { ways: {} }),
    { manner: 'full disk', code: 2, first: /^BROKEN .*cannot be written/ },
    green(/1 day without a run before this night/),
    green(/^GREEN live: 5 operations as expected/, { ways: { noFerries: true } }),
    red(
      /ferries\/\{ferry_id\}\/: proven only to nothing at all, was work; new since last night, first seen on 2026-03-21/,
    ),
    green(/over: live: GET \/ferries\/\{ferry_id\}\//, { ways: {} }),
    ...Array.from({ length: 3 }, (): Day => ({ manner: 'missed' })),
    green(/3 days without a run before this night/),
    { manner: 'killed', ways: { berths: 'denied' } },
    red(/berths.*new since last night.*the night of 2026-03-28 17:30 did not end/),
    green(/over: live: GET \/berths\//, { ways: {} }),
    ...calm(2),
    {
      manner: 'broken configuration',
      code: 2,
      first: /^BROKEN .*targets\.yaml:\d+: .*; new since last night/,
    },
    green(/over: .*targets\.yaml/),
    ...calm(5),
  ],
};

/** A month, through the night in which clocks are set back. */
const AUTUMN: Story = {
  name: 'autumn',
  from: '2026-10-18',
  days: [
    ...calm(12),
    red(DENIED, { ways: { berths: 'denied' } }),
    red(/; since 2026-10-30, 2 nights;/),
    red(/; since 2026-10-30, 3 nights;/),
    red(/; since 2026-10-30, 4 nights;/),
    green(/over: live: GET \/berths\//, { ways: {} }),
    ...calm(3),
    { ways: { docksSlowerMs: 600 } },
    red(/docks\/ is slower: .*; new since last night/),
    red(/nothing new; still: .*docks/),
    red(/nothing new; still: .*docks/, { ways: {} }),
    green(/over: live: GET \/docks\//),
    ...calm(3),
    { manner: 'overlapped', code: 3, first: /^NO VERDICT another night is running/ },
    ...calm(1),
  ],
};

/** The first is what CI plays; the other two are the quarter. */
export const STORIES: readonly [Story, Story, Story] = [SHORT, SPRING, AUTUMN];
