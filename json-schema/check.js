// Runs the official JSON Schema test suite over the validator of answers, in the drafts that OpenAPI uses.
//
//   npm run test:json-schema                    the required tests and the optional ones
//   node json-schema/check.js --only TEXT       only files that have the text in their name
//
// A test is wrong when a valid value is flagged, or an invalid one is not and nothing is said of a keyword that was not
// checked. Exit codes: 0 none of the required tests is wrong; 1 one is; 2 wrong usage; 3 the suite cannot be had here.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createValidator } from '../dist/src/contract/schema/validator.js';
import { runScript } from '../real-hosts/closing.js';
import { Unavailable } from '../real-hosts/install.js';
import { casesOf, ROUTES, SCHEMA } from './suite.js';

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
  return values;
}

/** @param {{ only: string }} options @returns {Promise<number>} the exit code */
async function main({ only }) {
  let wrong = 0;
  try {
    for (const route of ROUTES) {
      const cases = (await casesOf(route)).filter(({ file }) => file.includes(only));
      const judged = cases.flatMap((one) => judge(one, route.dialect));
      process.stdout.write(report(route.name, judged));
      wrong += judged.filter(({ file, kind }) => kind === 'wrong' && !isOptional(file)).length;
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    process.stdout.write(`Skipped: ${error.message}\n`);
    return 3;
  }
  return wrong > 0 ? 1 : 0;
}

/** @typedef {{ file: string, about: string, kind: 'right' | 'wrong' | 'not checked', what: string }} Judged */

/** @param {import('./suite.js').Case} one @param {'3.0' | '3.1'} dialect @returns {Judged[]} */
function judge({ file, about, document, tests }, dialect) {
  const validator = createValidator(document, dialect, 'answer');
  return tests.map(({ description, data, valid }) => {
    const result = { file, about: `${about}: ${description}` };
    const checked = validator.check(SCHEMA, data);
    if (checked.kind === 'not checked') return { ...result, kind: 'not checked', what: checked.why };
    const isFlagged = checked.violations.length > 0;
    if (isFlagged === !valid) return { ...result, kind: 'right', what: '' };
    if (!isFlagged && checked.unchecked.length > 0) {
      const [{ keyword, why } = { keyword: '', why: '' }] = checked.unchecked;
      return { ...result, kind: 'not checked', what: `“${keyword}”: ${why}` };
    }
    const what = checked.violations[0]?.message ?? 'not flagged';
    return { ...result, kind: 'wrong', what: valid ? `flagged: ${what}` : what };
  });
}

/** @param {string} file */
function isOptional(file) {
  return file.startsWith('optional/');
}

/** @param {string} route @param {readonly Judged[]} judged */
function report(route, judged) {
  const lines = [];
  for (const optional of [false, true]) {
    const some = judged.filter(({ file }) => isOptional(file) === optional);
    const counts = ['right', 'not checked', 'wrong'].map(
      (kind) => `${some.filter((one) => one.kind === kind).length} ${kind}`,
    );
    lines.push(`${route}, ${optional ? 'optional' : 'required'}: ${some.length} tests, ${counts.join(', ')}`);
    for (const [kind, files] of grouped(some)) {
      lines.push(`  ${kind}`, ...files.map(([file, what, count]) => `    ${file}: ${what} (${count})`));
    }
  }
  return `${lines.join('\n')}\n\n`;
}

/** What is not right, by kind, file and reason. @param {readonly Judged[]} judged */
function grouped(judged) {
  /** @type {Map<string, Map<string, [string, string, number]>>} */
  const kinds = new Map();
  for (const { kind, file, about, what } of judged) {
    if (kind === 'right') continue;
    const reason = kind === 'wrong' ? `${about}: ${what}` : what;
    const files = kinds.get(kind) ?? new Map();
    kinds.set(kind, files);
    const [, , count] = files.get(`${file} ${reason}`) ?? ['', '', 0];
    files.set(`${file} ${reason}`, [file, reason, count + 1]);
  }
  return [...kinds].map(([kind, files]) => /** @type {const} */ ([kind, [...files.values()]]));
}
