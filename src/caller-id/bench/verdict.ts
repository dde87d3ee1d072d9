import { describeCell, type Row } from './cell.js';
import { PERCENTILES } from './latencies.js';
import type { BenchResult, BreakingPoint, EdgeRow, OpenRow } from './result.js';
import type { Judgement } from './wilson.js';

/** Sums up what was measured of the variants that were asked about. */
export function sumUp(
  measured: Pick<BenchResult, 'rows' | 'openLoop' | 'edgeCases' | 'noise' | 'target' | 'complete'>,
  judgedVariants: readonly string[],
): { verdict: Judgement; because: string[] } {
  const rows = measured.rows.filter(({ judged }) => judged);
  const open = measured.openLoop.filter(({ judged }) => judged);
  const failures = [
    ...rows.filter(({ judgement }) => judgement === 'breaks').map((row) => tooSlow(row, measured.target.ms)),
    ...open
      .filter(({ judgement }) => judgement === 'breaks')
      .map((row) => tooSlowOpen(row, measured.target.ms)),
  ];
  const mistakes = [
    ...rows.filter(({ wrong }) => (wrong ?? 0) > 0).map(wrongAnswers),
    ...measured.edgeCases
      .filter(({ right, variant }) => !right && judgedVariants.includes(variant))
      .map(wrongCaller),
  ];
  // A wrong answer is wrong on any machine; a slow one may be the machine's fault.
  if (mistakes.length > 0) return { verdict: 'breaks', because: [...mistakes, ...failures] };
  if (rows.length === 0)
    return { verdict: 'uncertain', because: ['Nothing that was asked about was measured.'] };
  if (failures.length > 0) {
    return measured.noise.length > 0
      ? { verdict: 'uncertain', because: ['The machine is too restless to say.', ...failures] }
      : { verdict: 'breaks', because: failures };
  }
  const uncertain = rows.filter(({ judgement }) => judgement === 'uncertain');
  if (uncertain.length > 0) {
    return {
      verdict: 'uncertain',
      because: uncertain.map(
        (row) => `${describeCell(row)}: ${row.samples} samples are too few, or too scattered, to be sure.`,
      ),
    };
  }
  if (!measured.complete) return { verdict: 'uncertain', because: ['It was stopped before the end.'] };
  const { ms, percentile } = measured.target;
  const worst = Math.max(...rows.map((row) => row[percentile]));
  return {
    verdict: 'holds',
    because: [
      `At every size and mix at least ${PERCENTILES[percentile]} % of lookups stay below ${ms} ms, with 95 % confidence; the slowest ${percentile} is ${worst} ms${rows.some(({ wrong }) => wrong === null) ? '. Who is right is not known here.' : ', and every answer was right.'}`,
    ],
  };
}

/** From which size on each variant misses the target, whatever the mix. */
export function breakingPoints(rows: readonly Row[]): BreakingPoint[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.variant} ${row.connection} ${row.concurrency}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const sizes = [...new Set(group.map((row) => row.rows))].sort((a, b) => a - b);
    const breaks = (size: number): boolean =>
      group.some((row) => row.rows === size && row.judgement === 'breaks');
    const holds = (size: number): boolean =>
      group.every((row) => row.rows !== size || row.judgement === 'holds');
    const breaksAt = sizes.find(breaks) ?? null;
    const below = sizes.filter((size) => (breaksAt === null || size < breaksAt) && holds(size));
    const { variant, concurrency, connection } = first;
    return [{ variant, concurrency, connection, breaksAt, holdsTo: below.at(-1) ?? null }];
  });
}

function tooSlow(row: Row, targetMs: number): string {
  const { low, high } = row.overTargetInterval;
  return `${describeCell(row)}: ${percent(row.overTarget)} of lookups took longer than ${targetMs} ms (between ${percent(low)} and ${percent(high)}); p99 ${row.p99} ms.`;
}

function tooSlowOpen(row: OpenRow, targetMs: number): string {
  return `${row.variant}, ${row.rows.toLocaleString('en')} rows, ${row.ratePerSecond} calls a second: ${percent(row.overTarget)} took longer than ${targetMs} ms.`;
}

function wrongAnswers(row: Row): string {
  return `${describeCell(row)}: ${row.wrong ?? 0} of ${row.samples} answers named the wrong person, or nobody.`;
}

function wrongCaller({ variant, name, expected, named }: EdgeRow): string {
  if (expected === null) return `${variant} recognises a caller where there is none: ${name}.`;
  return named === null ? `${variant} does not know: ${name}.` : `${variant} names another person: ${name}.`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 2 : 1)} %`;
}
