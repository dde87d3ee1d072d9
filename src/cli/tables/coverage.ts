import type { Coverage } from '../../contract-coverage/cover.js';
import { coverageView } from '../../documents/coverage-view.js';
import type { Io } from '../io.js';

/** What the runs of a target have never seen: the figures, and what is open of each operation. */
export function printCoverage(coverage: Coverage, io: Io): void {
  const { target, span, lines, never, partly } = coverageView(coverage);
  io.out(io.colours.bold(`${target}: ${span}`));
  if (lines.length === 0) io.out('  Everything in the contract was seen.');
  for (const line of lines) io.out(io.wrapped(line, 2));
  if (never.length > 0) io.out(io.colours.bold('Never answered with success'));
  for (const { operation, came } of never) io.out(io.wrapped(`${operation}: ${came}`, 2));
  if (partly.length > 0) io.out(io.colours.bold('Seen in part'));
  for (const { operation, parts, undocumented } of partly) {
    io.out(`  ${operation}`);
    for (const { what, names, more } of parts)
      io.out(io.wrapped(`${what}: ${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}`, 4));
    if (undocumented !== '') io.out(io.wrapped(`seen and not documented: ${undocumented}`, 4));
  }
  io.out();
}
