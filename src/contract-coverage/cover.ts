import type { Contract } from '../contract/contract.js';
import { createDigests } from '../contract/digest.js';
import type { Operation } from '../contract/operation.js';
import { responseKey } from '../contract/response.js';
import { isSuccess } from '../targets/reply.js';
import type { Outcome } from '../verdict/causes.js';
import { mediaTypeKeys, memberSchemas, successesOf } from './bodies.js';
import { membersOf, type Members, type Names } from './members.js';
import { listedValues, ownParameters, parameterKey } from './parameters.js';
import { gather, inWords, emptyCoverage, type Gathered, type Seen } from './seen.js';

/** What of a contract can be seen or not, in the order in which it is listed. */
export const ASPECTS = [
  'parameters',
  'values',
  'sentMembers',
  'answeredMembers',
  'statuses',
  'mediaTypes',
] as const;
export type Aspect = (typeof ASPECTS)[number];

/**
 * So many names are listed of what was never seen of one aspect of an operation. Where all schemas of a contract refer to one
 * another, all of its members are members of each operation.
 */
const MOST_MISSING = 100;

/** How much of one aspect was seen, and what never was. */
export interface Count {
  of: number;
  seen: number;
  /** Members as JSON Pointers of their schemas; values as `query sort: asc`. The first hundred, where there are more. */
  missing: string[];
}

export interface OperationCoverage {
  operation: string;
  tag: string;
  /** Whether any answer to it has come, and whether one was a success. */
  answered: boolean;
  succeeded: boolean;
  aspects: Record<Aspect, Count>;
  /** Statuses that came although the contract does not have them: often those of a gateway. */
  undocumented: number[];
}

/** What the runs of a target have ever seen of a contract. */
export interface Coverage {
  target: string;
  /** How many runs it is made of, and the start of the oldest and the newest of them. */
  runs: number;
  from: string;
  to: string;
  /** How many operations there are, and how many of them were answered, and answered with a success. */
  operations: { of: number; answered: number; succeeded: number };
  totals: Record<Aspect, { of: number; seen: number }>;
  byOperation: OperationCoverage[];
}

/** What of a run its coverage is made of. */
interface Shown {
  target: string;
  startedAt: string;
  contract: { sha256: string };
  operations: readonly {
    id: string;
    outcome: Outcome;
    definition?: string | undefined;
    seen?: Seen | undefined;
  }[];
}

/**
 * Sums up what runs of one target have seen, against the contract as it is now. What a run has seen of an operation counts
 * while the contract asks and promises the same of it. Answers of whoever does not route an operation are none of the
 * operation.
 */
export function createCoverage(
  contract: Pick<Contract, 'document' | 'operations' | 'sha256'>,
  target: string,
) {
  const digest = createDigests(contract);
  const definitions = new Map(contract.operations.map((operation) => [operation.id, digest(operation)]));
  const seen = new Map<string, Gathered>();
  const days: string[] = [];
  return {
    /** Runs are given in any order; such as hold nothing of what they saw are left out. */
    add: ({ startedAt, contract: { sha256 }, operations, ...run }: Shown): void => {
      if (run.target !== target || operations.every((one) => one.seen === undefined)) return;
      days.push(startedAt);
      for (const { id, outcome, definition, seen: own } of operations) {
        if (own === undefined || outcome === 'unrouted' || outcome === 'gone') continue;
        const isSame =
          definition === undefined ? sha256 === contract.sha256 : definitions.get(id) === definition;
        if (!isSame) continue;
        const known = seen.get(id) ?? emptyCoverage();
        seen.set(id, known);
        gather(known, own);
      }
    },
    /** Undefined where no run holds what it has seen. */
    sum: (): Coverage | undefined => {
      const [from, to] = [days.toSorted().at(0), days.toSorted().at(-1)];
      if (from === undefined || to === undefined) return undefined;
      const members = {
        request: membersOf(contract.document, 'request'),
        answer: membersOf(contract.document, 'answer'),
      };
      const byOperation = contract.operations.map((operation) =>
        coverageOf(operation, inWords(seen.get(operation.id) ?? emptyCoverage()), contract, members),
      );
      return {
        ...{ target, runs: days.length, from, to },
        operations: {
          of: byOperation.length,
          answered: byOperation.filter(({ answered }) => answered).length,
          succeeded: byOperation.filter(({ succeeded }) => succeeded).length,
        },
        totals: ofEach((aspect) => ({
          of: byOperation.reduce((sum, { aspects }) => sum + aspects[aspect].of, 0),
          seen: byOperation.reduce((sum, { aspects }) => sum + aspects[aspect].seen, 0),
        })),
        byOperation,
      };
    },
  };
}

function coverageOf(
  operation: Operation,
  seen: Seen,
  { document }: Pick<Contract, 'document'>,
  members: Record<'request' | 'answer', Members>,
): OperationCoverage {
  const { statuses } = seen;
  const wanted = wantedOf(operation, document, members);
  const found: Record<Aspect, readonly string[]> = {
    parameters: seen.parameters,
    values: Object.entries(seen.values).flatMap(([key, texts]) => texts.map((text) => valueKey(key, text))),
    sentMembers: seen.sentMembers,
    answeredMembers: seen.answeredMembers,
    statuses: statuses.flatMap((status) => responseKey(operation, status) ?? []),
    mediaTypes: seen.mediaTypes,
  };
  return {
    operation: operation.id,
    tag: operation.tag,
    answered: statuses.length > 0,
    succeeded: statuses.some(isSuccess),
    aspects: ofEach((aspect) => countOf(wanted[aspect], new Set(found[aspect]))),
    undocumented: statuses.filter((status) => responseKey(operation, status) === undefined),
  };
}

/** All that the contract has of an operation. */
function wantedOf(
  operation: Operation,
  document: Contract['document'],
  { request, answer }: Record<'request' | 'answer', Members>,
): Record<Aspect, Names> {
  const parameters = ownParameters(operation);
  const values = parameters.flatMap((parameter) =>
    listedValues(parameter, document).map((value) => valueKey(parameterKey(parameter), value)),
  );
  const sent = operation.body ? memberSchemas(operation.body.content, 'request') : [];
  const answered = successesOf(operation).flatMap(({ content }) => memberSchemas(content, 'answer'));
  return {
    parameters: new Set(parameters.map(parameterKey)),
    values: new Set(values),
    sentMembers: request.all(sent),
    answeredMembers: answer.all(answered),
    statuses: new Set(Object.keys(operation.responses)),
    mediaTypes: new Set(mediaTypeKeys(operation)),
  };
}

function valueKey(parameter: string, value: string): string {
  return `${parameter}: ${value}`;
}

function countOf(wanted: Names, found: ReadonlySet<string>): Count {
  const seen = [...found].filter((one) => wanted.has(one)).length;
  return { of: wanted.size, seen, missing: missingOf(wanted, found, wanted.size - seen) };
}

/** @param count how many of the wanted names were not found */
function missingOf(wanted: Names, found: ReadonlySet<string>, count: number): string[] {
  const missing: string[] = [];
  if (count === 0) return missing;
  for (const one of wanted) {
    if (!found.has(one)) missing.push(one);
    if (missing.length === Math.min(count, MOST_MISSING)) break;
  }
  return missing;
}

function ofEach<Value>(make: (aspect: Aspect) => Value): Record<Aspect, Value> {
  return {
    parameters: make('parameters'),
    values: make('values'),
    sentMembers: make('sentMembers'),
    answeredMembers: make('answeredMembers'),
    statuses: make('statuses'),
    mediaTypes: make('mediaTypes'),
  };
}
