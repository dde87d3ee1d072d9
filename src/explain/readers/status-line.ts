import { isReasonPhrase } from '../../exchange/status.js';
import { bodyAt, endsBody, fieldsAt, type Fields } from '../http.js';
import { isBlank, linesOf, type Line } from '../lines.js';
import { bodyBehind, requestIn } from '../near.js';
import { speaksOfError } from '../incomplete.js';
import { UNKNOWN_REQUEST, type Found, type PastedAnswer, type PastedRequest, type Reader } from '../paste.js';

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
      const beside = besideStatus(text, line);
      const status = statusOf(line) ?? unexpectedAt(lines, index);
      if (!beside && status === undefined) continue;
      const read = beside ?? readBehind(text, lines, index, status ?? 0);
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
  /^[\s"'(>]{0,4}(http(?:\/\d(?:\.\d)?)?|(?:http[ -]?)?(?:response |error )?(?:status|code)(?:[ -]?(?:code|line))?|(?:http[ -]?)?(?:error|fehler)|(?:erreur|error|errore|erro) http|код (?:состояния|ответа|ошибки)(?: http)?|статус(?: код)?|statuskode|statuskod|code d['’]état|code (?:de )?statut|código de (?:estado|status|respuesta|resposta)|codice di stato|kod (?:statusu|odpowiedzi|stanu)|stavový kód|durum kodu|状态码|ステータスコード|response|got|returned|answer)?[ \t]{0,4}:?[ \t]{0,4}\(?([1-5]\d\d)\)?(?:\.\d{1,3})?(?:[ \t]{0,4}[-–—:]?[ \t]{0,4}[("']?([A-Za-z][A-Za-z '_-]{1,60}?)[)"']?)?[ \t]{0,4}[.!:]?$/i;

/**
 * The heading of a page that names its status in the language of its reader: `Interdit (403)`, `404 Seite nicht gefunden`. The
 * words are those by which frameworks and servers call the statuses of errors.
 */
const NAMED_ELSEWHERE =
  "(?=[^\\n]{0,50}(?:gefunden|verboten|verweigert|anfrage|serverfehler|interdit|trouv|erreur|refus|requête|prohibid|encontrad|denegad|solicitud|error (?:interno|del servidor)|proibid|negado|erro (?:interno|no servidor)|vietato|trovat|negat|errore|gevonden|verboden|geweigerd|serverfout|znalezion|zabronion|odmow|błąd|nenalezen|zakázán|odepřen|chyba|hittades|förbjud|nekad|ikke fundet|ikke funnet|forbudt|nægtet|löydy|kielletty|nem található|tiltott|bulunamad|yasak|найден|запрещ|ошибка|доступ|見つかり|禁止|エラー|找不到|错误|拒绝|찾을 수))[\\p{L} '’-]{3,60}";
const HEADING = new RegExp(
  `^(?:${NAMED_ELSEWHERE} \\(([45]\\d\\d)\\)|(?:(?:HTTP|error|fehler|erreur|errore|erro)[ -]{1,3})?([45]\\d\\d)[ :.–—-]{1,4}${NAMED_ELSEWHERE}[.!]?)$`,
  'iu',
);

function statusOf({ text }: Line): number | undefined {
  const [, behind, before] = HEADING.exec(text.trim().slice(0, 100)) ?? [];
  const named = behind ?? before;
  if (named !== undefined) return Number(named);
  const [, label, status, written] = FORM.exec(text.trim().slice(0, 200)) ?? [];
  const reason = written?.replaceAll('_', ' ');
  if (status === undefined) return undefined;
  const isNamed = reason !== undefined && (isReasonPhrase(reason) || isReasonPhrase(`${status} ${reason}`));
  // `502 ERROR`, as pages of gateways have it in their heading.
  if (reason === 'ERROR' && Number(status) >= 400) return Number(status);
  const isLabelled = label !== undefined && !/^(?:got|returned|answer)$/i.test(label);
  // A number alone is any number.
  if (!isNamed && !(isLabelled && reason === undefined)) return undefined;
  return Number(status);
}

/** `Received: 403` next to `Expected: 200`, as tests and checks print them. */
function unexpectedAt(lines: readonly Line[], index: number): number | undefined {
  const [, status] = RECEIVED.exec(lines[index]?.text.slice(0, 100) ?? '') ?? [];
  const beside = [lines[index - 1], lines[index + 1]];
  return status !== undefined && beside.some((line) => EXPECTED.test(line?.text.slice(0, 100) ?? ''))
    ? Number(status)
    : undefined;
}

const RECEIVED =
  /^[^\w\n]{0,12}(?:received|actual|got|was|found|but was|but got)(?: \w{1,10}){0,2}[ \t]{0,8}[:=]?[ \t]{0,8}[<["'(]?([45]\d\d)\b/i;
const EXPECTED = /^[^\w\n]{0,12}(?:expected|want(?:ed)?|documented)\b[^\d\n]{0,20}[123]\d\d\b/i;

interface ReadBody {
  reply: PastedAnswer;
  to: number;
}

/** `403 {"message":"Forbidden"}`, as programs print a status and the text of a response. */
function besideStatus(text: string, line: Line): ReadBody | undefined {
  const [whole, status] =
    /^\s{0,8}(?:(?:http|status|code)[ :=]{1,4})?([1-5]\d\d):?[ \t]{1,8}(?=\{\s{0,80}["'}]|\[\s{0,8}\{|<(?:!doctype|html|\?xml)|b?["']\{)/i.exec(
      line.text,
    ) ?? [];
  if (whole === undefined) return undefined;
  const body = bodyBehind(text, line.from + whole.length, line.to, text.length);
  return body && { reply: answerOf(Number(status), undefined, Buffer.from(body.text)), to: body.to };
}

function answerOf(
  status: number,
  headers: Fields['headers'] | undefined,
  body: Buffer | undefined,
): PastedAnswer {
  return { kind: 'answer', status, statusFrom: 'answer', headers, body };
}

function readBehind(text: string, lines: readonly Line[], index: number, status: number): ReadBody {
  const { headers, next } = fieldsAt(lines, index + 1);
  const isHead = headers.length > 0 && headers.some(([name]) => KNOWN.test(name));
  const shown = isHead ? headers : undefined;
  let begin = isHead ? next : index + 1;
  // The stack of an error is between it and what the host has said.
  while (/^\s{1,80}at \S/.test(lines[begin]?.text ?? '')) begin += 1;
  const end = lines[begin - 1]?.to ?? text.length;
  const behind = lines[begin];
  if (!behind) return { reply: answerOf(status, shown, undefined), to: end };
  const limit = limitHere(text, lines, begin);
  const from = behind.from + labelLength(text.slice(behind.from, Math.min(limit, behind.from + 200)));
  // The error of a client is no body of the success before it.
  if (status < 400 && !isHead && speaksOfError(text.slice(behind.from, Math.min(limit, behind.from + 400))))
    return { reply: answerOf(status, shown, undefined), to: end };
  const { body, to } = bodyAt(text, from, limit, { status, headers: shown ?? [['content-type', '']] });
  return { reply: answerOf(status, shown, body), to: Math.max(end, to) };
}

/** A word that announces the body, before a document. */
function labelLength(beginning: string): number {
  const label =
    /^\s{0,80}(?:(?:raw |full |error )?response(?: body| text| data)?|body|data|text|content)(?: ?\([^()\n]{1,60}\))?\s{0,4}[:=]?\s{0,8}(?=[{[<])/i;
  return label.exec(beginning)?.[0].length ?? 0;
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
