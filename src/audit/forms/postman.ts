import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { bodyOf, formBody } from '../body-names.js';
import { emptyReading, methodOf, type Call, type CallPlace, type QueryPart, type SentBody } from '../call.js';
import { HOLE } from '../../exchange/shown-url.js';
import { filledBraces } from './braces.js';
import type { DocumentForm } from './form.js';

/**
 * Postman collections 2.0 and 2.1: requests in folders, with variables.
 *
 * @see https://schema.postman.com/json/collection/v2.1.0/docs/index.html
 */
export const postman: DocumentForm = {
  name: 'Postman collection',
  read: ({ file, json }) => {
    const collection = isObject(json) && isObject(json['collection']) ? json['collection'] : json;
    if (!isObject(collection) || !isArray(collection['item'])) return undefined;
    const reading = emptyReading();
    let entry = 0;
    const walk = (items: readonly Json[], outer: ReadonlyMap<string, string>): void => {
      for (const item of items) {
        if (isObject(item) && isArray(item['item'])) {
          walk(item['item'], variablesOf(item, outer));
          continue;
        }
        entry += 1;
        const place = { file, entry };
        const request = isObject(item) ? item['request'] : undefined;
        const call = callOf(request, outer, place);
        if (call) reading.calls.push(call);
        else reading.notUnderstood.push({ place, why: 'the item has no request with a URL' });
      }
    };
    walk(collection['item'], variablesOf(collection, new Map()));
    return reading;
  },
};

function callOf(
  request: Json | undefined,
  variables: ReadonlyMap<string, string>,
  place: CallPlace,
): Call | undefined {
  const { method, url, body } = isObject(request)
    ? request
    : { method: undefined, url: request, body: undefined };
  const found = urlOf(url, variables);
  if (found === undefined) return undefined;
  const sent = bodyIn(body);
  return {
    // A request that names no method is a GET.
    method: method === undefined ? 'GET' : methodOf(method),
    ...found,
    ...(sent ? { body: sent } : {}),
    complete: { query: true, body: sent !== undefined },
    place,
  };
}

function urlOf(
  written: Json | undefined,
  outer: ReadonlyMap<string, string>,
): { url: string; query?: QueryPart[] } | undefined {
  if (typeof written === 'string') return written === '' ? undefined : { url: filledPath(written, outer) };
  if (!isObject(written)) return undefined;
  const { raw, protocol, host, port, path, query } = written;
  const variables = variablesOf(written, outer);
  const hosts = texts(host).join('.');
  const address =
    hosts === ''
      ? undefined
      : `${typeof protocol === 'string' ? `${protocol}://` : hosts.startsWith('{{') ? '' : '//'}${hosts}` +
        (typeof port === 'string' && port !== '' ? `:${port}` : '');
  const steps = texts(path);
  const bare =
    address === undefined
      ? typeof raw === 'string'
        ? raw.replace(/\?.*$/s, '')
        : undefined
      : [address, ...steps].join('/');
  if (bare === undefined) return undefined;
  const parts = isArray(query) ? query.flatMap((part) => queryPart(part, variables)) : [];
  return { url: filledPath(bare, variables), ...(parts.length === 0 ? {} : { query: parts }) };
}

/** A path may be one text, or a list of texts and of objects with a `value`. */
function texts(value: Json | undefined): string[] {
  if (typeof value === 'string') return value.replace(/^\//, '') === '' ? [] : [value.replace(/^\//, '')];
  if (!isArray(value)) return [];
  return value.flatMap((part) => {
    if (typeof part === 'string') return [part];
    const inner = isObject(part) ? part['value'] : undefined;
    return typeof inner === 'string' ? [inner] : [];
  });
}

function queryPart(part: Json, variables: ReadonlyMap<string, string>): QueryPart[] {
  if (!isObject(part) || part['disabled'] === true) return [];
  const { key, value } = part;
  if (typeof key !== 'string' || key === '') return [];
  return [typeof value === 'string' ? { name: key, value: filledBraces(value, variables) } : { name: key }];
}

/** With its variables filled in; `:name` in a path is one that is filled in when it is sent. */
function filledPath(url: string, variables: ReadonlyMap<string, string>): string {
  return filledBraces(url, variables).replace(/(?<=\/):[A-Za-z]\w*(?=[/?#]|$)/g, () => HOLE);
}

function variablesOf(holder: JsonObject, outer: ReadonlyMap<string, string>): Map<string, string> {
  const own = isArray(holder['variable']) ? holder['variable'] : [];
  const all = new Map(outer);
  for (const variable of own) {
    const { key, id, value } = isObject(variable) ? variable : {};
    const name = key ?? id;
    if (typeof name === 'string' && typeof value === 'string') all.set(name, value);
  }
  return all;
}

function bodyIn(body: Json | undefined): SentBody | undefined {
  if (!isObject(body) || body['disabled'] === true) return undefined;
  const { mode, raw, urlencoded, formdata } = body;
  if (mode === 'raw' && typeof raw === 'string') {
    if (raw.trim() === '') return undefined;
    // A variable stands for a text inside of quotes, and for any value outside of them.
    return bodyOf(raw.replace(/\{\{[^{}]*\}\}/g, '0'), undefined);
  }
  if (mode === 'urlencoded') return formBody(keysOf(urlencoded), 'application/x-www-form-urlencoded');
  if (mode === 'formdata') return formBody(keysOf(formdata), 'multipart/form-data');
  return typeof mode === 'string' ? { mediaType: undefined, members: undefined } : undefined;
}

function keysOf(list: Json | undefined): string[] {
  if (!isArray(list)) return [];
  return list.flatMap((field) => {
    const key = isObject(field) && field['disabled'] !== true ? field['key'] : undefined;
    return typeof key === 'string' && key !== '' ? [key] : [];
  });
}
