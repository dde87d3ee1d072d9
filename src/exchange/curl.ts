/**
 * A command that repeats a request. Host and token are variables, ids are pseudonyms, and a body is named, not
 * shown: bodies can hold what a person has put into the samples.
 */
export function curlFor(request: {
  method: string;
  /** Path and query as they may be shown. */
  path: string;
  headerNames: readonly string[];
  contentType: string | undefined;
  hasBody: boolean;
}): string {
  const words = ['curl -i'];
  if (request.method !== 'GET') words.push(`-X ${request.method}`);
  words.push(`"$BASE_URL${request.path.replace(/["\\`$]/g, '\\$&')}"`);
  if (request.headerNames.includes('authorization')) words.push('-H "Authorization: Bearer $TOKEN"');
  if (request.contentType !== undefined) words.push(`-H "Content-Type: ${request.contentType}"`);
  if (request.hasBody) words.push('-d @body.json');
  return words.join(' ');
}
