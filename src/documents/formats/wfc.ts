import type { Capability, Run } from '../../record/run.js';
import { stateOf } from '../../record/proof.js';
import { isSurprise, verdictOf } from '../../record/success.js';
import { labelOf } from '../labels.js';
import { whyNothingProven } from './as-test.js';
import { type ReportFormat, stemOf } from './format.js';
import { endpointOf, type Fault, faultsOf, keyOf } from './wfc-faults.js';

/** The edition of the WFC report (`report.yaml` of https://github.com/WebFuzzing/Commons) that is written. */
const SCHEMA_VERSION = '0.8.0';

/** The highest status that the schema lets a report name. */
const HIGHEST_STATUS = 599;

/** A remark on the run as a whole. The lowest priority is the most important. */
interface Warning {
  category: string;
  displayPriority: number;
  message: string;
}

/**
 * A report of Web Fuzzing Commons (WFC) for each run: an operation is an endpoint, and a test case where it was asked.
 * Findings and proven failures are faults. The format knows no verdict and no expectation: what the run comes to, and what
 * it leaves open, are warnings. No test files are named, because a run writes none.
 */
export const wfc: ReportFormat = {
  name: 'wfc',
  // Viewers of the format look for this name beside them.
  render: ({ runs }) =>
    runs.map((run) => ({
      name: `wfc/${stemOf(run, runs)}/report.json`,
      text: `${JSON.stringify(documentOf(run), null, 2)}\n`,
    })),
};

function documentOf(run: Run) {
  const asked = run.operations.filter((operation) => stateOf(operation) !== 'skipped');
  const found = asked
    .map((operation) => ({ operation, faults: faultsOf(operation) }))
    .filter(({ faults }) => faults.length > 0);
  return {
    schemaVersion: SCHEMA_VERSION,
    toolName: run.tool.name,
    toolVersion: run.tool.version,
    creationTime: run.finishedAt,
    faults: {
      totalNumber: new Set(found.flatMap(({ faults }) => faults.map(keyOf))).size,
      foundFaults: found.map(({ operation, faults }) => foundFault(operation, faults)),
    },
    problemDetails: {
      rest: {
        outputHttpCalls: asked.flatMap(ownExchanges).length,
        evaluatedHttpCalls: sentBy(run),
        endpointIds: [...new Set(run.operations.map(endpointOf))],
        coveredHttpStatus: asked.map((operation) => ({
          endpointId: endpointOf(operation),
          testCaseId: operation.id,
          httpStatus: statusesOf(operation),
        })),
      },
    },
    totalTests: asked.length,
    testFilePaths: [],
    testCases: asked.map(({ id }) => ({ id, name: id })),
    executionTimeInSeconds: Math.max(
      0,
      Math.round((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000),
    ),
    warnings: warningsOf(run),
  };
}

function foundFault(operation: Capability, faultCategories: Fault[]) {
  return { operationId: endpointOf(operation), testCaseId: operation.id, faultCategories };
}

function ownExchanges({ exchanges }: Capability): Capability['exchanges'] {
  return exchanges.filter(({ role }) => role === 'operation');
}

/** Each status once, in ascending order; null where no answer came. */
function statusesOf(operation: Capability): (number | null)[] {
  const statuses = new Set(ownExchanges(operation).map(({ status }) => status));
  return [...statuses]
    .filter((status) => status === null || status <= HIGHEST_STATUS)
    .sort((one, other) => (one ?? 0) - (other ?? 0));
}

/** How many requests were sent. A run of a former version has no budget: then those that it has kept, each once. */
function sentBy({ budget, operations }: Run): number {
  if (budget) return Object.values(budget.sent).reduce((total, count) => total + count, 0);
  return new Set(operations.flatMap(({ exchanges }) => exchanges.map((one) => JSON.stringify(one)))).size;
}

function warningsOf(run: Run): Warning[] {
  const warning = (displayPriority: number, category: string, message: string): Warning => ({
    ...{ category, displayPriority, message },
  });
  return [
    ...(verdictOf(run) === 'nothing proven' ? [warning(1, 'nothing proven', whyNothingProven(run))] : []),
    ...(run.complete ? [] : [warning(1, 'incomplete', 'The run is not complete.')]),
    ...run.operations
      .filter(isSurprise)
      .map((operation) => warning(2, 'not as expected', `${operation.id}: ${surpriseOf(operation)}`)),
    ...run.unproven.map(({ operation, why }) => warning(3, 'not proven', `${operation}: ${why}`)),
    ...run.operations.flatMap((operation) =>
      notChecked(operation).map((what) => warning(4, 'not checked', `${operation.id}: ${what}`)),
    ),
    ...run.contract.repairs.map(({ what, assumed }) =>
      warning(5, 'contract', `The contract had to be repaired: ${what}; assumed: ${assumed}`),
    ),
  ];
}

function surpriseOf(operation: Capability): string {
  const { expected } = operation;
  const because = expected?.because === undefined ? '' : `; ${expected.because}`;
  return `${labelOf(operation)}, expected ${expected?.outcome ?? 'nothing'}${because}`;
}

/** The promises of which the run does not know whether they are kept. */
function notChecked({ findings, checks = [] }: Capability): string[] {
  return [
    ...findings
      .filter(({ inconclusive }) => inconclusive)
      .map(({ check, message }) => `${check}: ${message}`),
    ...checks
      .filter(({ result }) => result === 'inconclusive')
      .map(({ id, why }) => `${id}: ${why ?? 'nothing was found out'}`),
  ];
}
