import type { Grid, GridCell } from '../../history/grid.js';
import type { History, OperationHistory } from '../../history/history.js';
import type { Io } from '../io.js';

/** As many days as fit into a line beside the rest. */
const DAYS_SHOWN = 30;

const LEGEND = 'One mark per day: ▪ worked, ▫ worked (no run that day), ✗ failed, ~ both, · not known.';

/** What does not work, or has not always worked, operation by operation; the rest in one line. */
export function printHistory(history: History, grid: Grid, io: Io): void {
  const { bold, dim, red, green } = io.colours;
  const { target, runs, from, to, operations, provedNothing } = history;
  const eventful = operations.filter(({ usable, flaps }) => !usable || flaps > 0);
  io.out(
    bold(`${target}: ${runs} ${runs === 1 ? 'run' : 'runs'} from ${from.slice(0, 10)} to ${to.slice(0, 10)}`),
  );
  if (provedNothing.length > 0) {
    const newest = provedNothing.at(-1)?.slice(0, 10) ?? '';
    io.out(
      dim(
        io.wrapped(
          `${provedNothing.length === 1 ? 'A run' : `${provedNothing.length} runs`} proved nothing (the newest on ${newest}).`,
          2,
        ),
      ),
    );
  }
  if (eventful.length > 0)
    io.out(dim(`  ${'now'.padEnd(12)}${'since'.padEnd(12)}${'uptime'.padStart(7)}  flaps`));
  for (const one of eventful) {
    const row = grid.rows.find(({ operation }) => operation === one.operation);
    io.out(`  ${one.operation}`);
    const facts = `${one.now.outcome.padEnd(12)}${one.since.slice(0, 10).padEnd(12)}${uptimeText(one).padStart(7)}  ${String(one.flaps).padStart(5)}`;
    io.out(
      `  ${(one.usable ? green : red)(facts)}  ${(row?.cells ?? []).slice(-DAYS_SHOWN).map(sign).join('')}`,
    );
  }
  const steady = operations.length - eventful.length;
  if (steady > 0) {
    const did = steady === 1 ? 'operation did what was asked of it' : 'operations did what was asked of them';
    io.out(`  ${steady} ${did} in every run.`);
  }
  if (eventful.length > 0) {
    io.out(dim(io.wrapped(LEGEND, 2)));
  }
  io.out();
}

function uptimeText({ uptime }: OperationHistory): string {
  return uptime === null ? '–' : `${(100 * uptime).toFixed(1)} %`;
}

/** Readable without colour. */
function sign(cell: GridCell | null): string {
  if (!cell) return '·';
  if (cell.mixed) return '~';
  if (!cell.usable) return '✗';
  return cell.seen ? '▪' : '▫';
}
