import { VERSION } from '../../package.js';
import { FAULT_SIDES } from '../../tickets/faults.js';
import { dayInWords } from './days.js';
import type { ShownCause } from './evidence.js';
import type { FleetFacts, NightCounts } from './facts.js';
import type { FleetSummary } from './summary.js';
import {
  agenciesText,
  causeName,
  changeText,
  countOf,
  nightText,
  notRecordedTexts,
  operationsText,
  sinceText,
  WHO,
  wordOf,
  type FleetWord,
} from './words.js';

/** All that a report of a fleet is made of. */
export interface FleetReport {
  facts: FleetFacts;
  summary: FleetSummary;
  /** The causes, that of most agencies first, each with what one run shows of it. */
  causes: ShownCause[];
  /** The files of the tickets, by the id of their cause. */
  tickets: ReadonlyMap<string, readonly string[]>;
}

/** So many causes are on a page; all that are listed are in the JSON. */
const MOST_SHOWN = 50;
/** So many names are in a list. */
const MOST_NAMES = 1_000;

const NOT_KNOWN = 'not known';

const LOOKS: Record<FleetWord, { tone: string; sign: string }> = {
  'As expected': { tone: 'good', sign: '✓' },
  'Not as expected': { tone: 'bad', sign: '✗' },
  'Not complete': { tone: 'warn', sign: '≈' },
  'Nothing recorded': { tone: 'none', sign: '–' },
};

/** A report of a fleet as the templates name it: text, numbers, truth values, and lists of such. */
export function fleetView({ facts, summary, causes, tickets }: FleetReport) {
  const word = wordOf(summary, facts);
  const shownBy = new Map(causes.map((cause) => [cause.id, cause]));
  const { asked, recorded, colours, changes } = summary;
  const missing = notRecordedTexts(facts.agencies);
  const alive = facts.workers.filter(({ state }) => state === 'alive').length;
  const lost = facts.workers.filter(({ state }) => state === 'lost').length;
  return {
    fleet: facts.fleet,
    night: dayInWords(facts.night),
    ...{ word, ...LOOKS[word] },
    sentence: `${nightText(summary)}.`,
    facts: [
      {
        label: 'Who has to act',
        value:
          causes.length === 0
            ? recorded === 0
              ? NOT_KNOWN
              : 'Nobody'
            : FAULT_SIDES.flatMap((side) => {
                const count = causes.filter((cause) => cause.side === side).length;
                return count === 0 ? [] : [`${WHO[side]}: ${countOf(count, 'cause')}`];
              }).join(', '),
      },
      {
        label: 'Changed',
        value:
          recorded === 0 ? NOT_KNOWN : changes.length === 0 ? 'nothing' : countOf(changes.length, 'change'),
      },
      {
        label: 'Not recorded',
        value: asked === recorded ? 'none' : agenciesText(asked - recorded),
      },
      { label: 'Workers', value: `${alive} alive${lost === 0 ? '' : `, ${lost} lost`}` },
    ],
    counts: [
      { name: 'asked', count: asked, look: 'none' },
      { name: 'red', count: colours.RED, look: 'bad' },
      { name: 'wrong set-up', count: colours.BROKEN, look: 'warn' },
      { name: 'no verdict', count: colours['NO VERDICT'], look: 'warn' },
      { name: 'green', count: colours.GREEN, look: 'good' },
      { name: 'not recorded', count: asked - recorded, look: 'calm' },
    ]
      .filter(({ count }) => count > 0)
      .map((one) => ({ ...one, count: one.count.toLocaleString('en') })),
    changes: changes.slice(0, MOST_SHOWN).map((change) => {
      const cause = shownBy.get(change.cause.id);
      return {
        kind: change.kind,
        look: change.kind === 'new' ? 'bad' : 'good',
        name: causeName(cause ?? { ...change.cause, what: change.cause.cause }),
        text: changeText(change, recorded),
        ...namesOf(change.agencies),
      };
    }),
    isKnown: recorded > 0,
    changesLeftOut: Math.max(0, changes.length - MOST_SHOWN),
    causes: causes.slice(0, MOST_SHOWN).map((cause, index) => causeView(cause, index, recorded, tickets)),
    causesLeftOut: Math.max(0, causes.length - MOST_SHOWN) + facts.faultsLeftOut,
    missing: missing.map(({ text, agencies }) => ({
      text,
      lines: agencies.slice(0, MOST_NAMES).map(({ agency, attempts, recordedBefore }) => ({
        agency,
        text: `${countOf(attempts, 'attempt')}; recorded before: ${recordedBefore ?? 'never within these nights'}`,
      })),
    })),
    groups: GROUPS.flatMap(([colour, name, look]) => {
      const those = facts.agencies.filter((one) => one.state === 'recorded' && one.colour === colour);
      if (those.length === 0) return [];
      return [
        {
          ...namesOf(those.map(({ agency }) => agency)),
          look,
          title: `${agenciesText(those.length)} ${name}`,
        },
      ];
    }),
    picture: pictureOf(facts.nights),
    emptyNights: summary.emptyNights.join(', '),
    days: facts.nights.length,
    jobs: Object.entries(facts.jobs).map(([state, count]) => ({ state, count: count.toLocaleString('en') })),
    workers: facts.workers.slice(0, MOST_SHOWN).map(({ state, seenSecondsAgo, done, failed }, index) => ({
      name: `worker ${index + 1}`,
      state,
      seen: state === 'stopped' ? '' : `seen ${countOf(Math.round(seenSecondsAgo), 'second')} ago`,
      ...{ done: done.toLocaleString('en'), failed: failed.toLocaleString('en') },
    })),
    workersLeftOut: Math.max(0, facts.workers.length - MOST_SHOWN),
    now: facts.now,
    tool: `conform ${VERSION}`,
  };
}

const GROUPS = [
  ['RED', 'red', 'bad'],
  ['BROKEN', 'with a wrong set-up', 'warn'],
  ['NO VERDICT', 'without a verdict', 'warn'],
  ['GREEN', 'green', 'good'],
] as const;

function causeView(
  cause: ShownCause,
  index: number,
  recorded: number,
  tickets: ReadonlyMap<string, readonly string[]>,
) {
  const count = cause.agencies.length;
  return {
    id: `cause-${index + 1}`,
    cause: cause.cause,
    who: WHO[cause.side],
    look: cause.side === 'vendor' ? 'bad' : 'warn',
    what: cause.what,
    operation: operationsText(cause.operations),
    operations: cause.operations,
    several: cause.operations.length > 2,
    count: count.toLocaleString('en'),
    of: agenciesText(recorded),
    share: recorded === 0 ? 0 : Math.round((count / recorded) * 1000) / 10,
    since: sinceText(cause),
    fresh: cause.newAt.length === 0 ? '' : `${cause.newAt.length.toLocaleString('en')} new`,
    elsewhere:
      cause.side === 'us' && recorded > count
        ? `${agenciesText(recorded - count)} of this night do not show it.`
        : '',
    todo: cause.side === 'vendor' && cause.todo !== '' ? `Ask the vendor: ${cause.todo}` : cause.todo,
    sample: cause.shown ? `${cause.shown.agency}, run ${cause.shown.run.id}` : '',
    tickets: tickets.get(cause.id) ?? [],
    ...namesOf(cause.agencies),
  };
}

function namesOf(agencies: readonly string[]) {
  return {
    title: agenciesText(agencies.length),
    names: agencies.slice(0, MOST_NAMES),
    more: Math.max(0, agencies.length - MOST_NAMES),
  };
}

const HEIGHT = 60;

/** The nights as bars: how many agencies were red, recorded otherwise, and not recorded. Places in percent, heights in pixels. */
function pictureOf(nights: readonly NightCounts[]) {
  const most = Math.max(1, ...nights.map(({ asked }) => asked));
  const width = 100 / Math.max(1, nights.length);
  const bars = nights.flatMap(({ asked, recorded, red, green }, index) => {
    const parts = [
      { kind: 'bad', count: red },
      { kind: 'warn', count: recorded - red - green },
      { kind: 'good', count: green },
      { kind: 'calm', count: asked - recorded },
    ];
    let below = 0;
    return parts.flatMap(({ kind, count }) => {
      const height = rounded((count / most) * HEIGHT);
      below += height;
      return count === 0
        ? []
        : [
            {
              kind,
              x: rounded(index * width),
              y: rounded(HEIGHT - below),
              width: rounded(width * 0.86),
              height,
            },
          ];
    });
  });
  const [first, last] = [nights[0]?.night ?? '', nights.at(-1)?.night ?? ''];
  const reds = nights.filter(({ red }) => red > 0).length;
  return {
    ...{ bars, first, last, height: HEIGHT },
    label: `${countOf(nights.length, 'night')} from ${first} to ${last}: ${countOf(reds, 'night')} with red agencies`,
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
