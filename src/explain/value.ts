import { isReasonPhrase } from '../exchange/status.js';
import { asText, isArray, isObject, type Json, type JsonObject } from '../json.js';
import { carriesCredentials, credentialsIn } from './credentials.js';
import { unescaped } from './literal.js';
import { UNKNOWN_REQUEST, type Again, type Pasted, type PastedRequest } from './paste.js';

/**
 * The exchange that a value describes: a record of a log, or what a program prints of an error or a response. Names are those
 * that loggers and HTTP clients use.
 * @param isCode whether an error code is one of a failed connection
 */
export function exchangeIn(
  value: JsonObject,
  again: Again,
  isCode: (code: string) => boolean,
): Pasted | undefined {
  const holders = holdersOf(value);
  const response = responseIn(holders);
  const request = requestIn(holders, response?.holder);
  if (response) {
    const { status, holder, isOwn } = response;
    const stopped = holders.flatMap((one) => stoppedBy(one, holders)).at(0);
    const body =
      bodyIn(holder, isOwn) ??
      saidOf(value, holders) ??
      (stopped ? JSON.stringify(stopped) : reasonOf(value));
    return {
      request,
      reply: {
        kind: 'answer',
        status,
        statusFrom: 'answer',
        headers: headersOf(
          member(holder, isOwn && asks(holder) ? RESPONSE_HEADERS : [...RESPONSE_HEADERS, 'headers']),
        ),
        body: body === undefined ? undefined : Buffer.from(body),
      },
    };
  }
  // A sentence without a status may be one of the program itself.
  const stated = stringsIn(holders)
    .flatMap((text) => again(text))
    .filter(({ reply }) => reply.kind === 'failure' || reply.status !== undefined);
  const found = stated.findLast(({ reply }) => reply.kind === 'answer') ?? stated.at(-1);
  if (found) return completed(found, request, bodyIn(value, true));
  const stopped = holders.flatMap((holder) => stoppedBy(holder, holders)).at(0);
  if (stopped !== undefined) return { request, reply: saidAlone(JSON.stringify(stopped)) };
  const code = holders
    .map((holder) => textOf(holder['code'] ?? holder['errno']))
    .find((one) => one !== undefined && isCode(one));
  if (code !== undefined) return { request, reply: { kind: 'failure', code, client: undefined } };
  return numberedError(holders, request) ?? outcomeIn(holders, request);
}

/** What a record says of why, beside the status and without a body: the code of a gateway, the name of a rule. */
function reasonOf(record: JsonObject): string | undefined {
  const isOfLog = Object.keys(record).some((name) => OF_LOG.test(name));
  const reasons = Object.entries(record).filter(
    ([name, value]) =>
      (OF_REASON.test(name) || (!isOfLog && OF_ANSWER.test(name))) &&
      typeof value === 'string' &&
      value.length <= LONGEST_REASON &&
      /[a-z]{3}/i.test(value) &&
      !isReasonPhrase(value),
  );
  return reasons.length === 0 ? undefined : JSON.stringify(Object.fromEntries(reasons));
}

const OF_REASON =
  /^(?!_)[\w.-]{0,40}(?:reason|fault|error)[_.-]?(?:code|key|type|name|msg|message|text|details?|description)?$|^statusDetails$/i;
/** What an error holds of the answer, where it is no record of a log, whose own words these are as well. */
const OF_ANSWER = /^(?:code|message|details?)$/;
const OF_LOG = /^(?:@?level|severity|lvl|time|ts|@?timestamp|logger|start_time|stack|syscall|config)$/i;
const LONGEST_REASON = 300;

/** What a firewall has noted that it did with a request: the member that says so. */
function stoppedBy(holder: JsonObject, holders: readonly JsonObject[]): JsonObject[] {
  const isOfRequest = holders.some((one) => [...METHODS, ...URLS].some((name) => name in one));
  if (!isOfRequest) return [];
  // An agent of policies writes what it decided as a truth value.
  const isDecision = 'decision_id' in holder;
  return Object.entries(holder).flatMap(([name, value]) => {
    if (typeof value === 'string')
      return OF_ACTION.test(name) && STOPS.test(value) ? [{ action: value }] : [];
    const isRefused = value === false && (OF_LEAVE.test(name) || (isDecision && name === 'result'));
    return isRefused ? [{ action: 'deny' }] : [];
  });
}

const OF_ACTION = /^(?:action|firewall_?action|decision|disposition|verdict)$/i;
const STOPS = /^(?:block|den[yi]|drop|reject|managed_challenge|js_?challenge|challenge)/i;
const OF_LEAVE = /^(?:allow|allowed|granted|permitted|authori[sz]ed)$/i;

/** An answer of which nothing is known but what it says. */
function saidAlone(text: string): Pasted['reply'] {
  const unknown = { status: undefined, statusFrom: undefined, headers: undefined };
  return { kind: 'answer', ...unknown, body: Buffer.from(text) };
}

/** An OperationOutcome (FHIR) that an SDK keeps of the answer, without its status. */
function outcomeIn(holders: readonly JsonObject[], request: PastedRequest): Pasted | undefined {
  const outcome = holders.find((one, index) => index > 0 && one['resourceType'] === 'OperationOutcome');
  return outcome && { request, reply: saidAlone(JSON.stringify(outcome)) };
}

/** An error whose code is a status, beside the message or the answer: `{ code: 404, message: '…' }`. */
function numberedError(holders: readonly JsonObject[], request: PastedRequest): Pasted | undefined {
  const holder = holders.find((one) => isRefusal(Number(one['code'])) && ERRORS.some((name) => name in one));
  if (!holder) return undefined;
  const response = holders.find((one) => one !== holder && looksLikeResponse(one));
  const own = typeof holder['body'] === 'string' ? holder['body'] : undefined;
  const body = (response && bodyIn(response, false)) ?? own ?? JSON.stringify(holder);
  const status = Number(holder['code']);
  return {
    request,
    reply: { kind: 'answer', status, statusFrom: 'answer', headers: undefined, body: Buffer.from(body) },
  };
}

const ERRORS = ['message', 'errors', 'error', 'response', 'body'];

function isRefusal(status: number): boolean {
  return Number.isInteger(status) && status >= 400 && status <= 599;
}

/** Whether a value holds a status beside a method, or beside the headers and the body of the answer. */
export function tellsOfExchange(value: JsonObject): boolean {
  return holdersOf(value).some(
    (holder) =>
      statusOf(holder) !== undefined &&
      (asks(holder) || (isObject(holder['headers']) && LOOSE.some((name) => name in holder))),
  );
}

/** Members that hold what a record describes, the outer ones first. */
const INNER =
  /^(?:err|error|cause|exception|response|res|resp|http_?response|request|req|http_?request|config|options|jsonpayload|fields|data|context|ctx|extra|attributes|details|http|payload|upstream|meta|\$metadata|raw|outcome|properties|labels|event|body|message)$/i;
const DEEPEST = 5;
const MOST_HOLDERS = 60;

/** A value and the objects within it that describe a request, an answer, or an error. */
function holdersOf(value: JsonObject): JsonObject[] {
  const found: JsonObject[] = [value];
  const walk = (holder: JsonObject, depth: number): void => {
    for (const [name, inner] of Object.entries(holder)) {
      if (found.length >= MOST_HOLDERS || !INNER.test(name) || !isObject(inner)) continue;
      found.push(inner);
      if (depth < DEEPEST) walk(inner, depth + 1);
    }
  };
  walk(value, 1);
  return found;
}

const STATUSES = [
  ...['status', 'statusCode', 'status_code', 'StatusCode', 'httpStatus', 'http_status', 'httpStatusCode'],
  ...['response_code', 'responseCode', 'response_status', 'responseStatus', 'http_code', 'httpCode'],
  ...[
    'http.status_code',
    'http.response.status_code',
    'res.statusCode',
    'elb_status_code',
    'DownstreamStatus',
  ],
];

/** However it is written: `ResponseCode`, `response_status_code`, `HTTP Status`. */
const OF_STATUS =
  /^(?:http|(?:edge)?response|resp|res|answer|sc)[ _.-]?(?:http[ _.-]?)?(?:status|code)(?:[ _.-]?code)?$/i;

interface Response {
  status: number;
  holder: JsonObject;
  /** Whether it is the record itself that has the status, among other members. */
  isOwn: boolean;
}

/** The object with the status of the answer: one that is called a response goes before all others. */
function responseIn(holders: readonly JsonObject[]): Response | undefined {
  const found = holders.flatMap((holder, index) => {
    const status = statusOf(holder);
    return status === undefined ? [] : [{ status, holder, isOwn: index === 0 || !looksLikeResponse(holder) }];
  });
  return found.find(({ isOwn }) => !isOwn) ?? found[0];
}

function looksLikeResponse(holder: JsonObject): boolean {
  return ['headers', 'data', 'body', 'statusText', 'statusMessage', 'responseSize'].some(
    (name) => name in holder,
  );
}

function statusOf(holder: JsonObject): number | undefined {
  const written = Object.keys(holder).filter((name) => OF_STATUS.test(name));
  for (const name of [...STATUSES, ...written]) {
    const value = holder[name];
    const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
    if (Number.isInteger(number) && number >= 100 && number <= 599) return number;
  }
  return undefined;
}

/** Whether an object describes the request as well, so that its headers may be those of either. */
function asks(holder: JsonObject): boolean {
  return METHODS.some((name) => name in holder);
}

/** What an SDK keeps of the body of the answer: the object itself, or its message as that of the error. */
function saidOf(value: JsonObject, holders: readonly JsonObject[]): string | undefined {
  const raw = holders.find(
    (holder) => holder !== value && ('message' in holder || 'errors' in holder) && !asks(holder),
  );
  if (raw) return JSON.stringify(raw);
  const stated = textOf(value['_error']) ?? '';
  const [, message] =
    /^(?:(?:[A-Za-z]\w{0,60}(?:Error|Exception)|[A-Z][a-z]{1,30}[A-Z]\w{1,60})(?: \[\w{1,60}\])?): (\S.*)$/.exec(
      stated,
    ) ?? [];
  return message === undefined || /\bstatus(?: code)? [1-5]\d\d\b|\(\d{3}\b/.test(message)
    ? undefined
    : message;
}

const METHODS = [
  'method',
  'httpMethod',
  'requestMethod',
  'http_method',
  'request_method',
  'verb',
  'http.method',
  'http.request.method',
  'reqMethod',
  'ClientRequestMethod',
  'RequestMethod',
];
const URLS = [
  ...['url', 'requestUrl', 'request_url', 'uri', 'request_uri', 'requestUri', 'http.url', 'url.full', 'href'],
  ...['path', 'originalUrl', 'request_path', 'requestPath', 'target', 'http.target', 'url.path', 'rawPath'],
  ...['reqPath', 'ClientRequestPath', 'ClientRequestURI', 'RequestPath'],
];
const HOSTS = ['host', 'hostname', 'authority', ':authority', 'http.host', 'Host'];
const RESPONSE_HEADERS = ['responseHeaders', 'response_headers', 'resHeaders'];
const REQUEST_HEADERS = ['requestHeaders', 'request_headers', 'reqHeaders'];

function requestIn(holders: readonly JsonObject[], response: JsonObject | undefined): PastedRequest {
  // An address in the answer itself is that of a page on the error.
  const asked = holders.filter((holder) => holder !== response || holder === holders[0] || asks(holder));
  const method = firstOf(asked, METHODS, /^[A-Za-z]{3,7}$/)?.toUpperCase();
  const url = firstOf(asked, URLS, /^(?:https?:\/\/\S|\/)/i);
  const base = firstOf(asked, ['baseURL', 'baseUrl', 'prefixUrl', 'base_url'], /^https?:\/\/\S/i);
  const fields = asked
    .map((holder) =>
      headersOf(
        member(
          holder,
          asks(holder) && response !== holder ? [...REQUEST_HEADERS, 'headers'] : REQUEST_HEADERS,
        ),
      ),
    )
    .find((headers) => headers !== undefined);
  const headers = Object.fromEntries(fields ?? []);
  // A host beside another address is that of the machine that writes the log.
  const beside = asked.filter((holder) => URLS.some((name) => holder[name] === url));
  const host = firstOf(beside, HOSTS, /^[\w.-]+(?::\d{1,5})?$/);
  const whole = wholeAddress(url, base, headers['host'] ?? host);
  const known = credentialsIn(headers, whole);
  return {
    ...UNKNOWN_REQUEST,
    method,
    url: whole,
    headers,
    // Loggers leave credentials out.
    credentials: known === 'sent' || carriesCredentials(whole) ? 'sent' : 'unknown',
  };
}

function wholeAddress(
  url: string | undefined,
  base: string | undefined,
  host: string | undefined,
): string | undefined {
  if (url === undefined || /^https?:/i.test(url)) return url ?? base;
  if (base !== undefined) return base.replace(/\/+$/, '') + url;
  return host === undefined ? url : `//${host}${url}`;
}

function firstOf(holders: readonly JsonObject[], names: readonly string[], form: RegExp): string | undefined {
  for (const name of names) {
    for (const holder of holders) {
      const text = textOf(holder[name]);
      if (text !== undefined && form.test(text)) return text;
    }
  }
  return undefined;
}

/** The header fields of an object, a list of pairs, or a list of names and values in turn. */
function headersOf(value: Json | undefined): [name: string, value: string][] | undefined {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, one]) => {
      const text = isArray(one)
        ? one.map(asText).join(', ')
        : one === null || isObject(one)
          ? undefined
          : String(one);
      return text === undefined || name === '' ? [] : [[name.toLowerCase(), text]];
    });
  }
  if (!isArray(value)) return undefined;
  const pairs = value.flatMap((item): [string, string][] => {
    const [name, text] = isArray(item) ? item : isObject(item) ? [item['name'], item['value']] : [];
    return typeof name === 'string' && typeof text === 'string' ? [[name.toLowerCase(), text]] : [];
  });
  return pairs.length === 0 ? undefined : pairs;
}

const BODIES = [
  ...['responseBody', 'response_body', 'responseText', 'response_text', 'responseData', 'response_data'],
  ...['rawBody', 'raw_body', 'response', 'res_body', 'resp_body'],
];
/** What is the body of an answer only in what is called an answer, or where the record describes nothing else. */
const LOOSE = ['body', 'data', 'text', 'content', 'payload'];

function bodyIn(holder: JsonObject, isOwn: boolean): string | undefined {
  for (const name of isOwn ? [...BODIES, ...LOOSE] : [...LOOSE, ...BODIES]) {
    const value = holder[name];
    if (value === undefined || value === null) continue;
    // An answer that was not printed: `[Object]`, or a stream.
    if (typeof value === 'string' && /^\[(?:object |Object|Array|\w{0,40}Stream|Function)/.test(value))
      continue;
    if (isObject(value) && statusOf(value) !== undefined && looksLikeResponse(value)) continue;
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
  return undefined;
}

/** What somebody says of an exchange, with what else is known of it. */
function completed(found: Pasted, request: PastedRequest, body: string | undefined): Pasted {
  const { reply } = found;
  const both: PastedRequest = {
    ...found.request,
    method: found.request.method ?? request.method,
    url: found.request.url ?? request.url,
    credentials: found.request.credentials === 'unknown' ? request.credentials : found.request.credentials,
  };
  if (reply.kind === 'failure' || reply.body !== undefined || body === undefined)
    return { request: both, reply };
  return { request: both, reply: { ...reply, body: Buffer.from(body) } };
}

const SAYING =
  /^(?:message|msg|@message|error_?message|err_?msg|event|error|err|exception|stack|stack_?trace|exc_info|reason|cause|description|detail|log|text|textPayload|_error)$/i;
const MOST_STRINGS = 20;

/** Texts in which a record says what happened. */
function stringsIn(holders: readonly JsonObject[]): string[] {
  return holders
    .flatMap((holder) =>
      Object.entries(holder).flatMap(([name, value]) =>
        typeof value === 'string' && SAYING.test(name) && value.length > 3 ? [unescaped(value)] : [],
      ),
    )
    .slice(0, MOST_STRINGS);
}

function member(holder: JsonObject, names: readonly string[]): Json | undefined {
  return names.map((name) => holder[name]).find((value) => value !== undefined && value !== null);
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
