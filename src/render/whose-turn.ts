import { isAsIntended } from '../run/proof.js';
import type { Capability } from '../run/run.js';
import type { Cause } from '../verdict/causes.js';

/** Who can put right that an operation does not do what it should, and why it is theirs. */
export interface Turn {
  who: 'vendor' | 'us';
  why: string;
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

/**
 * Whose turn it is. Undefined when nobody has to act: it works, was not asked, or was guarded as it should be.
 *
 * A path that was never seen routed is ours: gateways answer a path that we have misspelt like one that they
 * refuse, and to blame the vendor for it costs weeks. Credentials are ours as well.
 */
export function whoseTurn(operation: Capability, background: Background = {}): Turn | undefined {
  const { outcome, cause } = operation;
  if (isAsIntended(operation)) return undefined;
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
        : { who: 'vendor', why: `it was routed in a run of ${background.routedAt}, and is not any more` };
    case 'denied':
      return deniedTurn(operation);
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

function deniedTurn({ cause, layer, confidence }: Capability): Turn | undefined {
  if (layer === 'token') return { who: 'us', why: 'our credentials are not proven to be good' };
  if (confidence === 'possible') return { who: 'us', why: 'the refusal leaves several explanations open' };
  return cause !== undefined && THEIR_POLICY.has(cause)
    ? { who: 'vendor', why: 'the credentials work elsewhere, and only the vendor can grant this' }
    : { who: 'us', why: 'the credentials are ours' };
}
