import { promiseOf, sourceText } from '../../checks/promise-of.js';
import { findingKey } from '../../checks/finding-key.js';
import { isSettled } from '../../run/proof.js';
import type { Capability, Run } from '../../run/run.js';
import { standingOf } from '../../run/standing.js';
import { CAUSES } from '../../verdict/causes.js';
import { sarifText, type Result } from '../sarif-text.js';
import type { ContractFacts } from '../contract-facts.js';
import type { ReportFormat, ReportInput } from './format.js';

/**
 * SARIF 2.1.0 (OASIS), so that code hosts show where answers and contract part, at the line of the contract:
 * repairs, findings in answers, and operations that are described but not routed.
 */
export const sarif: ReportFormat = {
  name: 'sarif',
  render: (input) => {
    const results = [...repairResults(input.runs), ...input.runs.flatMap((run) => runResults(run, input))];
    return [{ name: 'report.sarif', text: sarifText(results) }];
  },
};

/** Repairs are those of the contract, not of a run: each is reported once. */
function repairResults(runs: readonly Run[]): Result[] {
  const repairs = new Map(
    runs.flatMap(({ contract }) =>
      contract.repairs.map((repair) => [`${repair.kind} ${repair.what}`, repair]),
    ),
  );
  return [...repairs].map(([identity, { kind, what, file, line, assumed }]): Result => ({
    rule: `repair/${kind}`,
    about: `The contract had to be repaired: ${kind}`,
    level: 'warning',
    message: `${what}; assumed: ${assumed}`,
    file,
    line,
    identity,
  }));
}

function runResults(run: Run, { contract }: ReportInput): Result[] {
  return run.operations.flatMap((operation) => {
    const same = contract?.sha256 === run.contract.sha256;
    const place = {
      file: contract?.file,
      // Of another edition of the contract the line would point to something else.
      line: same ? lineOf(contract, operation.id) : undefined,
    };
    return [...findingResults(run, operation, place), ...routeResults(run, operation, place)];
  });
}

function findingResults(run: Run, operation: Capability, place: Pick<Result, 'file' | 'line'>): Result[] {
  return operation.findings.map((finding): Result => {
    const { check, severity, message, pointer } = finding;
    const where = pointer === undefined ? '' : ` at ${pointer}`;
    const promised = promiseOf(check);
    const lapsed = finding.lapsed ? ` (${standingOf(finding)})` : '';
    return {
      rule: check,
      about: promised?.promise ?? message,
      help: promised?.source.url,
      helpText: promised && `Promised by the ${sourceText(promised)}. See ${check} in docs/checks.md.`,
      level: severity === 'error' ? 'error' : 'warning',
      message: `${operation.id} on ${run.target}${where}: ${message}${lapsed}`,
      ...place,
      identity: `${run.target} ${operation.id} ${findingKey(finding)}`,
      accepted: finding.accepted ? standingOf(finding) : undefined,
    };
  });
}

function routeResults(run: Run, operation: Capability, place: Pick<Result, 'file' | 'line'>): Result[] {
  if (operation.outcome !== 'unrouted' || !isSettled(operation)) return [];
  return [
    {
      rule: 'operation/unrouted',
      about: 'An operation of the contract is not routed on a host',
      level: operation.confidence === 'certain' ? 'error' : 'warning',
      message:
        `${operation.id} on ${run.target}: ${CAUSES[operation.cause ?? 'route-missing']}. ${operation.explanation} ${operation.fix ?? ''}`.trim(),
      ...place,
      identity: `${run.target} ${operation.id} unrouted`,
    },
  ];
}

/** Line of an operation in the contract file; undefined when it is not known. */
function lineOf({ contract, operations }: ContractFacts, id: string): number | undefined {
  const facts = operations.get(id);
  return facts && contract.locate(facts.operation.pointer).line;
}
