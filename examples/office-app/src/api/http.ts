import { config } from '../config';
import { token } from './token';

export type Query = Record<string, string | number | undefined>;

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Query;
  body?: unknown;
}

/** One request to `/v1/...`; throws on anything but 2xx. */
export async function connect<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', query = {}, body } = options;
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const url = `${config.connect.baseUrl}${path}${search.size > 0 ? `?${search}` : ''}`;
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} /v1${path} answered ${response.status}`);
  return (await response.json()) as T;
}
