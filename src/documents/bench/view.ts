import { percent, type BenchResult } from '../../bench/result.js';
import { benchCard, type BenchCard } from '../../impact/bench.js';
import { drawSeries, HEIGHT, PLOT, WIDTH, type Chart } from './chart.js';
import { count, logAxis, milliseconds } from './log-axis.js';

/** A bench as its template needs it. */
export function viewOfBench(result: BenchResult) {
  const { target, engine, machine, verdict } = result;
  const card = benchCard(result);
  const variants = [...new Set(result.rows.map(({ variant }) => variant))];
  const lookOf = (variant: string): number =>
    variant === 'proposed' ? 1 : 2 + variants.filter((one) => one !== 'proposed').indexOf(variant);
  const sizes = [...new Set(result.rows.map(({ rows }) => rows))].sort((a, b) => a - b);
  return {
    title: HEADLINES[card.word],
    sentence: card.sentence,
    look: card.word === 'unchecked' ? 'uncertain' : verdict,
    facts: factsOf(result, card),
    target: `${target.percentile} below ${target.ms} ms`,
    subject: `${result.judged.variants.join(', ')}, connection ${result.judged.connection}`,
    because: result.because.slice(0, MOST_REASONS),
    more: Math.max(0, result.because.length - MOST_REASONS),
    noise: result.noise,
    complete: result.complete,
    where: `PostgreSQL ${engine.version}, ${engine.kind === 'embedded' ? 'embedded' : 'own server'}, ${engine.authentication}; ${machine.cpus} × ${machine.model}; Node ${machine.node}; ${result.startedAt}`,
    id: result.id,
    tool: `${result.tool.name} ${result.tool.version}`,
    charts: [
      ...[1, 16].flatMap((concurrency) => sizeChart(result, concurrency, lookOf) ?? []),
      ...(curveChart(result, sizes, lookOf) ?? []),
    ],
    // With one size there is nothing that the figures do not say.
    breakingPoints: (sizes.length < 2 ? [] : result.breakingPoints).map((one) => ({
      variant: one.variant,
      how: `${one.concurrency} at a time, ${one.connection}`,
      breaksAt: one.breaksAt === null ? 'never' : one.breaksAt.toLocaleString('en'),
      holdsTo: one.holdsTo === null ? 'no size' : one.holdsTo.toLocaleString('en'),
      bad: one.breaksAt !== null,
    })),
    rows: result.rows.map((row) => ({
      variant: row.variant,
      rows: sizeText(row.rows),
      mix: row.mix,
      concurrency: row.concurrency,
      connection: row.connection,
      p50: figure(row.p50),
      p90: figure(row.p90),
      p99: figure(row.p99),
      p999: figure(row.p999),
      max: figure(row.max),
      floor: figure(row.floorP50),
      floorOver: percent(row.floorOver),
      samples: row.samples.toLocaleString('en'),
      over: percent(row.overTarget),
      interval: `${percent(row.overTargetInterval.low)} – ${percent(row.overTargetInterval.high)}`,
      wrong: row.wrong === null ? '?' : String(row.wrong),
      judgement: row.judgement,
    })),
    openLoop: result.openLoop.map((row) => ({
      variant: row.variant,
      rows: sizeText(row.rows),
      rate: row.ratePerSecond,
      p50: figure(row.p50),
      p99: figure(row.p99),
      max: figure(row.max),
      floor: figure(row.floorP50),
      floorOver: percent(row.floorOver),
      over: percent(row.overTarget),
      unanswered: row.unanswered,
      judgement: row.judgement,
    })),
    edgeCases: edgeTable(result, variants),
    edgeVariants: variants.filter((variant) => result.edgeCases.some((row) => row.variant === variant)),
    timeParts: result.timeParts.map((part) => ({
      variant: part.variant,
      rows: part.rows.toLocaleString('en'),
      connect: figure(part.connect),
      plan: figure(part.plan),
      execute: figure(part.execute),
      transfer: figure(part.transfer),
    })),
    cold: result.cold.map((row) => ({
      variant: row.variant,
      rows: row.rows.toLocaleString('en'),
      p50: figure(row.p50),
      max: figure(row.max),
    })),
    plans: result.plans.map((plan) => ({
      title: `${plan.variant}, ${plan.rows.toLocaleString('en')} numbers${plan.of === 'inside' ? ', inside the function' : ''}`,
      text: plan.text,
    })),
    notMeasured: result.notMeasured.map((cell) => ({
      what: `${cell.variant}, ${cell.rows.toLocaleString('en')} rows, ${cell.mix}, ${cell.concurrency} at a time, ${cell.connection}`,
      why: cell.why,
    })),
  };
}

const MOST_REASONS = 6;

const HEADLINES = {
  holds: 'The target holds',
  missed: 'The target is missed',
  unchecked: 'Fast enough, unchecked',
  'no verdict': 'No verdict',
};

/** What a reader wants to know first, each as one figure. */
function factsOf({ size, truth, answers, target }: BenchResult, { time, found, wrong }: BenchCard) {
  const share = (part: { count: number; of: number } | null) =>
    part === null || part.of === 0
      ? { value: '?', note: 'nobody has said who is right' }
      : {
          value: percent(part.count / part.of),
          note: `${part.count.toLocaleString('en')} of ${part.of.toLocaleString('en')}`,
        };
  const tables = size.tables.map(({ name }) => name).join(', ');
  return [
    {
      label: target.percentile,
      value: time === null ? 'none' : `${figure(time.ms)} ms`,
      note: `allowed: ${target.ms} ms`,
      look: time !== null && time.ms <= time.targetMs ? 'holds' : 'breaks',
    },
    {
      label: 'callers found',
      ...share(found),
      look: found === null ? 'uncertain' : found.count === found.of ? 'holds' : 'breaks',
    },
    {
      label: 'wrong person named',
      ...share(wrong),
      look: wrong === null ? 'uncertain' : wrong.count === 0 ? 'holds' : 'breaks',
    },
    {
      label: truth === 'made' ? 'numbers, made for it' : 'rows that it searches',
      value: size.rows === null ? '?' : `${size.exact ? '' : '≈ '}${size.rows.toLocaleString('en')}`,
      note: tables === '' ? `${answers.asked.toLocaleString('en')} lookups checked` : tables,
      look: '',
    },
  ];
}

/** The size of a cache; 0 where it is not known. */
function sizeText(rows: number): string {
  return rows === 0 ? '?' : rows.toLocaleString('en');
}

/** p99 over the size of the cache, one line for each variant, on two logarithmic axes. */
function sizeChart(
  result: BenchResult,
  concurrency: number,
  lookOf: (variant: string) => number,
): Chart | undefined {
  const rows = result.rows.filter(
    (row) => row.concurrency === concurrency && (row.mix === 'mixed' || row.mix === 'given'),
  );
  const sizes = rows.map((row) => row.rows);
  if (new Set(sizes).size < 2) return undefined;
  const values = [...rows.map(({ p99 }) => p99), result.target.ms];
  const x = logAxis(Math.min(...sizes), Math.max(...sizes), PLOT.left, PLOT.right, count);
  const y = logAxis(Math.min(...values), Math.max(...values), PLOT.bottom, PLOT.top, milliseconds);
  const variants = [...new Set(rows.map(({ variant }) => variant))];
  const lines = variants.map((variant) => {
    const own = rows.filter((row) => row.variant === variant);
    const kept = own.filter(({ connection }) => connection === 'kept');
    return {
      name: variant,
      look: lookOf(variant),
      points: (kept.length > 0 ? kept : own).map((row) => ({
        x: row.rows,
        y: row.p99,
        title: `${variant}, ${row.rows.toLocaleString('en')} numbers: p99 ${figure(row.p99)} ms`,
      })),
    };
  });
  return {
    title: `p99 over the size of the cache, ${concurrency === 1 ? 'one call' : `${concurrency} calls`} at a time`,
    description: `Each line is one lookup path, its connection kept where it can be. Above the line at ${result.target.ms} ms the target is missed.`,
    width: WIDTH,
    height: HEIGHT,
    plot: PLOT,
    x: { title: 'phone numbers in the cache', ticks: x.ticks },
    y: { title: 'milliseconds', ticks: y.ticks },
    target: targetLine(result.target.ms, y.place(result.target.ms)),
    series: drawSeries(lines, x, y),
  };
}

/** The percentile curve at the largest size: how the slowest lookups behave. */
function curveChart(
  result: BenchResult,
  sizes: readonly number[],
  lookOf: (variant: string) => number,
): Chart[] | undefined {
  const size = sizes.at(-1);
  const curves = result.curves.filter(({ rows, points }) => rows === size && points.length > 1);
  const kept = [...new Map(curves.toReversed().map((curve) => [curve.variant, curve])).values()].toReversed();
  if (kept.length === 0 || size === undefined) return undefined;
  const all = kept.flatMap(({ points }) => points);
  const values = [...all.map(({ ms }) => ms), result.target.ms];
  // One in so many lookups is slower: 2 is the median, 100 is p99.
  const oneIn = (percentile: number): number => 1 / (1 - percentile / 100);
  const x = logAxis(
    1,
    Math.max(100, ...all.map(({ percentile }) => oneIn(percentile))),
    PLOT.left,
    PLOT.right,
    nines,
  );
  const y = logAxis(Math.min(...values), Math.max(...values), PLOT.bottom, PLOT.top, milliseconds);
  const lines = kept.map(({ variant, points }) => ({
    name: variant,
    look: lookOf(variant),
    points: points.map(({ percentile, ms }) => ({
      x: oneIn(percentile),
      y: ms,
      title: `${variant}: p${percentile} ${figure(ms)} ms`,
    })),
  }));
  return [
    {
      title: `Percentiles at ${size.toLocaleString('en')} numbers, one call at a time`,
      description: `How long the slowest lookups take: the further right, the rarer. Above the line at ${result.target.ms} ms they miss the target.`,
      width: WIDTH,
      height: HEIGHT,
      plot: PLOT,
      x: { title: 'percentile', ticks: x.ticks },
      y: { title: 'milliseconds', ticks: y.ticks },
      target: targetLine(result.target.ms, y.place(result.target.ms)),
      series: drawSeries(lines, x, y),
    },
  ];
}

function targetLine(ms: number, y: number): Chart['target'] {
  return { y, label: `${ms} ms`, labelY: y - 5 };
}

/** 1, 10, 100, 1000 as p0, p90, p99, p99.9. */
function nines(oneIn: number): string {
  return `p${Number((100 - 100 / oneIn).toFixed(4))}`;
}

function edgeTable(result: BenchResult, variants: readonly string[]) {
  const names = [...new Set(result.edgeCases.map(({ name }) => name))];
  return names.map((name) => ({
    name,
    cells: variants.flatMap((variant) => {
      const row = result.edgeCases.find((one) => one.variant === variant && one.name === name);
      if (!row) return [];
      if (row.right) return [{ text: row.expected === null ? 'nobody' : 'right', look: 'holds', sign: '✓' }];
      if (row.failed !== undefined) {
        return [{ text: row.failed === 'error' ? 'fails' : 'no answer', look: 'breaks', sign: '✗' }];
      }
      return row.named === null
        ? [{ text: 'not known', look: 'uncertain', sign: '–' }]
        : [{ text: 'wrong person', look: 'breaks', sign: '✗' }];
    }),
  }));
}

function figure(ms: number): string {
  if (ms >= 100) return ms.toFixed(0);
  return ms >= 10 ? ms.toFixed(1) : ms.toFixed(3);
}
