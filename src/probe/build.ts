import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { Parameter } from '../contract/parameter.js';
import { asText, isArray, isJsonType, isObject, type Json } from '../json.js';
import type { Body, WrittenBody } from '../request/body/body.js';
import { percentEncoded } from '../request/parameters/encode.js';
import { handlingOf } from '../request/parameters/names.js';
import type { Written } from '../request/parameters/parameter.js';
import { writeParameter } from '../request/parameters/write.js';
import { makeValue } from '../request/value/make.js';
import type { HttpRequest } from '../targets/reply.js';
import { chooseBody } from './body.js';
import { isEnv, isFrom, type Sample, type Samples } from './samples.js';
import { isSaneId } from './segments.js';
import type { Value } from './value.js';

/** Why a request is sent: to ask the operation itself, to control a verdict, or to try another spelling. */
export type Role = 'operation' | 'control' | 'variant';

/** One request built for an operation and a target. `shown` is its URL as it may be kept. */
export interface Probe {
  operation: string;
  role: Role;
  /** What a control or a variant is for, for example `nonsense-sibling`. */
  purpose?: string;
  request: HttpRequest;
  shown: string;
}

/** What is needed to fill an operation's template, besides the contract. */
export interface Fillers {
  contract: Contract;
  samples: Samples;
  environment: Record<string, string | undefined>;
  /** Ids from earlier answers, by path parameter; undefined where none is known. */
  harvested: (operation: Operation, parameter: string) => Value | undefined;
  /** The first id that an operation's answer gave. */
  found: (operation: string) => Value | undefined;
  /** Whether ids may be taken from samples and examples: where nothing real is asked. */
  inventIds: boolean;
  /** Changes a body that was made from the contract, not given by the samples, before it is sent. */
  adapt?: (operation: Operation, body: Json) => Json;
  /** A body that is sent as JSON in the place of one that the contract allows. */
  forbidden?: Json | undefined;
}

/** A request without its host and token, or the reason why it cannot be built. */
export type Filled =
  | { ok: true; path: Value; headers: Record<string, string>; body: Body | undefined }
  | { ok: false; why: string };

/**
 * The request of an operation that needs nothing of earlier answers, without credentials.
 * @returns undefined where it needs a value that nobody has given
 */
export function plainProbe(
  operation: Operation,
  { contract, samples, environment }: Pick<Fillers, 'contract' | 'samples' | 'environment'>,
  baseUrl: string,
): Probe | undefined {
  const nothing = () => undefined;
  const filled = fill(operation, {
    ...{ contract, samples, environment, harvested: nothing, found: nothing, inventIds: false },
  });
  if (!filled.ok) return undefined;
  return {
    operation: operation.id,
    role: 'operation',
    request: { method: operation.method, url: baseUrl + filled.path.sent, headers: filled.headers },
    shown: baseUrl + filled.path.shown,
  };
}

/** What is sent at an address, once it is filled. */
export function filledRequest(
  { method }: Pick<Operation, 'method'>,
  { path, headers, body }: Filled & { ok: true },
  baseUrl: string,
): HttpRequest {
  return { method, url: baseUrl + path.sent, headers, ...(body === undefined ? {} : { body }) };
}

/**
 * Fills an operation's template from samples, harvested ids and the contract's own examples, each parameter in its style
 * and the body in its media type.
 */
export function fill(operation: Operation, fillers: Fillers): Filled {
  if (operation.path.includes('#')) return { ok: false, why: FRAGMENT };
  let sent = operation.path;
  let shown = operation.path;
  const query = { sent: [] as string[], shown: [] as string[] };
  const cookies: string[] = [];
  const headers: Record<string, string> = { accept: acceptOf(operation) };

  for (const parameter of operation.parameters) {
    const handling = handlingOf(parameter);
    if (handling === 'ignored') continue;
    const known = valueOf(operation, parameter, fillers);
    if (!known.ok) {
      if (!parameter.required) continue;
      return known;
    }
    if (parameter.in === 'path' && !canStand(known.sent, operation, fillers)) {
      return { ok: false, why: `the path parameter “${parameter.name}” has no value that stays one segment` };
    }
    const written = handling === 'never' ? NEVER : writeParameter(parameter, known.sent);
    const display = known.shown === known.sent ? written : writeParameter(parameter, known.shown);
    if (!written.ok || !display.ok) return { ok: false, why: notWritten(parameter, written) };
    if (parameter.in === 'path') {
      const whole = written.texts.join('');
      sent = sent.replaceAll(`{${parameter.name}}`, () => whole);
      shown = shown.replaceAll(`{${parameter.name}}`, () => shownSegment(whole, known));
    } else if (parameter.in === 'query') {
      query.sent.push(...written.texts);
      query.shown.push(...display.texts);
    } else if (parameter.in === 'cookie') {
      cookies.push(...written.texts);
    } else {
      headers[parameter.name.toLowerCase()] = written.texts.join('');
    }
  }
  for (const [name, sample] of Object.entries(fillers.samples.extraQuery(operation.id))) {
    const isKnown = operation.parameters.some((own) => own.in === 'query' && own.name === name);
    const value = isKnown ? undefined : sampleValue(sample, fillers);
    if (value === undefined) continue;
    query.sent.push(`${percentEncoded(name)}=${percentEncoded(value.sent)}`);
    query.shown.push(`${percentEncoded(name)}=${percentEncoded(value.shown)}`);
  }
  // One header for all of them (RFC 6265, section 5.4).
  if (cookies.length > 0) headers['cookie'] = cookies.join('; ');

  const body = bodyOf(operation, fillers);
  if (body && !body.ok) return { ok: false, why: body.why };
  if (body) headers['content-type'] = body.type;
  // Paths may not have a query (OpenAPI 3.0.4, section 4.7.8.1), but many do.
  const mark = operation.path.includes('?') ? '&' : '?';
  const tail = (pairs: readonly string[]) => (pairs.length > 0 ? mark + pairs.join('&') : '');
  return {
    ok: true,
    path: { sent: sent + tail(query.sent), shown: shown + tail(query.shown) },
    headers,
    body: body?.body,
  };
}

/** Whether a value can be in a path: for what changes something at a real host, no server may read it otherwise. */
function canStand(value: Json, { safe }: Operation, { inventIds }: Fillers): boolean {
  return safe || inventIds || isSaneId(asText(value));
}

const FRAGMENT =
  'its path has a “#”: what follows is never sent, so the request would be that of another operation';

const NEVER: Written = {
  ok: false,
  why: 'such a parameter is never sent: it could make another request of it',
};

function notWritten({ in: place, name }: Parameter, written: Written): string {
  const why = written.ok ? '' : `: ${written.why}`;
  return `the ${place} parameter “${name}” cannot be written as the contract says${why}`;
}

/** What is shown in a path for a value that is not to be seen: its other name, as one segment. */
function shownSegment(written: string, { sent, shown }: Known): string {
  return sent === shown ? written : asText(shown).replaceAll('/', '%2F');
}

/** The media types that the operation documents for a success, JSON first. */
export function acceptOf(operation: Operation): string {
  const documented = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content }]) => Object.keys(content));
  const types = [...new Set(documented)].sort(
    (one, other) => Number(isJsonType(other)) - Number(isJsonType(one)),
  );
  return types.join(', ') || 'application/json';
}

/** The value of a parameter, as it is sent and as it may be shown. */
interface Known {
  sent: Json;
  shown: Json;
}

function valueOf(
  operation: Operation,
  parameter: Parameter,
  fillers: Fillers,
): ({ ok: true } & Known) | { ok: false; why: string } {
  const { name, in: place } = parameter;
  const unknown = { ok: false, why: `no value for the ${place} parameter “${name}” is known` } as const;
  const own = place === 'cookie' ? undefined : fillers.samples.parameter(operation.id, place, name);
  const isId = place === 'path';
  if (isId) {
    const harvested = fillers.harvested(operation, name);
    if (harvested) return { ok: true, ...harvested };
    if (!fillers.inventIds && !isReference(own)) return unknown;
  }
  const value = own === undefined ? undefined : sampleValue(own, fillers);
  if (value !== undefined) return { ok: true, ...value };
  // The contract's example of an id can be that of a real thing.
  if (!parameter.required || (isId && !fillers.inventIds)) return unknown;
  const made = makeValue({ ...parameter, direction: 'request' }, fillers.contract);
  if (!made.ok) return { ok: false, why: `the ${place} parameter “${name}”: ${made.why}` };
  return { ok: true, sent: made.value, shown: made.value };
}

function isReference(sample: Sample | undefined): boolean {
  return typeof sample === 'object';
}

function sampleValue(sample: Sample, fillers: Fillers): Value | undefined {
  if (typeof sample !== 'object') return { sent: String(sample), shown: String(sample) };
  if ('from' in sample) {
    const found = fillers.found(sample.from) ?? (fillers.inventIds ? { sent: '1', shown: '1' } : undefined);
    const { as } = sample;
    if (!found || as === undefined) return found;
    return { sent: as.replace('{id}', () => found.sent), shown: as.replace('{id}', () => found.shown) };
  }
  const value = fillers.environment[sample.env];
  return value === undefined || value === '' ? undefined : { sent: value, shown: `$${sample.env}` };
}

function bodyOf(operation: Operation, fillers: Fillers): WrittenBody | undefined {
  const content = operation.body?.content ?? {};
  if (fillers.forbidden !== undefined) {
    const type = Object.keys(content).find(isJsonType) ?? JSON_TYPE;
    return { ok: true, type, body: JSON.stringify(fillers.forbidden) };
  }
  const own = fillers.samples.body(operation.id);
  const given = own === undefined ? undefined : filledBody(own, fillers);
  return chooseBody(content, fillers.contract, given, (body) => fillers.adapt?.(operation, body) ?? body);
}

const JSON_TYPE = 'application/json';

/** A body with the ids and variables that it refers to; what is not known is left out. */
function filledBody(value: Json, fillers: Fillers): Json {
  if (isFrom(value) || isEnv(value)) return sampleValue(value, fillers)?.sent ?? null;
  if (isArray(value)) return value.map((item) => filledBody(item, fillers));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, filledBody(member, fillers)]),
  );
}
