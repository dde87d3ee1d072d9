import { asText, isObject, parseJson, type JsonObject } from '../../json.js';
import { balancedEnd } from '../document.js';
import { errorTextsIn } from '../error-texts.js';
import { UNKNOWN_REQUEST, type Found, type Pasted, type Reader } from '../paste.js';
import type { Sentences } from '../sentences.js';
import { exchangeIn, tellsOfExchange } from '../value.js';
import type { Words } from '../words.js';

/** Records of logs in JSON, one a line or pretty: pino, bunyan, winston, structlog, GCP, AWS, Envoy; and errors as JSON. */
export function jsonLog({ isCode }: Words, sentences: Sentences): Reader {
  return {
    id: 'json-log',
    about: 'a log record in JSON',
    read: (text, again) => {
      const found: Found[] = [];
      let to = 0;
      for (const { index, 0: before } of text.matchAll(START)) {
        const from = index + before.length;
        if (from < to) continue;
        const end = balancedEnd(text, from, from + LONGEST);
        if (end === undefined) continue;
        to = end;
        const record = parseJson(text.slice(from, end));
        if (!isObject(record) || !isRecord(record)) continue;
        const exchange = exchangeIn(record, again, isCode);
        const refused = exchange ?? (isOfError(record) ? refusalIn(record, sentences) : undefined);
        found.push({ from, to, pasted: refused ? [refused] : [] });
      }
      return found;
    },
  };
}

/** Whether a record is one of an error, by its level. */
function isOfError(record: JsonObject): boolean {
  return LEVELS.some((name) =>
    /^(?:err|error|fatal|crit\w*|warn|warning|alert|emerg\w*|severe|[456]0)$/i.test(
      asText(record[name] ?? ''),
    ),
  );
}

/** What a record of an error says by which something was refused, or by which no answer came about. */
function refusalIn(record: JsonObject, { replyIn, isElsewhere }: Sentences): Pasted | undefined {
  const texts = [...ERRORS, ...SAYING].flatMap((name) => {
    const value = record[name];
    const inner = isObject(value) ? (value['message'] ?? value['msg']) : value;
    return typeof inner === 'string' ? [inner] : [];
  });
  const inner = Object.values(record).flatMap((value) => (isObject(value) ? errorTextsIn(value) : []));
  if (texts.some(isElsewhere)) return undefined;
  const reply = [...texts, ...inner].map(replyIn).find((one) => one !== undefined);
  return reply && { request: UNKNOWN_REQUEST, reply };
}

const ERRORS = ['error', 'err', 'exception', 'reason', 'cause', 'error_message', 'errorMessage'];

/** A record is at the beginning of a line, or behind what a log puts before it. */
const START = /^[^\n{"]{0,200}(?=\{\s{0,20}"[\w@.:-]{1,60}"\s{0,4}:)/gm;
const LONGEST = 500_000;

const LEVELS = [
  'level',
  'severity',
  'lvl',
  'log.level',
  'levelname',
  'loglevel',
  '@level',
  'logger',
  'logName',
  'log_level',
];
const TIMES = ['time', 'ts', '@timestamp', 'start_time', 'eventTime'];
const SAYING = ['msg', 'message', 'event', '@message', 'textPayload', 'jsonPayload'];
const ASKED = [
  ...[
    'method',
    'httpMethod',
    'requestMethod',
    'http_method',
    'request_method',
    'verb',
    'req',
    'request',
    'httpRequest',
  ],
];
const ANSWERED = [
  ...[
    'status',
    'statusCode',
    'status_code',
    'response_code',
    'responseCode',
    'res',
    'response',
    'httpRequest',
  ],
];

/** Whether an object is what somebody has noted of an exchange, and not the body of an answer. */
function isRecord(value: JsonObject): boolean {
  const has = (names: readonly string[]) => names.some((name) => value[name] !== undefined);
  if (has(LEVELS) || has(['httpRequest']) || (has(TIMES) && has(SAYING))) return true;
  if ((has(ASKED) && has(ANSWERED)) || tellsOfExchange(value)) return true;
  // An error of a program, as it is written by `JSON.stringify`.
  if (has(['syscall', 'errno', 'error_class', 'exception_class', 'exc_class', 'errorClass'])) return true;
  // What a function in a cloud has failed with.
  if (has(['errorType', 'errorMessage']) && has(['trace', 'stackTrace'])) return true;
  return (
    /Error$/.test(typeof value['name'] === 'string' ? value['name'] : '') &&
    has(['stack', 'config', 'status', 'code'])
  );
}
