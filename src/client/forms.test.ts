import createFetchClient from 'openapi-fetch';
import { expect, test } from 'vitest';
import { writing, type RequestForms } from './forms.js';

const FORMS: RequestForms = {
  'GET /things/{id}': {
    parameters: [
      { name: 'ids', in: 'query', explode: false },
      { name: 'filter', in: 'query', style: 'deepObject', explode: true },
      { name: 'id', in: 'path', style: 'matrix' },
    ],
  },
  'POST /login': { body: { type: 'application/x-www-form-urlencoded' } },
  'POST /upload': { body: { type: 'multipart/form-data', encoding: { file: { contentType: 'text/csv' } } } },
};

interface Paths {
  '/things/{id}': {
    get: {
      parameters: {
        path: { id: string };
        query?: { ids?: number[]; filter?: { state: string }; tags?: string[] };
        header?: { 'X-Ids'?: number[] };
        cookie?: { session?: string };
      };
      responses: { 200: { content: { 'application/json': Record<string, never> } } };
    };
  };
  '/login': Post<'application/x-www-form-urlencoded', { user: string; tags?: string[] }>;
  '/upload': Post<'multipart/form-data', { title: string; file: string } | FormData>;
  '/json': Post<'application/json', { a: number }>;
}
interface Post<Type extends string, Body> {
  post: {
    requestBody: { content: Record<Type, Body> };
    responses: { 200: { content: { 'application/json': Record<string, never> } } };
  };
}

function client() {
  const sent: Promise<[string, Headers, string]>[] = [];
  const made = writing(
    createFetchClient<Paths>({
      baseUrl: 'https://api.shop.example',
      fetch: (request) => {
        sent.push(request.text().then((body) => [request.url, request.headers, body]));
        return Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }));
      },
    }),
    FORMS,
  );
  return { made, last: async () => (await sent.at(-1)) ?? ['', new Headers(), ''] };
}

test('parameters are written in the styles of the contract, the others as OpenAPI does by itself', async () => {
  const { made, last } = client();
  await made.GET('/things/{id}', {
    params: {
      path: { id: 'a/b' },
      query: { ids: [1, 2], filter: { state: 'open' }, tags: ['a', 'b,c'] },
      header: { 'X-Ids': [3, 4] },
      cookie: { session: 'a;b' },
    },
  });
  const [url, headers] = await last();
  expect(url).toBe(
    'https://api.shop.example/things/;id=a%2Fb?ids=1,2&filter%5Bstate%5D=open&tags=a&tags=b%2Cc',
  );
  expect([headers.get('x-ids'), headers.get('cookie')]).toEqual(['3,4', 'session=a%3Bb']);
});

test('bodies are written in the media type of the contract', async () => {
  const { made, last } = client();
  await made.POST('/login', { body: { user: 'a b', tags: ['x', 'y'] } });
  const [, headers, body] = await last();
  expect([headers.get('content-type'), body]).toEqual([
    'application/x-www-form-urlencoded',
    'user=a%20b&tags=x&tags=y',
  ]);
  await made.POST('/upload', { body: { title: 'hello', file: 'a,b' } });
  const [, uploaded, parts] = await last();
  expect(uploaded.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
  expect(parts).toContain('name="file"; filename="conform.txt"\r\nContent-Type: text/csv\r\n\r\na,b\r\n');
  await made.POST('/json', { body: { a: 1 } });
  const [, json, text] = await last();
  expect([json.get('content-type'), text]).toEqual(['application/json', '{"a":1}']);
});

test('what a caller writes in a way of their own is left alone', async () => {
  const { made, last } = client();
  const form = new FormData();
  form.set('title', 'own');
  await made.POST('/upload', { body: form });
  const [, headers, body] = await last();
  expect(headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
  expect(body).toContain('own');
  await made.GET('/things/{id}', {
    params: { path: { id: '1' }, query: { ids: [1] } },
    querySerializer: () => 'own=1',
  });
  expect((await last())[0]).toBe('https://api.shop.example/things/;id=1?own=1');
});

test('a value that the contract gives no form is refused before anything is sent', async () => {
  const { made, last } = client();
  // @ts-expect-error a list is no object
  const query: { filter: { state: string } } = { filter: ['a'] };
  await expect(made.GET('/things/{id}', { params: { path: { id: '1' }, query } })).rejects.toThrow(
    /“filter”/,
  );
  expect((await last())[0]).toBe('');
});
