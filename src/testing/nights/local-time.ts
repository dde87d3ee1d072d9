/** The changes of daylight saving of 2026 in Denver, as moments in milliseconds since 1970. */
export const CHANGES = [Date.parse('2026-03-08T09:00:00Z'), Date.parse('2026-11-01T08:00:00Z')] as const;

const HOUR_MS = 3_600_000;

/** What clocks in Denver show at a moment of 2026, without the offset: `2026-03-08T03:00:00`. */
export function inDenver(moment: number): string {
  const [spring, autumn] = CHANGES;
  const behind = moment >= spring && moment < autumn ? 6 : 7;
  return new Date(moment - behind * HOUR_MS).toISOString().slice(0, 19);
}
