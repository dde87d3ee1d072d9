import { INVALID } from '../request/security/credential.js';
import type { HttpRequest } from '../target/reply.js';

/**
 * A command that repeats a request. Host and credentials are variables, ids are pseudonyms, and a body is named, not
 * shown: bodies can hold what a person has put into the samples.
 * @param shown the URL as it may be shown, without credentials
 * @param isSecret whether a text holds a secret of this process
 */
export function curlFor(request: HttpRequest, shown: string, isSecret: (text: string) => boolean): string {
  const words = ['curl -i'];
  if (request.method !== 'GET') words.push(`-X ${request.method}`);
  const path = shown.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/["\\`$]/g, '\\$&');
  words.push(`"$BASE_URL${path}${keysInQuery(request.url, shown, isSecret)}"`);
  for (const [name, value] of Object.entries(request.headers)) {
    const form = formOf(name.toLowerCase(), value, isSecret);
    if (form !== undefined) words.push(`-H "${form}"`);
  }
  const type = request.headers['content-type'];
  if (type !== undefined) words.push(`-H "Content-Type: ${type}"`);
  if (request.body !== undefined) words.push('-d @body.json');
  return words.join(' ');
}

/** The variables of a command that hold a credential. */
export function credentialVariables(curl: string): string[] {
  const names = [...curl.matchAll(/(?<!\\)\$([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => name !== 'BASE_URL');
}

/** The words that an Authorization value begins with where it is no credential itself (RFC 9110, section 11.4). */
const SCHEMES: ReadonlySet<string> = new Set(['bearer', 'token', 'apikey']);

/** A header that holds a credential, with a variable for that; undefined for every other. */
function formOf(name: string, value: string, isSecret: (text: string) => boolean): string | undefined {
  if (name === 'authorization') {
    const [, word = 'Bearer'] = /^(\S+) /.exec(value) ?? [];
    if (word.toLowerCase() === 'basic') return 'Authorization: Basic $BASIC';
    return `Authorization: ${SCHEMES.has(word.toLowerCase()) ? word : 'Bearer'} $TOKEN`;
  }
  if (name === 'cookie') {
    const pairs = value.split('; ').map((pair) => pair.split('=', 1)[0] ?? '');
    return isCredential(value, isSecret)
      ? `Cookie: ${pairs.map((one) => `${one}=$${variable(one)}`).join('; ')}`
      : undefined;
  }
  return isCredential(value, isSecret) ? `${name}: $${variable(name)}` : undefined;
}

/** Parameters of the query that hold a credential: they stand in no URL that is shown. */
function keysInQuery(url: string, shown: string, isSecret: (text: string) => boolean): string {
  const hidden = [...new URL(url).searchParams]
    .filter(([, value]) => isCredential(value, isSecret))
    .map(([name]) => `${encodeURIComponent(name)}=$${variable(name)}`);
  return hidden.length === 0 ? '' : `${shown.includes('?') ? '&' : '?'}${hidden.join('&')}`;
}

function isCredential(text: string, isSecret: (text: string) => boolean): boolean {
  return text.includes(INVALID) || isSecret(text);
}

function variable(name: string): string {
  return name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^_?(?=\d)/, 'KEY_');
}
