/** Days as people count them: by the calendar of one time zone, whatever clocks are set to in between. */
export interface Calendar {
  /** The day of a moment, YYYY-MM-DD. */
  dayOf: (at: string) => string;
  /** Day and time of a moment: `2026-03-08 02:17`. */
  minuteOf: (at: string) => string;
}

/** Whether a time zone is known by this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** @param timeZone undefined for that of the process */
export function calendarOf(timeZone: string | undefined): Calendar {
  const format = new Intl.DateTimeFormat('en-US', {
    ...(timeZone === undefined ? {} : { timeZone }),
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    hourCycle: 'h23',
  });
  const partsOf = (at: string): Record<string, string> =>
    Object.fromEntries(format.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const dayOf = (at: string): string => {
    const { year = '', month = '', day = '' } = partsOf(at);
    return `${year}-${month}-${day}`;
  };
  return {
    dayOf,
    minuteOf: (at) => {
      const { hour = '', minute = '' } = partsOf(at);
      return `${dayOf(at)} ${hour}:${minute}`;
    },
  };
}

const DAY_MS = 86_400_000;

/** How many days lie between two days, the later one counted: 1 from a day to the next. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
