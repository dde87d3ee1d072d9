import type { Clock } from '../clock.js';

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), as milliseconds from now; undefined where it is neither. */
export function retryAfterMs(value: string | undefined, clock: Pick<Clock, 'now'>): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now().getTime());
}
