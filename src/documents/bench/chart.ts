import type { LogAxis } from './log-axis.js';

/** A chart as its template needs it: everything in pixels of the drawing, nothing left to compute. */
export interface Chart {
  title: string;
  /** What the chart says in one sentence, for those who do not see it. */
  description: string;
  width: number;
  height: number;
  plot: { left: number; right: number; top: number; bottom: number };
  x: { title: string; ticks: { at: number; label: string }[] };
  y: { title: string; ticks: { at: number; label: string }[] };
  target: { y: number; label: string; labelY: number };
  series: Series[];
}

/** One line of a chart. It is distinguished by its dashes and its sign as well as by its colour. */
export interface Series {
  name: string;
  /** Which of the colours and signs, from 1. */
  look: number;
  points: string;
  marks: { x: number; y: number; title: string }[];
  /** Where its name is, at the end of the line. */
  label: { x: number; y: number };
}

export const WIDTH = 720;
export const HEIGHT = 380;
export const PLOT = { left: 58, right: 545, top: 34, bottom: 326 };
/** The least distance between two names, in pixels. */
const LINE = 17;

/** Draws lines into a chart. Points are x, y and what is said when one points at them. */
export function drawSeries(
  given: { name: string; look: number; points: { x: number; y: number; title: string }[] }[],
  x: Pick<LogAxis, 'place'>,
  y: Pick<LogAxis, 'place'>,
): Series[] {
  const drawn = given.flatMap(({ name, look, points }) => {
    const marks = points.map((point) => ({ x: x.place(point.x), y: y.place(point.y), title: point.title }));
    const last = marks.at(-1);
    if (!last) return [];
    const line = marks.map((mark) => `${mark.x},${mark.y}`).join(' ');
    return [{ name, look, points: line, marks, label: { x: PLOT.right + 10, y: last.y } }];
  });
  return spread(drawn);
}

/** Moves names apart that would be on each other, in the order of their lines. */
function spread(series: Series[]): Series[] {
  const sorted = [...series].sort((a, b) => a.label.y - b.label.y);
  let free = PLOT.top;
  for (const one of sorted) {
    one.label.y = Math.max(one.label.y, free);
    free = one.label.y + LINE;
  }
  let limit = PLOT.bottom;
  for (const one of sorted.reverse()) {
    one.label.y = Math.min(one.label.y, limit);
    limit = one.label.y - LINE;
  }
  return series;
}
