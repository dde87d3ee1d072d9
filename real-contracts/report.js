// The table, what is wrong, and what the mocks were found to do, by kind.

/** @typedef {import('./attempt.js').Attempt & { name: string }} Tried */

/** How many operations of a kind are named. */
const NAMED = 3;

/** @param {readonly Tried[]} tried */
export function report(tried) {
  const rows = tried.map(({ name, operations, totals, repairs, seconds, faults }) => {
    const outcomes = Object.entries(totals)
      .filter(([, count]) => count > 0)
      .map(([outcome, count]) => `${count} ${outcome}`)
      .join(', ');
    return `${faults.length > 0 ? 'FAIL' : 'ok  '} ${name}: ${operations} operations, ${repairs} repairs: ${outcomes} (${seconds} s)`;
  });
  const faults = tried.flatMap(({ name, faults: own }) => own.map((fault) => `${name}: ${fault}`));
  const failed = tried.filter((one) => one.faults.length > 0).length;
  return [
    ...rows,
    '',
    ...kinds(tried),
    ...faults,
    '',
    `${tried.length - failed} passed, ${failed} failed`,
    '',
  ].join('\n');
}

/** @param {readonly Tried[]} tried @returns {string[]} */
function kinds(tried) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const { name, findings } of tried) {
    for (const { operation, outcome, what } of findings) {
      // Names, numbers and places differ; the kind of what is wrong does not.
      const kind = `${outcome}: ${what
        .replace(/“[^”]*”/g, '“…”')
        .replace(/\/\S*/g, '/…')
        .replace(/\d+/g, '#')}`.slice(0, 200);
      const known = found.get(kind) ?? [];
      known.push(`${name} ${operation}`);
      found.set(kind, known);
    }
  }
  return [...found]
    .sort(([, one], [, other]) => other.length - one.length)
    .flatMap(([kind, operations]) => [
      `${operations.length} × ${kind}`,
      `    ${operations.slice(0, NAMED).join('; ')}`,
    ]);
}
