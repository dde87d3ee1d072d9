// The table, and below it what is wrong with each check.
import { byMethod } from './recorder.js';

/**
 * @typedef {object} Tried
 * @property {import('./product.js').Product} product
 * @property {import('./attempt.js').Case} given
 * @property {import('./attempt.js').Attempt} seen
 */

const HEAD = [
  'product',
  'security',
  'credential',
  'policy',
  'exit',
  'arrived',
  'state',
  'left by its own account',
];

/** How many faults of one check are shown; all of them can be seen in its folder. */
const SHOWN = 12;

/** @param {readonly Tried[]} tried */
export function report(tried) {
  const rows = tried.map(({ product, given, seen }) => [
    product.name,
    given.security,
    given.credential,
    given.policy,
    `${seen.exit}`,
    byMethod(seen.arrived),
    stateOf(seen),
    seen.left?.map(({ operation, why }) => `${operation} (${why})`).join('; ') ||
      (seen.left ? 'nothing' : 'no run file'),
  ]);
  const wrong = tried.filter(({ seen }) => seen.faults.length > 0);
  const faults = wrong.flatMap(({ product, given, seen }) => [
    '',
    `${product.name}, ${given.security}, ${given.credential}, ${given.policy}:`,
    ...seen.faults.slice(0, SHOWN).map((fault) => `  ${fault}`),
    ...(seen.faults.length > SHOWN ? [`  and ${seen.faults.length - SHOWN} more`] : []),
  ]);
  const sum = `${tried.length - wrong.length} passed, ${wrong.length} failed`;
  return [...table([HEAD, ...rows]), ...faults, '', sum, ''].join('\n');
}

/** @param {import('./attempt.js').Attempt} seen */
function stateOf({ alive, changes }) {
  if (!alive) return 'ended';
  if (changes === undefined) return 'cannot be read';
  const { harmed, added } = changes;
  if (harmed.length + added.length === 0) return 'equal';
  return [harmed.length > 0 && `${harmed.length} harmed`, added.length > 0 && `${added.length} new`]
    .filter(Boolean)
    .join(', ');
}

/** @param {readonly string[][]} rows @returns {string[]} */
function table(rows) {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
