import { isAsIntended, isProvenToWork, isSettled } from '../../run/proof.js';
import type { Capability, Run } from '../../run/run.js';
import type { ReportFormat } from './format.js';
import { fhirId, fhirMarkdown, fhirString } from './fhir-text.js';
import { stemOf } from './stem.js';

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

function reportOf(run: Run) {
  const asked = run.operations.filter((operation) => resultOf(operation) !== 'skip');
  const passed = asked.filter((operation) => resultOf(operation) === 'pass');
  const url = run.operations.flatMap(({ exchanges }) => exchanges).at(0)?.url;
  return {
    resourceType: 'TestReport',
    id: fhirId(`${run.id}-tests`),
    name: fhirString(`${run.contract.title} on ${run.target}`),
    status: run.complete ? 'completed' : 'stopped',
    testScript: { display: fhirString(`conform check: ${run.contract.title} ${run.contract.version}`) },
    // `pending` is the only result that R4 has for a run that judged nothing.
    result: asked.length === 0 ? 'pending' : passed.length === asked.length ? 'pass' : 'fail',
    ...(asked.length === 0 ? {} : { score: Math.round((passed.length / asked.length) * 10_000) / 100 }),
    tester: fhirString(`${run.tool.name} ${run.tool.version}`),
    issued: run.finishedAt,
    participant: [
      {
        type: 'test-engine',
        uri: `urn:conform:${encodeURIComponent(fhirString(run.tool.version))}`,
        display: fhirString(run.tool.name),
      },
      ...(url === undefined || !URL.canParse(url)
        ? []
        : [{ type: 'server', uri: new URL(url).origin, display: fhirString(run.target) }]),
    ],
    test: run.operations.map((operation) => ({
      name: fhirString(operation.id),
      description: fhirString(`${operation.tag}: ${operation.operationId}`),
      action: actionsOf(operation),
    })),
  };
}

function actionsOf(operation: Capability) {
  const exchange = operation.exchanges.filter(({ role }) => role === 'operation').at(-1);
  const message = fhirMarkdown([operation.explanation, operation.fix ?? ''].join(' '));
  if (exchange === undefined) return [{ operation: { result: 'skip', message } }];
  const answer = exchange.status === null ? (exchange.failure ?? 'no answer') : String(exchange.status);
  return [
    {
      operation: {
        result: exchange.status === null ? 'error' : 'pass',
        message: fhirMarkdown(`${exchange.method} ${exchange.url} at ${exchange.at}: ${answer}`),
      },
    },
    { assert: { result: resultOf(operation), message } },
  ];
}

function resultOf(operation: Capability): 'pass' | 'skip' | 'fail' | 'warning' | 'error' {
  const { outcome, findings } = operation;
  if (outcome === 'skipped') return 'skip';
  if (outcome === 'unreachable') return 'error';
  // What leaves everything open has neither failed nor passed.
  if (!isSettled(operation)) return 'skip';
  if (!isProvenToWork(operation) && !isAsIntended(operation)) return 'fail';
  return findings.length > 0 ? 'warning' : 'pass';
}
