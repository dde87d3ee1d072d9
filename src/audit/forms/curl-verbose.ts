import { emptyReading, methodOf } from '../call.js';
import type { LineForm } from './form.js';

/**
 * What `curl -v` prints: requests behind `>`, and with each all that belongs to it, to the next one. The answers are no
 * calls.
 */
export const curlVerbose: LineForm = {
  name: 'output of curl -v',
  take: ({ file, lines }, index) => {
    const [, word, target] = REQUEST.exec(lines[index] ?? '') ?? [];
    const method = methodOf(word);
    if (!OUTPUT.test(lines[index] ?? '')) return undefined;
    let end = index + 1;
    while (end < lines.length && !REQUEST.test(lines[end] ?? '') && !COMMAND.test(lines[end] ?? '')) end += 1;
    const own = lines.slice(index, end);
    const reading = emptyReading();
    if (method !== undefined && target !== undefined) {
      const host = own.flatMap((line) => /^>\s*host:\s*(\S+)/i.exec(line)?.[1] ?? [])[0];
      const url = target.startsWith('/') && host !== undefined ? `//${host}${target}` : target;
      const place = { file, line: index + 1 };
      reading.calls.push({ method, url, complete: { query: true, body: false }, place });
    }
    return { ...reading, lines: own.length };
  },
};

const REQUEST = /^>\s*([A-Z]+) (\S+) HTTP\/\d/;
/** How it begins: with a request, or with what curl says of the connection. */
const OUTPUT =
  /^(?:>\s*[A-Z]+ \S+ HTTP\/\d|\*\s+(?:Host |Trying|Connected|Could not|IPv|Uses proxy|ALPN|TLS|SSL|Connection|Established))/;
/** A command that somebody typed next. */
const COMMAND = /^\s*(?:\S*[$%#]\s+)?curl\s/;
