/** `2026-02-26T17:40:00.123Z` as `2026-02-26 17:40 UTC`. */
export function readableTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
