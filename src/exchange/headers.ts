/**
 * Which response headers are kept, and what their values must look like to be kept. They say something about
 * the servers between us and the data, and nothing about a person. Of every other header not even the name is
 * kept, and of a value that looks otherwise nothing.
 */
const KEPT: readonly { name: RegExp; value: RegExp }[] = [
  { name: /^(content-length|age|retry-after|x-cache-hits)$/, value: /^\d{1,12}$/ },
  {
    name: /^(date|retry-after|last-modified|expires)$/,
    value: /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [\d]{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/,
  },
  {
    name: /^content-type$/,
    value:
      /^(application|text|image|multipart)\/((x-|vnd\.)?[a-z.-]+\+)?(json|html|xml|plain|pdf|csv|octet-stream|x-www-form-urlencoded|xhtml|javascript|soap)(\+(json|xml))?(; ?charset="?[\w-]{3,12}"?)?$/i,
  },
  {
    name: /^(content-encoding|transfer-encoding|connection|accept-ranges)$/,
    value: /^(gzip|br|deflate|identity|chunked|keep-alive|close|upgrade|none|bytes)(, ?\w+)?$/i,
  },
  {
    name: /^(allow|access-control-allow-methods)$/,
    value: /^((GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT)(, ?|$))+$/i,
  },
  {
    name: /^server$/,
    value:
      /^(awselb|amazons3|cloudfront|cloudflare|cloudflare-nginx|nginx|openresty|tengine|apache|apache-coyote|gunicorn|uvicorn|hypercorn|waitress|werkzeug|wsgiserver|envoy|istio-envoy|google frontend|gws|gfe|esf|akamaighost|akamainetstorage|microsoft-iis|microsoft-httpapi|microsoft-azure-application-gateway|kestrel|kong|tyk|krakend|varnish|squid|haproxy|traefik|caddy|litespeed|heroku|cowboy|vercel|netlify|jetty|tomcat|undertow|wildfly|imperva|bigip|big-ip|sucuri|fastly|ats|apisix|express|puma|unicorn|webrick|phusion passenger)([/ (-][\w .()-]{0,30})?$/i,
  },
  {
    name: /^x-powered-by$/,
    value: /^(express|asp\.net|php|next\.js|servlet|phusion passenger)([/ ][\w .()-]{0,20})?$/i,
  },
  { name: /^x-amzn-errortype$/, value: /^\w{1,40}(Exception|Error|Failure)?(:https?:\/\/[\w./-]*)?$/i },
  // Of a challenge only the scheme and the error code of RFC 6750, section 3.1; see challengeOf.
  {
    name: /^x-cache$/,
    value:
      /^((hit|miss|error|refreshhit|lambdageneratedresponse|functiongeneratedresponse|redirect|limitexceeded)( from cloudfront)?|config_nocache|tcp_[a-z_]+)$/i,
  },
  { name: /^x-amz-cf-pop$/, value: /^[A-Z]{3}\d{1,3}-[A-Z]\d{1,2}$/ },
  { name: /^(x-rate-?limit-[a-z-]+|ratelimit(-[a-z]+)?)$/, value: /^[\d;=,w ]{1,40}$/ },
  { name: /^(x-envoy-upstream-service-time|x-kong-(response|upstream|proxy)-latency)$/, value: /^\d{1,9}$/ },
  { name: /^cf-mitigated$/, value: /^(challenge|block)$/ },
  { name: /^x-replica-standing$/, value: /^[a-z -]{3,24}( \d{4}-\d{2}-\d{2})?$/ },
  // Ids of requests: long, and of letters and digits both, which no name, phone number or date is.
  {
    name: /^(x-amzn-(requestid|trace-id)|x-amz-(cf-id|apigw-id|request-id|id-2)|apigw-requestid|cf-ray|akamai-grn|x-azure-ref|x-iinfo|x-(kong-|ms-|akamai-|goog-)?(request|correlation|trace|activity)-id|request-id|x-varnish|x-served-by)$/,
    value: /^(?=.*\d)(?=.*[A-Za-z])[\w=+/.:-]{16,128}$/,
  },
];

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
    if (name === 'www-authenticate') {
      const challenge = challengeOf(value);
      if (challenge !== undefined)
        kept[name] = name in kept ? `${kept[name] ?? ''}, ${challenge}` : challenge;
      continue;
    }
    const harmless = KEPT.some((entry) => entry.name.test(name) && entry.value.test(value));
    if (!harmless || isSecret(value)) continue;
    kept[name] = name in kept ? `${kept[name] ?? ''}, ${value}` : value;
  }
  return kept;
}

const SCHEMES = /^(Bearer|Basic|Digest|Negotiate|NTLM|AWS4-HMAC-SHA256|Key|ApiKey|DPoP)\b/i;
const CHALLENGE_ERRORS = /\berror="?(invalid_request|invalid_token|insufficient_scope|use_dpop_nonce)"?/;

/** The scheme of a challenge and its error code (RFC 9110, section 11.6.1; RFC 6750, section 3.1). */
function challengeOf(value: string): string | undefined {
  const scheme = SCHEMES.exec(value)?.[1];
  if (scheme === undefined) return undefined;
  const error = CHALLENGE_ERRORS.exec(value)?.[1];
  return error === undefined ? scheme : `${scheme} error="${error}"`;
}
