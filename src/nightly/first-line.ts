import type { Colour } from '../notify/message.js';
import type { Needs } from '../impact/needs.js';
import type { Calendar } from './calendar.js';
import type { News, NightRecord } from './record.js';
import { actionFor, whatOf, ownerOf, type Wording } from './sentences.js';
import { counted, daysMissed, describeStanding, standingOf, type Standing } from './standing.js';

/** Something that a night has found, with since when, and the sentences about it. */
export interface Line {
  news: News;
  standing: Standing;
  /** What, since when, who is affected, what to do. */
  text: string;
}

/** What the lines of a night are made of. */
export interface Scene {
  tonight: string;
  /** The records of the nights before, oldest first. */
  earlier: readonly NightRecord[];
  calendar: Calendar;
  needs: Needs;
  fixOf: Wording['fixOf'];
  isDown: Wording['isDown'];
}

/** A line for each thing that was found, what is new first. */
export function linesOf(news: readonly News[], scene: Scene): Line[] {
  const lines = news.map((one): Line => {
    const standing = standingOf(one, scene.tonight, scene.earlier, scene.calendar);
    const since =
      one.code === 'night-died'
        ? ''
        : describeStanding(standing, { seenSince: one.seenSince, tonight: scene.tonight }, scene.calendar);
    const parts = [whatOf(one, scene), since, ownerOf(one, scene), actionFor(one, scene)];
    return { news: one, standing, text: oneLine(parts.filter((part) => part !== '').join('; ')) };
  });
  // What counts goes first; and among that what is new.
  const rank = ({ news: { counts }, standing: { isNew } }: Line) => (counts ? 2 : 0) + (isNew ? 1 : 0);
  return lines.sort((one, other) => rank(other) - rank(one));
}

/**
 * The first line of a night: its colour, what is new (or else what goes on), since when, who is affected, what to do.
 * @param judged how many operations of which target were judged, for a night in which nothing was found
 * @param over what was found before and is not so any more
 */
export function firstLine(
  colour: Colour,
  lines: readonly Line[],
  scene: Scene & { judged: ReadonlyMap<string, number>; over: readonly string[] },
): string {
  const counting = lines.filter(({ news }) => news.counts);
  const [first, ...rest] = counting;
  const missed = daysMissed(scene.tonight, scene.earlier, scene.calendar);
  const remarks = [
    // Where it is said since when something is so, its gaps are said with it.
    ...(missed > 0 && (first === undefined || first.standing.isNew)
      ? [`${counted(missed, 'day')} without a run before this night`]
      : []),
    ...(scene.over.length > 0 ? [`over: ${firstFew(scene.over)}`] : []),
    ...lines.filter(({ news }) => news.code === 'night-died').map(({ news }) => whatOf(news, scene)),
  ];
  const after = remarks.length === 0 ? '' : `; ${remarks.join('; ')}`;
  if (first === undefined) {
    const all = [...scene.judged].map(([target, count]) => `${target}: ${counted(count, 'operation')}`);
    return oneLine(
      `${colour} ${all.length === 0 ? 'nothing was asked' : `${all.join(', ')} as expected`}${after}`,
    );
  }
  const isNothingNew = !first.standing.isNew && colour === 'RED';
  const others = rest.length === 0 ? '' : ` (and ${rest.length} more${newAmong(rest)})`;
  return oneLine(`${colour} ${isNothingNew ? 'nothing new; still: ' : ''}${first.text}${others}${after}`);
}

/** So many endings are named in one line. */
const NAMED = 2;

function firstFew(all: readonly string[]): string {
  const rest = all.length - NAMED;
  return `${all.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function newAmong(lines: readonly Line[]): string {
  const fresh = lines.filter(({ standing }) => standing.isNew).length;
  if (fresh === lines.length) return ', all new';
  return fresh === 0 ? '' : `, ${fresh} of them new`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
