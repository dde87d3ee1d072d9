import type {
  TestReport,
  TestReportParticipant,
  TestReportTestAction,
  TestReportSetupActionAssert,
} from 'fhir/r4.js';
import { stateOf } from '../../record/proof.js';
import { resultOf, verdictOf, type RunVerdict } from '../../record/success.js';
import type { Capability, Run } from '../../record/run.js';
import { labelOf } from '../labels.js';
import { type ReportFormat, stemOf } from './format.js';
import { fhirId, fhirMarkdown, fhirString } from './fhir-text.js';

/**
 * A FHIR R4 TestReport for each run (hl7.org/fhir/R4/testreport.html): a test for each operation, with what
 * was asked as its operation and the verdict as its assertion.
 */
export const testReport: ReportFormat = {
  name: 'test-report',
  render: ({ runs }) =>
    runs.map((run) => ({
      name: `fhir/${stemOf(run, runs)}-test-report.json`,
      text: `${JSON.stringify(reportOf(run), null, 2)}\n`,
    })),
};

function reportOf(run: Run): TestReport {
  const verdict = verdictOf(run);
  const results = run.operations.map((operation) => resultOf(operation, verdict));
  const judged = results.filter((result) => result !== 'skipped').length;
  const passed = results.filter((result) => result === 'passed').length;
  return {
    resourceType: 'TestReport',
    id: fhirId(`${run.id}-tests`),
    name: fhirString(`${run.contract.title} on ${run.target}`),
    status: run.complete ? 'completed' : 'stopped',
    testScript: { display: fhirString(`conform check: ${run.contract.title} ${run.contract.version}`) },
    // `pending` is the only result that R4 has for a run that judged nothing.
    result: RESULTS[verdict],
    ...(judged === 0 ? {} : { score: Math.round((passed / judged) * 10_000) / 100 }),
    tester: fhirString(`${run.tool.name} ${run.tool.version}`),
    issued: run.finishedAt,
    participant: participantsOf(run),
    test: run.operations.map((operation) => ({
      name: fhirString(operation.id),
      description: fhirString(`${operation.tag}: ${operation.operationId}`),
      action: actionsOf(operation, verdict),
    })),
  };
}

/** This tool, and the host that was asked, where any was. */
function participantsOf(run: Run): TestReportParticipant[] {
  const engine: TestReportParticipant = {
    type: 'test-engine',
    uri: `urn:conform:${encodeURIComponent(fhirString(run.tool.version))}`,
    display: fhirString(run.tool.name),
  };
  const url = run.operations.flatMap(({ exchanges }) => exchanges).at(0)?.url;
  if (url === undefined || !URL.canParse(url)) return [engine];
  return [engine, { type: 'server', uri: new URL(url).origin, display: fhirString(run.target) }];
}

function actionsOf(operation: Capability, verdict: RunVerdict): TestReportTestAction[] {
  const exchange = operation.exchanges.filter(({ role }) => role === 'operation').at(-1);
  const message = fhirMarkdown(
    [`${labelOf(operation)}:`, operation.explanation, operation.fix ?? ''].join(' '),
  );
  if (exchange === undefined) return [{ operation: { result: 'skip', message } }];
  const answer = exchange.status === null ? (exchange.failure ?? 'no answer') : String(exchange.status);
  return [
    {
      operation: {
        result: exchange.status === null ? 'error' : 'pass',
        message: fhirMarkdown(`${exchange.method} ${exchange.url} at ${exchange.at}: ${answer}`),
      },
    },
    { assert: { result: assertionOf(operation, verdict), message } },
  ];
}

const RESULTS: Record<RunVerdict, TestReport['result']> = {
  'as expected': 'pass',
  'not as expected': 'fail',
  'nothing proven': 'pending',
};

/** What has passed with something to say about it is a warning: it does not work as was expected, or was found at fault. */
function assertionOf(operation: Capability, verdict: RunVerdict): TestReportSetupActionAssert['result'] {
  const result = resultOf(operation, verdict);
  if (result === 'skipped') return 'skip';
  if (result === 'failed') return 'fail';
  const state = stateOf(operation);
  const isQuiet = (state === 'works' || state === 'expected refusal') && operation.findings.length === 0;
  return isQuiet ? 'pass' : 'warning';
}
