import { carriesCredentials, credentialsIn } from './credentials.js';
import type { PastedRequest } from './paste.js';

/** A command of a shell that sends a request, as it was typed, and where it is. */
export interface TypedCommand {
  from: number;
  to: number;
  request: PastedRequest;
}

/** The commands of a text that send a request: curl, wget, HTTPie, PowerShell. */
export function commandsIn(text: string): TypedCommand[] {
  return [...text.matchAll(START)].flatMap((match) => {
    const [whole, program = ''] = match;
    const from = match.index + whole.length - program.length;
    const to = endOfCommand(text, from);
    const words = wordsOf(text.slice(from, to));
    if (isTranscript(words)) return [];
    const [name = '', ...rest] = words;
    const kind = KINDS.find(({ names }) => names.test(name));
    const request = kind?.read(rest);
    return request?.url === undefined ? [] : [{ from: match.index, to, request }];
  });
}

/** The beginning of a line, a prompt perhaps, and the name of a program. */
const START =
  /^(?:[ \t]{0,8}(?:\+ |(?:\([\w.-]{1,40}\) ?)?(?:[\w.@:~/\\[\]() -]{0,80}[$#%❯➜]|PS [^\n>]{0,200}>|[A-Z]:\\[^\n>]{0,200}>|[\w.@:~/\\[\]() -]{2,80}>)\s{0,4})?(?:sudo )?)(curl(?:\.exe)?|wget|https?|xh|Invoke-RestMethod|Invoke-WebRequest|irm|iwr)(?=\s[^\n]{0,4000}[./\w])/gim;

/**
 * Whether the name of a header is before the first address: then what looks like a command is a part of a transcript, and the
 * address is the value of that header.
 */
function isTranscript(words: readonly string[]): boolean {
  const address = words.findIndex(isAddress);
  return words
    .slice(0, Math.max(0, address))
    .some(
      (word, index) =>
        /^[a-z][\w-]{1,60}:$/i.test(word) && !/^(?:-\w*H|--header)$/.test(words[index - 1] ?? ''),
    );
}

const LONGEST_COMMAND = 20_000;

/** A command ends with its line, unless that ends with what continues it, or within quotes. */
function endOfCommand(text: string, from: number): number {
  let quote: string | undefined;
  const most = Math.min(text.length, from + LONGEST_COMMAND);
  for (let at = from; at < most; at++) {
    const character = text[at];
    if (character === '\n' && quote === undefined) {
      if (!/[\\`^]\s{0,4}$/.test(text.slice(Math.max(from, at - 6), at))) return at;
    } else if (character === '\\' && quote !== "'") at += 1;
    else if (character === quote) quote = undefined;
    else if (quote === undefined && (character === "'" || character === '"')) quote = character;
  }
  if (quote === undefined) return most;
  // The quote was no quote, or the end of the command is missing.
  const end = text.indexOf('\n', from);
  return end < 0 ? most : end;
}

/** The words of a command, without their quotes (POSIX, Shell Command Language, section 2.2). */
function wordsOf(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  const add = (character: string) => {
    word = (word ?? '') + character;
  };
  for (let at = 0; at < command.length; at++) {
    const character = command[at] ?? '';
    if (quote === undefined && /[\\`^]/.test(character) && /^\s{0,4}\n/.test(command.slice(at + 1, at + 6)))
      continue;
    if (character === '\\' && quote !== "'") {
      at += 1;
      add(command[at] ?? '');
    } else if (character === quote) quote = undefined;
    else if (quote !== undefined) add(character);
    else if (character === "'" || character === '"') {
      quote = character;
      word ??= '';
    } else if (/[\s|;]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      if (character === '|' || character === ';') return words;
    } else add(character);
  }
  return word === undefined ? words : [...words, word];
}

const KINDS: readonly { names: RegExp; read: (words: readonly string[]) => PastedRequest }[] = [
  { names: /^curl(?:\.exe)?$/i, read: requestOfCurl },
  { names: /^wget$/i, read: requestOfWget },
  { names: /^(?:https?|xh)$/i, read: requestOfHttpie },
  { names: /^(?:Invoke-RestMethod|Invoke-WebRequest|irm|iwr)$/i, read: requestOfPowerShell },
];

/** Options of curl that take a value; of those with one letter, also in a word with others (`-sSiX POST`, `-XPOST`). */
const CURL_LETTERS = 'XHudFTowKmAebcrxUEtyYzCQP';
const CURL_WORDS =
  /^--(?:request|header|user|oauth2-bearer|aws-sigv4|data\S*|form\S*|json|url-query|upload-file|url|output|write-out|max-time|connect-timeout|user-agent|referer|cookie|cookie-jar|proxy|proxy-user|cacert|capath|cert|key|resolve|retry|retry-delay|config|ciphers|interface|limit-rate|range|noproxy)$/;

/** An option with its value; the name of what is no option is empty. */
type Option = readonly [name: string, value: string];

function curlOptions(words: readonly string[]): Option[] {
  const options: Option[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!/^-[A-Za-z-]/.test(word)) options.push(['', word]);
    else if (word.startsWith('--')) {
      const takes = CURL_WORDS.test(word);
      options.push([word, takes ? (words[index + 1] ?? '') : '']);
      if (takes) index += 1;
    } else {
      const letters = word.slice(1);
      const taking = letters.split('').findIndex((letter) => CURL_LETTERS.includes(letter));
      const flags = taking < 0 ? letters : letters.slice(0, taking);
      options.push(...flags.split('').map((letter): Option => [`-${letter}`, '']));
      if (taking < 0) continue;
      const rest = letters.slice(taking + 1);
      options.push([`-${letters[taking] ?? ''}`, rest === '' ? (words[index + 1] ?? '') : rest]);
      if (rest === '') index += 1;
    }
  }
  return options;
}

function requestOfCurl(words: readonly string[]): PastedRequest {
  const options = curlOptions(words);
  const values = (names: RegExp) => options.flatMap(([name, value]) => (names.test(name) ? [value] : []));
  const has = (names: RegExp) => options.some(([name]) => names.test(name));
  const headers: Record<string, string> = {};
  for (const field of values(/^(?:-H|--header)$/)) addHeader(headers, field);
  const url = values(/^--url$/)[0] ?? values(/^$/).find(isAddress);
  const implied = has(/^(?:-I|--head)$/)
    ? 'HEAD'
    : has(/^(?:-T|--upload-file)$/)
      ? 'PUT'
      : has(/^(?:-d|-F|--data.*|--form.*|--json)$/) && !has(/^(?:-G|--get)$/)
        ? 'POST'
        : 'GET';
  // What a file or a variable holds is not shown.
  const isHidden =
    has(/^(?:-[KnEb]|--(?:config|netrc.*|cert|cookie|negotiate|ntlm|anyauth))$/) ||
    values(/^$/).some((word) => word.startsWith('$')) ||
    values(/^(?:-H|--header)$/).some((field) => /^[@$]/.test(field));
  const isCredited = has(/^(?:-u|--user|--oauth2-bearer|--aws-sigv4)$/);
  const known = isCredited ? 'sent' : credentialsIn(headers, url);
  return {
    method: values(/^(?:-X|--request)$/)[0]?.toUpperCase() ?? implied,
    url: url === undefined ? undefined : withScheme(url),
    headers,
    credentials: known === 'not-sent' && isHidden ? 'unknown' : known,
  };
}

function requestOfWget(words: readonly string[]): PastedRequest {
  const headers: Record<string, string> = {};
  const url = words.find(isAddress);
  for (const word of words) addHeader(headers, /^--header=(.*)$/.exec(word)?.[1] ?? '');
  const method = /--method=(\w+)/.exec(words.join(' '))?.[1]?.toUpperCase();
  const isPosted = words.some((word) => /^--(?:post|body)-/.test(word));
  const isCredited = words.some((word) => /^--(?:http-)?(?:user|password)\b/.test(word));
  return {
    method: method ?? (isPosted ? 'POST' : 'GET'),
    url: url === undefined ? undefined : withScheme(url),
    headers,
    credentials: isCredited ? 'sent' : credentialsIn(headers, url),
  };
}

function requestOfHttpie(words: readonly string[]): PastedRequest {
  const headers: Record<string, string> = {};
  const method = words.find((word) => /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(word));
  const url = words.find((word) => isAddress(word) && !/^-/.test(word));
  const items = url === undefined ? [] : words.slice(words.indexOf(url) + 1);
  for (const item of items) if (/^[\w-]+:(?!=)/.test(item)) addHeader(headers, item);
  const isCredited = words.some((word) => /^(?:-a|--auth|-A|--auth-type)\b/.test(word));
  const hasBody = items.some((item) => /^[\w[\]-]+:?=/.test(item) && !/^[\w-]+==/.test(item));
  return {
    method: method ?? (hasBody ? 'POST' : 'GET'),
    url: url === undefined ? undefined : withScheme(url),
    headers,
    credentials: isCredited ? 'sent' : credentialsIn(headers, url),
  };
}

function requestOfPowerShell(words: readonly string[]): PastedRequest {
  const after = (option: RegExp) => words[words.findIndex((word) => option.test(word)) + 1];
  const has = (option: RegExp) => words.some((word) => option.test(word));
  const url = has(/^-Uri$/i) ? after(/^-Uri$/i) : words.find(isAddress);
  const isCredited = has(/^-(?:Credential|Token|Authentication)$/i) || has(/Authorization/i);
  // A table of headers is in a variable, as a rule.
  const isHidden = has(/^-(?:Headers|WebSession|UseDefaultCredentials)$/i);
  const isAddressed = url !== undefined && isAddress(url);
  return {
    method: has(/^-Method$/i) ? after(/^-Method$/i)?.toUpperCase() : 'GET',
    url: isAddressed ? withScheme(url) : undefined,
    headers: {},
    credentials: isCredited || carriesCredentials(url) ? 'sent' : isHidden ? 'unknown' : 'not-sent',
  };
}

function addHeader(headers: Record<string, string>, field: string): void {
  const [, name, value = ''] = /^([\w-]{1,100}):\s{0,8}(.*)$/s.exec(field) ?? [];
  if (name !== undefined) headers[name.toLowerCase()] = value;
}

function isAddress(word: string): boolean {
  return (
    /^(?:https?:\/\/\S|:\d|[\w.-]{1,200}(?:\.[a-z]{2,}|localhost)(?:[:/?]|$)|localhost\b)/i.test(word) &&
    !/^-/.test(word)
  );
}

/** What is typed without a scheme is asked with one that the tool chooses. */
function withScheme(url: string): string {
  if (/^https?:\/\//i.test(url)) return url;
  return url.startsWith(':') ? `//localhost${url}` : `//${url}`;
}
