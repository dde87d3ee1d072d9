import { gridOf, type GridCell } from '../history/grid.js';
import type { History, OperationHistory } from '../history/history.js';
import type { Outcome } from '../verdict/causes.js';
import { SIGNS } from './labels.js';

/** How many days the picture shows at most. */
const DAYS = 90;

/** Bars stand on the ground: the higher, the worse, so that they are read without colour. In pixels. */
const HEIGHT = { good: 4, warn: 10, bad: 16 } as const;
const GROUND = 16;

/** A bar as wide as this on a phone has room for a sign, in percent. */
const ROOM_FOR_SIGN = 4.5;

/** More changes than these are not read out one by one. */
const TOLD = 6;

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
      bars: barsOf(cells, days),
      outcome: wordOf(operation.now.outcome, operation.usable),
      usable: operation.usable,
      since: operation.now.from.slice(0, 10),
      uptime: uptimeText(operation),
      // To have changed once is no flapping: since when stands beside it.
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
      { title: 'Not working, or not always the same', strips: strips.filter(({ eventful }) => eventful) },
      { title: 'The same in every run', strips: strips.filter(({ eventful }) => !eventful) },
    ].filter((part) => part.strips.length > 0),
  };
}

/** The uptime and the flaps of an operation in one line, for its evidence; empty when there is one run only. */
export function uptimeLine(id: string, history: History | undefined): string {
  const operation = history?.operations.find(({ operation }) => operation === id);
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

type Height = keyof typeof HEIGHT;

/** Days that look the same make one bar. */
function barsOf(cells: readonly (GridCell | null)[], days: readonly string[]) {
  const bars: { first: number; last: number; cell: GridCell }[] = [];
  cells.forEach((cell, index) => {
    if (!cell) return;
    const bar = bars.at(-1);
    if (bar?.last === index - 1 && looksLike(bar.cell, cell)) bar.last = index;
    else bars.push({ first: index, last: index, cell });
  });
  return bars.map(({ first, last, cell }) => {
    const height = heightOf(cell);
    const width = (100 * (last - first + 1)) / days.length;
    return {
      x: ((100 * first) / days.length).toFixed(2),
      width: width.toFixed(2),
      middle: ((100 * first) / days.length + width / 2).toFixed(2),
      y: GROUND - HEIGHT[height],
      height: HEIGHT[height],
      kind: height,
      pale: !cell.seen,
      // More than one outcome in a day: a bar that is split.
      gap: cell.mixed ? { y: GROUND - HEIGHT[height] * 0.7, height: HEIGHT[height] * 0.4 } : null,
      sign:
        height !== 'good' && cell.seen && !cell.mixed && width >= ROOM_FOR_SIGN ? SIGNS[cell.outcome] : '',
    };
  });
}

function looksLike(one: GridCell, other: GridCell): boolean {
  return (
    one.outcome === other.outcome &&
    one.usable === other.usable &&
    one.seen === other.seen &&
    one.mixed === other.mixed
  );
}

function heightOf({ outcome, usable }: GridCell): Height {
  if (!usable) return 'bad';
  return outcome === 'deviates' ? 'warn' : 'good';
}

/** What somebody hears who does not see the strip. */
function inWords({ stretches }: OperationHistory, days: readonly string[]): string {
  const oldest = days[0] ?? '';
  const shown = stretches.filter(({ to }) => to.slice(0, 10) >= oldest);
  const told = shown.slice(-TOLD).map(({ outcome, usable, from, to }) => {
    const start = from.slice(0, 10) < oldest ? oldest : from.slice(0, 10);
    const end = to.slice(0, 10);
    return `${start === end ? start : `${start} to ${end}`} ${wordOf(outcome, usable)}`;
  });
  const earlier = shown.length - told.length;
  return `${earlier > 0 ? `${earlier} changes before; ` : ''}${told.join('; ')}`;
}

/** A refusal that is usable is one that we have provoked. */
function wordOf(outcome: Outcome, usable: boolean): string {
  return usable && outcome !== 'works' && outcome !== 'deviates' ? 'expected refusal' : outcome;
}

/** The first day, and the first of each month that is not too close to it. */
function ticksOf(days: readonly string[]): { x: string; label: string }[] {
  const share = (index: number) => (100 * index) / days.length;
  const months = days.flatMap((day, index) =>
    day.endsWith('-01') && share(index) > 16 && share(index) < 88
      ? [{ x: share(index).toFixed(2), label: day.slice(0, 7) }]
      : [],
  );
  return [{ x: '0', label: days[0] ?? '' }, ...months];
}
