import type { Promised } from '../checks/check.js';
import { promiseOf } from '../checks/promise-of.js';
import type { Capability } from '../run/run.js';
import { CAUSES, type Cause } from '../verdict/causes.js';
import type { Case } from './case.js';
import { answerOf, ownExchange } from './exchanges.js';

/** A subject that a support desk can route without opening the mail: where, what, which answer. */
export function subjectOf({ cause, operations }: Case, place: string): string {
  const [first] = operations;
  const exchange = first && ownExchange(first);
  const names = namesOf(operations);
  const promised = promiseIn(cause);
  if (promised) return `${place}: ${names}: not kept: ${promised.promise}`;
  if (cause.startsWith(CONTRACT))
    return `${place}: ${names}: ${first?.findings[0]?.message ?? meaningOf(cause)}`;
  const answer = exchange ? answerOf(exchange, !MISLEADING.has(cause)) : (first?.outcome ?? '');
  const short = answer.length > 90 ? `${answer.slice(0, 89)}…` : answer;
  return `${place}: ${names}: ${short}; ${OTHERWISE.get(cause) ?? meaningOf(cause)}`;
}

/** What the cause of a ticket about an answer begins with; the name of a check follows. */
const CONTRACT = 'contract-';

/** The promise that answers break, where that is the cause, and this version knows the promise. */
export function promiseIn(cause: string): Promised | undefined {
  return cause.startsWith(CONTRACT) ? promiseOf(cause.slice(CONTRACT.length)) : undefined;
}

/** Causes whose answers speak of something else than what is wrong: a subject with their words leads astray. */
const MISLEADING: ReadonlySet<string> = new Set(['route-missing', 'method-missing', 'host-gone']);

/** Where the sentence of the vocabulary would read oddly in a subject. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['crashed', 'server error'],
  ['undetermined', 'unexpected server answer'],
  ['route-missing', 'was routed before, is not any more'],
  ['access-denied', 'refused by policy, the credentials work elsewhere'],
  ['permission-denied', 'permission refused, the credentials work elsewhere'],
]);

export function meaningOf(cause: string): string {
  if (cause.startsWith(CONTRACT)) return 'the answer is not what the documentation says';
  return isCause(cause) ? CAUSES[cause] : cause;
}

function isCause(word: string): word is Cause {
  return Object.hasOwn(CAUSES, word);
}

function namesOf(operations: readonly Capability[]): string {
  const [first, ...rest] = operations.map(({ id }) => id);
  if (rest.length === 0) return first ?? '';
  return `${first ?? ''} and ${rest.length} more`;
}

/** The one question that the vendor can answer. */
export function questionOf({ cause, operations }: Case): string {
  const these = operations.length === 1 ? 'this operation' : `these ${operations.length} operations`;
  if (cause.startsWith(CONTRACT)) {
    return `Which is right for ${these}, the documentation or the answer, and when will the other be corrected?`;
  }
  return (QUESTIONS[isCause(cause) ? cause : 'undetermined'] ?? OPEN_QUESTION).replace(
    '{these}',
    () => these,
  );
}

const OPEN_QUESTION =
  'What does your log show for the requests below, and what has to change so that {these} can be used?';

const GRANT = 'Will you allow {these} for our client, or tell us what in our contract speaks against it?';

const QUESTIONS: Partial<Record<Cause, string>> = {
  crashed: 'What does your log show for the requests below: which part of them makes the application fail?',
  unavailable: 'Since when has the application behind {these} been down, and when will it be back?',
  'backend-timeout': 'Which application behind the gateway does not answer in time for {these}?',
  'backend-failed': 'Which application behind the gateway fails for {these}?',
  'authorizer-failed':
    'Why does the authorizer in front of {these} fail, when the same token works elsewhere?',
  'edge-error': 'Why does the load balancer get no answer for {these}?',
  'edge-blocked': 'Which rule of your firewall stops these requests, and can it let our client pass?',
  'access-denied': GRANT,
  'permission-denied': GRANT,
  'product-missing': 'Will you add {these} to the API product of our client?',
  'scope-missing': 'Which scope does our client need for {these}, and will you grant it?',
  'api-key-refused': 'Does {these} need an API key, and will you issue one to our client?',
  'signature-refused': 'How is {these} authorised, if not by the bearer token that works elsewhere?',
  'route-missing': 'Under which method and path can we reach {these} today?',
  'method-missing': 'Under which method and path can we reach {these} today?',
  'host-gone': 'Under which host is this API reachable today?',
  'tls-expired': 'When will the certificate of this host be renewed?',
  'tls-name': 'Under which host name is this API to be asked: the certificate is for another?',
};
