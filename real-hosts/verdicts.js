// Groups what the last checks said by answer and verdict, so that a person can look at each group.
//
//   node real-hosts/verdicts.js                  every group that is neither “works” nor “skipped”
//   node real-hosts/verdicts.js --only powerdns  only checks that have all of these words in their name
//   node real-hosts/verdicts.js --all            the skipped ones too, by their reason
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { CACHE } from './install.js';

const CHECKS = join(CACHE, 'checks');

/** How many operations of a group are named. */
const NAMED = 4;

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, all: { type: 'boolean' } },
});
/** @type {Map<string, { product: string, answer: string, verdict: string, explanation: string, operations: Set<string>, checks: Set<string>, count: number }>} */
const groups = new Map();
const checks = await readdir(CHECKS).catch(() => []);
if (checks.length === 0) {
  process.stderr.write('there are no checks yet: run node real-hosts/check.js first\n');
  process.exit(3);
}
for (const check of checks.sort()) {
  if (!(values.only ?? []).every((text) => check.includes(text.toLowerCase()))) continue;
  const runs = join(CHECKS, check, 'reports/runs');
  for (const file of await readdir(runs).catch(() => [])) {
    const run = JSON.parse(await readFile(join(runs, file), 'utf8'));
    for (const operation of run.operations) add(check, operation);
  }
}
const rows = [...groups.values()].sort(
  (one, other) => one.product.localeCompare(other.product) || other.count - one.count,
);
for (const { product, answer, verdict, explanation, operations, checks, count } of rows) {
  const named = [...operations].slice(0, NAMED).join(', ');
  const more = operations.size > NAMED ? ` and ${operations.size - NAMED} more` : '';
  process.stdout.write(
    [
      `${product}: ${count} × ${answer} → ${verdict}`,
      `  ${named}${more}; in ${checks.size} checks, such as ${[...checks][0]}`,
      `  ${explanation}`,
      '',
    ].join('\n'),
  );
}
const certain = rows.filter(({ verdict }) => verdict.endsWith('certain'));
process.stdout.write(`${rows.length} groups, ${certain.length} of them certain\n`);

/** @param {string} check @param {any} operation */
function add(check, operation) {
  const { id, outcome, layer, cause, confidence, explanation } = operation;
  if (outcome === 'works' || (outcome === 'skipped' && !values.all)) return;
  const product = check.replace(/-(?:published|silent|guarded)-.*/, '');
  const answer = answerOf(operation);
  const verdict = [outcome, layer, cause, confidence].filter(Boolean).join(', ');
  const reason = outcome === 'skipped' ? explanation : '';
  const key = [product, answer, verdict, reason].join('\n');
  const group = groups.get(key) ?? {
    product,
    answer,
    verdict,
    explanation,
    operations: new Set(),
    checks: new Set(),
    count: 0,
  };
  group.operations.add(id);
  group.checks.add(check);
  group.count += 1;
  groups.set(key, group);
}

/** The status and the words of what the operation itself was answered. @param {any} operation */
function answerOf({ exchanges = [], findings = [] }) {
  const own = exchanges.filter((/** @type {any} */ { role }) => role === 'operation').at(-1);
  if (own === undefined) return 'not asked';
  const said =
    own.message ??
    (typeof own.bodyShape === 'object' ? JSON.stringify(own.bodyShape).slice(0, 80) : own.bodyShape);
  const broken = [...new Set(findings.map((/** @type {any} */ { check }) => check))].join(' ');
  return [own.method, own.status, said === undefined ? '' : `“${said}”`, broken && `[${broken}]`]
    .filter(Boolean)
    .join(' ');
}
