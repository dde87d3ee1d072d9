// The tables, and what was judged wrongly.
/** @typedef {import('./trial.js').Trial} Trial */
/** @typedef {import('./trial.js').Kind} Kind */
/** @typedef {Trial & { name: string }} Tried */

/** So much of what is broken has to be flagged at its place. */
export const ENOUGH = 0.995;

/** Values are shown up to so many characters. */
const SHOWN = 300;
const SAID = 3;

/** @param {Trial} trial @returns {string[]} what is not as it has to be */
export function faultsOf({ valid, flaggedWrongly, threw, kinds }) {
  const { broken, 'at the place': atPlace, 'not flagged': notFlagged } = sum(Object.values(kinds));
  const share = atPlace / broken;
  return [
    ...(valid === 0 || broken === 0 ? ['nothing was tried'] : []),
    ...(flaggedWrongly > 0 ? [`${flaggedWrongly} valid values are flagged`] : []),
    ...(threw > 0 ? [`the validator throws at ${threw} values`] : []),
    ...(notFlagged > 0 ? [`${notFlagged} broken values are not flagged at all`] : []),
    // Rounded down: 99.499 % is not enough.
    ...(share < ENOUGH
      ? [`only ${Math.floor(share * 10_000) / 100} % of what is broken is flagged at its place`]
      : []),
  ];
}

/** @param {readonly Tried[]} tried */
export function report(tried) {
  return [
    ...table([
      ['contract', ...ABOUT, ...COLUMNS],
      ...tried.map((one) => [one.name, ...aboutOf(one), ...columnsOf(sum(Object.values(one.kinds)))]),
    ]),
    ...tried.flatMap(({ name, kinds, nestings }) => [
      '',
      ...table([[name, ...COLUMNS], ...rowsOf(kinds), ...rowsOf(nestings)]),
    ]),
    '',
    ...tried.flatMap(skippedOf),
    ...tried.flatMap(({ name, missed }) => missed.map((one) => missedOf(name, one))),
    ...tried.map((one) => {
      const faults = faultsOf(one);
      return `${faults.length > 0 ? 'FAIL' : 'ok  '} ${[one.name, ...faults].join(': ')}`;
    }),
    '',
  ].join('\n');
}

/** Of a contract: its schemas of answers, and what came of valid values. */
const ABOUT = [
  'schemas',
  'allow all',
  'skipped',
  'refused by oracle',
  'valid',
  'flagged wrongly',
  'not checked',
];

/** @param {Trial} trial */
function aboutOf({ schemas, allowAll, skipped, refused, valid, flaggedWrongly, notChecked }) {
  return [schemas, allowAll, skipped.length, refused, valid, flaggedWrongly, notChecked];
}

/** Schemas without a value, by reason. @param {Tried} tried */
function skippedOf({ name, skipped }) {
  /** @type {Map<string, string[]>} */
  const byReason = new Map();
  for (const { schemaPointer, why } of skipped) {
    byReason.set(why, [...(byReason.get(why) ?? []), schemaPointer]);
  }
  return [...byReason].map(([why, [first, ...rest]]) => {
    const more = rest.length > 0 ? ` and ${rest.length} more` : '';
    return `Skipped: ${name} ${first ?? ''}${more}: ${why}`;
  });
}

const COLUMNS = ['broken', 'equivalent', 'at the place', 'elsewhere', 'not flagged'];

/** @param {Kind} kind */
function columnsOf(kind) {
  return [kind.broken, kind.equivalent, kind['at the place'], kind.elsewhere, kind['not flagged']];
}

/** @param {Record<string, Kind>} kinds */
function rowsOf(kinds) {
  return Object.entries(kinds)
    .filter(([, { broken, equivalent }]) => broken + equivalent > 0)
    .map(([name, kind]) => [name, ...columnsOf(kind)]);
}

/** @param {readonly Kind[]} kinds @returns {Kind} */
function sum(kinds) {
  const total = { broken: 0, equivalent: 0, 'at the place': 0, elsewhere: 0, 'not flagged': 0 };
  for (const kind of kinds) {
    total.broken += kind.broken;
    total.equivalent += kind.equivalent;
    total['at the place'] += kind['at the place'];
    total.elsewhere += kind.elsewhere;
    total['not flagged'] += kind['not flagged'];
  }
  return total;
}

/** @param {readonly (readonly (string | number)[])[]} rows @returns {string[]} */
function table(rows) {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? String(cell).padEnd(widths[column] ?? 0) : String(cell).padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

/** @param {string} name @param {import('./trial.js').Missed} missed */
function missedOf(name, { kind, outcome, schemaPointer, pointer, alternatives, value, said }) {
  const inside = alternatives === undefined ? '' : `, in the alternatives of “${alternatives}”`;
  return [
    `${outcome}: ${name} ${schemaPointer}: ${kind} at “${pointer}”${inside}`,
    `    ${value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value}`,
    ...said.slice(0, SAID).map((sentence) => `    said: ${sentence}`),
  ].join('\n');
}
