import { labelOf } from '../../documents/labels.js';
import { stateOf } from '../../record/proof.js';
import type { Capability, Run } from '../../record/run.js';
import { isSurprise } from '../../record/success.js';
import type { Io } from '../io.js';

/** Prints every operation in the order of the contract; runs of several targets side by side. */
export function printOperations(runs: readonly Run[], io: Io): void {
  const single = runs.length === 1;
  const column = single ? 27 : 16;
  const wide = Math.max(io.width - column * runs.length - 1, 20);
  io.out();
  io.out(
    ' '.repeat(wide) +
      ' ' +
      runs
        .map((run) => (single ? 'outcome    status  latency' : run.target.padEnd(column)))
        .join('')
        .trimEnd(),
  );
  const first = runs[0];
  for (const tag of new Set(first?.operations.map((operation) => operation.tag))) {
    io.out(io.colours.bold(tag));
    for (const { id } of first?.operations.filter((operation) => operation.tag === tag) ?? []) {
      const cells = runs.map((run) => {
        const operation = run.operations.find((candidate) => candidate.id === id);
        return single ? detailedCell(operation, io) : shortCell(operation, column, io);
      });
      io.out(`${shorten(`  ${id}`, wide).padEnd(wide)} ${cells.join('').trimEnd()}`);
    }
  }
}

function shortCell(operation: Capability | undefined, width: number, io: Io): string {
  if (!operation) return ''.padEnd(width);
  const text = `${shortLabel(operation)} ${operation.statuses.join(',')}`.padEnd(width - 1);
  return `${paint(operation, text, io)} `;
}

function detailedCell(operation: Capability | undefined, io: Io): string {
  if (!operation) return '';
  const latency = operation.latencyMs === null ? '' : `${formatMs(operation.latencyMs.p50)} ms`;
  const text =
    shortLabel(operation).padEnd(11) + operation.statuses.join(',').padEnd(6) + latency.padStart(10);
  return paint(operation, text, io);
}

/** There is little room in the table; above it stands what was expected. */
function shortLabel(operation: Capability): string {
  const label = labelOf(operation);
  return label === 'expected refusal' ? 'expected' : label;
}

function formatMs(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** A surprise is red whatever the outcome; what is as expected is calm. */
function paint(operation: Capability, text: string, io: Io): string {
  const { red, green, yellow, dim } = io.colours;
  if (isSurprise(operation)) return red(text);
  const state = stateOf(operation);
  if (state === 'works') return green(text);
  return state === 'skipped' || state === 'expected refusal' ? dim(text) : yellow(text);
}

function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(-tail)}`;
}
