import { isObject, parseJson, type JsonObject } from '../../json.js';
import { balancedEnd } from '../document.js';
import type { Found, Reader } from '../paste.js';
import { exchangeIn, tellsOfExchange } from '../value.js';
import type { Words } from '../words.js';

/** Records of logs in JSON, one a line or pretty: pino, bunyan, winston, structlog, GCP, AWS, Envoy; and errors as JSON. */
export function jsonLog({ isCode }: Words): Reader {
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
        found.push({ from, to, pasted: exchange ? [exchange] : [] });
      }
      return found;
    },
  };
}

/** A record stands at the beginning of a line, or behind what a log puts before it. */
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
  if (has(['syscall', 'errno'])) return true;
  return (
    /Error$/.test(typeof value['name'] === 'string' ? value['name'] : '') &&
    has(['stack', 'config', 'status', 'code'])
  );
}
