import { expect, test } from 'vitest';
import { readAs } from '../../testing/calls.js';

function collection(item: unknown[], variable: unknown[] = []): string {
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  return JSON.stringify({ info: { name: 'Shop', schema }, variable, item });
}

const BASE = { key: 'baseUrl', value: 'https://h.example/v1' };

test.each<readonly [what: string, text: string, calls: readonly string[]]>([
  ['a URL as a text (2.0)', collection([{ request: 'https://h.example/x' }]), ['1: GET https://h.example/x']],
  [
    'folders, variables, and a variable in the path',
    collection(
      [
        {
          name: 'Things',
          item: [
            {
              request: {
                method: 'GET',
                url: {
                  raw: '{{baseUrl}}/things/:id/?page=1',
                  host: ['{{baseUrl}}'],
                  path: ['things', ':id', ''],
                  query: [
                    { key: 'page', value: '1' },
                    { key: 'old', value: '2', disabled: true },
                  ],
                  variable: [{ key: 'id', value: '' }],
                },
              },
            },
          ],
        },
        { request: { method: 'DELETE', url: '{{unknown}}/things/:id' } },
      ],
      [BASE],
    ),
    ['1: GET https://h.example/v1/things/…/ ?page=1', '2: DELETE …/things/…'],
  ],
  [
    'a host in parts',
    collection([
      {
        request: {
          method: 'GET',
          url: { protocol: 'http', host: ['api', 'h', 'example'], port: '8080', path: ['a', 'b'] },
        },
      },
    ]),
    ['1: GET http://api.h.example:8080/a/b'],
  ],
  [
    'a raw body with variables',
    collection([
      {
        request: {
          method: 'POST',
          url: 'https://h.example/x',
          body: { mode: 'raw', raw: '{"name": "{{name}}", "size": {{size}}}' },
        },
      },
    ]),
    ['1: POST https://h.example/x {/name,/size}'],
  ],
  [
    'forms',
    collection([
      {
        request: {
          method: 'POST',
          url: 'https://h.example/x',
          body: {
            mode: 'urlencoded',
            urlencoded: [
              { key: 'a', value: '1' },
              { key: 'b', disabled: true },
            ],
          },
        },
      },
      {
        request: {
          method: 'POST',
          url: 'https://h.example/y',
          body: { mode: 'formdata', formdata: [{ key: 'c' }] },
        },
      },
      {
        request: {
          method: 'POST',
          url: 'https://h.example/z',
          body: { mode: 'graphql', graphql: { query: 'x' } },
        },
      },
    ]),
    [
      '1: POST https://h.example/x {/a}',
      '2: POST https://h.example/y {/c}',
      '3: POST https://h.example/z {?}',
    ],
  ],
  [
    'variables that name each other',
    collection(
      [{ request: 'https://{{a}}/x' }],
      [
        { key: 'a', value: '{{b}}' },
        { key: 'b', value: '{{a}}' },
      ],
    ),
    ['1: GET https://…/x'],
  ],
  [
    'items without a request',
    collection([
      null,
      { name: 'empty' },
      { request: { method: 'GET', url: {} } },
      { request: 'https://h.example/x' },
    ]),
    [
      '4: GET https://h.example/x',
      '1: (the item has no request with a URL)',
      '2: (the item has no request with a URL)',
      '3: (the item has no request with a URL)',
    ],
  ],
])('Postman: %s', (_, text, calls) => {
  expect(readAs(text)).toEqual(calls);
});
