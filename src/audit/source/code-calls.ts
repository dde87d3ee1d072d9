import { pointerSteps } from '../../json.js';
import { addToGroup } from '../../groups.js';
import type { Call } from '../call.js';
import { HOLE } from '../../exchange/shown-url.js';
import { dotted, lastName, textsWithin, type Invocation } from './code.js';
import { membersOf } from './objects.js';
import { methodIn, requestOf, type RequestCode } from './requests.js';
import { isSelf, type Program, type Scope } from './scopes.js';
import { named, PARAMETER, type Frame, type Located, type Values } from './values.js';

/** A call that code makes; of several URLs that it can come to, all. */
export interface CodeCall extends Omit<Call, 'url'> {
  /** Each begins with `HOLE` where the code does not show the address. Never empty. */
  urls: string[];
  /** That a path alone goes to the host that a page came from. */
  ownOrigin: boolean;
  /** That it begins with what is no base by its name, so that any path can be in it. */
  unclear: boolean;
}

/** What code is held against while it is read. */
export interface Measured {
  values: Values;
  /** What is before many paths of the contract. */
  prefixes: readonly string[];
}

/** Helpers that call helpers are followed to this depth. */
const DEEPEST = 5;

/**
 * The requests that code makes. Where a function makes the request of a URL, or of a method, that its callers give, the
 * request is theirs, and is where they call it.
 */
export function callsOfCode(program: Program, measure: Measured): CodeCall[] {
  const { values } = measure;
  const callers = new Map<Scope, Located<Invocation>[]>();
  const requests: { call: Located<Invocation>; request: RequestCode }[] = [];
  for (const placed of program.invocations) {
    const call = { ...placed, frame: undefined };
    for (const scope of values.functionsCalled(call)) addToGroup(callers, scope, call);
    values.start();
    const request = requestOf(call, values);
    if (request === 'other') {
      // What is asked of the application itself is no URL of an API.
      for (const { value } of call.code.arguments)
        for (const text of textsWithin(value)) values.used.add(text);
    } else if (request) requests.push({ call, request });
  }
  /** Requests that turned out to be those of a function of the program, made where it is called. */
  const found = new Map<Invocation, CodeCall[]>();
  const direct: { invocation: Invocation; call: CodeCall }[] = [];
  const follow = (made: Made, outermost: Located<Invocation>, depth: number): void => {
    if (made.askers.length === 0 || depth > DEEPEST) {
      if (depth === 0) direct.push({ invocation: outermost.code, call: made.call });
      else addToGroup(found, outermost.code, made.call);
      return;
    }
    const isAsked = made.askers.some((scope) =>
      (callers.get(scope) ?? []).some((caller) => caller.scope !== scope),
    );
    if (!isAsked && depth === 0) direct.push({ invocation: outermost.code, call: made.call });
    for (const scope of made.askers) {
      for (const caller of callers.get(scope) ?? []) {
        if (caller.scope === scope) continue;
        const next = made.again(scope, caller);
        if (next) follow(next, caller, depth + 1);
      }
    }
  };
  for (const { call, request } of requests) {
    const made = madeBy(call, request, measure);
    if (made) follow(made, call, 0);
  }
  const own = direct.filter(({ invocation }) => !found.has(invocation)).map(({ call }) => call);
  return [...own, ...[...found].flatMap(([invocation, calls]) => asOne(invocation, calls, program, values))];
}

/** A request, and the functions whose callers decide what it is. */
interface Made {
  call: CodeCall;
  askers: readonly Scope[];
  /** The same for one caller of such a function. */
  again: (scope: Scope, caller: Located<Invocation>) => Made | undefined;
}

/** One step from the request outwards: a function, and a call of it. */
interface Link {
  scope: Scope;
  caller: Located<Invocation>;
}

function madeBy(
  bare: Located<Invocation>,
  request: RequestCode,
  measure: Measured,
  chain: readonly Link[] = [],
): Made | undefined {
  const { values, prefixes } = measure;
  const frame = chain
    .toReversed()
    .reduce<Frame | undefined>(
      (outer, { scope, caller }) => values.frameOf(scope, { ...caller, frame: outer }),
      undefined,
    );
  const located = { ...bare, frame };
  const place = chain.at(-1)?.caller ?? bare;
  values.start();
  const texts = values.textsOf({ ...located, code: request.url });
  const touched = values.touched;
  const bases = request.holder ? basesOf({ ...located, code: request.holder }, values) : [];
  const urls = texts.flatMap((text) => urlsOf(text, request, bases));
  if (urls.length === 0) return undefined;
  const asked = [...touched].filter(
    ([, names]) =>
      urls.every((url) => isOpen(url, prefixes)) || [...names].some((name) => PATH_NAME.test(name)),
  );
  const begin = values.beginOf({ ...located, code: request.url });
  const method = methodIn(request, located, values);
  const query = request.query.flatMap((code) => membersOf({ ...located, code }, values));
  const body = request.body
    .map((code) => membersOf({ ...located, code }, values))
    .find((members) => members.length > 0);
  return {
    call: {
      method,
      urls: urls.map((url) => url.replaceAll(PARAMETER, () => HOLE)),
      ownOrigin: request.ownOrigin,
      unclear: begin !== undefined && !BASE_NAME.test(begin) && urls.every((url) => url.startsWith(HOLE)),
      ...(query.length === 0 ? {} : { query: topNames(query).map((name) => ({ name })) }),
      ...(body ? { body: { mediaType: undefined, members: body } } : {}),
      complete: { query: false, body: false },
      place: { file: place.scope.unit.file, line: place.code.line },
    },
    askers: urls.some((url) => url.includes(PARAMETER)) ? asked.map(([scope]) => scope) : [],
    again: (scope, caller) => madeBy(bare, request, measure, [...chain, { scope, caller }]),
  };
}

function topNames(members: readonly string[]): string[] {
  return [...new Set(members.map((member) => pointerSteps(member)[0] ?? ''))];
}

/** A text as a URL, if it can be one: behind a base where there is one. */
function urlsOf(
  text: string,
  { sure, relative, ownOrigin }: RequestCode,
  bases: readonly string[],
): string[] {
  if (/^https?:\/\//i.test(text)) return /[\s<>]/.test(text) ? [] : [text];
  if (/[\s<>"'\\]|^[a-z][a-z\d+.-]*:|^(?:application|text|image|multipart)\//i.test(text)) return [];
  const isUnknown = text.startsWith(HOLE) || text.startsWith(PARAMETER);
  const isPath = text.startsWith('/');
  if (!isPath && !isUnknown && !relative && bases.length === 0) return [];
  // What is only known to be called `get` is a request if what it is given is surely a path.
  if (
    !sure &&
    bases.length === 0 &&
    (isUnknown ? !/^.\/\w/su.test(text) : !relative && !/^\/[\w{\uFFFF\uFFFE]/.test(text))
  )
    return [];
  if (isUnknown && /^[\uFFFF\uFFFE][^/?\uFFFF\uFFFE]/.test(text))
    return [`${text.charAt(0)}/${text.slice(1)}`];
  if (isUnknown)
    return bases.length > 0 && !/^[\uFFFF\uFFFE]\//.test(text)
      ? bases.map((base) => behind(base, text))
      : [text];
  if (bases.length > 0) return bases.map((base) => behind(base, text));
  if (ownOrigin && isPath) return [text];
  return [`${HOLE}/${text.replace(/^\//, '')}`];
}

function behind(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

/** The bases of a client: what it was made with, or what the class of `self` calls its base. */
function basesOf(holder: Located, values: Values): string[] {
  const made = values.structuresOf(holder).flatMap((structure): string[] => {
    const { code } = structure;
    if (code.is !== 'call') return [];
    const given = code.arguments.flatMap(({ value }) => (value.is === 'record' ? value.members : []));
    const base = BASE_NAMES.map(
      (name) => named(code.arguments, name) ?? given.find((one) => one.name === name)?.value,
    ).find((one) => one !== undefined);
    return base ? values.textsOf({ ...structure, code: base }) : [];
  });
  if (made.length > 0) return made.filter((base) => base !== HOLE && base !== PARAMETER);
  const { owner } = holder.scope;
  if (!owner || !isSelf(dotted(holder.code)?.split('.')[0])) return [];
  const attribute = [...owner.attributes.keys()].find(
    (name) => /^_?(?:api_?)?(?:base_?)?(?:url|uri)$/i.test(name) && /base|api/i.test(name),
  );
  if (attribute === undefined) return [];
  const code = { is: 'member' as const, of: { is: 'name' as const, name: 'self' }, name: attribute };
  return values.textsOf({ ...holder, code }).filter((base) => /^https?:/i.test(base));
}

const BASE_NAMES = ['base_url', 'baseURL', 'baseUrl', 'prefixUrl', 'prefix_url', 'base_uri'];

/** Whether nothing of the path is known but what callers give: the whole of it, or all behind a base. */
function isOpen(url: string, prefixes: readonly string[]): boolean {
  const path = url.replace(/^https?:\/\/[^/]*/i, '').replace(/^\uFFFF/, '');
  const given = path.indexOf(PARAMETER);
  if (given < 0) return false;
  const known = path.slice(0, given).replace(/\/+$/, '');
  return (
    prefixes.includes(known) ||
    known.split('/').every((word) => word === '' || word === HOLE || BASE_WORD.test(word))
  );
}

/** What a name is called that stands for an address: not `url` alone, which is that of a thing. */
const BASE_NAME = /base|host|root|api|server|origin|domain|prefix|gateway|service|\wur[li]$/i;

/** What a parameter is called that is given a path, or the end of one. */
const PATH_NAME = /path|endpoint|ur[li]$|route|suffix|resource|href/i;

/** What is before the paths of an API. */
const BASE_WORD = /^(?:v\d+(?:\.\d+)?|api|rest|fhir|services?|public|external)$/i;

/**
 * Of one call of a function that makes requests in several places, one for each method: where the call says its method, in
 * a word, those of the others are not made.
 */
function asOne(
  invocation: Invocation,
  calls: readonly CodeCall[],
  program: Program,
  values: Values,
): CodeCall[] {
  const methods = new Set(calls.map(({ method }) => method));
  const [first] = calls;
  if (!first) return [];
  const join = (those: readonly CodeCall[], method: string | undefined): CodeCall => {
    const names = new Map(those.flatMap(({ query = [] }) => query).map((part) => [part.name, part]));
    const body = those.find((one) => one.body)?.body;
    const { ownOrigin, unclear, complete, place } = first;
    return {
      ...{ method, ownOrigin, unclear, complete, place },
      urls: [...new Set(those.flatMap(({ urls }) => urls))],
      ...(names.size === 0 ? {} : { query: [...names.values()] }),
      ...(body ? { body } : {}),
    };
  };
  if (methods.size === 1) return [join(calls, first.method)];
  const placed = program.invocations.find(({ code }) => code === invocation);
  const stated = placed ? saidMethod({ ...placed, frame: undefined }, values) : undefined;
  if (stated === 'none')
    return [...methods].map((method) =>
      join(
        calls.filter((one) => one.method === method),
        method,
      ),
    );
  const those = calls.filter(
    ({ method }) => stated === undefined || method === stated || method === undefined,
  );
  return [join(those.length === 0 ? calls : those, stated)];
}

/** The method that a call gives to a function; `none` where the function takes none. */
function saidMethod(call: Located<Invocation>, values: Values): string | undefined {
  for (const scope of values.functionsCalled(call)) {
    const parameter = scope.function?.parameters.find(({ name }) =>
      /^(?:http_?)?(?:method|verb)$/i.test(name),
    );
    const given = parameter && values.frameOf(scope, call).given.get(parameter.name);
    if (!given) continue;
    const [only, ...others] = values.textsOf(given);
    return others.length === 0 ? only?.toUpperCase() : undefined;
  }
  return lastName(call.code.callee) === undefined ? undefined : 'none';
}
