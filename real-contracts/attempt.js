/* global URL */
// What is done with one contract.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { readRun } from '../real-hosts/files.js';
import { startProgram } from '../real-hosts/program.js';

const MAIN = fileURLToPath(new URL('../dist/bin/conform.js', import.meta.url));

/** A command that takes longer is ended. The largest contract has 22,000 operations. */
const PATIENCE_MS = 45 * 60_000;

const TARGETS = `targets:
  mock:
    about: Prism, answering from the contract
    standing: documented
    serve: mock
    writes: { default: full, most: full }
`;

/**
 * @typedef {object} Attempt
 * @property {number} operations
 * @property {Record<string, number>} totals how many operations have which outcome
 * @property {number} repairs
 * @property {readonly Finding[]} findings
 * @property {number} seconds all in all
 * @property {readonly string[]} faults
 */

/** @typedef {{ operation: string, outcome: string, what: string }} Finding what the mock is said to do wrong */

/** @param {string} folder which has the contract in `spec/` @returns {Promise<Attempt>} */
export async function attempt(folder) {
  const start = process.hrtime.bigint();
  await writeFile(join(folder, 'spec/targets.yaml'), TARGETS);
  const faults = [];
  const generated = await conform(folder, ['generate', '--into', join(folder, 'generated')]);
  if (generated.exit !== 0) faults.push(`generate ended with ${generated.exit}: ${generated.said}`);
  else faults.push(...(await compile(join(folder, 'generated'))));
  const checked = await conform(folder, ['check', '--target', 'mock', '--out', join(folder, 'reports')]);
  if (![0, 1, 3].includes(checked.exit)) faults.push(`check ended with ${checked.exit}: ${checked.said}`);
  const run = await readRun(folder);
  if (!run) faults.push('check has left no run file');
  return {
    operations: run?.operations.length ?? 0,
    totals: run?.totals ?? {},
    repairs: run?.contract.repairs.length ?? 0,
    findings: run ? findingsOf(run) : [],
    seconds: Number((process.hrtime.bigint() - start) / 1_000_000_000n),
    faults,
  };
}

/** @param {string} folder @param {readonly string[]} asked */
async function conform(folder, asked) {
  const { PATH, HOME } = process.env;
  const program = startProgram(
    process.execPath,
    [MAIN, ...asked, '--spec-dir', join(folder, 'spec'), '--no-color'],
    { cwd: folder, log: join(folder, `${asked[0] ?? ''}.log`), env: { PATH, HOME } },
  );
  const patience = globalThis.setTimeout(() => void program.stop(), PATIENCE_MS);
  const exit = Number(await program.ended);
  globalThis.clearTimeout(patience);
  return { exit, said: /^error CONFORM_E_.*/m.exec(program.output())?.[0] ?? program.output().slice(-300) };
}

/** Compiles what was generated as a program of its own. @param {string} folder @returns {Promise<string[]>} */
async function compile(folder) {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const program = ts.createProgram(
    files.map((name) => join(folder, name)),
    {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: [],
      baseUrl: fileURLToPath(new URL('..', import.meta.url)),
    },
  );
  return ts
    .getPreEmitDiagnostics(program)
    .slice(0, 5)
    .map(({ messageText, file, start }) => {
      const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      return `${file?.fileName.split('/').at(-1) ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}

/** Every way in which an operation is not as documented. @param {any} run @returns {Finding[]} */
function findingsOf({ operations }) {
  return operations.flatMap((/** @type {any} */ { id, outcome, explanation, findings }) => {
    if (findings.length > 0) {
      return findings.map((/** @type {any} */ { check, severity, message, pointer = '' }) => ({
        operation: id,
        outcome,
        what: `${severity} ${check}: ${message} ${pointer}`,
      }));
    }
    return outcome === 'works' ? [] : [{ operation: id, outcome, what: explanation }];
  });
}
