/** A time as it is written (RFC 3339, section 5.6), without the calendar's and the clock's peculiarities. */
interface Written {
  /** Milliseconds of what the clock on the wall shows, from some day on. */
  wall: number;
  /** How far the wall is ahead of UTC, in milliseconds; undefined where it is not said. */
  ahead: number | undefined;
}

/**
 * Whether two texts are times that may be the same one: to the millisecond, and with the benefit of the doubt where one of
 * them does not say how far it is from UTC, or is a day only.
 */
export function mayBeSameInstant(one: string, other: string): boolean {
  const [first, second] = [written(one), written(other)];
  if (!first || !second) return isDayOf(one, other) || isDayOf(other, one);
  if (first.wall - (first.ahead ?? 0) === second.wall - (second.ahead ?? 0)) return true;
  return (first.ahead === undefined || second.ahead === undefined) && first.wall === second.wall;
}

/**
 * When a text says that something is, in milliseconds from some day on: a day begins at midnight, and a clock that does not
 * say how far it is from UTC is taken to be there. Undefined for what is no time.
 */
export function instantOf(text: string): number | undefined {
  const time = written(text) ?? writtenDay(text);
  return time && time.wall - (time.ahead ?? 0);
}

/**
 * By how many milliseconds a time is later than another one, or a day than another day; undefined where that is not known:
 * where only one of them says how far it is from UTC, or is no time.
 */
export function laterBy(one: string, other: string): number | undefined {
  const [first, second] = [written(one) ?? writtenDay(one), written(other) ?? writtenDay(other)];
  if (!first || !second || DAY.test(one) !== DAY.test(other)) return undefined;
  if ((first.ahead === undefined) !== (second.ahead === undefined)) return undefined;
  return first.wall - (first.ahead ?? 0) - (second.wall - (second.ahead ?? 0));
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** The beginning of a day, of which nobody says where. */
function writtenDay(text: string): Written | undefined {
  return DAY.test(text) ? written(`${text}T00:00`) : undefined;
}

function isDayOf(day: string, time: string): boolean {
  return DAY.test(day) && written(time) !== undefined && time.startsWith(day);
}

const TIME =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[Tt ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?\s?(?<offset>[Zz]|[+-]\d\d(?::?\d\d)?)?$/;

function written(text: string): Written | undefined {
  const parts = TIME.exec(text)?.groups;
  if (!parts) return undefined;
  const number = (name: string) => Number(parts[name] ?? 0);
  const days = daysOf(number('year'), number('month'), number('day'));
  const minutes = (days * 24 + number('hour')) * 60 + number('minute');
  const milliseconds = Number((parts['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  return { wall: (minutes * 60 + number('second')) * 1000 + milliseconds, ahead: aheadOf(parts['offset']) };
}

function aheadOf(offset: string | undefined): number | undefined {
  if (offset === undefined) return undefined;
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** The number of a day in the Gregorian calendar: the year begins in March, so that a leap day is its last one. */
function daysOf(year: number, month: number, day: number): number {
  const since = month > 2 ? year : year - 1;
  const months = (month + 9) % 12;
  const leaps = Math.floor(since / 4) - Math.floor(since / 100) + Math.floor(since / 400);
  return since * 365 + leaps + Math.floor((months * 153 + 2) / 5) + day;
}
