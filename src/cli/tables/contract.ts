import { CONTRACT_RULES } from '../../contract-rules/index.js';
import type { Judged } from '../../contract-rules/judge.js';
import type { ContractFinding } from '../../contract-rules/rule.js';
import type { Place } from '../../problem.js';
import type { Io } from '../io.js';

/** Of one rule so many findings are printed; `--json` and SARIF have all. */
const LISTED = 20;

/** Prints what is wrong with a contract, rule by rule, and what it comes to. */
export function printFindings({ contract, findings }: Judged, io: Io): void {
  const { bold, dim, red, yellow } = io.colours;
  io.out(`${contract.title} ${contract.version}: ${contract.operations.length} operations`);
  for (const { id, promise, severity, source } of CONTRACT_RULES) {
    const own = findings.filter(({ rule }) => rule === id);
    if (own.length === 0) continue;
    const paint = severity === 'error' ? red : yellow;
    io.out();
    io.out(`${paint(severity)} ${bold(id)}: ${promise}`);
    io.out(dim(`  ${source.title}: ${source.url}`));
    for (const finding of own.slice(0, LISTED)) io.out(`  ${whereOf(finding)}: ${finding.message}`);
    if (own.length > LISTED) io.out(`  … and ${own.length - LISTED} more; --json has all`);
  }
  io.out();
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const broken = new Set(findings.map(({ rule }) => rule)).size;
  io.out(
    findings.length === 0
      ? `It keeps all ${CONTRACT_RULES.length} rules.`
      : `${counted(errors, 'error')} and ${counted(findings.length - errors, 'warning')}: ` +
          `${broken} of ${CONTRACT_RULES.length} rules are not kept.`,
  );
}

function whereOf({ place, pointer }: ContractFinding): string {
  return `${positionOf(place)}${pointer === '' ? '' : ` #${pointer}`}`;
}

function positionOf({ file, line, column }: Place): string {
  if (line === undefined) return file;
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
