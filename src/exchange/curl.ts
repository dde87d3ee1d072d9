import { isJsonType } from '../json.js';
import { percentDecoded } from '../percent.js';
import { INVALID } from '../request/security/credential.js';
import type { HttpRequest } from '../targets/reply.js';
import type { Exchange } from './exchange.js';
import { quoted, quotedText, readWord, type Word } from './shell.js';

/**
 * A command that repeats a request. Host and credentials are variables, ids are pseudonyms, and a body is named, not
 * shown: bodies can hold what a person has put into the samples. A credential that was invalid on purpose is in it as it
 * was sent: with a good one in its place, the command could change what the request could not.
 */
interface Command {
  method: string;
  /** Begins with the variable of the host. */
  url: Word;
  headers: readonly Word[];
  hasBody: boolean;
}

/**
 * The command that repeats a request, to be kept.
 * @param shown the URL as it may be shown, without credentials
 * @param isSecret whether a text holds a secret of this process
 */
export function curlFor(request: HttpRequest, shown: string, isSecret: (text: string) => boolean): string {
  const type = request.headers['content-type'];
  return written({
    method: request.method,
    url: [...addressOf(shown), ...keysInQuery(request.url, shown, isSecret)],
    headers: [
      ...Object.entries(request.headers).flatMap(([name, value]) => {
        const form = formOf(name.toLowerCase(), value, isSecret);
        return form === undefined ? [] : [form];
      }),
      ...(type === undefined ? [] : [[{ text: CONTENT_TYPE + type }]]),
    ],
    hasBody: request.body !== undefined,
  });
}

/**
 * The command of an exchange as it may be shown. What is kept may come from a file that somebody else has written: it is
 * shown only where it is such a command and repeats the very request; else one is made of what is known of the request.
 */
export function commandOf(exchange: Exchange): string {
  return written(commandFor(exchange));
}

/** The variables that the command of an exchange wants to be set, besides that of the host. */
export function credentialVariables(exchange: Exchange): string[] {
  const { url, headers } = commandFor(exchange);
  const names = [url, ...headers].flat().flatMap((piece) => ('variable' in piece ? [piece.variable] : []));
  return [...new Set(names)].filter((name) => name !== HOST);
}

/** Whether the command of an exchange sends a credential that is invalid on purpose. */
export function sendsInvalidCredential(exchange: Exchange): boolean {
  const { url, headers } = commandFor(exchange);
  return [url, ...headers].flat().some((piece) => 'text' in piece && endsInvalid(piece.text));
}

/** Whether the command of an exchange wants a body. */
export function wantsBody(exchange: Exchange): boolean {
  return commandFor(exchange).hasBody;
}

function commandFor(exchange: Exchange): Command {
  const kept = readCommand(exchange.curl);
  return kept && repeats(kept, exchange) ? kept : rebuilt(exchange);
}

const HOST = 'BASE_URL';

function written({ method, url, headers, hasBody }: Command): string {
  return [
    'curl -i',
    ...literalOption(url.map((piece) => ('text' in piece ? piece.text : '')).join('')),
    ...(method === 'GET' ? [] : ['-X', quotedText(method)]),
    quoted(url),
    ...headers.filter(isHeader).flatMap((header) => ['-H', quoted(header)]),
    ...(hasBody ? [`${isSentWithoutLines(headers) ? '-d' : '--data-binary'} @body.json`] : []),
  ].join(' ');
}

/** Whether line ends mean nothing in a body, so that `-d` may leave them out of it. In a form they would be data. */
function isSentWithoutLines(headers: readonly Word[]): boolean {
  const [type] = headers.flatMap((header) => {
    const text = textOf(header);
    return text?.startsWith(CONTENT_TYPE) ? [text.slice(CONTENT_TYPE.length)] : [];
  });
  return type !== undefined && (isJsonType(type) || type.startsWith('application/x-www-form-urlencoded'));
}

const CONTENT_TYPE = 'Content-Type: ';

/** The option that lets brackets and braces be: without it curl takes them for a list of addresses, and asks each. */
export function literalOption(url: string): string[] {
  return /[[\]{}]/.test(url) ? ['-g'] : [];
}

/** Whether curl takes it for a header: `@name` would be a file of the reader's. */
function isHeader([first]: Word): boolean {
  return first !== undefined && 'text' in first && /^[\w!#$%&'*+.^`|~-]+: /.test(first.text);
}

/** The variable of the host and what is asked there; it cannot become a part of the name of the host. */
function addressOf(shown: string): Word {
  const rest = shown.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const text = /^[/?]/.test(rest) || rest === '' ? rest : `/${rest}`;
  return [
    { variable: HOST },
    { text: text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (unseen) => percentEncoded(unseen)) },
  ];
}

function percentEncoded(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}

/** Reads a command as it is written here; undefined for any other text. */
function readCommand(text: string): Command | undefined {
  const words: Word[] = [];
  for (let at = 0; at <= text.length;) {
    const read = readWord(text, at);
    if (!read) return undefined;
    words.push(read.word);
    at = read.end + 1;
  }
  const [curl, i, ...rest] = words;
  if (textOf(curl) !== 'curl' || textOf(i) !== '-i') return undefined;
  if (textOf(rest[0]) === '-g') rest.shift();
  const method = textOf(rest[0]) === '-X' ? textOf(rest.splice(0, 2)[1]) : 'GET';
  const url = rest.shift();
  const headers: Word[] = [];
  while (textOf(rest[0]) === '-H') headers.push(rest.splice(0, 2)[1] ?? []);
  const hasBody =
    rest.length === 2 &&
    ['-d', '--data-binary'].includes(textOf(rest[0]) ?? '') &&
    textOf(rest[1]) === '@body.json';
  if (method === undefined || url === undefined || (rest.length > 0 && !hasBody)) return undefined;
  return { method, url, headers, hasBody };
}

/** The text of a word without variables. */
function textOf(word: Word | undefined): string | undefined {
  return word?.every((piece) => 'text' in piece) ? word.map(({ text }) => text).join('') : undefined;
}

/** Whether a command repeats the request of an exchange, and shows nothing of the reader's but what it names. */
function repeats({ method, url, headers }: Command, exchange: Exchange): boolean {
  const [host, address = { text: '' }, ...keys] = url;
  const [, own = { text: '' }] = addressOf(exchange.url);
  if (method !== exchange.method || !isVariable(host, HOST) || !('text' in own) || !('text' in address))
    return false;
  const isSame =
    keys.length === 0
      ? withoutInvalid(address.text) === own.text
      : address.text.startsWith(own.text) && /^[?&][^?&=]+=$/.test(address.text.slice(own.text.length));
  return isSame && namesItsVariables([address, ...keys], '=') && headers.every(isOwn);
}

/** Whether a header is one of those that commands are made with: the type of a body, or a credential. */
function isOwn(header: Word): boolean {
  const [first, second, ...rest] = header;
  if (!isHeader(header) || !first || !('text' in first)) return false;
  if (second === undefined) return first.text.startsWith(CONTENT_TYPE) || endsInvalid(first.text);
  if (first.text.startsWith('Cookie: ')) return namesItsVariables(header, '=');
  if (rest.length > 0) return false;
  if (first.text.startsWith('Authorization: '))
    return /^\S+ \S+ $/.test(first.text) && (isVariable(second, 'TOKEN') || isVariable(second, 'BASIC'));
  return /^\S+ $/.test(first.text) && namesItsVariables(header, ': ');
}

function isVariable(piece: Word[number] | undefined, name: string): boolean {
  return piece !== undefined && 'variable' in piece && piece.variable === name;
}

/** Whether each variable is named after what is before it, so that it can be no other of the reader's. */
function namesItsVariables(word: Word, mark: '=' | ': '): boolean {
  return word.every((piece, index) => {
    if ('text' in piece) return true;
    const before = word[index - 1];
    const text = before && 'text' in before ? before.text : '';
    if (!text.endsWith(mark)) return false;
    const name =
      text
        .slice(0, -mark.length)
        .split(/[?&]|; |Cookie: /)
        .at(-1) ?? '';
    return piece.variable === variable(name) || piece.variable === variable(percentDecoded(name));
  });
}

/** A command of what an exchange says of its request: the names of its headers, and no value. */
function rebuilt({ method, url, requestHeaders }: Exchange): Command {
  const sent = new Set(requestHeaders);
  return {
    method,
    url: addressOf(url),
    headers: [
      ...(sent.has('authorization') ? [[{ text: 'Authorization: Bearer ' }, { variable: 'TOKEN' }]] : []),
      ...(sent.has('content-type') ? [[{ text: CONTENT_TYPE }, { variable: 'CONTENT_TYPE' }]] : []),
    ],
    hasBody: sent.has('content-type'),
  };
}

/** The words that an Authorization value begins with where it is no credential itself (RFC 9110, section 11.4). */
const SCHEMES: ReadonlySet<string> = new Set(['bearer', 'token', 'apikey']);

/** What the name of a header is made of (RFC 9110, section 5.6.2); no other is sent. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** A header that holds a credential, with a variable for that; undefined for every other. */
function formOf(name: string, value: string, isSecret: (text: string) => boolean): Word | undefined {
  if (isInvalid(value) && TOKEN.test(name) && name !== 'cookie')
    return [{ text: `${name === 'authorization' ? 'Authorization' : name}: ${value}` }];
  if (name === 'authorization') {
    const [, word = 'Bearer'] = /^(\S+) /.exec(value) ?? [];
    if (word.toLowerCase() === 'basic') return [{ text: 'Authorization: Basic ' }, { variable: 'BASIC' }];
    const scheme = SCHEMES.has(word.toLowerCase()) ? word : 'Bearer';
    return [{ text: `Authorization: ${scheme} ` }, { variable: 'TOKEN' }];
  }
  if (!isCredential(value, isSecret) || !TOKEN.test(name)) return undefined;
  if (name !== 'cookie') return [{ text: `${name}: ` }, { variable: variable(name) }];
  return value.split('; ').flatMap((pair, index) => {
    const [own = ''] = pair.split('=', 1);
    const before = `${index === 0 ? 'Cookie: ' : '; '}${own}=`;
    return isInvalid(pair) ? [{ text: before + INVALID }] : [{ text: before }, { variable: variable(own) }];
  });
}

/** Parameters of the query that hold a credential: they are in no URL that is shown. */
function keysInQuery(url: string, shown: string, isSecret: (text: string) => boolean): Word {
  return [...new URL(url).searchParams]
    .filter(([, value]) => isCredential(value, isSecret))
    .flatMap(([name, value], index) => {
      const before = `${index === 0 && !shown.includes('?') ? '?' : '&'}${encodeURIComponent(name)}=`;
      return value === INVALID
        ? [{ text: before + INVALID }]
        : [{ text: before }, { variable: variable(name) }];
    });
}

/** Credentials that are invalid on purpose, in the forms in which they are sent: nobody has them. */
const INVALID_FORM = new RegExp(`^(?:[^\\s;=]{1,80}=|[\\w-]{1,40} )?${INVALID}$`);
const INVALID_BASIC = [INVALID, `${INVALID}:${INVALID}`].map(
  (text) => `Basic ${Buffer.from(text).toString('base64')}`,
);

function isInvalid(value: string): boolean {
  return INVALID_FORM.test(value) || INVALID_BASIC.includes(value);
}

/** Whether a text ends with such a credential: behind the name of a header, of a cookie, or of a parameter. */
function endsInvalid(text: string): boolean {
  const header = /^[\w!#$%&'*+.^`|~-]+: (.*)$/.exec(text)?.[1];
  return isInvalid(header ?? '') || QUERY_INVALID.test(text);
}

const QUERY_INVALID = new RegExp(`[?&][^?&=]{1,200}=${INVALID}$`);

/** An address without the parameters in which such a credential was sent. */
function withoutInvalid(address: string): string {
  let left = address;
  while (QUERY_INVALID.test(left)) left = left.replace(QUERY_INVALID, '');
  return left;
}

function isCredential(text: string, isSecret: (text: string) => boolean): boolean {
  return text.includes(INVALID) || isSecret(text);
}

/** Names that mean something else in these commands, or to a shell. */
const TAKEN: ReadonlySet<string> = new Set(
  `BASE_URL TOKEN BASIC CONTENT_TYPE CLIENT_ID CLIENT_SECRET PATH HOME USER LOGNAME SHELL PWD OLDPWD IFS ENV LANG TERM
   HOSTNAME UID EUID PPID RANDOM SECONDS LINENO EDITOR MAIL TMPDIR DISPLAY`.split(/\s+/),
);

function variable(name: string): string {
  const own = name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^_+/, '');
  return /^[A-Z]/.test(own) && !TAKEN.has(own) ? own : `KEY_${own}`;
}
