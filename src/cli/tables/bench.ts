import { percent, type BenchResult, type Loop, type OpenRow, type Row } from '../../bench/result.js';
import { benchCard } from '../../impact/bench.js';
import type { Io } from '../io.js';

/** Prints what a bench found: the verdict in one sentence, why, and then the figures. */
export function printBench(result: BenchResult, io: Io): void {
  const { bold, dim, yellow } = io.colours;
  const { word, sentence } = benchCard(result);
  io.out(io.wrapped(bold(`${paintOf(result.verdict, io)(HEADLINES[word])} ${sentence}`), 0));
  io.out(dim(io.wrapped(subjectOf(result), 0)));
  io.out();
  for (const line of result.because.slice(0, MOST_REASONS)) io.out(io.wrapped(line, 2));
  const more = result.because.length - MOST_REASONS;
  if (more > 0) io.out(`  … and ${more} more, in the JSON.`);
  for (const line of result.noise) io.out(yellow(io.wrapped(`Restless machine: ${line}.`, 2)));
  printClosedLoops(result, io);
  printOpenLoop(result, io);
  printEdgeCases(result, io);
  printBreakingPoints(result, io);
}

const MOST_REASONS = 8;

const HEADLINES = {
  holds: 'The target holds.',
  missed: 'The target is missed.',
  unchecked: 'Unchecked.',
  'no verdict': 'No verdict.',
};

function subjectOf({ judged, target, size, engine, machine }: BenchResult): string {
  return [
    `${judged.variants.join(', ')}, connection ${judged.connection}`,
    `target: ${target.percentile} below ${target.ms} ms`,
    size.rows === null
      ? 'size of its tables unknown'
      : `${size.exact ? '' : 'about '}${size.rows.toLocaleString('en')} ${
          size.tables.length === 0 ? 'numbers' : `rows in ${size.tables.map(({ name }) => name).join(', ')}`
        }`,
    `PostgreSQL ${engine.version} (${engine.kind === 'embedded' ? 'embedded' : 'your own server'}, ${engine.authentication})`,
    `${machine.cpus} processors`,
  ].join(' · ');
}

/** A column of figures, and from which width of the terminal on there is room for it. */
interface Column<L> {
  head: string;
  from: number;
  cell: (loop: L, io: Io) => string;
}

const COLUMN = 9;
const TIMES: readonly Column<Loop & { rows: number }>[] = [
  { head: 'rows', from: 0, cell: ({ rows }) => short(rows).padStart(COLUMN) },
  { head: 'p50', from: 0, cell: ({ p50 }) => ms(p50).padStart(COLUMN) },
  { head: 'p95', from: 110, cell: ({ p95 }) => ms(p95).padStart(COLUMN) },
  { head: 'p99', from: 0, cell: (loop, io) => paintOf(loop.judgement, io)(ms(loop.p99).padStart(COLUMN)) },
  { head: 'p99.9', from: 110, cell: ({ p999 }) => ms(p999).padStart(COLUMN) },
  { head: 'max', from: 80, cell: ({ max }) => ms(max).padStart(COLUMN) },
  { head: 'floor', from: 80, cell: ({ floorP50 }) => ms(floorP50).padStart(COLUMN) },
  { head: 'over', from: 60, cell: ({ overTarget }) => percent(overTarget).padStart(COLUMN) },
];

const ANSWERS: readonly Column<Row>[] = [
  {
    head: 'wrong',
    from: 40,
    cell: ({ wrong, samples }) => (wrong === null ? '?' : percent(wrong / samples)).padStart(COLUMN),
  },
  { head: 'samples', from: 110, cell: ({ samples }) => samples.toLocaleString('en').padStart(COLUMN) },
];

function printTable<L extends { variant: string }>(
  title: string,
  loops: readonly L[],
  columns: readonly Column<L>[],
  io: Io,
): void {
  if (loops.length === 0) return;
  const fitting = columns.filter(({ from }) => io.width >= from);
  const name = Math.max(6, ...loops.map(({ variant }) => variant.length));
  io.out();
  io.out(io.wrapped(io.colours.bold(title), 0));
  const heads = fitting.map(({ head }) => head.padStart(COLUMN)).join('');
  io.out(io.colours.dim(`${'lookup'.padEnd(name)}${heads}`));
  for (const loop of loops) {
    io.out(`${loop.variant.padEnd(name)}${fitting.map(({ cell }) => cell(loop, io)).join('')}`);
  }
}

function printClosedLoops({ rows, target }: BenchResult, io: Io): void {
  for (const connection of ['kept', 'per-call'] as const) {
    for (const concurrency of [1, 16]) {
      const loops = rows.filter(
        (row) =>
          row.connection === connection &&
          row.concurrency === concurrency &&
          (row.mix === 'mixed' || row.mix === 'given'),
      );
      const title = `Connection ${connection}, ${concurrency} at a time; in ms, over ${target.ms} ms`;
      printTable(title, loops, [...TIMES, ...ANSWERS], io);
    }
  }
}

function printOpenLoop({ openLoop }: BenchResult, io: Io): void {
  const columns: readonly Column<OpenRow>[] = TIMES;
  const rate = openLoop[0]?.ratePerSecond ?? 0;
  printTable(`${rate} calls a second; in ms from when each was due`, openLoop, columns, io);
}

function printEdgeCases(result: BenchResult, io: Io): void {
  const variants = [...new Set(result.edgeCases.map(({ variant }) => variant))];
  if (variants.length === 0) return;
  const name = Math.max(...variants.map(({ length }) => length));
  io.out();
  io.out(io.colours.bold('Calls that are easy to get wrong'));
  for (const variant of variants) {
    const rows = result.edgeCases.filter((row) => row.variant === variant);
    const wrong = rows.filter(({ right }) => !right);
    const strangers = wrong.filter(({ named }) => named !== null);
    const failed = wrong.filter((row) => row.failed !== undefined);
    const text = [
      `${variant.padEnd(name)}  ${rows.length - wrong.length} of ${rows.length} right`,
      ...(strangers.length === 0 ? [] : [io.colours.red(`names the wrong person in ${strangers.length}`)]),
      ...(failed.length === 0 ? [] : [io.colours.red(`gives no answer in ${failed.length}`)]),
    ];
    io.out(io.wrapped(text.join('; '), 0));
    const names = [...strangers, ...failed].map((row) => row.name);
    if (names.length > 0) io.out(io.colours.dim(io.wrapped(names.join(', '), name + 2)));
  }
}

function printBreakingPoints({ breakingPoints, rows, target }: BenchResult, io: Io): void {
  // With one size there is nothing that the figures do not say.
  if (new Set(rows.map((row) => row.rows)).size < 2) return;
  io.out();
  io.out(io.colours.bold(`Where ${target.ms} ms break`));
  for (const { variant, concurrency, connection, breaksAt, holdsTo } of breakingPoints) {
    const text =
      breaksAt === null
        ? holdsTo === null
          ? 'not certain at any size'
          : `holds at every size, to ${short(holdsTo)}`
        : holdsTo === null
          ? `breaks at ${short(breaksAt)}; no size below is certain`
          : `holds at ${short(holdsTo)}, breaks at ${short(breaksAt)}`;
    io.out(io.wrapped(`${variant}, ${concurrency} at a time, ${connection}: ${text}`, 0));
  }
}

function paintOf(judgement: BenchResult['verdict'], { colours }: Io): (text: string) => string {
  return { holds: colours.green, breaks: colours.red, uncertain: colours.yellow }[judgement];
}

function ms(value: number): string {
  if (value >= 1000) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(3);
}

/** 1k, 19.1k, 1M; ? where the size is not known. */
function short(size: number): string {
  if (size === 0) return '?';
  const figures = (value: number): string => String(Number(value.toPrecision(3)));
  if (size >= 1_000_000) return `${figures(size / 1_000_000)}M`;
  return size >= 1_000 ? `${figures(size / 1_000)}k` : String(size);
}
