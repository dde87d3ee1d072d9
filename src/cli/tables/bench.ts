import type { BenchResult } from '../../caller-id/bench/result.js';
import { percent } from '../../caller-id/bench/verdict.js';
import type { Io } from '../io.js';

/** Prints what a bench found: one line for each variant and size, then the edge cases, then the verdict. */
export function printBench(result: BenchResult, io: Io): void {
  const { bold, dim, red, green, yellow } = io.colours;
  const { engine, target, machine } = result;
  const where = engine.kind === 'embedded' ? 'embedded' : 'your own server';
  io.out(`PostgreSQL ${engine.version} (${where}, ${engine.authentication}), ${machine.cpus} processors`);
  io.out(`Target: ${target.percentile} below ${target.ms} ms`);
  for (const connection of ['kept', 'per-call'] as const) {
    for (const concurrency of [1, 16]) {
      const rows = result.rows.filter(
        (row) =>
          row.connection === connection &&
          row.concurrency === concurrency &&
          (row.mix === 'mixed' || row.mix === 'given'),
      );
      if (rows.length === 0) continue;
      io.out();
      io.out(bold(`Connection ${connection}, ${concurrency} at a time, hits and misses; times in ms`));
      io.out(dim(`${'lookup'.padEnd(17)}${HEADS.map((head) => head.padStart(9)).join('')}`));
      for (const row of rows) {
        const paint = row.judgement === 'holds' ? green : row.judgement === 'breaks' ? red : yellow;
        const cells = [
          short(row.rows),
          ms(row.p50),
          paint(ms(row.p99).padStart(9)),
          ms(row.max),
          `${row.ratioToFloor.toFixed(1)}×`,
          percent(row.overTarget),
          row.wrong === null ? '?' : percent(row.wrong / row.samples),
        ];
        io.out(`${row.variant.padEnd(17)}${cells.map((cell) => cell.padStart(9)).join('')}`);
      }
    }
  }
  printOpenLoop(result, io);
  printEdgeCases(result, io);
  printBreakingPoints(result, io);
  io.out();
  for (const line of result.noise) io.out(yellow(`Restless machine: ${line}.`));
  const subject = `${result.judged.variants.join(', ')}, connection ${result.judged.connection}`;
  const paint = { holds: green, breaks: red, uncertain: yellow }[result.verdict];
  io.out(bold(paint(`${VERDICTS[result.verdict]}: ${subject}`)));
  for (const line of result.because.slice(0, 12)) io.out(`  ${line}`);
  if (result.because.length > 12) io.out(`  … and ${result.because.length - 12} more, in the JSON.`);
}

const HEADS = ['numbers', 'p50', 'p99', 'max', 'floor', 'over', 'wrong'];

const VERDICTS = {
  holds: 'The target holds',
  breaks: 'The target is missed',
  uncertain: 'No verdict is possible',
};

function printOpenLoop(result: BenchResult, io: Io): void {
  if (result.openLoop.length === 0) return;
  const rate = result.openLoop[0]?.ratePerSecond ?? 0;
  io.out();
  io.out(io.colours.bold(`${rate} calls a second, whether answered or not; times from when each was due`));
  for (const row of result.openLoop) {
    const cells = [short(row.rows), ms(row.p50), ms(row.p99), ms(row.max)];
    io.out(`${row.variant.padEnd(17)}${cells.map((cell) => cell.padStart(9)).join('')}`);
  }
}

function printEdgeCases(result: BenchResult, io: Io): void {
  const variants = [...new Set(result.edgeCases.map(({ variant }) => variant))];
  if (variants.length === 0) return;
  io.out();
  io.out(io.colours.bold('Calls that are easily got wrong'));
  for (const variant of variants) {
    const rows = result.edgeCases.filter((row) => row.variant === variant);
    const wrong = rows.filter(({ right }) => !right);
    const strangers = wrong.filter(({ named }) => named !== null);
    io.out(
      `${variant.padEnd(17)} ${rows.length - wrong.length} of ${rows.length} right` +
        (strangers.length === 0 ? '' : io.colours.red(`; names the wrong person in ${strangers.length}`)),
    );
    for (const { name } of strangers) io.out(io.colours.dim(`${' '.repeat(18)}${name}`));
  }
}

function printBreakingPoints(result: BenchResult, io: Io): void {
  if (result.breakingPoints.length === 0) return;
  io.out();
  io.out(io.colours.bold(`Where ${result.target.ms} ms break`));
  for (const { variant, concurrency, connection, breaksAt, holdsTo } of result.breakingPoints) {
    const text =
      breaksAt === null
        ? holdsTo === null
          ? 'not certain at any size'
          : `holds at every size, to ${short(holdsTo)}`
        : holdsTo === null
          ? `breaks at ${short(breaksAt)}; no size below is certain`
          : `holds at ${short(holdsTo)}, breaks at ${short(breaksAt)}`;
    io.out(`${variant.padEnd(17)} ${`${concurrency} at a time, ${connection}:`.padEnd(24)} ${text}`);
  }
}

function ms(value: number): string {
  if (value >= 1000) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(3);
}

/** 1k, 10k, 1M. */
function short(size: number): string {
  if (size >= 1_000_000) return `${size / 1_000_000}M`;
  return size >= 1_000 ? `${size / 1_000}k` : String(size);
}
