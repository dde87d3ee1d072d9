/**
 * The vocabulary of refusals: which layers can answer, and what each refusal can be caused by.
 *
 * A layer that answers proves that every layer before it worked. The order below is the order in which a
 * request meets them.
 */
export const LAYERS = ['network', 'edge', 'token', 'gateway', 'application', 'resource'] as const;
export type Layer = (typeof LAYERS)[number];

export const CONFIDENCES = ['possible', 'likely', 'certain'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What an operation turns out to do; see the table in docs/words.md. */
export const OUTCOMES = [
  'works',
  'deviates',
  'rejects',
  'denied',
  'unrouted',
  'absent',
  'gone',
  'broken',
  'throttled',
  'unreachable',
  'skipped',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Every cause that a verdict can name, with the sentence that explains it to somebody who has never met it. */
export const CAUSES = {
  // network: no HTTP answer at all, or none that can be read
  'dns-failure': 'the host name does not resolve',
  'connection-refused': 'nothing listens at that address',
  'connection-reset': 'the connection was cut before a whole answer had arrived',
  'connection-timeout': 'no connection came about in time',
  'tls-name': 'the certificate is for another host name',
  'tls-expired': 'the certificate has expired, or is not valid yet',
  'tls-untrusted': 'the certificate is signed by nobody whom this machine trusts',
  'tls-failure': 'the TLS handshake failed',
  'response-timeout': 'the connection stood, but the answer did not arrive in time',
  'response-malformed': 'what came back is not HTTP, or breaks its own framing or encoding',
  'proxy-unreachable': 'the proxy of our own network cannot be reached',
  'proxy-refused': 'the proxy of our own network wants credentials, or does not connect us to this host',
  'network-blocked': 'a filter or a sign-in page of our own network answered instead of the host',
  'client-certificate-refused': 'a client certificate is asked for, and none came or it is not accepted',

  // edge: CDN, web application firewall, load balancer, parked host
  'edge-blocked': 'a firewall or CDN refused the request before any API saw it',
  'edge-error': 'the CDN or load balancer could not get an answer from what is behind it',
  'host-gone': 'the whole host answers as retired or parked',
  redirected: 'the answer points elsewhere instead of answering',
  'base-url-wrong': 'the base URL that is asked is not the one below which the API stands',

  // token: who are you
  'token-missing': 'no credentials arrived',
  'token-malformed': 'credentials arrived in a form that could not be read',
  'token-invalid': 'the token is unknown, revoked, or meant for another environment',
  'token-expired': 'the token has expired',
  'proof-refused': 'the proof that goes with the token (DPoP, or one more factor) is missing or not accepted',
  'sign-in-pending': 'somebody has not yet signed in or consented, as this grant needs',
  'client-refused': 'the token endpoint does not accept this client id and secret, or this grant',
  'oauth-request-invalid': 'the token endpoint cannot use the request as it was sent',

  // gateway: is there such a route, and may this caller use it
  'route-missing': 'no such method and path is routed (for this caller)',
  'method-missing': 'the path is routed, this method on it is not',
  'access-denied': 'the route exists; the policy of the gateway refuses this caller',
  'api-key-refused': 'the API key is missing, unknown, or not in a plan for this route',
  'signature-refused': 'a request signature was expected, and the one that came is wrong or out of date',
  'product-missing': 'the token is good, but the product that it belongs to does not include this operation',
  'scope-missing': 'the token is good, but lacks the scope for this operation',
  'rate-limited': 'too many requests in a short time',
  'quota-exceeded': 'the allowance for a longer period is used up',
  'payment-wanted': 'the account has to pay before this is allowed, or its plan does not include it',
  'request-refused': 'the gateway checked the request against its own rules and refused it',
  'media-type-refused': 'the content type that was sent or asked for is not supported',
  'request-too-large': 'the request, its headers or its URL are larger than is accepted',
  'backend-timeout': 'the gateway gave up waiting for the application behind it',
  'backend-failed': 'the gateway could not use the answer of the application behind it, or got none',
  'authorizer-failed': 'the gateway crashed while it decided about the caller',
  'gateway-refused': 'the gateway refused, in words that fit several causes',

  // application: the vendor's own code
  'permission-denied': 'the application knows the caller and does not allow this',
  'validation-failed': 'the application read our input and refused it',
  crashed: 'the application failed with an unhandled error',
  unavailable: 'the application says that it is down or overloaded for now',
  conflict: 'the application refused because of the state that the resource is in',
  'origin-refused':
    'a browser kept the answer from the page that asked, as the host does not allow its origin (CORS)',
  'page-instead': 'a page for people came where data was asked for',

  // resource: this one thing
  'resource-missing': 'the route works, there is no such resource',
  'resource-gone': 'the route works, the resource existed and was removed',

  // none of the above
  undetermined: 'nothing that is known fits this answer',
} as const;
export type Cause = keyof typeof CAUSES;
