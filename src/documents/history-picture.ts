import { gridOf, type GridCell } from '../history/grid.js';
import type { History, OperationHistory } from '../history/history.js';
import type { Feature } from '../impact/features.js';
import { featureState, type FeatureState, type Shown } from '../impact/state.js';
import { onceFor } from '../once.js';
import type { Outcome } from '../verdict/causes.js';
import { SIGNS } from './labels.js';

/** How many days the picture shows at most. */
const DAYS = 90;

/** Bars are on the ground: the higher, the worse, so that they are read without colour. In pixels. */
const HEIGHT = { calm: 2, good: 4, warn: 10, bad: 16 } as const;
const GROUND = 16;

type Height = keyof typeof HEIGHT;

/** What a bar shows of one day. */
interface Day {
  height: Height;
  /** False when no run of that day shows it, but the runs before and after both do. */
  seen: boolean;
  /** Whether it did more than one thing that day. */
  mixed: boolean;
  /** Written into a bar that has room for it; empty for none. */
  sign: string;
}

/** A bar as wide as this on a phone has room for a sign, in percent. */
const ROOM_FOR_SIGN = 4.5;

/** More changes than these are not read out one by one. */
const NEWEST = 6;

/**
 * A history as a picture, days × operations: a strip of bars for each operation, those that do not work or did
 * not always work first. Places and widths are in percent, so that a strip is as wide as the page lets it be.
 * Undefined when everything is of one day: then there is nothing to see.
 */
export function pictureOf(history: History) {
  const { days, rows } = gridOf(history, DAYS);
  if (days.length < 2) return undefined;
  const seenOn = new Set(history.days);
  const strips = history.operations.map((operation, index) => {
    const cells = rows[index]?.cells ?? [];
    const [method = '', path = ''] = operation.operation.split(' ');
    return {
      method,
      path,
      label: inWords(operation, days),
      bars: barsOf(cells.map(dayOf), days),
      outcome: wordOf(operation.now.outcome, operation.usable),
      usable: operation.usable,
      since: operation.now.from.slice(0, 10),
      uptime: uptimeText(operation),
      // To have changed once is no flapping: since when is beside it.
      flaps: operation.flaps > 1 ? operation.flaps : 0,
      eventful: !operation.usable || operation.flaps > 0 || operation.stretches.length > 1,
    };
  });
  return {
    target: history.target,
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
    days: days.length,
    runs: history.runs,
    nights: days.filter((day) => seenOn.has(day)).length,
    provedNothing: history.provedNothing.length,
    ticks: ticksOf(days),
    parts: [
      {
        title: 'Not working, or not always the same',
        open: true,
        strips: strips.filter(({ eventful }) => eventful),
      },
      { title: 'The same in every run', open: false, strips: strips.filter(({ eventful }) => !eventful) },
    ].filter((part) => part.strips.length > 0),
  };
}

/** A strip of bars, and what somebody hears who does not see it. */
export interface Strip {
  label: string;
  bars: Bar[];
}

/** What the runs of each day show of features, as strips by their names; none where everything is of one day. */
export function featureStrips(lines: readonly { feature: Feature }[], history: History): Map<string, Strip> {
  const { days, rows } = gridOf(history, DAYS);
  const cells = new Map(rows.map((row) => [row.operation, row.cells]));
  const strips = new Map<string, Strip>();
  if (days.length < 2) return strips;
  const seenOn = new Set(history.days);
  for (const { feature } of lines) {
    const { needs } = feature;
    if (needs.length === 0) continue;
    const states = days.map((_, index) =>
      featureState({ needs }, (operation) => shownOn(cells.get(operation)?.[index])),
    );
    const drawn = states.map((state, index): Day => {
      const seen = seenOn.has(days[index] ?? '');
      return { height: STATE_HEIGHTS[state], seen, mixed: false, sign: state === 'fails' ? '✗' : '' };
    });
    strips.set(feature.name, { label: statesInWords(states, days), bars: barsOf(drawn, days) });
  }
  return strips;
}

const STATE_HEIGHTS: Record<FeatureState, Height> = {
  works: 'good',
  hampered: 'warn',
  'not proven': 'calm',
  fails: 'bad',
};

/** What a day shows of an operation to a feature: a refusal that we provoked shows nothing. */
function shownOn(cell: GridCell | null | undefined): Shown {
  if (!cell) return 'not proven';
  if (!cell.usable) return 'fails';
  return cell.outcome === 'works' || cell.outcome === 'deviates' ? 'works' : 'not proven';
}

/** What somebody hears who does not see the strip of a feature: the newest changes. */
function statesInWords(states: readonly FeatureState[], days: readonly string[]): string {
  const stretches: { state: FeatureState; from: string; to: string }[] = [];
  states.forEach((state, index) => {
    const day = days[index] ?? '';
    const last = stretches.at(-1);
    if (last?.state === state) last.to = day;
    else stretches.push({ state, from: day, to: day });
  });
  return newestInWords(stretches, ({ state, from, to }) => `${spanText(from, to)} ${state}`);
}

/** The newest of several changes, and how many there were before. */
function newestInWords<Change>(changes: readonly Change[], textOf: (change: Change) => string): string {
  const newest = changes.slice(-NEWEST);
  const earlier = changes.length - newest.length;
  return `${earlier > 0 ? `${earlier} changes before; ` : ''}${newest.map(textOf).join('; ')}`;
}

const byOperation = onceFor(
  ({ operations }: History) => new Map(operations.map((one) => [one.operation, one])),
);

/** The uptime and the flaps of an operation in one line, for its evidence; empty when there is one run only. */
export function uptimeLine(id: string, history: History | undefined): string {
  const operation = history && byOperation(history).get(id);
  if (!history || !operation || operation.uptime === null) return '';
  const { flaps, runs } = operation;
  const flapped = flaps > 1 ? `flapped ${flaps} times` : flaps === 1 ? 'changed once' : 'never changed';
  return `${uptimeText(operation)} of the time since ${history.from.slice(0, 10)}, ${runs} runs; ${flapped}`;
}

/** Never rounded up to all of the time, nor down to none. */
function uptimeText({ uptime }: OperationHistory): string {
  if (uptime === null) return '–';
  const percent = uptime === 0 || uptime === 1 ? uptime * 100 : Math.min(99.9, Math.max(0.1, uptime * 100));
  return `${percent.toFixed(uptime === 0 || uptime === 1 ? 0 : 1)}\u00a0%`;
}

/** A bar of a strip: places and widths in percent, heights in pixels. */
export interface Bar {
  x: string;
  width: string;
  middle: string;
  y: number;
  height: number;
  kind: string;
  pale: boolean;
  /** What is cut out of it, where there was more than one outcome in a day. */
  gap: { y: number; height: number } | null;
  sign: string;
}

/** Days that look the same make one bar. */
function barsOf(days: readonly (Day | null)[], dates: readonly string[]): Bar[] {
  const bars: { first: number; last: number; day: Day }[] = [];
  days.forEach((day, index) => {
    if (!day) return;
    const bar = bars.at(-1);
    if (bar?.last === index - 1 && looksLike(bar.day, day)) bar.last = index;
    else bars.push({ first: index, last: index, day });
  });
  return bars.map(({ first, last, day: { height, seen, mixed, sign } }) => {
    const width = (100 * (last - first + 1)) / dates.length;
    return {
      x: ((100 * first) / dates.length).toFixed(2),
      width: width.toFixed(2),
      middle: ((100 * first) / dates.length + width / 2).toFixed(2),
      y: GROUND - HEIGHT[height],
      height: HEIGHT[height],
      kind: height,
      pale: !seen,
      gap: mixed ? { y: GROUND - HEIGHT[height] * 0.7, height: HEIGHT[height] * 0.4 } : null,
      sign: seen && !mixed && width >= ROOM_FOR_SIGN ? sign : '',
    };
  });
}

function looksLike(one: Day, other: Day): boolean {
  return (
    one.height === other.height &&
    one.sign === other.sign &&
    one.seen === other.seen &&
    one.mixed === other.mixed
  );
}

function dayOf(cell: GridCell | null): Day | null {
  if (!cell) return null;
  const { outcome, usable, seen, mixed } = cell;
  const height = !usable ? 'bad' : outcome === 'deviates' ? 'warn' : 'good';
  return { height, seen, mixed, sign: height === 'good' ? '' : SIGNS[outcome] };
}

/** What somebody hears who does not see the strip. */
function inWords({ stretches }: OperationHistory, days: readonly string[]): string {
  const oldest = days[0] ?? '';
  const shown = stretches.filter(({ to }) => to.slice(0, 10) >= oldest);
  return newestInWords(shown, ({ outcome, usable, from, to }) => {
    const start = from.slice(0, 10) < oldest ? oldest : from.slice(0, 10);
    return `${spanText(start, to.slice(0, 10))} ${wordOf(outcome, usable)}`;
  });
}

function spanText(from: string, to: string): string {
  return from === to ? from : `${from} to ${to}`;
}

/** A refusal that is usable is one that we have provoked. */
function wordOf(outcome: Outcome, usable: boolean): string {
  return usable && outcome !== 'works' && outcome !== 'deviates' ? 'expected refusal' : outcome;
}

/** The first of each month that is not too close to the first and the last day, which are at the ends. */
function ticksOf(days: readonly string[]): { x: string; label: string }[] {
  const share = (index: number) => (100 * index) / days.length;
  return days.flatMap((day, index) =>
    day.endsWith('-01') && share(index) > 22 && share(index) < 70
      ? [{ x: share(index).toFixed(2), label: day.slice(0, 7) }]
      : [],
  );
}
