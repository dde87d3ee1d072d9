import { carriesCredentials, credentialsIn } from '../credentials.js';
import { documentAt } from '../document.js';
import { headerOf } from '../http.js';
import { isBlank, linesOf, type Line } from '../lines.js';
import type { Found, PastedRequest, Reader } from '../paste.js';

/** What is copied out of the panes of a browser, of Postman, Insomnia and Swagger UI: labels, and what is under them. */
export const panes: Reader = {
  id: 'panes',
  about: 'what is copied out of the network tab of a browser, of Postman or of Swagger UI',
  read: (text) => {
    if (!/^\W{0,4}(?:request|response|status|general)\b/im.test(text)) return [];
    const lines = linesOf(text);
    const labelled = lines.flatMap((line, index) => labelOf(line, index) ?? []);
    const found = panesOf(labelled, lines);
    return found.flatMap((pane, index) => {
      if (!isPane(pane)) return [];
      // What is behind its last label belongs to it, up to the next pane.
      const start = pane[0]?.index ?? 0;
      const own = lines.slice(start, found[index + 1]?.[0]?.index ?? lines.length);
      return readPane(
        text,
        pane.map((one) => ({ ...one, index: one.index - start })),
        own,
      );
    });
  },
};

const LABELS: readonly [label: Label, form: RegExp][] = [
  ['url', /^request url:?\s*(.*)$/i],
  ['method', /^request method:?\s*(.*)$/i],
  [
    'status',
    /^(?:status(?: code)?|server response|response status|code(?:\s+details)?)\s*:?\s*((?:[1-5]\d\d\b.*)?)$/i,
  ],
  ['request-line', /^((?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s{1,8}(?:https?:)?\/\/?\S+)$/],
  // The tabs of Postman, in one line.
  ['tabs', /^body\s{1,8}(?:pretty\s{1,8}raw\b|(?:cookies\s{1,8})?headers\b)().*$/i],
  ['request-headers', /^request headers?:?\s*(?:\(\d+\))?()$/i],
  ['response-headers', /^response headers?:?\s*(?:\(\d+\))?()$/i],
  ['response-body', /^response(?: body)?:?\s*()$/i],
  [
    'other',
    /^(?:general|network|request body|query params|curl|preview|payload|details|timing|initiator|cookies|proxy|remote address|referrer policy):?()\s*.*$/i,
  ],
];
type Label =
  | 'url'
  | 'method'
  | 'status'
  | 'request-line'
  | 'request-headers'
  | 'response-headers'
  | 'response-body'
  | 'tabs'
  | 'other';

interface Labelled {
  label: Label;
  /** What is on the same line. */
  value: string;
  index: number;
}

function labelOf({ text }: Line, index: number): Labelled | undefined {
  // Panes have triangles to open them.
  const bare = text
    .slice(0, 2_100)
    .replace(/^[\s▶▼▸▾•*-]{0,8}/, '')
    .trimEnd();
  for (const [label, form] of LABELS) {
    const [whole, value = ''] = form.exec(bare) ?? [];
    if (whole !== undefined) return { label, value: value.trim(), index };
  }
  return undefined;
}

/** Labels that describe one exchange: a label that comes again begins the next one. */
function panesOf(labelled: readonly Labelled[], lines: readonly Line[]): Labelled[][] {
  const found: Labelled[][] = [];
  for (const one of labelled) {
    const pane = found.at(-1);
    const last = pane?.at(-1);
    const isNew =
      !pane ||
      !last ||
      (one.label !== 'other' && pane.some(({ label }) => label === one.label)) ||
      lines.slice(last.index, one.index).filter(isBlank).length > MOST_BLANK;
    if (isNew) found.push([one]);
    else pane.push(one);
  }
  return found;
}

/** A single label can stand anywhere. */
function isPane(pane: readonly Labelled[]): boolean {
  const labels = new Set(pane.map(({ label }) => label));
  // Postman writes how long it took behind the status.
  const isTimed = pane.some(({ label, value }) => label === 'status' && /\btime:? {0,4}\d/i.test(value));
  return isTimed || (labels.size >= 2 && OF_PANES.some((label) => labels.has(label)));
}

/** Labels that are written nowhere else. */
const OF_PANES: readonly Label[] = ['url', 'request-headers', 'response-headers', 'response-body', 'tabs'];

const MOST_BLANK = 40;

function readPane(text: string, pane: readonly Labelled[], lines: readonly Line[]): Found[] {
  const valueOf = (wanted: Label): string => {
    const one = pane.find(({ label }) => label === wanted);
    if (!one) return '';
    return one.value === '' ? (lines[one.index + 1]?.text.trim() ?? '') : one.value;
  };
  const fieldsOf = (wanted: Label) => {
    const one = pane.find(({ label }) => label === wanted);
    return one ? fieldsFrom(lines, one.index + 1, nextIndex(pane, one, lines)) : undefined;
  };
  const status = statusIn(pane, lines, valueOf('status'));
  if (status === undefined) return [];
  const [, ofLine, urlOfLine] = /^([A-Z]+)\s+(\S+)$/.exec(valueOf('request-line')) ?? [];
  const sent = fieldsOf('request-headers');
  const headers = fieldsOf('response-headers') ?? fieldsBehindStatus(pane, lines);
  const body = bodyOf(text, pane, lines);
  const [first] = pane;
  const last = pane.at(-1);
  const end = last ? (lines[nextIndex(pane, last, lines) - 1]?.to ?? 0) : 0;
  const method = /^[A-Z]{3,7}$/.exec(valueOf('method'))?.[0] ?? ofLine;
  const url = /^https?:\/\/\S+$/i.exec(valueOf('url'))?.[0] ?? urlOfLine;
  return [
    {
      from: lines[first?.index ?? 0]?.from ?? 0,
      to: body ? Math.max(body.to, last && last.label !== 'response-body' ? end : 0) : end,
      pasted: [
        {
          request: requestOf(method, url, sent),
          reply: {
            kind: 'answer',
            status,
            statusFrom: 'answer',
            headers: headers?.length === 0 ? undefined : headers,
            body: body && Buffer.from(body.text),
          },
        },
      ],
    },
  ];
}

/** The status under its label, or, in what Postman copies, alone on a line behind the request. */
function statusIn(pane: readonly Labelled[], lines: readonly Line[], value: string): number | undefined {
  const [, labelled] = /^([1-5]\d\d)\b/.exec(value) ?? [];
  if (labelled !== undefined) return Number(labelled);
  const start = pane.find(({ label }) => label === 'request-line' || label === 'status')?.index ?? 0;
  const near = lines
    .slice(start + 1, start + 6)
    .map(({ text }) => /^\s{0,8}([1-5]\d\d)(?:\s{1,8}[A-Z][\w ]{0,40})?\s*$/.exec(text)?.[1]);
  const alone = near.find((one) => one !== undefined);
  return alone === undefined ? undefined : Number(alone);
}

/** The index of the line where the next label is, or where the pane ends. */
function nextIndex(pane: readonly Labelled[], { index, label }: Labelled, lines: readonly Line[]): number {
  const next = pane.find((other) => other.index > index);
  if (next) return next.index;
  if (label.endsWith('headers') || label === 'other') {
    return nextBlank(lines, index);
  }
  return Math.min(lines.length, index + 2);
}

/** The index of the next blank line, or the end. */
function nextBlank(lines: readonly Line[], index: number): number {
  for (let at = index + 1; at < lines.length; at++) {
    const line = lines[at];
    if (line && isBlank(line)) return at;
  }
  return lines.length;
}

function fieldsFrom(lines: readonly Line[], from: number, to: number): [string, string][] {
  return lines.slice(from, to).flatMap(({ text }) => {
    const bare = text.trim().replace(/^"([\w-]{1,80})"\s{0,4}:\s{0,4}"(.{0,4000})",?$/, '$1: $2');
    const field = headerOf(bare);
    return field ? [field] : [];
  });
}

/** Older browsers copy the headers of the answer right behind what is general. */
function fieldsBehindStatus(
  pane: readonly Labelled[],
  lines: readonly Line[],
): [string, string][] | undefined {
  const status = pane.find(({ label }) => label === 'status');
  if (!status) return undefined;
  const sent = pane.find(({ label }) => label === 'request-headers')?.index ?? lines.length;
  const fields = fieldsFrom(lines, status.index + 1, Math.min(sent, nextBlank(lines, status.index)));
  // What only requests have is no header of the answer.
  return fields.filter(
    ([name]) => !/^(?:remote|referrer|request|authorization|user-agent|:|accept$|host$)/.test(name),
  );
}

function bodyOf(
  text: string,
  pane: readonly Labelled[],
  lines: readonly Line[],
): { text: string; to: number } | undefined {
  const label =
    pane.find((one) => one.label === 'response-body') ??
    pane.findLast((one) => one.label === 'tabs' || one.label === 'status');
  if (!label) return undefined;
  let at = label.index + 1;
  // Swagger UI has buttons there.
  while (at < lines.length && /^\s*(?:download|copy|copied)?\s*$/i.test(lines[at]?.text ?? '')) at += 1;
  const line = lines[at];
  const next = pane.find(({ index }) => index > label.index)?.index;
  if (!line || (next !== undefined && at >= next)) return undefined;
  const from = line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0);
  const limit = next === undefined ? (lines.at(-1)?.to ?? 0) : (lines[next]?.from ?? 0);
  const found = documentAt(text, from, limit);
  // Under the tabs of Postman may also stand a table of headers.
  if (found || label.label !== 'response-body') return found;
  const rest = text.slice(from, Math.min(limit, from + 20_000)).split(/\n[ \t]*\n/, 1)[0] ?? '';
  return { text: rest.trim(), to: from + rest.length };
}

function requestOf(
  method: string | undefined,
  url: string | undefined,
  fields: readonly [string, string][] | undefined,
): PastedRequest {
  const headers = Object.fromEntries(fields ?? []);
  const known = fields && fields.length > 0 ? credentialsIn(headers, url) : 'unknown';
  return { method, url, headers, credentials: carriesCredentials(url) ? 'sent' : known };
}
