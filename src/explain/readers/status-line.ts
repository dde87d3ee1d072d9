import { isReasonPhrase } from '../../exchange/status.js';
import { bodyAt, endsBody, fieldsAt } from '../http.js';
import { isBlank, linesOf, type Line } from '../lines.js';
import { requestIn } from '../near.js';
import { UNKNOWN_REQUEST, type Found, type PastedRequest, type Reader } from '../paste.js';

/** A status in words on a line of its own, with the headers or the body behind it. */
export const statusLine: Reader = {
  id: 'status-line',
  about: 'a status and a body (401 Unauthorized, and what was said)',
  read: (text) => {
    const lines = linesOf(text);
    const found: Found[] = [];
    let to = -1;
    for (const [index, line] of lines.entries()) {
      if (line.from < to) continue;
      const status = statusOf(line);
      if (status === undefined) continue;
      const read = readBehind(text, lines, index, status);
      const asked = requestBefore(lines, index);
      to = read.to;
      found.push({
        from: asked?.from ?? line.from,
        to,
        pasted: [{ request: asked?.request ?? UNKNOWN_REQUEST, reply: read.reply }],
      });
    }
    return found;
  },
};

/** `HTTP 403`, `Status: 401 Unauthorized`, `403 Forbidden`, `Error 404 (Not Found)`, `HTTP Status 401 – Unauthorized`. */
const FORM =
  /^[\s"'(]{0,4}(http(?:\/\d(?:\.\d)?)?|(?:http[ -]?)?(?:response |error )?(?:status|code)(?:[ -]?(?:code|line))?|(?:http )?error|response|got|returned|answer)?[ \t]{0,4}:?[ \t]{0,4}\(?([1-5]\d\d)\)?(?:\.\d{1,3})?(?:[ \t]{0,4}[-–—:]?[ \t]{0,4}[("']?([A-Za-z][A-Za-z '-]{1,60}?)[)"']?)?[ \t]{0,4}[.!:]?$/i;

function statusOf({ text }: Line): number | undefined {
  const [, label, status, reason] = FORM.exec(text.trim().slice(0, 200)) ?? [];
  if (status === undefined) return undefined;
  const isNamed = reason !== undefined && (isReasonPhrase(reason) || isReasonPhrase(`${status} ${reason}`));
  const isLabelled = label !== undefined && /http|status|code|error|response/i.test(label);
  // A number alone is any number.
  if (!isNamed && !(isLabelled && reason === undefined)) return undefined;
  return Number(status);
}

function readBehind(
  text: string,
  lines: readonly Line[],
  index: number,
  status: number,
): { reply: Found['pasted'][number]['reply']; to: number } {
  const { headers, next } = fieldsAt(lines, index + 1);
  const isHead = headers.length > 0 && headers.some(([name]) => KNOWN.test(name));
  const begin = isHead ? next : index + 1;
  const common = {
    kind: 'answer',
    status,
    statusFrom: 'answer',
    headers: isHead ? headers : undefined,
  } as const;
  const end = lines[begin - 1]?.to ?? text.length;
  const behind = lines[begin];
  if (!behind) return { reply: { ...common, body: undefined }, to: end };
  const limit = limitHere(text, lines, begin);
  const { body, to } = bodyAt(text, behind.from, limit, {
    status,
    headers: isHead ? headers : [['content-type', '']],
  });
  return { reply: { ...common, body }, to: Math.max(end, to) };
}

/** Names of headers that tell such lines from sentences with a colon. */
const KNOWN =
  /^(?:content-(?:type|length)|date|server|connection|cache-control|www-authenticate|via|x-[\w-]+|set-cookie|vary|location|retry-after|transfer-encoding|cf-ray|allow|access-control-[\w-]+|strict-transport-security|etag|expires|pragma|age)$/;

/** Where a body ends at the latest: a text at the next blank line, and a document where something else begins. */
function limitHere(text: string, lines: readonly Line[], from: number): number {
  let first: Line | undefined;
  for (let index = from; index < lines.length; index++) {
    const line = lines[index];
    if (!line) break;
    if (endsBody(lines, index) || statusOf(line) !== undefined) return line.from;
    const isDocument = first !== undefined && /^\s*[[{<]/.test(first.text);
    if (first && !isDocument && isBlank(line)) return line.from;
    if (!isBlank(line)) first ??= line;
  }
  return text.length;
}

/** The request in the line before: `GET https://host/x`. */
function requestBefore(
  lines: readonly Line[],
  index: number,
): { request: PastedRequest; from: number } | undefined {
  const line = lines.slice(Math.max(0, index - 2), index).findLast((one) => !isBlank(one));
  const named =
    line && /^\W{0,4}(?:request:? )?[A-Z]{3,7}\b/i.test(line.text) ? requestIn(line.text) : undefined;
  return line && named ? { request: { ...UNKNOWN_REQUEST, ...named }, from: line.from } : undefined;
}
