import { expect, test } from 'vitest';
import { readAs } from '../../testing/calls.js';

const OTLP = (kind: number, ...attributes: [string, string][]) =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'app' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: '0af7',
                spanId: 'b7ad',
                name: 'GET',
                kind,
                attributes: attributes.map(([key, stringValue]) => ({ key, value: { stringValue } })),
              },
            ],
          },
        ],
      },
    ],
  });

test.each<readonly [what: string, text: string, calls: readonly string[]]>([
  [
    'pino',
    '{"level":30,"time":1,"hostname":"box.local","req":{"id":1,"method":"GET","url":"/things/?a=1","headers":{"host":"h.example"}},"res":{"statusCode":200},"msg":"request completed"}',
    ['1: GET //h.example/things/?a=1'],
  ],
  [
    'bunyan',
    '{"name":"app","hostname":"box.local","pid":1,"level":30,"req":{"method":"POST","url":"https://h.example/x"},"msg":"","v":0}',
    ['1: POST https://h.example/x'],
  ],
  [
    'winston',
    '{"level":"info","message":"HTTP GET /x","meta":{"req":{"method":"GET","url":"/x"},"res":{"statusCode":200}}}',
    ['1: GET /x'],
  ],
  [
    'structlog',
    '{"event":"request","level":"info","method":"PUT","path":"/x/7/","status":200}',
    ['1: PUT /x/7/'],
  ],
  [
    'the Elastic Common Schema',
    '{"http":{"request":{"method":"get"}},"url":{"full":"https://h.example/x?a=1"}}',
    ['1: GET https://h.example/x?a=1'],
  ],
  [
    'ECS with names in one',
    '{"http.request.method":"GET","url.domain":"h.example","url.path":"/x","url.query":"a=1"}',
    ['1: GET //h.example/x?a=1'],
  ],
  [
    'axios',
    '{"config":{"method":"get","baseURL":"https://h.example/v1","url":"/x"},"message":"x"}',
    ['1: GET https://h.example/v1/x'],
  ],
  [
    'nginx',
    '{"request_method":"GET","request_uri":"/x?a=1","http_host":"h.example","status":"200"}',
    ['1: GET //h.example/x?a=1'],
  ],
  ['a request line in a member', '{"request":"GET /x HTTP/1.1","status":200}', ['1: GET /x']],
  [
    'Caddy',
    '{"logger":"http.log.access","request":{"method":"GET","host":"h.example","uri":"/x"},"status":200}',
    ['1: GET //h.example/x'],
  ],
  [
    'Google Cloud',
    '{"httpRequest":{"requestMethod":"GET","requestUrl":"https://h.example/x"},"severity":"INFO"}',
    ['1: GET https://h.example/x'],
  ],
  [
    'a message',
    '{"level":"INFO","message":"HTTP Request: GET https://h.example/x \\"HTTP/1.1 200 OK\\""}',
    ['1: GET https://h.example/x'],
  ],
  [
    'what a container wraps',
    '{"log":"{\\"method\\":\\"GET\\",\\"url\\":\\"https://h.example/x\\"}\\n","stream":"stdout"}',
    ['1: GET https://h.example/x'],
  ],
  [
    'lines, one of them broken, one of something else',
    '{"method":"GET","url":"https://h.example/x"}\n{"method":"GET","url":}\n{"msg":"started"}\n{"method":"GET","msg":"x"}',
    [
      '1: GET https://h.example/x',
      '2: (it is no JSON)',
      '4: (a request without a URL)',
      '1 lines of a log that speak of no request',
    ],
  ],
  [
    'a list',
    '[{"method":"GET","path":"/x"},{"method":"POST","path":"/y"},7]',
    ['1: GET /x', '2: POST /y', '3: (it is no object)'],
  ],
  [
    'spans',
    OTLP(3, ['http.request.method', 'GET'], ['url.full', 'https://h.example/x?a=1']),
    ['1: GET https://h.example/x?a=1'],
  ],
  [
    'spans of the former names',
    OTLP(3, ['http.method', 'POST'], ['http.host', 'h.example'], ['http.target', '/x?a=1']),
    ['1: POST //h.example/x?a=1'],
  ],
  [
    'spans of a server',
    `${OTLP(2, ['http.method', 'GET'], ['http.target', '/x'])}\n${OTLP(3, ['db.system', 'postgresql'])}`,
    ['1 requests that the application itself was asked', '1 spans that are no HTTP request'],
  ],
  [
    'Jaeger',
    JSON.stringify({
      data: [
        {
          traceID: 'a',
          spans: [
            {
              spanID: 'b',
              operationName: 'GET',
              tags: [
                { key: 'http.method', value: 'GET' },
                { key: 'http.url', value: 'https://h.example/x' },
              ],
            },
          ],
        },
      ],
    }),
    ['1: GET https://h.example/x'],
  ],
  [
    'Zipkin',
    '[{"traceId":"a","id":"b","kind":"CLIENT","name":"get","tags":{"http.method":"GET","http.url":"https://h.example/x"}}]',
    ['1: GET https://h.example/x'],
  ],
])('JSON: %s', (_, text, calls) => {
  expect(readAs(text)).toEqual(calls);
});
