import { expect, test } from 'vitest';
import { readAs } from '../../testing/calls.js';

function har(...entries: unknown[]): string {
  return JSON.stringify({ log: { version: '1.2', entries } });
}

const URL = 'https://h.example/things/?a=1';

test.each<readonly [what: string, text: string, calls: readonly string[]]>([
  ['a read', har({ request: { method: 'GET', url: URL } }), [`1: GET ${URL}`]],
  [
    'a body of JSON',
    har({
      request: {
        method: 'post',
        url: URL,
        postData: { mimeType: 'application/json; charset=utf-8', text: '{"name":"x"}' },
      },
    }),
    [`1: POST ${URL} {/name}`],
  ],
  [
    'a body in Base64',
    har({
      request: {
        method: 'POST',
        url: URL,
        postData: { mimeType: 'application/json', text: 'eyJuYW1lIjoieCJ9', encoding: 'base64' },
      },
    }),
    [`1: POST ${URL} {/name}`],
  ],
  [
    'a form',
    har({
      request: { method: 'POST', url: URL, postData: { mimeType: '', params: [{ name: 'a', value: '1' }] } },
    }),
    [`1: POST ${URL} {/a}`],
  ],
  [
    'a body that is not what it says',
    har({ request: { method: 'POST', url: URL, postData: { mimeType: 'application/json', text: '{"a"' } } }),
    [`1: POST ${URL} {?}`],
  ],
  [
    'a proxy that writes the path alone',
    har({ request: { method: 'GET', url: '/x', headers: [{ name: 'Host', value: 'h.example' }] } }),
    ['1: GET //h.example/x'],
  ],
  [
    'a query that is beside the URL',
    har({ request: { method: 'GET', url: 'https://h.example/x', queryString: [{ name: 'a', value: '1' }] } }),
    ['1: GET https://h.example/x ?a=1'],
  ],
  [
    'bad entries lose themselves',
    har(
      null,
      7,
      { request: 7 },
      { request: { method: 'GET' } },
      { request: { method: 7, url: URL } },
      { request: { method: 'GET', url: URL } },
    ),
    [
      `6: GET ${URL}`,
      '1: (the entry has no request)',
      '2: (the entry has no request)',
      '3: (the entry has no request)',
      '4: (the request has no URL)',
      '5: (the request has no method that is known)',
    ],
  ],
  ['a byte order mark', `\uFEFF${har({ request: { method: 'GET', url: URL } })}`, [`1: GET ${URL}`]],
  [
    'entries without a log',
    JSON.stringify({ entries: [{ request: { method: 'GET', url: URL } }] }),
    [`1: GET ${URL}`],
  ],
])('HAR: %s', (_, text, calls) => {
  expect(readAs(text)).toEqual(calls);
});
