import type { Cause, Layer, Outcome } from './causes.js';

/** Who can change that an operation is refused. One word for each, everywhere. */
export const SIDES = ['us', 'network', 'edge', 'gateway', 'vendor-application', 'vendor-data'] as const;
export type Side = (typeof SIDES)[number];

/** For each cause, who can change it; undefined where the layer that answered says it. */
const SIDE_OF: Partial<Record<Cause, Side>> = {
  'tls-name': 'edge',
  'tls-expired': 'edge',
  'response-malformed': 'vendor-application',
  'proxy-unreachable': 'us',
  'proxy-refused': 'us',
  'network-blocked': 'us',
  'client-certificate-refused': 'us',
  'host-gone': 'us',
  'base-url-wrong': 'us',
  redirected: 'us',
  'token-missing': 'us',
  'token-malformed': 'us',
  'token-invalid': 'us',
  'token-expired': 'us',
  'proof-refused': 'us',
  'sign-in-pending': 'us',
  'client-refused': 'us',
  'oauth-request-invalid': 'us',
  'rate-limited': 'us',
  'quota-exceeded': 'us',
  'payment-wanted': 'us',
  'request-refused': 'us',
  'media-type-refused': 'us',
  'request-too-large': 'us',
  'validation-failed': 'us',
  conflict: 'us',
  'backend-timeout': 'vendor-application',
  'backend-failed': 'vendor-application',
  'signature-refused': 'gateway',
  'permission-denied': 'vendor-application',
  crashed: 'vendor-application',
  unavailable: 'vendor-application',
  'origin-refused': 'vendor-application',
  'resource-missing': 'vendor-data',
  'resource-gone': 'vendor-data',
};

const SIDE_OF_LAYER: Record<Layer, Side> = {
  network: 'network',
  edge: 'edge',
  token: 'us',
  gateway: 'gateway',
  application: 'vendor-application',
  resource: 'vendor-data',
};

/**
 * Who can change what an operation does; undefined where nothing has to change, or nothing is known.
 * @param isOurs whether what was asked is our own mistake, although the cause alone could be the vendor's: a path that is
 *   only misspelled, or an id that nobody has listed
 */
export function sideOf(
  { outcome, layer, cause }: { outcome: Outcome; layer?: Layer | undefined; cause?: Cause | undefined },
  isOurs: boolean,
): Side | undefined {
  if (outcome === 'works' || outcome === 'skipped') return undefined;
  if (cause === 'undetermined' || cause === 'page-instead') return undefined;
  if (isOurs) return 'us';
  if (outcome === 'deviates') return 'vendor-application';
  return (cause && SIDE_OF[cause]) ?? (layer && SIDE_OF_LAYER[layer]);
}
