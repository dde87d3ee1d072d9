/** The origin that a request names when it asks as a page of another site: it belongs to nobody (RFC 2606, section 2). */
export const FOREIGN_ORIGIN = 'https://origin.example';

/** Seven digits are too few for a phone number or a date; of longer numbers, those that stand for half a year, one, or two. */
const SECONDS = '\\d{1,7}|15552000|15724800|15768000|31536000|31556952|31622400|63072000';

/**
 * Which response headers are kept, and what of their values. They say something about the servers between us and
 * the data, and nothing about a person. Of every other header not even the name is kept, and of a value that is
 * of another form nothing: a server can write a name, a phone number or a birth date into any header, so forms
 * are as narrow as what real servers send there allows.
 */
const KEPT: readonly { name: RegExp; keep: (value: string) => string | undefined }[] = [
  // Seven digits are enough for lengths, seconds and counts, and too few for a phone number or a date.
  { name: /^(content-length|age|x-cache-hits)$/, keep: whole(/^\d{1,7}$/) },
  { name: /^retry-after$/, keep: whole(/^\d{1,7}$/, httpDate()) },
  { name: /^(date|last-modified|expires|sunset)$/, keep: whole(httpDate()) },
  {
    // Seconds since 1970 (RFC 9745, section 2.1), from 2020 to 2033: a phone number that begins with 1 is longer.
    name: /^deprecation$/,
    keep: whole(/^(@1[6-9]\d{8}|true)$/, httpDate()),
  },
  // The code for what lasts (RFC 7234, section 5.5.7), and nothing of the text.
  { name: /^warning$/, keep: beginning(/^299(?= )/) },
  {
    name: /^content-type$/,
    keep: whole(
      /^(application|text)\/((problem|fhir|hal|ld|vnd\.api|scim|health|atom|soap|xhtml)\+)?(json|html|xml|plain|pdf|csv|octet-stream|x-www-form-urlencoded|javascript)(; ?charset="?(utf-?8|us-ascii|iso-8859-1|windows-1252)"?)?$/i,
    ),
  },
  { name: /^(content-encoding|transfer-encoding)$/, keep: whole(/^(gzip|br|deflate|identity|chunked)$/i) },
  { name: /^(connection|accept-ranges)$/, keep: whole(/^(keep-alive|close|upgrade|none|bytes)$/i) },
  {
    name: /^(allow|access-control-allow-methods)$/,
    keep: whole(/^((GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT)(, ?|$))+$/i),
  },
  // Of origins only the one that we have sent.
  {
    name: /^access-control-allow-origin$/,
    keep: (value) => (['*', 'null', FOREIGN_ORIGIN].includes(value) ? value : undefined),
  },
  { name: /^access-control-allow-credentials$/, keep: whole(/^(true|false)$/i) },
  {
    name: /^strict-transport-security$/,
    keep: listOf(`max-age ?= ?(${SECONDS}|"(${SECONDS})")|includeSubDomains|preload`, ' ?; ?'),
  },
  { name: /^x-content-type-options$/, keep: whole(/^nosniff$/i) },
  {
    name: /^cache-control$/,
    keep: listOf(
      `public|private|no-store|no-cache|no-transform|must-revalidate|proxy-revalidate|must-understand|immutable|(max-age|s-maxage|stale-while-revalidate|stale-if-error)=(${SECONDS})`,
      ' ?, ?',
    ),
  },
  {
    name: /^vary$/,
    keep: listOf(
      '\\*|accept|accept-(charset|encoding|language)|authorization|cookie|origin|prefer|referer|user-agent|x-requested-with|access-control-request-(headers|method)',
      ' ?, ?',
    ),
  },
  { name: /^set-cookie$/, keep: attributesOf },
  { name: /^x-aspnet(mvc)?-version$/, keep: whole(/^(4\.0\.30319|2\.0\.50727|[1-5]\.[0-3])$/) },
  {
    name: /^server$/,
    keep: product(
      'awselb|amazons3|cloudfront|cloudflare|cloudflare-nginx|nginx|openresty|tengine|apache|apache-coyote|gunicorn|uvicorn|hypercorn|waitress|werkzeug|wsgiserver|envoy|istio-envoy|google frontend|gws|gfe|esf|akamaighost|akamainetstorage|microsoft-iis|microsoft-httpapi|microsoft-azure-application-gateway|kestrel|kong|tyk|krakend|varnish|squid|haproxy|traefik|caddy|litespeed|heroku|cowboy|vercel|netlify|jetty|tomcat|undertow|wildfly|imperva|bigip|big-ip|sucuri|fastly|ats|apisix|express|puma|unicorn|webrick|phusion passenger|zscaler|zscalertwo|netskope|bluecoat|mcafee web gateway|fortigate|datadome|ddos-guard|bunnycdn|railway|railway-edge|render|fly|wso2|wso2 carbon server|gravitee.io|datapower|lighttpd|deno|sap netweaver application server|domino|salesforceedge|squarespace|proxysg|sophos|cisco ironport',
    ),
  },
  { name: /^x-powered-by$/, keep: product('express|asp\\.net|php|next\\.js|servlet|phusion passenger') },
  {
    // The kind of error; what may follow it after a colon is left out.
    name: /^x-amzn-errortype$/,
    keep: beginning(
      /^(AccessDenied|AuthorizerConfiguration|AuthorizerFailure|BadRequest|Conflict|ExpiredToken|Forbidden|IncompleteSignature|IntegrationFailure|IntegrationTimeout|InternalFailure|InternalServerError|InvalidAPIKey|InvalidSignature|LimitExceeded|MissingAuthenticationToken|NotFound|RequestTooLarge|ResourceNotFound|ServiceUnavailable|Throttling|TooManyRequests|Unauthorized|UnrecognizedClient|UnsupportedMediaType|Validation)(Exception|Error|Failure)?(?![^:])/,
    ),
  },
  // Of a challenge only the scheme and the error code.
  { name: /^(www|proxy)-authenticate$/, keep: challengeOf },
  // Of an address only what kind of page is there.
  { name: /^location$/, keep: kindOfPage },
  { name: /^grpc-status$/, keep: whole(/^(\d|1[0-6])$/) },
  // Which product has made an answer, where it says so in a header of its own.
  { name: /^(x-goog-iap-generated-response|x-railway-fallback)$/, keep: whole(/^(true|1)$/) },
  { name: /^x-generator$/, keep: whole(/^tyk\.io$/) },
  { name: /^x-render-routing$/, keep: whole(/^[a-z]{2,12}(-[a-z]{2,12}){0,3}$/) },
  {
    name: /^x-squid-error$/,
    keep: beginning(
      /^ERR_((CACHE_)?ACCESS_DENIED|CACHE_MGR_ACCESS_DENIED|CANNOT_FORWARD|CONNECT_FAIL|DNS_FAIL|READ_(ERROR|TIMEOUT)|SECURE_CONNECT_FAIL|SOCKET_FAILURE|TOO_BIG|UNSUP_REQ|URN_RESOLVE|ZERO_SIZE_OBJECT|INVALID_(REQ|RESP|URL))(?![\w-])/,
    ),
  },
  {
    name: /^x-vercel-error$/,
    keep: whole(
      /^(((EDGE_)?FUNCTION|MIDDLEWARE)_(INVOCATION_FAILED|INVOCATION_TIMEOUT|PAYLOAD_TOO_LARGE|RESPONSE_PAYLOAD_TOO_LARGE|THROTTLED)|NO_RESPONSE_FROM_FUNCTION|DEPLOYMENT_(NOT_FOUND|BLOCKED|DELETED|DISABLED|PAUSED)|NOT_FOUND|RESOURCE_NOT_FOUND|ROUTER_(CANNOT_MATCH|EXTERNAL_TARGET_(ERROR|CONNECTION_ERROR|HANDSHAKE_ERROR))|DNS_HOSTNAME_(NOT_FOUND|RESOLVE_FAILED|SERVER_ERROR)|INFINITE_LOOP_DETECTED|REQUEST_HEADER_TOO_LARGE|URL_TOO_LONG)$/,
    ),
  },
  { name: /^x-vercel-mitigated$/, keep: whole(/^(challenge|deny|rate_limit)$/) },
  { name: /^x-krakend-completed$/, keep: whole(/^(true|false)$/) },
  { name: /^x-amzn-waf-action$/, keep: whole(/^(captcha|challenge)$/) },
  { name: /^x-datadome$/, keep: whole(/^protected$/) },
  {
    name: /^x-cache$/,
    keep: whole(
      /^((hit|miss|error|refreshhit|lambdageneratedresponse|functiongeneratedresponse|redirect|limitexceeded)( from cloudfront)?|config_nocache|tcp_((remote|mem|refresh|ims|negative)_)?(hit|miss|denied|error))$/i,
    ),
  },
  { name: /^x-amz-cf-pop$/, keep: whole(/^[A-Z]{3}\d{1,3}-[A-Z]\d{1,2}$/) },
  {
    name: /^(x-rate-?limit-(limit|remaining|reset)|ratelimit(-(limit|remaining|reset|policy))?)$/,
    keep: whole(/^\d{1,7}(;w=\d{1,7})?$/),
  },
  {
    name: /^(x-envoy-upstream-service-time|x-kong-(response|upstream|proxy)-latency)$/,
    keep: whole(/^\d{1,7}$/),
  },
  { name: /^cf-mitigated$/, keep: whole(/^(challenge|block)$/) },
  {
    name: /^x-replica-standing$/,
    keep: beginning(
      /^(documented|assumed|(observed|by effect)( 20[2-9]\d-\d{2}-\d{2})?|not asked in this run)(?![\w-])/,
    ),
  },
  // Ids of requests, which a vendor needs to find a request again: each in the form that its maker gives it.
  {
    name: /^(x-amzn-requestid|x-amz-request-id|apigw-requestid|x-amz-apigw-id|x-amz-cf-id|x-amz-id-2)$/,
    keep: randomId,
  },
  { name: /^(cf-ray|x-azure-ref|x-served-by|akamai-grn)$/, keep: randomId },
  {
    name: /^(x-(kong-|ms-|akamai-|goog-)?(request|correlation|trace|activity)-id|request-id)$/,
    keep: randomId,
  },
  {
    // The second part is the time in seconds, in hexadecimal: since 2021, until 2038.
    name: /^x-amzn-trace-id$/,
    keep: beginning(/^Root=1-[67][0-9a-f]{7}-[0-9a-f]{24}(?![\w-])/),
  },
];

/** Of a value that has one of these forms all is kept, of another one nothing. */
function whole(...forms: RegExp[]) {
  return (value: string) => (forms.some((form) => form.test(value)) ? value : undefined);
}

/** Of a list with nothing but such parts all is kept. */
function listOf(part: string, separator: string) {
  return whole(new RegExp(`^(${part})(${separator}(${part}))*$`, 'i'));
}

/** What is kept is the beginning of a value that has this form; of the rest nothing. */
function beginning(form: RegExp) {
  return (value: string) => form.exec(value)?.[0];
}

/** A product and its version, and nothing of what comes after them. */
function product(names: string) {
  return beginning(new RegExp(`^(${names})(\\/\\d{1,2}(\\.\\d{1,2}){0,3})?(?![\\w.-])`, 'i'));
}

/** A date of RFC 9110, section 5.6.7, of this time: the birth date of nobody who calls. */
function httpDate(): RegExp {
  return /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} 20[2-9]\d \d{2}:\d{2}:\d{2} GMT$/;
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const HEXADECIMAL = /^(?=.*\d)(?=.*[a-f])([0-9a-f]{16}|[0-9a-f]{32}|[0-9A-F]{16})(-[A-Z]{3})?$/i;
/** What AWS gives: 15, 54 or 75 characters of Base64 with their padding. */
const BASE64 = /^([\w+/-]{15}=|[\w+/-]{54}==|[\w+/-]{75}=)$/;

/** An id that a machine has drawn; a name, a number or a note that is only written like one reads as text again. */
function randomId(value: string): string | undefined {
  if (UUID.test(value)) return value;
  if (HEXADECIMAL.test(value)) return holdsText(value, 'hex') ? undefined : value;
  if (BASE64.test(value)) return holdsText(value, 'base64') ? undefined : value;
  return undefined;
}

/** Whether some bytes in a row are text, at whichever character of the value the text begins. */
function holdsText(value: string, encoding: 'hex' | 'base64'): boolean {
  return [0, 1, 2, 3].some((start) =>
    /[\w .,'@/()+-]{7}/.test(Buffer.from(value.slice(start), encoding).toString('latin1')),
  );
}

/**
 * @param headers names in lower case
 * @param isSecret whether a text holds a secret of this process
 */
export function keepHeaders(
  headers: readonly (readonly [string, string])[],
  isSecret: (text: string) => boolean,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) {
    const shown = KEPT.find((entry) => entry.name.test(name))?.keep(value);
    if (shown === undefined || isSecret(value)) continue;
    kept[name] = name in kept ? `${kept[name] ?? ''}, ${shown}` : shown;
  }
  return kept;
}

const ATTRIBUTES = ['Expires', 'Max-Age', 'Domain', 'Path', 'Secure', 'HttpOnly', 'SameSite', 'Partitioned'];

/** Which of the known attributes a cookie has (RFC 6265, section 4.1): neither its name nor any value. */
function attributesOf(value: string): string {
  const [, ...parts] = value.split(';');
  const names = parts.map((part) => (part.split('=')[0] ?? '').trim().toLowerCase());
  return ['…', ...ATTRIBUTES.filter((name) => names.includes(name.toLowerCase()))].join('; ');
}

const SCHEMES =
  /^(Bearer|Basic|Digest|Negotiate|NTLM|Kerberos|AWS4-HMAC-SHA256|Key|ApiKey|DPoP|OAuth2|OAuth|Cloudflare-Access|Mutual|Hawk|Token|JWT|GNAP|PrivateToken)\b/i;
const CHALLENGE_ERRORS =
  /\berror="?(invalid_request|invalid_token|insufficient_scope|use_dpop_nonce|invalid_dpop_proof|insufficient_user_authentication|insufficient_claims|interaction_required)"?/;

/** The scheme of a challenge and its error code (RFC 9110, section 11.6.1; RFC 6750, section 3.1). */
function challengeOf(value: string): string | undefined {
  const scheme = SCHEMES.exec(value)?.[1];
  if (scheme === undefined) return undefined;
  const error = CHALLENGE_ERRORS.exec(value)?.[1];
  return error === undefined ? scheme : `${scheme} error="${error}"`;
}

const PAGES: readonly (readonly [kind: string, form: RegExp])[] = [
  [
    'a page of a network',
    /^https?:\/\/(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?=[/:]|$)|^https?:\/\/1\.1\.1\.1\/|\/(?:captive-?portal|fgtauth|hotspot\w{0,20}|guest\/s|splash)(?=[/?#.-]|$)|^https?:\/\/(?:[\w-]+\.){0,3}(?:captive|captiveportal|hotspot|(?:guest-?)?wifi|splash)\.|[?&](?:uamip|uamport)=/i,
  ],
  [
    'a page to sign in',
    /^(?:https?:)?\/\/(?:[\w-]+\.)?(?:log-?in|sign-?in|sso|accounts?|idp|adfs|oauth2?|cas)\.|[/.?&](?:log-?in|log_in|log-?on|policy|sign[-_]?in|sso(?:-api)?|saml2?|adfs|idp|cas|authorize|authenticate|openid-connect|sign_in)(?=[/?.;&#]|$)|[/](?:sessions?|user_session|users)\/(?:new|sign_in)(?=[/?#]|$)|^https?:\/\/auth\.[^?#]{1,300}\?rd=/i,
  ],
  [
    'a page that says that it is blocked',
    /^https?:\/\/(?:[\w-]+\.)?(?:block|blocked|blockpage)\.|\/(?:blocked|blockpage|block\.html?)(?=[/?#.]|$)/i,
  ],
];

/** What kind of page an address leads to, where its words say it. */
function kindOfPage(address: string): string | undefined {
  const beginning = address.slice(0, 500);
  return PAGES.find(([, form]) => form.test(beginning))?.[0];
}
