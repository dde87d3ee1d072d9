import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { VERSION } from '../../package.js';
import { isSettled } from '../../run/proof.js';
import type { Capability, Run } from '../../run/run.js';
import { CAUSES } from '../../verdict/causes.js';
import type { ReportFormat, ReportInput } from './format.js';

/** One result before it is written: what, how bad, and where in the contract. */
interface Result {
  rule: string;
  about: string;
  level: 'error' | 'warning' | 'note';
  message: string;
  file: string | undefined;
  line: number | undefined;
  /** What makes it the same result in the next run. */
  identity: string;
}

/**
 * SARIF 2.1.0 (OASIS), so that code hosts show where answers and contract part, at the line of the contract:
 * repairs, findings in answers, and operations that are described but not routed.
 */
export const sarif: ReportFormat = {
  name: 'sarif',
  render: (input) => {
    const results = [...repairResults(input.runs), ...input.runs.flatMap((run) => runResults(run, input))];
    const rules = new Map(results.map(({ rule, about }) => [rule, about]));
    const ids = [...rules.keys()].sort();
    const document = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'conform',
              semanticVersion: VERSION,
              rules: ids.map((id) => ({ id, shortDescription: { text: plainText(rules.get(id) ?? id) } })),
            },
          },
          columnKind: 'utf16CodeUnits',
          results: results.map((result) => ({
            ruleId: result.rule,
            ruleIndex: ids.indexOf(result.rule),
            level: result.level,
            message: { text: plainText(result.message) },
            locations: locationsOf(result),
            partialFingerprints: { 'conform/v1': result.identity },
          })),
        },
      ],
    };
    return [{ name: 'report.sarif', text: `${JSON.stringify(document, null, 2)}\n` }];
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
      line: same ? contract.operations.get(operation.id)?.line : undefined,
    };
    return [...findingResults(run, operation, place), ...routeResults(run, operation, place)];
  });
}

function findingResults(run: Run, operation: Capability, place: Pick<Result, 'file' | 'line'>): Result[] {
  return operation.findings.map(({ check, severity, message, pointer }): Result => {
    const where = pointer === undefined ? '' : ` at ${pointer}`;
    return {
      rule: `answer/${check}`,
      about: `An answer breaks the contract: ${check}`,
      level: severity === 'error' ? 'error' : 'warning',
      message: `${operation.id} on ${run.target}${where}: ${message}`,
      ...place,
      identity: `${run.target} ${operation.id} ${check} ${(pointer ?? '').replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${message}`,
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

function locationsOf({ file, line }: Result): object[] {
  if (file === undefined) return [];
  return [
    {
      physicalLocation: {
        artifactLocation: artifact(file),
        ...(line === undefined ? {} : { region: { startLine: line } }),
      },
    },
  ];
}

/** Brackets make links in messages of plain text as well (section 3.11.6). */
function plainText(text: string): string {
  return text.replace(/[\\[\]]/g, (mark) => `\\${mark}`);
}

/** A text as a part of a URI; halves of characters have no encoding. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** Files below the current folder are named from there: code hosts run this in the root of the repository. */
function artifact(file: string): { uri: string; uriBaseId?: string } {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : file;
  if (path.startsWith('..') || isAbsolute(path)) return { uri: pathToFileURL(file).href };
  return {
    uri: path.split(sep).map(encoded).join('/'),
    uriBaseId: '%SRCROOT%',
  };
}
