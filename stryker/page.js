/**
 * The page of the figures: `docs/mutation.md`.
 *
 * @typedef {import('./result.js').Result} Result
 * @typedef {import('./result.js').Survivor} Survivor
 * @typedef {{ code: string, mutator?: string, why: string }} Reason why the mutants of a line may survive: those of one
 *   kind, or all
 */

/**
 * @param {Record<string, unknown>} rooms in the order in which they are shown
 * @param {Record<string, Result>} results those of the rooms that were run
 * @param {Record<string, Reason[]>} reasons by file
 * @param {number} least percent of the mutants of a room that have to be killed
 * @returns {string}
 */
export function pageOf(rooms, results, reasons, least) {
  const measured = Object.keys(rooms).filter((name) => results[name] !== undefined);
  const missing = Object.keys(rooms).filter((name) => results[name] === undefined);
  return `${[
    '# Mutation testing',
    '<!-- Written by `npm run test:mutation -- --write` from stryker/results.json and stryker/reasons.yaml. -->',
    `Stryker changes the code in every small way that it knows (a condition negated, a call removed, a text emptied), one
change at a time, and runs the tests that are beside the code. A mutant is killed when a test fails or never ends. Of
each room at least ${least} % have to be killed; \`npm run test:mutation -- ROOM\` measures one, and the nightly workflow all.
The rules that must never be lost are held apart from this, without any survivor: \`npm run test:mutants\`.`,
    `Texts of three words or more are not mutated: they are sentences for people, and no code decides by them. Codes, names
and short texts are. Which files and which tests make up a room is in [stryker/rooms.yaml](../stryker/rooms.yaml). A mutant that only
the tests of another room would notice counts as a survivor. What runs only while a module is loaded, such as a table at its top, is
not mutated either: with Vitest 4.1, Stryker 9.6 sometimes runs the tests without such a mutant, and it seems to survive.`,
    table(
      ['room', 'mutants', 'killed', 'survived', 'with a reason', 'not run', 'score', 'measured on'],
      measured.map((name) => row(name, results[name], reasons)),
    ),
    missing.length === 0
      ? 'Every room has been measured.'
      : `Not measured yet: ${missing.map((name) => `\`${name}\``).join(', ')}.`,
    '## Survivors',
    'Each line of code with mutants that no test notices, how many, of which kind, and why that may be so. A line that no test of the room executes is marked as such.',
    ...measured.flatMap((name) => section(name, results[name], reasons)),
  ].join('\n\n')}\n`;
}

/**
 * @param {string} name
 * @param {Result} result
 * @param {Record<string, Reason[]>} reasons
 */
function row(name, result, reasons) {
  const explained = result.survivors.filter((survivor) => reasonFor(survivor, reasons) !== undefined);
  const { mutants, killed, survivors, ignored, broken, date } = result;
  const score = `${percent(killed, mutants)} %`;
  return [name, mutants, killed, survivors.length, explained.length, ignored + broken, score, date];
}

/** Rounded down: 84.96 is not 85. */
function percent(part, whole) {
  return whole === 0 ? '100.0' : (Math.floor((1000 * part) / whole) / 10).toFixed(1);
}

/**
 * @param {string} name
 * @param {Result} result
 * @param {Record<string, Reason[]>} reasons
 */
function section(name, { survivors }, reasons) {
  if (survivors.length === 0) return [`### ${name}`, 'None.'];
  const groups = new Map();
  for (const survivor of survivors)
    groups.set(lineOf(survivor), [...(groups.get(lineOf(survivor)) ?? []), survivor]);
  const rows = [...groups.values()].map((group) => {
    const [{ file, code, line }] = group;
    const kinds = [...new Set(group.map(({ mutator }) => mutator))].join(', ');
    const found = [...new Set(group.map((survivor) => reasonFor(survivor, reasons) ?? 'not looked at'))];
    const covered = group.some((survivor) => survivor.covered) ? '' : ' (not executed)';
    return [`${file}:${line}`, `${inline(code)}${covered}`, `${group.length} ${kinds}`, found.join('; ')];
  });
  return [`### ${name}`, table(['place', 'code', 'mutants', 'why'], rows)];
}

/**
 * @param {Survivor} survivor
 * @param {Record<string, Reason[]>} reasons
 */
function reasonFor({ file, code, mutator }, reasons) {
  return reasons[file]?.find(
    (reason) => reason.code === code && (reason.mutator === undefined || reason.mutator === mutator),
  )?.why;
}

const lineOf = ({ file, line }) => `${file}:${line}`;

/** @param {string} text */
const inline = (text) => `\`\` ${text.replaceAll('|', '\\|')} \`\``;

/**
 * @param {string[]} head
 * @param {(string | number)[][]} rows
 */
function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
