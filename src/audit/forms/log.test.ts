import { expect, test } from 'vitest';
import { readAs } from '../../testing/calls.js';

const TIME = '[26/Feb/2026:10:27:00 -0700]';

test.each<readonly [what: string, text: string, calls: readonly string[]]>([
  ['common', `127.0.0.1 - - ${TIME} "GET /things/?a=1 HTTP/1.1" 200 12`, ['1: GET /things/?a=1']],
  [
    'combined',
    `192.0.2.7 - alice ${TIME} "POST /things/ HTTP/2.0" 403 90 "https://app.example/page" "Mozilla/5.0"`,
    ['1: POST /things/'],
  ],
  [
    'with the virtual host first',
    `h.example:443 192.0.2.7 - - ${TIME} "GET /x HTTP/1.1" 200 1`,
    ['1: GET //h.example:443/x'],
  ],
  [
    'with the host by name',
    `192.0.2.7 - - ${TIME} "GET /x HTTP/1.1" 200 1 host="h.example" rt=0.1`,
    ['1: GET //h.example/x'],
  ],
  [
    'an error of nginx',
    '2026/02/26 10:27:00 [error] 7#7: *1 upstream timed out, client: 192.0.2.7, server: _, request: "GET /x HTTP/1.1", upstream: "http://10.0.0.1/x", host: "h.example"',
    ['1: GET //h.example/x'],
  ],
  [
    'a load balancer',
    `https 2026-02-26T10:27:00.1Z app/lb 192.0.2.7:1 10.0.0.1:80 0.0 200 "GET https://h.example:443/x?a=1 HTTP/1.1" "curl"`,
    ['1: GET https://h.example:443/x?a=1'],
  ],
  [
    'urllib3',
    'DEBUG:urllib3.connectionpool:https://h.example:443 "GET /v1/x/ HTTP/1.1" 403 None',
    ['1: GET //h.example:443/v1/x/'],
  ],
  [
    'httpx',
    '2026-02-26 10:27:00 INFO httpx HTTP Request: POST https://h.example/x "HTTP/1.1 200 OK"',
    ['1: POST https://h.example/x'],
  ],
  [
    'an exception of requests',
    'ERROR 403 Client Error: Forbidden for url: https://h.example/x?a=1',
    ['1: ? https://h.example/x?a=1'],
  ],
  [
    'other lines of a log, and requests that are none',
    `2026-02-26 10:27:00 INFO started\n192.0.2.7 - - ${TIME} "\\x16\\x03\\x01" 400 0\n192.0.2.7 - - ${TIME} "GET /x HTTP/1.1" 200 1`,
    [
      '3: GET /x',
      '2: (the request line is no request line of HTTP)',
      '1 lines of a log that speak of no request',
    ],
  ],
  [
    'pairs of names and values',
    '2026-02-14T08:12:40.000000+00:00 heroku[router]: at=error method=GET path="/v1/x?a=1" host=h.example fwd="192.0.2.4"\nlevel=info msg=done method=POST url=https://h.example/y status=200',
    ['1: GET //h.example/v1/x?a=1', '2: POST https://h.example/y'],
  ],
  [
    'what curl -v prints',
    `*   Trying 192.0.2.7:443...\n* Connected to h.example\n> GET /v1/x/?a=1 HTTP/1.1\n> Host: h.example\n> Accept: */*\n>\n< HTTP/1.1 302 Found\n< Location: /login\n<\nsome words\n* Issue another request\n> POST /login HTTP/2\n> Host: app.example\n`,
    ['3: GET //h.example/v1/x/?a=1', '12: POST //app.example/login'],
  ],
  [
    'between other forms',
    `GET /a\nsome words\ncurl https://h.example/b`,
    ['1: GET /a', '3: GET https://h.example/b', '2: (it is in no form that is read)'],
  ],
])('logs: %s', (_, text, calls) => {
  expect(readAs(text)).toEqual(calls);
});
