import type { Owner } from '../../impact/owner.js';
import { FEATURE_STATES, type FeatureState } from '../../impact/state.js';
import { promiseOf, sourceText } from '../../checks/promise-of.js';
import type { History } from '../../history/history.js';
import type { Run } from '../../record/run.js';
import { featureStrips, type Strip } from '../history-picture.js';
import { isShared, placesText, type Headline } from '../headlines.js';
import { countInWords, SIGNS, slugOf } from '../labels.js';
import { isGood, type CauseGroup, type Standing } from './causes.js';
import type { FeatureLine } from './features.js';
import type { Overview } from './overview.js';
import { beforeText, sinceText } from './since.js';
import { verdictText, type Actor, type Gate, type Verdict } from './verdict.js';

/** What an overview is called where it is shown, and what it is shown with. */
export interface Shown {
  run: Run;
  /** Tells the causes of several runs on one page apart. */
  index: number;
  history: History | undefined;
  gates: readonly Gate[];
}

/** An overview as the templates name it: text, numbers, truth values, and lists of such. */
export function overviewView(overview: Overview, { run, index, history, gates }: Shown) {
  const { verdict, causes, features } = overview;
  const strips = history ? featureStrips(features, history) : new Map<string, Strip>();
  const cards = features.map((line) => featureView(line, strips.get(line.feature.name)));
  const board = cards.filter(({ state, blocks }) => state === 'fails' || state === 'hampered' || blocks);
  return {
    target: run.target,
    world: run.world ?? '',
    verdict: verdictView(verdict),
    gates: gates.map(({ name, judged, open }) => ({
      name,
      answer: judged ? (open ? 'open' : 'shut') : 'none',
    })),
    fresh: causes
      .filter((cause) => !isGood(cause))
      .flatMap(({ members }) =>
        members.filter(({ since }) => since.isNew).map(({ operation }) => operation.id),
      ),
    recovered: overview.recovered,
    causes: causes.map((cause, position) => causeView(cause, `run-${index + 1}-cause-${position + 1}`)),
    unexpected: causes.filter(({ standing }) => standing === 'unexpected').length,
    featureCounts: overview.featureCounts,
    features: cards,
    board,
    strips: strips.size > 0,
    folded: FEATURE_STATES.flatMap((state) => {
      const lines = cards.filter((card) => card.state === state && !board.includes(card));
      return lines.length === 0
        ? []
        : [{ state, sign: STATE_SIGNS[state], slug: STATE_STYLES[state], lines }];
    }),
    warnings: overview.warnings.map(warningView),
    severalWarnings: overview.warnings.length > 1,
    unproven: overview.unproven.map(({ why, operations }) => ({
      why,
      count: operations.length,
      several: operations.length > 1,
      operations,
    })),
  };
}

const VERDICT_SIGNS: Record<Verdict['tone'], string> = { good: '✓', warn: '!', bad: '✗', none: '?' };

function verdictView(verdict: Verdict) {
  const { word, tone, sentence, run, surprises, broken, causes, actors, since, newSince, unproven } = verdict;
  return {
    ...{ word, tone, sentence, run, surprises, broken, causes, since, newSince, unproven },
    sign: VERDICT_SIGNS[tone],
    actors: actors.map((actor) => actorView(actor, surprises > 0)),
    text: verdictText(run, surprises),
  };
}

const ACTORS: Record<Owner['who'], string> = { vendor: 'The vendor', us: 'Our side' };

function actorView({ who, operations, tasks }: Actor, isUnexpected: boolean) {
  return {
    who,
    name: ACTORS[who],
    text: operations.length === 1 ? '1 operation' : `${operations.length} operations`,
    isUnexpected,
    more: operations.length - tasks.reduce((sum, task) => sum + task.operations.length, 0),
    tasks: tasks.map(({ label, operations: of, todo }) => ({
      // What is broken says it already where there is no other task.
      what: tasks.length === 1 ? '' : countInWords(label, of.length),
      todo,
    })),
  };
}

const STANDING_NAMES: Record<Standing, string> = {
  unexpected: 'not as expected',
  known: 'known',
  expected: 'as expected',
};

/** So many operations of a cause are named where there is little room. */
const MOST_SHOWN = 3;

function causeView(cause: CauseGroup, id: string) {
  const { label, standing, owner, members, since, fresh, headline, accepted, title } = cause;
  const promised = headline && promiseOf(headline.finding.check);
  return {
    id,
    standing,
    standingName: STANDING_NAMES[standing],
    isUnexpected: standing === 'unexpected',
    label,
    slug: slugOf(label),
    sign: SIGNS[label],
    name: headline?.finding.check ?? cause.cause ?? '',
    title,
    count: members.length,
    several: members.length > 1,
    who: owner.who,
    actor: ACTORS[owner.who],
    acts: owner.who === 'us' ? 'We have to act' : 'The vendor has to act',
    // A cure that says why needs no reason beside it.
    why: cause.cures.some(({ text }) => text.includes(owner.why)) ? '' : owner.why,
    evidence: cause.evidence,
    cures: cause.cures.map((cure) => ({
      text: cure.text,
      // What holds for all of them need not be said of each.
      operations: cause.cures.length === 1 ? [] : cure.operations,
    })),
    since: since.isNew ? sinceText(since) : `since ${sinceText(since)}`,
    fresh,
    stops: cause.stops,
    hampers: cause.hampers,
    promise: promised?.promise ?? '',
    source: promised === undefined ? '' : sourceText(promised),
    accepted: accepted ? `${accepted.reason} (accepted until ${accepted.until})` : '',
    operations: members.map(({ operation }) => ({ id: operation.id })),
    shown: members.slice(0, MOST_SHOWN).map(({ operation }) => operation.id),
    more: Math.max(0, members.length - MOST_SHOWN),
  };
}

/** The style of a label that means as much. */
const STATE_STYLES: Record<FeatureState, string> = {
  works: 'works',
  hampered: 'deviates',
  'not proven': 'skipped',
  fails: 'fails',
};

const STATE_SIGNS: Record<FeatureState, string> = {
  works: '✓',
  hampered: '≈',
  'not proven': '–',
  fails: '✗',
};

function featureView({ feature, state, blocks, reason, since }: FeatureLine, strip: Strip | undefined) {
  const { consumer, name, critical, needs } = feature;
  return {
    ...{ consumer, name, critical, state, reason, blocks },
    slug: STATE_STYLES[state],
    sign: STATE_SIGNS[state],
    // That it is new is shown by a mark.
    since: since ? (since.isNew && since.before ? beforeText(since.before) : sinceText(since)) : '',
    fresh: since?.isNew ?? false,
    operations: needs.length,
    several: needs.length > 1,
    strips: strip ? [strip] : [],
  };
}

function warningView(headline: Headline) {
  const { finding, message, promise, operations } = headline;
  return {
    check: finding.check,
    message,
    promise,
    count: operations.length,
    shared: isShared(headline),
    places: placesText(headline),
  };
}
