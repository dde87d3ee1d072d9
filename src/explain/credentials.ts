/** Names of header fields that carry credentials and nothing else. */
const CARRIES =
  /^(?:authorization|(?:x-)?api-?key|(?:x-)?(?:auth|access|session|id|security|amz-security)-token|x-auth(?:-key)?|token|apikey|ocp-apim-subscription-key|x-goog-(?:api-key|iap-jwt-assertion)|private-token|cf-access-client-(?:id|secret)|dpop|x-functions-key)$/;

/** Names of query parameters that carry credentials. */
const IN_QUERY =
  /[?&](?:access_token|api_?key|apikey|key|token|auth|sig|signature|subscription-key|x-amz-signature)=/i;

/**
 * Whether credentials went with a request whose header fields are all known. A cookie may be one or not.
 * @param headers by their names in small letters
 */
export function credentialsIn(
  headers: Readonly<Record<string, string>>,
  url: string | undefined,
): 'sent' | 'not-sent' | 'unknown' {
  const names = Object.keys(headers);
  if (names.some((name) => CARRIES.test(name)) || carriesCredentials(url)) return 'sent';
  return names.includes('cookie') ? 'unknown' : 'not-sent';
}

/** Whether a URL holds credentials: in its query, or as a user and a password. */
export function carriesCredentials(url: string | undefined): boolean {
  return url !== undefined && (IN_QUERY.test(url) || /^(?:[a-z]{2,10}:)?\/\/[^/?#@]{1,300}@/i.test(url));
}
