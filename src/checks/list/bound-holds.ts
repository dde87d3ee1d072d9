import { NotApplicable } from '../../drive/drive.js';
import type { Json } from '../../json.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import { instantOf } from '../instants.js';
import type { Subject } from '../subject.js';
import { boundsOf, type Bound } from './bound.js';
import { NO_PAGE, pageOf, type Page } from './page.js';
import { keyOf, keysOf, memberOf, thingsOf } from './thing.js';

/** So many bounds of one operation are tried. */
const MOST_BOUNDS = 4;

type Code = 'lets-others-through' | 'loses' | 'loses-border';

export const boundHolds = check({
  id: 'list/bound-holds',
  promise: 'With a bound comes what lies within it, and nothing else.',
  source: { kind: 'contract', ref: 'the parameters of the query' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: MOST_BOUNDS },
  messages: {
    'lets-others-through': ({ parameter }) =>
      `with ‘${parameter}’ things came that lie far outside of that bound`,
    loses: ({ parameter }) => `with ‘${parameter}’ a thing is missing that lies far within that bound`,
    'loses-border': ({ parameter }) =>
      `with ‘${parameter}’ a thing is missing that lies on the very bound, which is documented as a part of it`,
  },
  *run(subject) {
    const things = thingsOf(subject, subject.body) ?? [];
    if (!keysOf(subject, things)) return new NotApplicable('its things have no ids to tell them apart');
    const wanted = boundsOf(subject, things).flatMap((bound) => {
      const trial = trialOf(subject, bound, things);
      return trial ? [{ bound, trial }] : [];
    });
    if (wanted.length === 0) return new NotApplicable('it has no bound that its things lie on both sides of');
    const broken: Broken<Code>[] = [];
    let isJudged = false;
    for (const { bound, trial } of wanted.slice(0, MOST_BOUNDS)) {
      const { name } = bound.parameter;
      const query = { [name]: { sent: trial.border, shown: `‹${name}›` } };
      const page = yield* pageOf(subject, subject.request.same(`with ${name}`, { query }));
      if (!page) continue;
      const code = codeFor(subject, page, trial, things.length);
      isJudged ||= code !== undefined;
      if (code !== undefined && code !== 'kept') broken.push({ code, facts: { parameter: nameOf(name) } });
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    return isJudged ? passed : inconclusive(`${NO_PAGE} that is known to be whole`);
  },
});

/** A bound that is the value of a thing, and where the things of the page lie. */
interface Trial {
  border: string;
  /** The thing on the border, where the contract says that it comes. */
  onBorder: string | undefined;
  /** Those that surely lie within, and those that surely do not. */
  within: ReadonlySet<string>;
  outside: ReadonlySet<string>;
}

/** Clocks that do not say where they are may be so far apart, and a bound that is a day covers one. */
const FAR_MS = 26 * 60 * 60 * 1000;

function trialOf(subject: Subject, bound: Bound, things: readonly Json[]): Trial | undefined {
  const { kind, member, side, parameter } = bound;
  const known = things
    .flatMap((thing) => {
      const value = memberOf(subject, thing, member);
      const key = keyOf(subject, thing);
      if (key === undefined || (typeof value !== 'string' && typeof value !== 'number')) return [];
      const place = typeof value === 'string' ? instantOf(value) : value;
      return place === undefined ? [] : [{ key, place, text: String(value) }];
    })
    .toSorted((one, other) => one.place - other.place);
  const middle = known[Math.floor(known.length / 2)];
  if (!middle) return undefined;
  const far = kind === 'time' ? FAR_MS : 0;
  const lower = known.filter(({ place }) => place < middle.place - far).map(({ key }) => key);
  const upper = known.filter(({ place }) => place > middle.place + far).map(({ key }) => key);
  if (lower.length === 0 || upper.length === 0) return undefined;
  const [within, outside] = side === 'least' ? [upper, lower] : [lower, upper];
  const isDay = parameter.schema['format'] === 'date';
  const isWhole = !isDay || middle.text.length === DAY;
  // A clock that does not say where it is, is not known to be compared with itself.
  const isSure = kind === 'number' || middle.text.length === DAY || /(z|[+-]\d\d:?\d\d)$/i.test(middle.text);
  return {
    border: isDay ? middle.text.slice(0, DAY) : middle.text,
    onBorder: bound.isInclusive && isWhole && isSure ? middle.key : undefined,
    within: new Set(within),
    outside: new Set(outside),
  };
}

const DAY = 'YYYY-MM-DD'.length;

/** What a page shows of a bound; undefined where others may be on a further page. */
function codeFor(
  subject: Subject,
  { things, next }: Page,
  { within, outside, onBorder }: Trial,
  known: number,
): Code | 'kept' | undefined {
  const came = new Set(things.flatMap((thing) => keyOf(subject, thing) ?? []));
  if ([...outside].some((key) => came.has(key))) return 'lets-others-through';
  const isWhole = next === undefined && things.length < known;
  if (!isWhole) return undefined;
  if ([...within].some((key) => !came.has(key))) return 'loses';
  return onBorder !== undefined && !came.has(onBorder) ? 'loses-border' : 'kept';
}
