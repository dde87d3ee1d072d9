import { distance } from 'fastest-levenshtein';

/**
 * How unlike a path is to a path template of a contract: 0 for the same, more for each segment that is missing,
 * added or spelled differently, Infinity for what is about something else. The last word of the template has to
 * are in the path, in some spelling: what shares only a beginning is something else.
 */
export function pathDistance(path: string, template: string): number {
  const [asked, candidate] = [segmentsOf(path), segmentsOf(template)];
  const [one, other] = [pointOf(asked), pointOf(candidate)];
  if (one === undefined || other === undefined || segmentSimilarity(one, other) > ALIKE) return Infinity;
  return costBetween(asked, candidate);
}

const MISSING_SEGMENT = 0.7;
const ALIKE = 0.4;

function segmentsOf(path: string): string[] {
  return path.split('/').filter(Boolean);
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{');
}

/** The last word of a path says what it is about; ids, versions and actions like `_search` do not. */
function pointOf(segments: readonly string[]): string | undefined {
  return segments.findLast(
    (segment) => !isParameter(segment) && !looksLikeId(segment) && !segment.startsWith('_'),
  );
}

/** Edit distance over segments (Wagner and Fischer), with the distance of two segments as its price. */
function costBetween(asked: readonly string[], candidate: readonly string[]): number {
  let row = candidate.map((_, index) => (index + 1) * MISSING_SEGMENT);
  row.unshift(0);
  for (const [index, segment] of asked.entries()) {
    const next = [(index + 1) * MISSING_SEGMENT];
    for (const [column, other] of candidate.entries()) {
      next.push(
        Math.min(
          (row[column] ?? 0) + segmentSimilarity(segment, other),
          (row[column + 1] ?? 0) + MISSING_SEGMENT,
          (next[column] ?? 0) + MISSING_SEGMENT,
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? Infinity;
}

/** From 0 for the same to 1 for nothing in common. */
function segmentSimilarity(asked: string, other: string): number {
  if (asked === other) return 0;
  if (isParameter(other)) return looksLikeId(asked) ? 0 : 0.8;
  const [one, two] = [plain(asked), plain(other)];
  if (one === two) return 0.05;
  if (one.length >= 5 && two.endsWith(one)) return 0.35;
  return distance(one, two) / Math.max(one.length, two.length);
}

/** Without what is a matter of spelling only: case, hyphens, plural. */
function plain(segment: string): string {
  return segment.toLowerCase().replace(/[-_]/g, '').replace(/ies$/, 'y').replace(/s$/, '');
}

function looksLikeId(segment: string): boolean {
  return isParameter(segment) || /^\d+$|^[0-9a-f-]{16,}$|\d{3,}|^:|^<.*>$/i.test(segment);
}
