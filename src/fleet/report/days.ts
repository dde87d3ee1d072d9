const DAY_MS = 86_400_000;

/** The day so many days before another; both YYYY-MM-DD. */
export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * DAY_MS).toISOString().slice(0, 10);
}

const WEEKDAY = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' });

/** `Tuesday, 2026-11-24` */
export function dayInWords(day: string): string {
  return `${WEEKDAY.format(new Date(`${day}T00:00:00Z`))}, ${day}`;
}
