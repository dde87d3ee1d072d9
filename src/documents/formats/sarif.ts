import { promiseOf, sourceText } from '../../checks/promise-of.js';
import { findingKey } from '../../checks/finding-key.js';
import { isSettled, stateOf } from '../../record/proof.js';
import type { Capability, Run } from '../../record/run.js';
import { standingOf } from '../../record/standing.js';
import { isSurprise, verdictOf, type RunVerdict } from '../../record/success.js';
import { CAUSES } from '../../verdict/causes.js';
import { sarifText, type Result } from '../sarif-text.js';
import { labelOf, MEANINGS, slugOf, type Label } from '../labels.js';
import type { ContractFacts } from '../../contract/facts.js';
import type { ReportFormat, ReportInput } from './format.js';

/**
 * SARIF 2.1.0 (OASIS), so that code hosts show where answers and contract part, at the line of the contract: repairs,
 * findings in answers, operations that do not work, and whatever is not as expected. What is expected or accepted is
 * suppressed with the reason: an error that is not suppressed is one for which the exit code is 1.
 */
export const sarif: ReportFormat = {
  name: 'sarif',
  render: (input) => {
    const results = [...repairResults(input.runs), ...input.runs.flatMap((run) => runResults(run, input))];
    const silent = input.runs
      .filter((run) => verdictOf(run) === 'nothing proven')
      .map(({ target }) => target);
    return [{ name: 'report.sarif', text: sarifText(results, silent) }];
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
  const verdict = verdictOf(run);
  return run.operations.flatMap((operation) => {
    const same = contract?.sha256 === run.contract.sha256;
    const place = {
      file: contract?.file,
      // Of another edition of the contract the line would point to something else.
      line: same ? lineOf(contract, operation.id) : undefined,
    };
    return [
      ...findingResults(run, verdict, operation, place),
      ...stateResults(run, verdict, operation, place),
    ];
  });
}

function findingResults(
  run: Run,
  verdict: RunVerdict,
  operation: Capability,
  place: Pick<Result, 'file' | 'line'>,
): Result[] {
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
      accepted: finding.accepted
        ? standingOf(finding)
        : severity === 'error'
          ? whyNoFailure(run, verdict, operation)
          : undefined,
    };
  });
}

/** What an operation does, where that is no success, or is not as expected. */
function stateResults(
  run: Run,
  verdict: RunVerdict,
  operation: Capability,
  place: Pick<Result, 'file' | 'line'>,
): Result[] {
  const surprise = isSurprise(operation);
  const state = stateOf(operation);
  const isFault = (state === 'fails' && isSettled(operation)) || state === 'let in';
  if (!isFault && !surprise) return [];
  const label = labelOf(operation);
  const { expected, cause, outcome } = operation;
  const wanted = surprise ? ` Expected: ${expected?.outcome ?? ''}${because(expected?.because)}.` : '';
  return [
    {
      rule: `operation/${slugOf(label)}`,
      about: ABOUT[label],
      level: surprise || operation.confidence === 'certain' ? 'error' : 'warning',
      message:
        `${operation.id} on ${run.target}: ${cause === undefined ? outcome : CAUSES[cause]}.${wanted} ${operation.explanation} ${operation.fix ?? ''}`.trim(),
      ...place,
      identity: `${run.target} ${operation.id} ${slugOf(label)}`,
      accepted: whyNoFailure(run, verdict, operation),
    },
  ];
}

function because(text: string | undefined): string {
  return text === undefined ? '' : `; ${text}`;
}

const ABOUT: Record<Label, string> = {
  ...MEANINGS,
  works: 'An operation works, and was not expected to',
  unrouted: 'An operation of the contract is not routed on a host',
};

/** Why an error is none for which the exit code is 1; undefined where it is one. */
function whyNoFailure(run: Run, verdict: RunVerdict, operation: Capability): string | undefined {
  if (verdict === 'nothing proven') return 'The run proved nothing: there is no verdict.';
  if (isSurprise(operation)) return undefined;
  const accepted = operation.expected?.accepted;
  if (accepted) return `Accepted until ${accepted.until}: ${accepted.reason}`;
  return `Expected of ${run.target}: ${operation.expected?.outcome ?? operation.outcome}`;
}

/** Line of an operation in the contract file; undefined when it is not known. */
function lineOf({ contract, operations }: ContractFacts, id: string): number | undefined {
  const facts = operations.get(id);
  return facts && contract.locate(facts.operation.pointer).line;
}
