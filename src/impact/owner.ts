import { readableTime } from '../clock.js';
import { provokedBy, stateOf } from '../record/proof.js';
import type { Capability, Run } from '../record/run.js';
import { isSurprise } from '../record/success.js';
import type { Cause } from '../verdict/causes.js';

/** Who has to act, and why it is theirs. */
export interface Owner {
  who: 'vendor' | 'us';
  why: string;
}

/** An operation that somebody has to do something about. */
export interface Action {
  operation: Capability;
  owner: Owner;
}

/** What is known of an operation besides one run. */
export interface Background {
  /** Start of the newest earlier run in which it was routed. */
  routedAt?: string | undefined;
  /** How sure the contract is of it: `documented …`, `observed DATE …`, `assumed …`. */
  standing?: string | undefined;
}

/** Refusals that only the vendor can end: the request was routed and understood, and our credentials are good. */
const THEIR_POLICY: ReadonlySet<Cause> = new Set<Cause>([
  'access-denied',
  'api-key-refused',
  'signature-refused',
  'product-missing',
  'scope-missing',
  'permission-denied',
  'edge-blocked',
  'gateway-refused',
]);

const THEIR_CERTIFICATE: ReadonlySet<Cause> = new Set<Cause>(['tls-name', 'tls-expired']);

/** What needs action in a run, and by whom: summaries, papers and tickets go by this list. */
export function needsAction(
  run: Pick<Run, 'operations'>,
  backgroundOf: (operation: string) => Background,
): Action[] {
  return run.operations.flatMap((operation) => {
    const owner = ownerOf(operation, backgroundOf(operation.id));
    return owner ? [{ operation, owner }] : [];
  });
}

/**
 * Who has to act on an operation that does not do what it should. Undefined when nobody has to: it works, was not asked,
 * or refused what we got wrong on purpose.
 *
 * A path that was never seen routed is ours: gateways answer a path that we have misspelled like one that they
 * refuse, and to blame the vendor for it costs weeks. Credentials are ours as well.
 */
export function ownerOf(operation: Capability, background: Background = {}): Owner | undefined {
  const { outcome, cause } = operation;
  switch (stateOf(operation)) {
    case 'works':
      return isSurprise(operation)
        ? { who: 'us', why: 'it works, and that was not expected: accept it' }
        : undefined;
    case 'skipped':
      return undefined;
    case 'expected refusal':
      return isSurprise(operation)
        ? {
            who: 'us',
            why: 'it refused our deliberately wrong request differently than expected: see what changed',
          }
        : undefined;
    case 'let in':
      return {
        who: 'us',
        why: 'it accepted our deliberately wrong request: see what it did before anybody is asked',
      };
    case 'deviates':
    case 'fails':
  }
  if (isRefusalOfOurs(operation))
    return {
      who: 'us',
      why: `we asked with ${provokedBy(operation) ?? ''}, and the refusal leaves several explanations open`,
    };
  switch (outcome) {
    case 'works':
    case 'skipped':
      return undefined;
    case 'broken':
      return {
        who: 'vendor',
        why: 'a server error is the server’s, whatever was sent (RFC 9110, section 15.6)',
      };
    case 'deviates':
      return /^assumed/i.test(background.standing ?? '')
        ? { who: 'us', why: 'our contract only assumes this operation: correct the contract' }
        : { who: 'vendor', why: 'the answer is not what the documentation says' };
    case 'unrouted':
    case 'gone':
      return background.routedAt === undefined
        ? { who: 'us', why: 'no run has seen this path routed: first correct the spelling or the address' }
        : {
            who: 'vendor',
            why: `the host knew it in the run of ${readableTime(background.routedAt)}, and does not any more`,
          };
    case 'denied':
      return deniedOwner(operation);
    case 'unreachable':
      return cause !== undefined && THEIR_CERTIFICATE.has(cause)
        ? { who: 'vendor', why: 'the certificate is the server’s' }
        : { who: 'us', why: 'no answer came: first rule out our own network and the address' };
    case 'rejects':
      return { who: 'us', why: 'our input was read and refused' };
    case 'absent':
      return { who: 'us', why: 'we asked for something that is not there' };
    case 'throttled':
      return { who: 'us', why: 'we asked more often than we may' };
  }
}

/** Whether it refused what we got wrong on purpose, though it is not certain that it was for that. */
function isRefusalOfOurs({ manner, outcome }: Capability): boolean {
  const isRefusal = outcome === 'rejects' || outcome === 'absent';
  return (
    provokedBy({ manner }) !== undefined &&
    (isRefusal || (outcome === 'denied' && manner === 'invalid-token'))
  );
}

/** Whether something does not do what it should; otherwise it only does more than was expected. */
export function isProblem({ operation }: Action): boolean {
  const state = stateOf(operation);
  return state !== 'works' && state !== 'expected refusal';
}

function deniedOwner({ cause, layer, confidence }: Capability): Owner | undefined {
  if (layer === 'token') return { who: 'us', why: 'our credentials are not proven to be good' };
  if (confidence === 'possible') return { who: 'us', why: 'the refusal leaves several explanations open' };
  return cause !== undefined && THEIR_POLICY.has(cause)
    ? { who: 'vendor', why: 'the credentials work elsewhere, and only the vendor can grant this' }
    : { who: 'us', why: 'the credentials are ours' };
}
