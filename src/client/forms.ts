import { isArray, isJsonType, isObject, type Json } from '../json.js';
import type { BodyForm } from '../request/body/body.js';
import { writeBody } from '../request/body/write.js';
import type { ParameterForm, Written } from '../request/parameters/parameter.js';
import { writeParameter } from '../request/parameters/write.js';

/** How the requests of one operation are written, where that is not what OpenAPI does by itself. */
export interface RequestForm {
  /** Parameters of another style than that of their place. */
  readonly parameters?: readonly ParameterForm[];
  /** The media type of the body, where it is not `application/json`, and how its members are written. */
  readonly body?: BodyForm;
}

/** By method and path template as the contract writes it, for example `GET /things/{id}`. */
export type RequestForms = Readonly<Record<string, RequestForm>>;

/** A client of openapi-fetch that writes parameters and bodies as a contract says, not as that library does. */
export function writing<Client extends object>(client: Client, forms: RequestForms): Client {
  const formOf = (method: unknown, path: unknown): RequestForm => {
    const key = `${String(method).toUpperCase()} ${String(path)}`;
    return (Object.hasOwn(forms, key) ? forms[key] : undefined) ?? {};
  };
  return new Proxy(client, {
    get: (target, name): unknown => {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== 'function') return own;
      if (METHODS.has(name))
        return async (path: unknown, init?: unknown): Promise<unknown> => {
          const came: unknown = await Reflect.apply(own, target, [path, initFor(init, formOf(name, path))]);
          return came;
        };
      if (name === 'request')
        return async (method: unknown, path: unknown, init?: unknown): Promise<unknown> => {
          const given = [method, path, initFor(init, formOf(method, path))];
          const came: unknown = await Reflect.apply(own, target, given);
          return came;
        };
      return own;
    },
  });
}

const METHODS: ReadonlySet<string | symbol> = new Set(
  'GET PUT POST DELETE OPTIONS HEAD PATCH TRACE'.split(' '),
);

type Members = Record<string, unknown>;

/** The options of a call, with the contract's way to write what the caller writes in no way of their own. */
function initFor(init: unknown, form: RequestForm): object {
  const options = isRecord(init) ? init : {};
  const params = isRecord(options['params']) ? options['params'] : {};
  const body = bodyFor(options, params, form.body);
  const header: Members = {
    ...(body?.type === undefined ? {} : { 'content-type': body.type }),
    ...headersFor(params, form),
  };
  return {
    querySerializer: (query: unknown) => pairsOf(query, 'query', form).join('&'),
    pathSerializer: (path: string, values: unknown) => filled(path, values, form),
    ...options,
    ...(body ? { body: body.body, bodySerializer: (sent: unknown) => sent } : {}),
    params: { ...params, header },
  };
}

function headersFor(params: Members, form: RequestForm): Members {
  const given = isRecord(params['header']) ? params['header'] : {};
  const headers = Object.entries(given).map(([name, value]) => {
    // `null` takes a header away, here and in openapi-fetch.
    if (value === null || value === undefined) return [name, value] as const;
    return [name, textsOf('header', name, value, form).join('')] as const;
  });
  const cookies = pairsOf(params['cookie'], 'cookie', form);
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}) };
}

function pairsOf(values: unknown, place: 'query' | 'cookie', form: RequestForm): string[] {
  if (!isRecord(values)) return [];
  return Object.entries(values).flatMap(([name, value]) => textsOf(place, name, value, form));
}

function filled(path: string, values: unknown, form: RequestForm): string {
  const given = isRecord(values) ? values : {};
  return Object.entries(given).reduce(
    (result, [name, value]) =>
      result.replaceAll(`{${name}}`, () => textsOf('path', name, value, form).join('')),
    path,
  );
}

/** @throws TypeError for a value that the contract gives no form */
function textsOf(place: ParameterForm['in'], name: string, value: unknown, { parameters = [] }: RequestForm) {
  const known = parameters.find((one) => one.in === place && sameName(one, name));
  const json = asJson(value);
  if (json === undefined) return [];
  const written: Written = writeParameter(known ?? { in: place, name }, json);
  if (!written.ok) throw new TypeError(`the ${place} parameter “${name}” cannot be written: ${written.why}`);
  return written.texts;
}

function sameName({ in: place, name }: ParameterForm, other: string): boolean {
  return place === 'header' ? name.toLowerCase() === other.toLowerCase() : name === other;
}

/** The body of a call as it is sent; undefined where it is left to openapi-fetch: JSON, and what the caller writes. */
function bodyFor(
  options: Members,
  params: Members,
  form: BodyForm | undefined,
): { type: string | undefined; body: unknown } | undefined {
  const { body } = options;
  if (form === undefined || body === undefined || options['bodySerializer'] !== undefined) return undefined;
  if (hasContentType(options['headers']) || hasContentType(params['header'])) return undefined;
  // A form of the platform brings its own boundary.
  if (body instanceof FormData) return { type: undefined, body };
  const isWritten = typeof body === 'string' && !isJsonType(form.type);
  if (isWritten || !isPlain(body)) return { type: form.type, body };
  const json = asJson(body);
  const written = writeBody(json ?? null, form);
  if (!written.ok) throw new TypeError(`the body cannot be written: ${written.why}`);
  return { type: written.type, body: written.body };
}

function hasContentType(headers: unknown): boolean {
  if (headers instanceof Headers) return headers.has('content-type');
  return isRecord(headers) && Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
}

/** Whether a value is data, and nothing that the platform sends as it is: a Blob, a buffer, a stream. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A value as JSON has it: dates are texts, and what is undefined is not there. */
function asJson(value: unknown): Json | undefined {
  const text: unknown = JSON.stringify(value);
  if (typeof text !== 'string') return undefined;
  const json: unknown = JSON.parse(text);
  return isJson(json) ? json : undefined;
}

function isJson(value: unknown): value is Json {
  return value === null || typeof value !== 'object' || isArray(value) || isObject(value);
}

function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
