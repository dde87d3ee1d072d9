import { daysBetween, type Calendar } from './calendar.js';
import type { News, NightRecord } from './record.js';

/** How long something has been so, counted in nights that judged it. */
export interface Standing {
  /** Whether no earlier night that judged it has found it. */
  isNew: boolean;
  /** Whether no night before has judged it: then nobody knows since when it is so. */
  isFirst: boolean;
  /** The day of the first night of the stretch, YYYY-MM-DD. */
  since: string;
  /** How many nights found it, this one counted: days on which something was judged, so a second run of a day is none. */
  nights: number;
  /** The days of the stretch on which there was no night at all. */
  daysWithoutRun: number;
  /** The nights of the stretch that could not judge it. */
  nightsWithoutVerdict: number;
}

/**
 * Since when something that this night has found is so. Only nights that judged it count: one without a verdict neither
 * shows it nor ends it.
 * @param earlier the records of the nights before this one, oldest first
 */
export function standingOf(
  news: Pick<News, 'key' | 'scope'>,
  tonight: string,
  earlier: readonly NightRecord[],
  { dayOf }: Calendar,
): Standing {
  const finding: string[] = [];
  const silent: string[] = [];
  let silentSoFar: string[] = [];
  for (const { startedAt, judged, news: found } of earlier.toReversed()) {
    if (!judged.includes(news.scope)) {
      silentSoFar.push(startedAt);
      continue;
    }
    if (!found.some(({ key }) => key === news.key)) break;
    finding.push(startedAt);
    silent.push(...silentSoFar);
    silentSoFar = [];
  }
  const today = dayOf(tonight);
  const since = dayOf(finding.at(-1) ?? tonight);
  const judgedDays = new Set([today, ...finding.map(dayOf)]);
  const silentDays = new Set(silent.map(dayOf).filter((day) => !judgedDays.has(day)));
  return {
    isNew: finding.length === 0,
    isFirst: !earlier.some(({ judged }) => judged.includes(news.scope)),
    since,
    nights: judgedDays.size,
    daysWithoutRun: daysBetween(since, today) + 1 - judgedDays.size - silentDays.size,
    nightsWithoutVerdict: silentDays.size,
  };
}

/** `since 2026-03-05, 3 nights (2 days without a run, 1 night without a verdict)` */
export function describeStanding(
  standing: Standing,
  { seenSince, tonight }: { seenSince?: string | undefined; tonight: string },
  { dayOf }: Calendar,
): string {
  const { isNew, isFirst, since, nights, daysWithoutRun, nightsWithoutVerdict } = standing;
  if (isFirst) return 'found on the first night';
  if (isNew) {
    const first = seenSince === undefined ? undefined : dayOf(seenSince);
    return first === undefined || first === dayOf(tonight)
      ? 'new since last night'
      : `new since last night, first seen on ${first}`;
  }
  const gaps = [
    ...(daysWithoutRun > 0 ? [`${counted(daysWithoutRun, 'day')} without a run`] : []),
    ...(nightsWithoutVerdict > 0 ? [`${counted(nightsWithoutVerdict, 'night')} without a verdict`] : []),
  ];
  const between = gaps.length === 0 ? '' : ` (${gaps.join(', ')})`;
  return `since ${since}, ${counted(nights, 'night')}${between}`;
}

/** `1 night`, `3 nights` */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** How many days without any run lie between the newest night before and this one. */
export function daysMissed(tonight: string, earlier: readonly NightRecord[], { dayOf }: Calendar): number {
  const last = earlier.at(-1);
  return last === undefined ? 0 : Math.max(0, daysBetween(dayOf(last.startedAt), dayOf(tonight)) - 1);
}
