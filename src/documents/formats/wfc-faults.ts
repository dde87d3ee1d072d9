import type { Capability } from '../../record/run.js';
import { isSettled, stateOf } from '../../record/proof.js';
import { CAUSES } from '../../verdict/causes.js';
import { labelOf } from '../labels.js';

/**
 * The fault categories that are used here of the catalogue “WFC Faults” of Web Fuzzing Commons, edition 0.9.0
 * (https://github.com/WebFuzzing/Commons, Apache-2.0): the id, and the code that goes with it.
 */
export const CATALOGUE = {
  HTTP_STATUS_500: 100,
  HTTP_STATUS_NO_NON_STANDARD_CODES: 101,
  HTTP_STATUS_NO_201_IF_GET: 103,
  HTTP_STATUS_NO_401_IF_NO_WWW_AUTHENTICATE: 109,
  HTTP_STATUS_NO_405_IF_NO_ALLOW: 110,
  HTTP_STATUS_NO_426_IF_NO_UPGRADE: 112,
  HTTP_NONWORKING_DELETE: 113,
  HTTP_REPEATED_CREATE_PUT: 115,
  HTTP_PARTIAL_UPDATE_PUT: 117,
  HTTP_NON_IDEMPOTENT_PUT: 118,
  HTTP_INVALID_MERGE_PATCH: 119,
  HTTP_INVALID_LOCATION: 120,
  HTTP_OTHER_STATUS_5XX: 121,
  HTTP_CREATED_RESOURCE_NOT_FOUND: 122,
  SCHEMA_INVALID_RESPONSE: 200,
  SCHEMA_INVALID_ALLOW: 201,
  SCHEMA_STATUS_HAS_406_IF_ACCEPT: 204,
  SCHEMA_STATUS_NO_501_IF_IMPLEMENTED: 205,
  SCHEMA_VALIDATION_BYPASS: 206,
  SCHEMA_VALID_INPUT_REJECTED: 207,
  SECURITY_EXISTENCE_LEAKAGE: 304,
  SECURITY_WRONG_AUTHORIZATION: 306,
  SECURITY_LEAKED_STACK_TRACES: 309,
  SECURITY_HIDDEN_ACCESSIBLE_ENDPOINT: 310,
  SECURITY_DECLARED_AUTH_NOT_ENFORCED: 311,
} as const;

/**
 * What the catalogue has no category for. It leaves 900 to 999 to each tool: first what an operation comes to, then
 * findings by the family of their check, last those of checks that this version does not have, or that somebody has added.
 */
export const OWN_CATEGORIES = {
  CONFORM_UNROUTED: 900,
  CONFORM_GONE: 901,
  CONFORM_DENIED: 902,
  CONFORM_ABSENT: 903,
  CONFORM_BROKEN: 904,
  CONFORM_FAILS: 909,
  CONFORM_ANSWER: 910,
  CONFORM_AUTH: 920,
  CONFORM_HTTP: 930,
  CONFORM_INPUT: 940,
  CONFORM_LIST: 950,
  CONFORM_READ: 960,
  CONFORM_STATE: 970,
  CONFORM_OTHER_CHECK: 990,
} as const;

const CODES = { ...CATALOGUE, ...OWN_CATEGORIES };
type Category = keyof typeof CODES;

/** A fault as a WFC report has it: two are the same fault where both code and context are the same. */
export interface Fault {
  id: string;
  code: number;
  context: string;
}

/** What an operation is called in a WFC report: `GET:/v1/things/`. */
export function endpointOf({ id }: Pick<Capability, 'id'>): string {
  return id.replace(' ', ':');
}

/** All faults that a run shows of an operation, each once: its findings, and that it fails where that is proven. */
export function faultsOf(operation: Capability): Fault[] {
  const ofFindings = operation.findings
    .filter(({ inconclusive }) => inconclusive !== true)
    .map((finding): Fault => {
      const { check, pointer, message } = finding;
      const where = pointer === undefined ? '' : ` at ${pointer}`;
      return fault(operation, categoryOf(operation, finding), `${check}${where}: ${message}`);
    });
  const known = new Set(ofFindings.map(({ code }) => code));
  // A finding says more of the same fault.
  const ofState = failures(operation).filter(({ code }) => !known.has(code));
  const each = new Map([...ofFindings, ...ofState].map((one) => [keyOf(one), one]));
  return [...each.values()];
}

/** The same for what a WFC report counts as one fault. */
export function keyOf({ code, context }: Fault): string {
  return `${code} ${context}`;
}

function fault(operation: Capability, id: Category, text: string): Fault {
  // A fault is known by code and context, so the context has to name the operation.
  return { id, code: CODES[id], context: `${endpointOf(operation)} -> ${text}` };
}

type Finding = Capability['findings'][number];

function categoryOf(operation: Capability, { check, code, exchange }: Finding): Category {
  const known = SAME_MEANING.get(`${check} ${code ?? ''}`) ?? SAME_MEANING.get(check);
  const category = known === 'by status' ? byStatus(operation.exchanges[exchange]?.status) : known;
  return category ?? FAMILIES.get(check.split('/')[0] ?? '') ?? 'CONFORM_OTHER_CHECK';
}

/** @returns undefined for a status that is no fault by itself */
function byStatus(status: number | null | undefined): Category | undefined {
  if (status === null || status === undefined) return undefined;
  if (status < 100 || status > 599) return 'HTTP_STATUS_NO_NON_STANDARD_CODES';
  if (status < 500) return undefined;
  if (status === 500) return 'HTTP_STATUS_500';
  return status === 501 ? 'SCHEMA_STATUS_NO_501_IF_IMPLEMENTED' : 'HTTP_OTHER_STATUS_5XX';
}

/** What an operation itself fails by, where that is settled: by the statuses that it gave, else by what it comes to. */
function failures(operation: Capability): Fault[] {
  const state = stateOf(operation);
  const isFault = state === 'let in' || (state === 'fails' && isSettled(operation));
  if (!isFault) return [];
  const own = operation.exchanges.filter(({ role }) => role === 'operation');
  const byStatuses = own.flatMap(({ status }) => {
    const category = byStatus(status);
    return category === undefined ? [] : [fault(operation, category, `it is answered ${status}`)];
  });
  if (byStatuses.length > 0) return byStatuses;
  const { cause, outcome } = operation;
  const text = cause === undefined ? outcome : `${outcome}: ${CAUSES[cause]}`;
  return [fault(operation, categoryOfState(operation), text)];
}

function categoryOfState(operation: Capability): Category {
  switch (labelOf(operation)) {
    case 'let in':
      return operation.manner === 'invalid-token'
        ? 'SECURITY_DECLARED_AUTH_NOT_ENFORCED'
        : 'SCHEMA_VALIDATION_BYPASS';
    case 'rejects':
      return 'SCHEMA_VALID_INPUT_REJECTED';
    case 'unrouted':
      return 'CONFORM_UNROUTED';
    case 'gone':
      return 'CONFORM_GONE';
    case 'denied':
      return 'CONFORM_DENIED';
    case 'absent':
      return 'CONFORM_ABSENT';
    case 'broken':
      return 'CONFORM_BROKEN';
    default:
      return 'CONFORM_FAILS';
  }
}

const FAMILIES: ReadonlyMap<string, Category> = new Map<string, Category>(
  Object.entries({
    answer: 'CONFORM_ANSWER',
    auth: 'CONFORM_AUTH',
    http: 'CONFORM_HTTP',
    input: 'CONFORM_INPUT',
    list: 'CONFORM_LIST',
    read: 'CONFORM_READ',
    state: 'CONFORM_STATE',
  } as const),
);

/**
 * Findings that mean the same as a category of the catalogue: by check and code, or by the check where that holds for
 * all its codes. `by status`: the host failed, and the status of the answer says which category it is.
 */
export const SAME_MEANING: ReadonlyMap<string, Category | 'by status'> = new Map<
  string,
  Category | 'by status'
>(
  Object.entries({
    'answer/body-present': 'SCHEMA_INVALID_RESPONSE',
    'answer/body-schema': 'SCHEMA_INVALID_RESPONSE',
    'answer/content-type': 'SCHEMA_INVALID_RESPONSE',
    'answer/documented-status': 'SCHEMA_INVALID_RESPONSE',
    'answer/response-headers': 'SCHEMA_INVALID_RESPONSE',
    'answer/internals-shown stack': 'SECURITY_LEAKED_STACK_TRACES',
    'answer/status-fits-request created-by-read': 'HTTP_STATUS_NO_201_IF_GET',
    'answer/status-owes-header no-allow': 'HTTP_STATUS_NO_405_IF_NO_ALLOW',
    'answer/status-owes-header no-upgrade': 'HTTP_STATUS_NO_426_IF_NO_UPGRADE',
    'auth/bad-credentials': 'SECURITY_DECLARED_AUTH_NOT_ENFORCED',
    'auth/challenge': 'HTTP_STATUS_NO_401_IF_NO_WWW_AUTHENTICATE',
    'auth/existence-leak': 'SECURITY_EXISTENCE_LEAKAGE',
    'auth/no-token let-in': 'SECURITY_DECLARED_AUTH_NOT_ENFORCED',
    'auth/no-token fails': 'by status',
    'auth/scope-holds': 'SECURITY_WRONG_AUTHORIZATION',
    'http/accept fails': 'by status',
    'http/accept refuses-described': 'SCHEMA_STATUS_HAS_406_IF_ACCEPT',
    'http/hidden-route': 'SECURITY_HIDDEN_ACCESSIBLE_ENDPOINT',
    'http/media-type-refused other-type-fails': 'by status',
    'http/media-type-refused broken-json-fails': 'by status',
    'http/media-type-refused broken-json-taken': 'SCHEMA_VALIDATION_BYPASS',
    'http/options-allow': 'SCHEMA_INVALID_ALLOW',
    'http/wrong-method': 'SECURITY_HIDDEN_ACCESSIBLE_ENDPOINT',
    'input/forbidden-body': 'SCHEMA_VALIDATION_BYPASS',
    'input/forbidden-member': 'SCHEMA_VALIDATION_BYPASS',
    'input/forbidden-member server-error': 'by status',
    'input/largest-body': 'by status',
    'input/valid-accepted': 'SCHEMA_VALID_INPUT_REJECTED',
    'input/valid-accepted fails': 'by status',
    'read/boundary refused': 'SCHEMA_VALID_INPUT_REJECTED',
    'read/boundary fails': 'by status',
    'read/required-parameter': 'SCHEMA_VALIDATION_BYPASS',
    'read/unknown-parameter': 'by status',
    'read/valid-accepted refused': 'SCHEMA_VALID_INPUT_REJECTED',
    'read/valid-accepted fails': 'by status',
    'state/created-there not-there': 'HTTP_CREATED_RESOURCE_NOT_FOUND',
    'state/deleted-gone still-there': 'HTTP_NONWORKING_DELETE',
    'state/duplicate-create server-error': 'by status',
    'state/location-leads': 'HTTP_INVALID_LOCATION',
    'state/others-untouched changed': 'HTTP_INVALID_MERGE_PATCH',
    'state/put-again created-again': 'HTTP_REPEATED_CREATE_PUT',
    'state/put-again other-state': 'HTTP_NON_IDEMPOTENT_PUT',
    'state/put-again server-error': 'by status',
    'state/put-replaces': 'HTTP_PARTIAL_UPDATE_PUT',
  } as const),
);
