import { answerAt, type StatusLine } from '../http.js';
import { linesOf } from '../lines.js';
import { UNKNOWN_REQUEST, type Again, type Found, type Pasted, type Reader } from '../paste.js';

/** GNU Wget: each try begins with its time and address; with -S the headers of the answer are indented. */
export const wget: Reader = {
  id: 'wget',
  about: 'what wget prints',
  read: (text, again) => {
    const starts = [...text.matchAll(TRY)];
    return starts.flatMap((start, index) => {
      const end = starts[index + 1]?.index ?? endOfTry(text, start.index + start[0].length);
      return readTry(text, { from: start.index, to: end, url: start[1] ?? '' }, again);
    });
  },
};

const TRY = /^--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--[ \t]{1,8}(\S{1,2000})/gm;

/** A try ends with what failed, or with what was saved. */
function endOfTry(text: string, from: number): number {
  const end =
    /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:ERROR|\([\d.]{1,8})|Giving up|wget: |Unable to establish|To connect to|Proxy tunneling|(?:ERROR|OpenSSL): )[^\n]{0,400}/m.exec(
      text.slice(from, from + 20_000),
    );
  if (end) return from + end.index + end[0].length;
  const blank = text.indexOf('\n\n\n', from);
  return blank < 0 ? text.length : blank;
}

function readTry(
  text: string,
  { from, to, url }: { from: number; to: number; url: string },
  again: Again,
): Found[] {
  const part = text.slice(from, to);
  const request = { ...UNKNOWN_REQUEST, method: 'GET', url };
  const headed = headedAnswer(part);
  if (headed) return [{ from, to, pasted: [{ request, reply: headed }] }];
  const [, status] = /awaiting response\.{3} ([1-5]\d\d)\b/.exec(part) ?? [];
  if (status !== undefined) {
    return [{ from, to, pasted: [{ request, reply: shortAnswer(Number(status), part) }] }];
  }
  // The first line names the address again, and nothing else.
  const failure = again(part.split('\n').slice(1).join('\n')).find(({ reply }) => reply.kind === 'failure');
  return failure ? [{ from, to, pasted: [{ request, reply: failure.reply }] }] : [];
}

/** The last answer whose headers are shown; those before it are interim. */
function headedAnswer(part: string): Pasted['reply'] | undefined {
  const bare = part.replace(/^ {2}/gm, '');
  const lines = linesOf(bare);
  const at = lines.findLastIndex(({ text }) => /^HTTP\/\d(?:\.\d)? \d{3}/.test(text));
  const read = at < 0 ? undefined : answerAt(bare, lines, at);
  return read && { ...read.answer, body: undefined };
}

/** An answer of which wget says no more than the status, where it leads, and of what type it is. */
function shortAnswer(status: StatusLine['status'], part: string): Pasted['reply'] {
  const [, location] = /^Location: (\S{1,2000})/m.exec(part) ?? [];
  const [, type] = /^Length: [^\n]{0,80}\[([\w.+-]{1,60}\/[\w.+-]{1,60})\]/m.exec(part) ?? [];
  const headers = [
    ...(location === undefined ? [] : [['location', location] as const]),
    ...(type === undefined ? [] : [['content-type', type] as const]),
  ].map(([name, value]): [string, string] => [name, value]);
  return {
    ...{ kind: 'answer', status, statusFrom: 'answer' },
    headers: headers.length === 0 ? undefined : headers,
    body: undefined,
  };
}
