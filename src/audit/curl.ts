import { bodyOf, formBody } from './body-names.js';
import { methodOf, type Call, type QueryPart, type SentBody } from './call.js';
import { HOLE } from '../exchange/shown-url.js';
import type { ShellCommand } from './shell.js';

/**
 * The calls of a curl command: one for each URL.
 *
 * @see https://curl.se/docs/manpage.html
 * @returns an empty list where the command names no URL
 */
export function callsOfCurl({ words, input }: ShellCommand): Omit<Call, 'place'>[] {
  const calls: Omit<Call, 'place'>[] = [];
  let request = new CurlRequest(input);
  for (const [option, value] of optionsOf(words.slice(1))) {
    if (option === '--next') {
      calls.push(...request.calls());
      request = new CurlRequest(input);
    } else request.set(option, value);
  }
  return [...calls, ...request.calls()];
}

/** Whether the command is curl. */
export function isCurl({ words }: ShellCommand): boolean {
  return /^(?:.*[\\/])?curl(?:\.exe)?$/i.test(words[0] ?? '');
}

/** Short options that take a value, by what they are called in full where that matters here. */
const SHORT: Readonly<Record<string, string>> = {
  ...{ X: '--request', H: '--header', d: '--data', F: '--form', T: '--upload-file' },
  ...Object.fromEntries(Array.from('AbcCDeEhKmoPQrtuUwxyYz').map((letter) => [letter, `-${letter}`])),
};

/** Long options that take a value which is none of ours. */
const WITH_VALUE = new Set(
  (
    'user user-agent referer cookie cookie-jar output output-dir max-time connect-timeout retry retry-delay ' +
    'retry-max-time retry-max-time proxy proxy-user proxy-header cacert capath cert cert-type key key-type pass resolve ' +
    'connect-to write-out config range limit-rate interface dns-servers ciphers tls-max tls13-ciphers max-redirs ' +
    'max-filesize oauth2-bearer aws-sigv4 unix-socket dump-header trace trace-ascii stderr netrc-file noproxy ' +
    'socks5 socks5-hostname socks4 socks4a local-port keepalive-time expect100-timeout form-string etag-save etag-compare ' +
    'hsts alt-svc rate variable speed-limit speed-time time-cond request-target pinnedpubkey doh-url curves create-file-mode'
  ).split(' '),
);
const OURS_WITH_VALUE = new Set([
  ...['--request', '--header', '--url', '--url-query', '--form', '--upload-file', '--json'],
  ...['--data', '--data-raw', '--data-binary', '--data-ascii', '--data-urlencode'],
]);
const FLAGS: Readonly<Record<string, string>> = { G: '--get', I: '--head' };

/** The options with their values; what is no option has an empty name. */
function* optionsOf(words: readonly string[]): Generator<[option: string, value: string]> {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--next' || word === '-:') yield ['--next', ''];
    else if (word.startsWith('--') && word.length > 2) {
      const [name = '', joined] = word.split(/=(.*)/s, 2);
      const takes = OURS_WITH_VALUE.has(name) || WITH_VALUE.has(name.slice(2));
      if (takes && joined === undefined) index += 1;
      yield [name, joined ?? (takes ? (words[index] ?? '') : '')];
    } else if (/^-[A-Za-z#]/.test(word)) {
      for (let letter = 1; letter < word.length; letter++) {
        const option = SHORT[word.charAt(letter)];
        if (option === undefined) {
          yield [FLAGS[word.charAt(letter)] ?? '', ''];
          continue;
        }
        const rest = word.slice(letter + 1);
        if (rest === '') index += 1;
        yield [option, rest === '' ? (words[index] ?? '') : rest];
        break;
      }
    } else yield ['', word];
  }
}

class CurlRequest {
  private readonly urls: string[] = [];
  private readonly query: QueryPart[] = [];
  private readonly data: string[] = [];
  private readonly fields: string[] = [];
  private method: string | undefined;
  private fixed: 'GET' | 'HEAD' | 'PUT' | undefined;
  private type: string | undefined;
  private unread = false;

  constructor(private readonly input: string | undefined) {}

  set(option: string, value: string): void {
    if (option === '' || option === '--url') {
      if (value !== '') this.urls.push(value);
    } else if (option === '--request') this.method = value;
    else if (option === '--get') this.fixed = 'GET';
    else if (option === '--head') this.fixed = 'HEAD';
    else if (option === '--upload-file') {
      this.fixed = 'PUT';
      this.unread = true;
    } else if (option === '--header') {
      const [, type] = /^content-type:\s*(.*)$/is.exec(value) ?? [];
      if (type !== undefined) this.type = type.trim();
    } else if (option === '--json') {
      this.type ??= 'application/json';
      this.add(value);
    } else if (option === '--data-urlencode') this.addEncoded(value);
    else if (option === '--data-raw') this.data.push(value);
    else if (/^--data(?:-binary|-ascii)?$/.test(option)) this.add(value);
    else if (option === '--url-query') this.query.push(partOf(value.replace(/^\+/, '')));
    else if (option === '--form' || option === '--form-string')
      this.fields.push(value.split('=', 1)[0] ?? '');
  }

  /** What is behind `@` is a file; `-` is what the shell gives. */
  private add(value: string): void {
    if (!value.startsWith('@')) this.data.push(value);
    else if (value === '@-' && this.input !== undefined) this.data.push(this.input);
    else this.unread = true;
  }

  /** `name=value`, `name@file`, `=value`, `@file`. */
  private addEncoded(value: string): void {
    const [, name] = /^([^=@]*)[=@]/.exec(value) ?? [];
    if (name === undefined || name === '') this.unread = true;
    else
      this.data.push(
        `${name}=${value.includes('=') ? encodeURIComponent(value.split(/=(.*)/s, 2)[1] ?? '') : ''}`,
      );
  }

  calls(): Omit<Call, 'place'>[] {
    const inQuery = this.fixed === 'GET' ? this.data.flatMap((text) => text.split('&').map(partOf)) : [];
    const query = [...this.query, ...inQuery];
    const body = this.body();
    return this.urls.map((url) => ({
      method: this.methodSent(body !== undefined),
      url: urlSent(url),
      ...(query.length === 0 ? {} : { query }),
      ...(body ? { body } : {}),
      complete: { query: true, body: body !== undefined && !this.unread },
    }));
  }

  private methodSent(hasBody: boolean): string | undefined {
    if (this.method !== undefined) return methodOf(this.method);
    return this.fixed ?? (hasBody ? 'POST' : 'GET');
  }

  private body(): SentBody | undefined {
    if (this.fixed === 'GET') return undefined;
    if (this.fields.length > 0) return formBody(this.fields, 'multipart/form-data');
    if (this.unread) return { mediaType: this.type, members: undefined };
    if (this.data.length === 0) return undefined;
    // Values that a shell fills in stand for any value of JSON.
    const text = this.data.join(this.type !== undefined && /json/i.test(this.type) ? '' : '&');
    return bodyOf(text.replaceAll(HOLE, '0'), this.type);
  }
}

function partOf(pair: string): QueryPart {
  const [name = '', value] = pair.split(/=(.*)/s, 2);
  return value === undefined ? { name } : { name, value };
}

/** A URL as curl takes it: without a scheme it is one of HTTP, and `{a,b}` and `[1-9]` are several. */
function urlSent(written: string): string {
  const url = written.replace(/\{[^{}]*,[^{}]*\}|\[\w+-\w+(?::\d+)?\]/g, () => HOLE);
  return /^(?:[a-z][a-z\d+.-]*:\/\/|\/)/i.test(url) || url.startsWith(HOLE) ? url : `http://${url}`;
}
