import { METHOD_WORDS, methodOf } from '../call.js';
import { dotted, lastName, NOTHING, rootName, type Argument, type Code, type Invocation } from './code.js';
import { holdsFunction, named, type Located, type Values } from './values.js';

/** A call of code that makes a request, by what it is called and what it is given. */
export interface RequestCode {
  /** The method, where the name of the function says it. */
  method: string | Code | undefined;
  url: Code;
  query: Code[];
  body: Code[];
  /** Whether it is a function that makes requests and nothing else, so that what it is given is a URL. */
  sure: boolean;
  /** Whether it may be given a path without a slash in front, to be put behind a base. */
  relative: boolean;
  /** What has a base that the URL is put behind, such as a client. */
  holder: Code | undefined;
  /** Whether a path alone goes to the host that a page came from. */
  ownOrigin: boolean;
}

/**
 * What request a call makes, if it makes one.
 *
 * A request is known by the function: `requests.get`, `session.request`, `fetch`, `axios({ … })`, `client.GET`; by what it
 * is given: a method in a text, and a path; or by its last name, `get`, `post`, `_put`, where a URL or a path is given.
 * None (`other`) is what takes requests of others: decorators, `app.get('/x', handler)`, `path('x/', view)`; what asks the application
 * itself in its tests; what prints, compares or stands in for answers.
 */
export function requestOf(located: Located<Invocation>, values: Values): RequestCode | 'other' | undefined {
  const { callee, arguments: given } = located.code;
  const name = lastName(callee);
  if (name === undefined || SPEAKING.test(name)) return 'other';
  const of = callee.is === 'member' ? dotted(callee.of) : undefined;
  const receiver = of?.split('.').at(-1);
  const root = of === undefined && callee.is === 'member' ? rootName(callee.of) : undefined;
  if (root !== undefined && (/^(?:nock|mock|expect|assert\w*)$/.test(root) || SPEAKING.test(root)))
    return 'other';
  if (receiver !== undefined && (SERVING.test(receiver) || SPEAKING.test(receiver))) return 'other';
  if (given.slice(1).some(({ value }) => holdsFunction(value)) && !/^(?:then|catch)$/.test(name))
    return undefined;
  const holder = callee.is === 'member' ? callee.of : undefined;
  if (holder && asksItself({ ...located, code: holder }, values)) return 'other';
  const isHttp = receiver !== undefined && HTTP.test(receiver);
  const call: Given = { arguments: given, script: located.scope.unit.script, holder };
  if (
    /^(?:fetch|\$fetch|ofetch|fetchJson|fetchWithAuth|fetch_json|authFetch|apiFetch)$/.test(name) &&
    (of === undefined || isGlobal(of))
  )
    return fetched(call);
  if (/^(?:axios|got|ky|request|superagent)$/.test(name) && of === undefined) {
    const request = configured(call, located, values);
    return request && name === 'request' ? { ...request, sure: false } : request;
  }
  if (name === 'Request' || name === 'urlopen') return opened(call, name);
  const isRequesting = REQUESTING.test(name);
  const spoken = spokenMethod(given, located, values);
  if (spoken) {
    const request = withMethod({ ...call, arguments: spoken }, isRequesting, located, values);
    // What a function of unknown making does with `params` of a write may be its body.
    const isRead = /^(?:GET|HEAD)$/.test(request ? (methodIn(request, located, values) ?? '') : '');
    return request && !isHttp && !isRead ? { ...request, query: [] } : request;
  }
  // What a function of the program asks is found in its body.
  if (isRequesting && values.functionsCalled(located).length === 0) {
    const request = withMethod(call, isHttp || name !== 'request', located, values);
    if (request) return request;
  }
  const [, verb] = VERB.exec(name) ?? [];
  if (verb === undefined) return undefined;
  return byVerb(call, verb, name, isHttp);
}

interface Given {
  arguments: readonly Argument[];
  script: boolean;
  holder: Code | undefined;
}

const VERB =
  /^_*(?:api_?|do_?|http_?|async_?|send_?|make_?|fetch_?)?(get|post|put|patch|delete|head|del)(?:_?(?:json|request|api|async|raw|data))?$/i;
const REQUESTING =
  /^_*(?:\w+_)?(?:request|stream|call_api|api_call|send_request|make_request|do_request|http_request)$|^(?:\w*Request|apiCall|callApi|requestRaw)$/;
/** Names of what makes requests. */
const HTTP =
  /(?:^|_)(?:requests?|httpx|aiohttp|s|http|axios|got|ky|superagent|urllib3?|instance|rest|fetcher)$|session$|client$|(?:^|_)api$|Api$|http$|Http$|axios$/i;
/** Names of what takes requests of others. */
const SERVING =
  /^(?:app|application|router|server|fastify|express|routes?|koa|hono|bp|blueprint|mux|api_router|apiRouter|web|responses|respx|nock|mock|requests_mock|httpx_mock|rsps|m|cache|redis|localStorage|sessionStorage|cookies?|headers|formData|searchParams|params|environ|os)$/i;
/** Names of what prints, refuses or compares. */
const SPEAKING =
  /^(?:log|logger|logging|_?log(?:ger)?|console|print|debug|info|warn|warning|error|exception|critical|fatal|trace|assert\w*|expect|raises|throw|Error|\w*Error|\w*Exception|startswith|startsWith|endswith|endsWith|includes|match|test|search|fullmatch|compile|RegExp|split|index|indexOf|find|count|describe|it|skip|echo|puts|printf)$/;

function isGlobal(of: string): boolean {
  return /^(?:window|globalThis|self|global)$/.test(of);
}

/** Whether what a method is called on is a client of the application's own tests. */
function asksItself(holder: Located, values: Values): boolean {
  return [holder, ...values.structuresOf(holder)].some(({ code }) => {
    const name = code.is === 'call' ? (lastName(code.callee) ?? '') : '';
    return (
      /^(?:TestClient|test_client|APIClient|supertest|AsyncTestClient|app_client)$/.test(name) ||
      (name === 'request' &&
        code.is === 'call' &&
        code.arguments.some(({ value }) => /^(?:app|server)$/.test(dotted(value) ?? '')))
    );
  });
}

function options(code: Code | undefined, name: string): Code[] {
  return code?.is === 'record'
    ? code.members.flatMap((member) => (member.name === name ? [member.value] : []))
    : [];
}

function positional({ arguments: given }: Given): Code[] {
  return given.filter(({ name }) => name === undefined).map(({ value }) => value);
}

/** `get(url, …)`: the name of the function is the method. */
function byVerb(call: Given, verb: string, name: string, isHttp: boolean): RequestCode | undefined {
  const [first, second, third] = positional(call);
  const url =
    named(call.arguments, 'url') ??
    named(call.arguments, 'path') ??
    named(call.arguments, 'endpoint') ??
    first;
  if (url === undefined) return undefined;
  const method = verb.toLowerCase() === 'del' ? 'DELETE' : verb.toUpperCase();
  const isTyped = verb === verb.toUpperCase();
  const takesBody = call.script && !isTyped && /^(?:POST|PUT|PATCH)$/.test(method);
  const config = takesBody ? third : second;
  return {
    ...{ method, url, holder: call.holder, ownOrigin: isHttp && call.script && !isTyped },
    ...partsOf(call, config, takesBody ? second : undefined),
    sure: isHttp || isTyped,
    relative: isHttp && name !== 'get',
  };
}

/** `request(method, url, …)`, `request({ method, url })`, and by the names of the arguments. */
function withMethod(call: Given, sure: boolean, located: Located, values: Values): RequestCode | undefined {
  const [first, second, third] = positional(call);
  const method =
    named(call.arguments, 'method') ??
    (first?.is === 'record'
      ? undefined
      : second === undefined && named(call.arguments, 'url') === undefined
        ? undefined
        : first);
  if (first?.is === 'record' && call.script) return configured(call, located, values);
  const rest = named(call.arguments, 'method') ? first : second;
  const url =
    named(call.arguments, 'url') ??
    named(call.arguments, 'path') ??
    named(call.arguments, 'endpoint') ??
    rest;
  if (method === undefined || url === undefined) return undefined;
  return {
    ...{ method, url, holder: call.holder, ownOrigin: false, sure, relative: true },
    ...partsOf(call, third, undefined),
  };
}

/** The arguments with the method first, where one of them is the word for one: also `call('/x', 'POST')`. */
function spokenMethod(given: readonly Argument[], located: Located, values: Values): Argument[] | undefined {
  const isWord = (code: Code): boolean => {
    if (code.is === 'name') {
      const texts = values.textsOf({ ...located, code });
      return texts.every((text) => METHOD_WORDS.has(text));
    }
    if (code.is === 'text')
      return code.parts.length === 1 && typeof code.parts[0] === 'string' && METHOD_WORDS.has(code.parts[0]);
    if (code.is !== 'member') return false;
    return METHOD_WORDS.has(code.name) && /method|http|verb/i.test(dotted(code.of) ?? '');
  };
  const at = given.findIndex(
    ({ name, value }) =>
      (name === undefined || /^(?:method|verb|http_method|type)$/.test(name)) && isWord(value),
  );
  const found = given[at];
  if (!found) return undefined;
  const others = given.filter((_, index) => index !== at);
  const url = others.find(
    ({ name, value }) =>
      (name === undefined || /^(?:url|path|endpoint|uri)$/.test(name)) &&
      value.is !== 'record' &&
      value.is !== 'function',
  );
  if (!url) return undefined;
  const texts = values.textsOf({ ...located, code: url.value });
  if (!texts.some((text) => /^[^\s]*$/.test(text))) return undefined;
  const word: Code =
    found.value.is === 'member' ? { is: 'text', parts: [found.value.name], line: 0 } : found.value;
  return [{ value: word }, { value: url.value }, ...others.filter((one) => one !== url)];
}

/** The URL, and an object of options: `{ method, body }`. */
function fetched(call: Given): RequestCode | undefined {
  const [url, config] = positional(call);
  if (url === undefined) return undefined;
  const [method] = options(config, 'method');
  const isWhole =
    config === undefined ||
    (config.is === 'record' && config.members.every(({ name }) => name !== undefined));
  return {
    ...{
      method: method ?? (isWhole ? 'GET' : config),
      url,
      holder: undefined,
      ownOrigin: true,
      sure: true,
      relative: false,
    },
    ...{ query: [...options(config, 'query'), ...options(config, 'params')], body: options(config, 'body') },
  };
}

/** `axios({ method, url, params, data })`, and `axios(url, { … })`. */
function configured(call: Given, located: Located, values: Values): RequestCode | undefined {
  const [first, second] = positional(call);
  const config =
    first?.is === 'record' ? first : first && values.structuresOf({ ...located, code: first })[0]?.code;
  if (config?.is !== 'record')
    return first
      ? fetched({ ...call, arguments: [{ value: first }, ...(second ? [{ value: second }] : [])] })
      : undefined;
  const [url] = [...options(config, 'url'), ...options(config, 'path'), ...options(config, 'endpoint')];
  if (url === undefined) return undefined;
  const [method] = options(config, 'method');
  const [base] = [...options(config, 'baseURL'), ...options(config, 'baseUrl')];
  return {
    ...{ method: method ?? 'GET', url: base ? { is: 'join', parts: [base, url] } : url },
    ...{ holder: call.holder, ownOrigin: base === undefined, sure: true, relative: true },
    ...{
      query: [...options(config, 'params'), ...options(config, 'query')],
      body: [...options(config, 'data'), ...options(config, 'body'), ...options(config, 'json')],
    },
  };
}

/** `urlopen(url)` and `Request(url, data=…, method=…)` of Python's own library. */
function opened(call: Given, name: string): RequestCode | undefined {
  const [first, second] = positional(call);
  const url = named(call.arguments, 'url') ?? first;
  if (url === undefined) return undefined;
  const data = named(call.arguments, 'data') ?? (call.script ? undefined : second);
  const config = call.script ? second : undefined;
  const method = named(call.arguments, 'method') ?? options(config, 'method')[0] ?? (data ? 'POST' : 'GET');
  return {
    ...{
      method,
      url,
      holder: undefined,
      ownOrigin: false,
      sure: name === 'urlopen' || named(call.arguments, 'method') !== undefined,
      relative: false,
    },
    ...{ query: [], body: data ? [data] : options(config, 'body') },
  };
}

/** Query and body, by the names of arguments or of the members of an object of options. */
function partsOf(
  { arguments: given, script }: Given,
  config: Code | undefined,
  first: Code | undefined,
): Pick<RequestCode, 'query' | 'body'> {
  const named = (names: readonly string[]): Code[] =>
    given.flatMap(({ name, value }) => (name !== undefined && names.includes(name) ? [value] : []));
  const params = options(config, 'params');
  // The typed client of openapi-fetch has places of parameters in `params`.
  const places = params.flatMap((one) => options(one, 'query'));
  // What a helper hands on with all that it was given.
  const handedOn = (name: string): Code[] =>
    given.flatMap((one): Code[] => (one.name === '**' ? [{ is: 'member', of: one.value, name }] : []));
  return {
    query: [
      ...named(QUERIES),
      ...handedOn('params'),
      ...(places.length > 0 ? places : params.filter((one) => options(one, 'path').length === 0)),
      ...options(config, 'query'),
      ...options(config, 'searchParams'),
    ],
    body: [
      ...named(BODIES),
      ...handedOn('json'),
      ...handedOn('data'),
      ...(first ? [first] : []),
      ...(script ? BODIES.flatMap((name) => options(config, name)) : []),
    ],
  };
}

const QUERIES = ['params', 'query', 'query_params', 'searchParams'];
const BODIES = ['json', 'data', 'body', 'payload', 'json_data', 'form'];

/** The method of a request: a word, `undefined` where there may be several. */
export function methodIn(request: RequestCode, located: Located, values: Values): string | undefined {
  if (typeof request.method === 'string') return methodOf(request.method);
  if (request.method === undefined) return undefined;
  const code = request.method;
  // Options that come from elsewhere.
  const found = values
    .structuresOf({ ...located, code })
    .flatMap((structure) =>
      options(structure.code, 'method').map((method) => ({ ...structure, code: method })),
    );
  const texts =
    found.length > 0
      ? found.flatMap((one) => values.textsOf(one))
      : values.textsOf({ ...located, code: code.is === 'record' ? NOTHING : code });
  const methods = new Set(texts.map(methodOf));
  const [only] = methods;
  return methods.size === 1 ? only : undefined;
}
