import type { Item, Message } from '../notify/message.js';
import { keyOf } from './news.js';
import type { News, NightRecord } from './record.js';

/** Whether somebody is notified of it: what makes nights red, and that a night died. */
export function isForNotice({ counts, code }: News): boolean {
  return counts || code === 'night-died';
}

/** What a night found, and of what it knows what is so. */
type Findings = Pick<NightRecord, 'startedAt' | 'judged' | 'news'>;

/** What is open as of a night: what it has found, and of what it could not judge, what the last night knew that did. */
export function openAsOf(tonight: Findings, earlier: readonly Findings[]): News[] {
  const known = new Set(tonight.judged);
  const open = [...tonight.news];
  for (const { judged, news } of earlier.toReversed()) {
    open.push(...news.filter(({ scope, code }) => !known.has(scope) && code !== 'night-died'));
    for (const scope of judged) known.add(scope);
  }
  return [...new Map(open.map((one) => [one.key, one])).values()];
}

/** Why something is not open any more: it is as it was before, or all nights that are compared have shown it. */
export type Ending = 'over' | 'usual';

/** What was found before, and is not open any more. */
export interface Ended {
  news: News;
  why: Ending;
}

/**
 * What the nights before have found, and what is not open any more since this night.
 * @param since of each target the start of the oldest run that tonight's was compared with
 */
export function endedSince(
  open: readonly News[],
  earlier: readonly Findings[],
  since: Readonly<Record<string, string>>,
): Ended[] {
  const [before, former] = [earlier.at(-1), earlier.slice(0, -1)];
  if (before === undefined) return [];
  const keys = new Set(open.map(({ key }) => key));
  return openAsOf(before, former)
    .filter(({ key, code }) => !keys.has(key) && code !== 'night-died')
    .map((news) => ({ news, why: endingOf(news, earlier, since) }));
}

/** By the expectation a change ends when the host does what is expected; by the nights also when none is left without it. */
function endingOf(
  { key, code, target, seenSince }: News,
  earlier: readonly Findings[],
  since: Readonly<Record<string, string>>,
): Ending {
  // What an operation does is held against the expectation only.
  if (code === 'worse' || code === 'better') return 'over';
  const oldest = target === undefined ? undefined : since[target];
  const first = seenSince ?? earlier.find(({ news }) => news.some((one) => one.key === key))?.startedAt;
  return oldest !== undefined && first !== undefined && oldest >= first ? 'usual' : 'over';
}

/** One receiver's part of what a night has to say. */
export interface Due {
  appeared: News[];
  over: News[];
  stillOpen: News[];
}

/**
 * What one notifier has to deliver: what is open and it has not delivered, and what it has and is not open any more. What
 * could not be delivered in a night is therefore delivered in the next, and nothing twice.
 * @param delivered the keys that it has delivered and of whose end it has not
 * @param past everything that nights have found, for what is over
 */
export function dueTo(
  delivered: readonly string[],
  open: readonly News[],
  past: readonly News[],
): Due | undefined {
  const known = new Set(delivered);
  const openKeys = new Set(open.map(({ key }) => key));
  const appeared = open.filter(({ key }) => !known.has(key));
  const over = [...known]
    .filter((key) => !openKeys.has(key))
    .flatMap((key) => past.findLast((news) => news.key === key) ?? []);
  // That an earlier night died is said once, and is never over.
  const ended = over.filter(({ code }) => code !== 'night-died');
  if (appeared.length === 0 && ended.length === 0) return undefined;
  return { appeared, over: ended, stillOpen: open.filter(({ key }) => known.has(key)) };
}

/** Start of the first night of the newest stretch of nights that found something; empty when none did. */
export function stretchOf({ key, scope }: Pick<News, 'key' | 'scope'>, records: readonly Findings[]): string {
  let start = '';
  for (const { startedAt, judged, news } of records.toReversed()) {
    if (news.some((one) => one.key === key)) start = startedAt;
    else if (start !== '' && judged.includes(scope)) break;
  }
  return start;
}

/**
 * The message that a notifier delivers.
 * @param records those of all nights, this one among them
 */
export function messageOf(
  due: Due,
  night: Pick<Message, 'night' | 'colour' | 'first'>,
  records: readonly NightRecord[],
  textOf: (news: News) => string,
): Message {
  const items = (news: readonly News[]): Item[] => news.map((one) => ({ key: one.key, text: textOf(one) }));
  const ids = [due.appeared, due.over].map((news) =>
    news.map((one) => `${one.key} ${stretchOf(one, records)}`).join(),
  );
  return {
    format: 'conform-night-message/1',
    // Without this night: what is delivered once more in the next one is the same message.
    id: keyOf('message', ...ids),
    ...night,
    appeared: items(due.appeared),
    over: items(due.over),
    stillOpen: items(due.stillOpen),
  };
}
