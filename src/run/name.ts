/** `2026-02-26T17:40:00.123Z` and `production` give `20260226T174000Z-production`. */
export function runId(startedAt: Date, target: string): string {
  return `${startedAt
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')}-${target}`;
}
