import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { bodyOf, formBody } from '../body-names.js';
import { emptyReading, methodOf, type Call, type CallPlace, type QueryPart, type SentBody } from '../call.js';
import type { DocumentForm } from './form.js';

/**
 * HTTP Archive 1.2, as browsers and proxies write it: members that the format requires are often missing, and each has
 * some of its own.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export const har: DocumentForm = {
  name: 'HAR',
  read: ({ file, json }) => {
    const log = isObject(json) ? (json['log'] ?? json) : undefined;
    const entries = isObject(log) ? log['entries'] : undefined;
    if (!isArray(entries)) return undefined;
    const reading = emptyReading();
    for (const [index, entry] of entries.entries()) {
      const place = { file, entry: index + 1 };
      const request = isObject(entry) ? entry['request'] : undefined;
      if (!isObject(entry) || !isObject(request)) {
        reading.notUnderstood.push({ place, why: 'the entry has no request' });
        continue;
      }
      const call = callOf(entry, request, place);
      if (typeof call === 'string') reading.notUnderstood.push({ place, why: call });
      else reading.calls.push(call);
    }
    return reading;
  },
};

/** The call of an entry, or why it is none. */
function callOf(entry: JsonObject, request: JsonObject, place: CallPlace): Call | string {
  const method = methodOf(request['method']);
  if (method === undefined) return 'the request has no method that is known';
  const headers = headersOf(request['headers']);
  const url = urlOf(request['url'], headers);
  if (url === undefined) return 'the request has no URL';
  const response = isObject(entry['response']) ? entry['response'] : {};
  const content = isObject(response['content']) ? response['content'] : {};
  const resourceType = entry['_resourceType'];
  const answerType = content['mimeType'];
  const body = bodyIn(request['postData']);
  const query = url.includes('?') ? [] : queryOf(request['queryString']);
  return {
    method,
    url,
    ...(query.length === 0 ? {} : { query }),
    ...(body ? { body } : {}),
    complete: { query: true, body: body !== undefined },
    hints: {
      ...(typeof resourceType === 'string' ? { resourceType } : {}),
      ...(typeof answerType === 'string' ? { answerType } : {}),
      upgrade: response['status'] === 101 || /^websocket$/i.test(headers.get('upgrade') ?? ''),
    },
    place,
  };
}

/** The URL of a request; some proxies write its path only, and the host as a header. */
function urlOf(url: Json | undefined, headers: ReadonlyMap<string, string>): string | undefined {
  if (typeof url !== 'string' || url.trim() === '') return undefined;
  const host = headers.get('host') ?? headers.get(':authority');
  return url.startsWith('/') && !url.startsWith('//') && host !== undefined ? `//${host}${url}` : url.trim();
}

function headersOf(headers: Json | undefined): Map<string, string> {
  return new Map(
    namedIn(headers).flatMap(({ name, value }) =>
      typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
    ),
  );
}

function queryOf(parts: Json | undefined): QueryPart[] {
  return namedIn(parts).map(({ name, value }) => (typeof value === 'string' ? { name, value } : { name }));
}

function namedIn(list: Json | undefined): { name: string; value: Json | undefined }[] {
  if (!isArray(list)) return [];
  return list.flatMap((item) => {
    const name = isObject(item) ? item['name'] : undefined;
    return isObject(item) && typeof name === 'string' ? [{ name, value: item['value'] }] : [];
  });
}

function bodyIn(posted: Json | undefined): SentBody | undefined {
  if (!isObject(posted)) return undefined;
  const { mimeType, text, encoding, params } = posted;
  const mediaType = typeof mimeType === 'string' && mimeType !== '' ? mimeType : undefined;
  const names = namedIn(params).map(({ name }) => name);
  if (names.length > 0) return formBody(names, mediaType ?? 'application/x-www-form-urlencoded');
  if (typeof text !== 'string') return { mediaType, members: undefined };
  return bodyOf(encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text, mediaType);
}
