import { expect, test } from 'vitest';
import { readAs } from '../../testing/calls.js';

test.each<readonly [what: string, text: string, calls: readonly string[]]>([
  [
    'several requests with variables',
    `@host = https://h.example\n@base = {{host}}/v1\n\n### list\nGET {{base}}/things/?page=1\nAccept: application/json\n\n### create\n# @name create\nPOST {{base}}/things/ HTTP/1.1\nContent-Type: application/json\n\n{\n  "name": "{{name}}"\n}\n\n> {% client.test("x", () => {}) %}\n\n###\nDELETE {{base}}/things/{{id}}/\n`,
    [
      '5: GET https://h.example/v1/things/?page=1',
      '10: POST https://h.example/v1/things/ {/name}',
      '20: DELETE https://h.example/v1/things/…/',
    ],
  ],
  ['a URL alone', '### x\nhttps://h.example/things/\n', ['2: GET https://h.example/things/']],
  [
    'a query over several lines',
    '###\nGET https://h.example/things/\n    ?page=1\n    &size=2\nAccept: */*\n',
    ['2: GET https://h.example/things/?page=1&size=2'],
  ],
  [
    'an HTTP message',
    'POST /x HTTP/1.1\r\nHost: h.example\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=1&b=2',
    ['1: POST //h.example/x {/a,/b}'],
  ],
  [
    'a body from a file',
    '###\nPUT https://h.example/x\nContent-Type: application/json\n\n< ./body.json\n',
    ['2: PUT https://h.example/x {?}'],
  ],
  [
    'curl in it',
    "### a\ncurl -X POST https://h.example/x \\\n  -d 'a=1'\n### b\nGET https://h.example/y\n",
    ['2: POST https://h.example/x {/a}', '5: GET https://h.example/y'],
  ],
  [
    'a request without a line of its own',
    '### a\n{"a": 1}\n### b\nGET https://h.example/y\n',
    ['5: GET https://h.example/y'.replace('5', '4'), '2: (no request line)'],
  ],
])('.http: %s', (_, text, calls) => {
  expect(readAs(text)).toEqual(calls);
});
