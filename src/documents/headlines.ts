import { wayOf } from '../checks/finding-key.js';
import type { Capability, Run } from '../record/run.js';
import { addToGroup } from '../groups.js';
import { promiseOf } from '../checks/promise-of.js';

type Finding = Capability['findings'][number];

/** Where a finding was made. */
export interface Place {
  operation: Capability;
  finding: Finding;
}

/** One cause, and every place of a run where it shows: at least one. */
export interface Headline {
  finding: Finding;
  /** What is wrong, in one sentence. */
  message: string;
  /** What is promised; the sentence of the finding, where its check is not known. */
  promise: string;
  places: [Place, ...Place[]];
  /** The operations among them, each once. */
  operations: string[];
}

/**
 * The findings of a run, by what they have in common: those that say that the same component of the contract is broken in
 * the same way, or the same promise, are of one cause. What breaks many operations comes first, and errors before warnings.
 */
export function headlinesOf(run: Pick<Run, 'operations'>): Headline[] {
  const groups = new Map<string, Place[]>();
  for (const operation of run.operations)
    for (const finding of operation.findings) addToGroup(groups, causeOf(finding), { operation, finding });
  const headlines = [...groups.values()].flatMap((places): Headline[] => {
    const [first] = places;
    if (!first) return [];
    const { finding } = first;
    const promise = promiseOf(finding.check)?.promise ?? finding.message;
    const operations = [...new Set(places.map(({ operation }) => operation.id))];
    return [
      { finding, message: messageOf(places), promise, places: [first, ...places.slice(1)], operations },
    ];
  });
  return headlines.sort(
    (one, other) =>
      Number(other.finding.severity === 'error') - Number(one.finding.severity === 'error') ||
      other.operations.length - one.operations.length,
  );
}

function messageOf(places: readonly Place[]): string {
  const [first] = places;
  if (!first) return '';
  const { message, schema } = first.finding;
  const ways = new Set(places.map(({ finding }) => JSON.stringify(wayOf(finding)))).size;
  const more = ways > 1 ? `, and ${ways - 1} more` : '';
  return `${schema === undefined ? '' : `${nameOf(schema)}: `}${message}${more}`;
}

/** `Item`, of `#/components/schemas/Item` */
function nameOf(schema: string): string {
  return schema.slice(schema.lastIndexOf('/') + 1);
}

/** Whether a cause shows at several operations, so that to say it once says more than to repeat it. */
export function isShared({ operations }: Pick<Headline, 'operations'>): boolean {
  return operations.length > 1;
}

/** So many places are named. */
const NAMED = 3;

/** `GET /a, GET /b, GET /c and 9 more`: where a cause shows. */
export function placesText({ operations }: Pick<Headline, 'operations'>): string {
  const rest = operations.length - NAMED;
  return operations.slice(0, NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/**
 * What makes a finding one of a cause: the component of the contract that is broken. Where it is none, the check and code
 * with the names that are its facts, and the member: the same keyword broken by two members is two causes.
 */
function causeOf(finding: Finding): string {
  const { check, severity, schema } = finding;
  return JSON.stringify([check, severity, ...(schema === undefined ? wayOf(finding) : [schema])]);
}
