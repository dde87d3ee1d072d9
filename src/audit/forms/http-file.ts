import { bodyOf } from '../body-names.js';
import { addReading, emptyReading, methodOf, type Call, type Reading } from '../call.js';
import { HOLE } from '../../exchange/shown-url.js';
import { filledBraces } from './braces.js';
import { curlLine } from './curl.js';
import type { DocumentForm } from './form.js';

/**
 * Files of requests as REST Client of Visual Studio Code and the HTTP Client of JetBrains have them: requests apart by
 * lines of `###`, each with a request line, headers and a body; `@name = value` sets a variable. A plain HTTP message is
 * one, too.
 */
export const httpFile: DocumentForm = {
  name: 'file of HTTP requests (.http)',
  read: ({ file, text }) => {
    const lines = text.split(/\r?\n/);
    if (!isHttpFile(lines)) return undefined;
    const reading = emptyReading();
    const variables = variablesIn(lines);
    let begin = 0;
    for (let index = 0; index <= lines.length; index++) {
      if (index < lines.length && !/^###/.test(lines[index] ?? '')) continue;
      addReading(reading, requestIn(lines.slice(begin, index), begin, file, variables));
      begin = index + 1;
    }
    return reading;
  },
};

const HEADER = /^[\w!#$%&'*+.^`|~-]+:\s?\S/;
const REQUEST_LINE = /^([A-Z]+)\s+(\S.*?)(?:\s+HTTP\/\d(?:\.\d)?)?$/;

/** Whether something in it is of this form alone: a separator, a variable, or a request line with a header below it. */
function isHttpFile(lines: readonly string[]): boolean {
  if (lines.some((line) => /^###(?:\s|$)/.test(line) || /^@[\w.-]+\s*=/.test(line)))
    return lines.some((line) => isRequestLine(line));
  return lines.some((line, index) => isRequestLine(line) && HEADER.test(lines[index + 1] ?? ''));
}

function isRequestLine(line: string): boolean {
  return (
    methodOf(REQUEST_LINE.exec(line.trim())?.[1]) !== undefined ||
    /^https?:\/\/\S+$|^\{\{\w+\}\}\/\S*$/.test(line.trim())
  );
}

function variablesIn(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^@([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function requestIn(
  lines: readonly string[],
  before: number,
  file: string,
  variables: ReadonlyMap<string, string>,
): Reading {
  const reading = emptyReading();
  const first = lines.findIndex((line) => !isBlank(line) && !isRemark(line));
  if (first < 0) return reading;
  const place = { file, line: before + first + 1 };
  const line = (lines[first] ?? '').trim();
  if (/^curl\s/.test(line)) {
    const taken = curlLine.take({ file, lines, variables: new Map() }, first);
    if (taken) {
      for (const call of taken.calls) call.place = { file, line: (call.place.line ?? 1) + before };
      addReading(reading, taken);
      return reading;
    }
  }
  const [, word, target] = REQUEST_LINE.exec(line) ?? [];
  const method = methodOf(word);
  const url = method === undefined ? (isRequestLine(line) ? line : undefined) : target;
  if (url === undefined) {
    reading.notUnderstood.push({ place, why: 'no request line' });
    return reading;
  }
  reading.calls.push({ method: method ?? 'GET', ...restOf(url, lines.slice(first + 1), variables), place });
  return reading;
}

/** What is below the request line: more of the URL, headers, an empty line, and the body. */
function restOf(
  target: string,
  lines: readonly string[],
  variables: ReadonlyMap<string, string>,
): Omit<Call, 'method' | 'place'> {
  let index = 0;
  let url = target;
  for (; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (!/^\s+\S/.test(line) && !/^[?&]/.test(line)) break;
    url += line.trim();
  }
  const headers = new Map<string, string>();
  for (; index < lines.length && !isBlank(lines[index] ?? ''); index++) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(lines[index] ?? '') ?? [];
    headers.set(name.trim().toLowerCase(), value.trim());
  }
  const end = lines.findIndex((line, at) => at > index && /^(?:>|<>)\s/.test(line));
  const text = lines
    .slice(index + 1, end < 0 ? undefined : end)
    .join('\n')
    .trim();
  const type = headers.get('content-type');
  const isFile = /^<\s?@?\S/.test(text);
  const body = isFile
    ? { mediaType: type, members: undefined }
    : bodyOf(text.replace(/\{\{[^{}]*\}\}/g, '0'), type);
  const host = headers.get('host');
  const whole = url.startsWith('/') && host !== undefined ? `//${host}${url}` : url;
  return {
    url: filledBraces(whole, variables).replace(/(?<=\/):[A-Za-z]\w*(?=[/?#]|$)/g, () => HOLE),
    ...(text === '' ? {} : { body }),
    complete: { query: true, body: text !== '' },
  };
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

function isRemark(line: string): boolean {
  return /^\s*(?:#|\/\/|@[\w.-]+\s*=)/.test(line) || /^<\s*\{%/.test(line);
}
