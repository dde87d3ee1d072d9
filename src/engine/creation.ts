import { jsonOf } from '../exchange/record.js';
import { isArray, isObject, type Json, type JsonObject } from '../json.js';
import { fitTemplate, isSaneId, segmentsOf } from '../probe/segments.js';
import { header, isSuccess, type Answer } from '../targets/reply.js';
import type { Shown } from './shown-ids.js';

/** What an answer says was created. */
export type Creation =
  | { kind: 'nothing' }
  /** A thing, by the path parameters that name it. */
  | { kind: 'thing'; values: ReadonlyMap<string, string> }
  /** Something may have been created, and it is not sure which. */
  | { kind: 'unclear'; why: string };

/** How a thing that is created would be named. */
export interface Naming {
  /** The path template under which it is removed or read; undefined when it has none. */
  template: string | undefined;
  /** The parameter of it that names the thing. */
  id: string;
  /** Other parameters whose values only the answer can give. */
  parts: readonly string[];
  /** The values of all others. */
  known: ReadonlyMap<string, string>;
  baseUrl: string;
  /** The URL of the request that was answered. */
  requestUrl: string;
  /** What safe answers had shown before. */
  shown: Shown;
}

/**
 * What an answer to a creation says was created: 201, or 200 and 202 when they name it. A thing that was shown before
 * the creation is not one that it has created, whatever the status.
 */
export function creationOf(answer: Answer, naming: Naming): Creation {
  const { status } = answer;
  if (!mayHaveCreated(status)) return { kind: 'nothing' };
  if (status !== 200 && status !== 201 && status !== 202)
    return { kind: 'unclear', why: `it was answered with ${status}, which does not tell what was created` };
  const values = valuesIn(answer, naming);
  if (typeof values === 'string') return { kind: 'unclear', why: values };
  const id = values.get(naming.id) ?? '';
  if (naming.shown.has(id)) {
    return {
      kind: 'unclear',
      why: 'its answer names a thing that had been there before, so it is not known what was created',
    };
  }
  return { kind: 'thing', values };
}

/** A success, a redirection to what was created, and a failure in the middle of it. */
export function mayHaveCreated(status: number): boolean {
  return isSuccess(status) || status === 302 || status === 303 || status >= 500;
}

/** The values that name the thing, or why there are none. */
function valuesIn(answer: Answer, naming: Naming): ReadonlyMap<string, string> | string {
  const body = jsonOf(answer);
  const located = [header(answer, 'location'), header(answer, 'content-location')].flatMap((text) => {
    const values = text === undefined ? undefined : valuesOfLocation(text, naming);
    return values ? [values] : [];
  });
  const values = new Map(naming.known);
  for (const name of [...naming.parts, naming.id]) {
    const given = [
      ...idsIn(body, name, name === naming.id),
      ...located.flatMap((found) => found.get(name) ?? []),
    ];
    const [value, ...others] = new Set(given);
    if (value === undefined) return 'its answer does not tell by which id it could be removed';
    if (others.length > 0) return 'its answer gives more than one id';
    if (!isSaneId(value)) return 'its answer gives an id that cannot be in a path';
    values.set(name, value);
  }
  return values;
}

/**
 * What a body gives for a parameter: the member that is called like it, or `id` for the thing itself, at the top or in
 * what wraps the thing. Where both are there and differ, both are given.
 */
function idsIn(body: Json | undefined, parameter: string, isThing: boolean): string[] {
  if (!isObject(body)) return [];
  const own = idsOf(body, parameter, isThing);
  if (own.length > 0) return own;
  return wrappedIn(body).flatMap((inner) => idsOf(inner, parameter, isThing));
}

function idsOf(body: JsonObject, parameter: string, isThing: boolean): string[] {
  const wanted = plain(parameter);
  const named = Object.entries(body).find(([name]) => plain(name) === wanted)?.[1];
  const general = isThing ? body['id'] : undefined;
  // A parameter that is no id (`name`) is given by the member of its name only.
  const values = named !== undefined && !/id$/i.test(parameter) ? [named] : [named, general];
  return [...new Set(values.flatMap((value) => (value === undefined ? [] : (idText(value) ?? []))))];
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '');
}

function idText(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  // Larger numbers have lost digits on the way; smaller ones mean something else than one thing.
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
}

/** What may be the thing itself in an answer that wraps it. */
function wrappedIn(body: JsonObject): JsonObject[] {
  const members = Object.values(body).filter(isObject);
  const wrapping = ['data', 'result', 'resource'].map((name) => body[name]).filter(isObject);
  return wrapping.length > 0 ? wrapping : members.length === 1 ? members : [];
}

/**
 * The values that a `Location` gives: of the same origin, without anything that a URL would resolve away, below the
 * template, and with the parents of the request. Undefined for every other.
 */
function valuesOfLocation(location: string, naming: Naming): ReadonlyMap<string, string> | undefined {
  const { template, baseUrl, requestUrl } = naming;
  if (template === undefined || !isPlainLocation(location)) return undefined;
  if (!URL.canParse(location, requestUrl) || !URL.canParse(baseUrl)) return undefined;
  const url = new URL(location, requestUrl);
  const base = new URL(baseUrl);
  if (url.origin !== base.origin || url.username !== '' || url.password !== '') return undefined;
  const root = base.pathname.replace(/\/$/, '');
  if (!url.pathname.startsWith(`${root}/`)) return undefined;
  const path = url.pathname.slice(root.length);
  const segments = segmentsOf(template);
  const item = `/${segments.slice(0, segments.indexOf(`{${naming.id}}`) + 1).join('/')}`;
  const values = fitTemplate(template, path, 'any') ?? fitTemplate(item, path, 'any');
  if (!values) return undefined;
  return [...naming.known].every(([name, value]) => (values.get(name) ?? value) === value)
    ? values
    : undefined;
}

/** A URL or a path, written as it will be: no query, no fragment, no steps up or back, nothing encoded twice. */
function isPlainLocation(location: string): boolean {
  const path = location.replace(/^https?:\/\/[^/]*/i, '');
  return (
    location !== '' &&
    !/[\\?#\s]|\p{Cc}|%(?:2e|2f|5c|25|00)/iu.test(location) &&
    !path.includes('//') &&
    !path.split('/').some((segment) => segment === '.' || segment === '..')
  );
}

/** What a read of the thing that was created proves. */
export type ReadBack = 'ours' | 'not readable' | 'not there' | 'not proven';

/**
 * @param status of the read, null when no answer came
 * @param texts that were sent, one of which has to be there; none when nothing that was sent could be recognised
 */
export function readBack(status: number | null, body: string, texts: readonly string[]): ReadBack {
  if (status === 401 || status === 403 || status === 405) return 'not readable';
  if (status === 404 || status === 410) return 'not there';
  if (!isSuccess(status)) return 'not proven';
  return texts.length === 0 || texts.some((text) => body.includes(text)) ? 'ours' : 'not proven';
}

/**
 * The texts by which a thing of ours is known again: our marker, or of a body from the samples what is long enough, says
 * by itself that it is a test's, or was in no safe answer before.
 */
export function recognisable(sent: Json | undefined, marker: string | undefined, shown: Shown): string[] {
  if (marker !== undefined) return [marker];
  const long = textsIn(sent).filter((text) => text.length >= SHORTEST_TEXT);
  const tests = long.filter((text) => /conform/i.test(text));
  return tests.length > 0 ? tests : long.filter((text) => !shown.has(text));
}

const SHORTEST_TEXT = 8;

function textsIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
