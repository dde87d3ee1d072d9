import type { Promised } from '../../checks/check.js';
import { promiseOf } from '../../checks/promise-of.js';
import { CAUSES, type Cause } from '../../verdict/causes.js';
import type { Side } from '../../verdict/side.js';
import { CONTRACT, type Case } from '../../tickets/case.js';
import { answerOf, ownExchange } from '../../record/shown-exchanges.js';
import { groupOf } from '../../tickets/group.js';

/** A subject that a support desk can route without opening the mail: where, what, which answer. */
export function subjectOf(evidence: Case, place: string): string {
  return `${place}: ${groupOf(evidence.operations)}: ${wrongIn(evidence)}`;
}

/** What is wrong, in a few words: the promise that is not kept, or the answer and what it means. */
export function wrongIn({ cause, operations }: Case): string {
  const [first] = operations;
  const exchange = first && ownExchange(first);
  const promised = promiseIn(cause);
  if (promised) return `not kept: ${promised.promise}`;
  if (cause.startsWith(CONTRACT)) return first?.findings[0]?.message ?? meaningOf(cause);
  const answer = exchange ? answerOf(exchange, !MISLEADING.has(cause)) : (first?.outcome ?? '');
  const short = answer.length > 90 ? `${answer.slice(0, 89)}…` : answer;
  return `${short}; ${OTHERWISE.get(cause) ?? meaningOf(cause)}`;
}

/** The promise that answers break, where that is the cause, and this version knows the promise. */
export function promiseIn(cause: string): Promised | undefined {
  return cause.startsWith(CONTRACT) ? promiseOf(cause.slice(CONTRACT.length)) : undefined;
}

/** Causes whose answers speak of something else than what is wrong: a subject with their words misleads. */
const MISLEADING: ReadonlySet<string> = new Set(['route-missing', 'method-missing', 'host-gone']);

/** Where the sentence of the vocabulary would read oddly in a subject. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['crashed', 'server error'],
  ['undetermined', 'unexpected server answer'],
  ['route-missing', 'was reachable before, is not any more'],
  ['method-missing', 'was reachable before, is not any more'],
  ['access-denied', 'refused, the credentials work elsewhere'],
  ['permission-denied', 'permission refused, the credentials work elsewhere'],
]);

/** What a cause means, in words that need none of ours. */
export function meaningOf(cause: string): string {
  if (cause.startsWith(CONTRACT)) return 'the answer is not what the documentation says';
  return isCause(cause) ? (MEANINGS[cause] ?? CAUSES[cause]) : cause;
}

/** Where the sentence of the vocabulary takes words of ours. */
const MEANINGS: Partial<Record<Cause, string>> = {
  'route-missing': 'the host does not know this method and path, at least not for our client',
  'method-missing': 'the host knows the path, but not this method on it',
  'access-denied': 'the path exists, and a rule of the gateway refuses our client',
  undetermined: 'nothing that we know fits this answer',
};

/** Where the vendor should look, by who can change it. Empty where nobody but us could. */
export function placeToLook(side: Side | undefined): string {
  return side === undefined ? '' : PLACES[side];
}

const PLACES: Record<Side, string> = {
  us: '',
  network: 'the network in front of the host',
  edge: 'the CDN, firewall or load balancer in front of the API',
  gateway: 'the routes and rules of the API gateway',
  'vendor-application': 'the application behind the API',
  'vendor-data': 'the data behind the API',
};

function isCause(word: string): word is Cause {
  return Object.hasOwn(CAUSES, word);
}

/** What the vendor is asked to do, in one sentence. */
export function questionOf({ cause, operations }: Case): string {
  const [first] = operations;
  const these = operations.length === 1 ? (first?.id ?? '') : `these ${operations.length} operations`;
  if (cause.startsWith(CONTRACT))
    return `Please correct the answer of ${these}, or the documentation where that is wrong, and tell us which and when.`;
  return (QUESTIONS[isCause(cause) ? cause : 'undetermined'] ?? OPEN_QUESTION).replace(
    '{these}',
    () => these,
  );
}

const OPEN_QUESTION =
  'Please look up the requests below in your log, and tell us what has to change so that {these} can be used.';

const GRANT = 'Please allow {these} for our client, or tell us which condition we do not meet.';
const RESTORE =
  'Please make {these} reachable again, or tell us under which method and path to reach them today.';

const QUESTIONS: Partial<Record<Cause, string>> = {
  crashed: 'Please find in your log why {these} failed at the times below, and correct it.',
  unavailable: 'Please bring the application behind {these} back, or tell us when it will be.',
  'backend-timeout':
    'Please find out which application behind the gateway does not answer {these} in time, and correct it.',
  'backend-failed': 'Please find out which application behind the gateway fails for {these}, and correct it.',
  'authorizer-failed':
    'Please find out why the authorizer in front of {these} fails, although the same token works elsewhere.',
  'edge-error': 'Please find out why your load balancer gets no answer for {these}, and correct it.',
  'edge-blocked': 'Please find the rule of your firewall that stops {these}, and let our client pass.',
  'access-denied': GRANT,
  'permission-denied': GRANT,
  'product-missing': 'Please add {these} to the API product of our client.',
  'scope-missing': 'Please tell us which scope our client needs for {these}, and grant it.',
  'api-key-refused':
    'Please tell us whether an API key is needed for {these}, and issue one to our client if so.',
  'signature-refused':
    'Please tell us which credentials are needed for {these}, if not the bearer token that works elsewhere.',
  'route-missing': RESTORE,
  'method-missing': RESTORE,
  'host-gone': 'Please tell us under which host this API is reachable today.',
  'tls-expired': 'Please renew the certificate of this host.',
  'tls-name':
    'Please tell us under which host name to ask this API, or give this host a certificate for its name.',
};

/** What the vendor is asked to do once a ticket is over. */
export function closingOf({ operations }: Case, state: 'fixed' | 'changed', endedAt: string): string {
  const these = groupOf(operations);
  return state === 'fixed'
    ? `No action is needed: this has not shown since ${endedAt}, so please close the case (${these}).`
    : `No action is needed on this case: since ${endedAt} the answer is another one (${these}).`;
}
