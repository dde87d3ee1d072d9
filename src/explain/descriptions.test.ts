import { describe, expect, test } from 'vitest';
import { withoutDescriptions } from './descriptions.js';

/** The lines that are left of a text. */
function left(text: string): string[] {
  return withoutDescriptions(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
}

describe('what describes answers is left out', () => {
  test.each([
    ['rows of a table', '| 400 | Bad Request |\n| 401 | Unauthorized |\n| 403 | Forbidden |'],
    ['a list of statuses', '* `400` – no JSON\n* `401` – no token\n* `403` – no scope'],
    ['a list of error codes', '- `ECONNREFUSED`: refused\n- `ECONNRESET`: reset\n- `ETIMEDOUT`: timed out'],
    ['sections', '## 401 Unauthorized\n\n{"error":"unauthorized"}\n\n## 404 Not Found\n\n{"error":"gone"}'],
    ['responses in YAML', 'responses:\n  "401":\n    description: The token has expired.'],
    ['responses in JSON', '"responses": {"401": {"description": "Token expired"}}'],
    ['a test that passed', '  ✓ returns 401 Unauthorized without a token (12 ms)'],
    ['a test that failed, by its name', '  ✕ should answer 403 Forbidden to strangers'],
    ['a sample of a metric', 'http_requests_total{code="403"} 12'],
    ['a commit', 'a1b2c3d Handle 401 Unauthorized from the vendor'],
    [
      'source code',
      'function check(r) {\n  if (r.status === 403) {\n    throw new Error("403 Forbidden");\n  }\n}',
    ],
    ['things to do', '- [ ] a message on 403 Forbidden errors'],
    ['a mock', "nock('x')\n  .get('/')\n  .reply(401, { error: 'expired' });\nit('a', () => {"],
    ['settings', 'retry:\n  maxAttempts: 3\n  on:\n    - java.net.SocketTimeoutException\n  wait: 2s'],
  ])('%s', (_, text) => {
    expect(left(text).filter((line) => /[45]\d\d|Exception|E[CT]|expired/.test(line))).toEqual([]);
  });

  test('the bullets of a change log, and not what is behind them', () => {
    expect(left('### Fixed\n- `connection reset by peer` on restarts\n\nToday: connection refused')).toEqual([
      '### Fixed',
      'Today: connection refused',
    ]);
  });
});

describe('what was pasted stays', () => {
  test.each([
    ['an answer in a fence', '## Output\n\n```\nHTTP/1.1 403 Forbidden\nserver: nginx\n\n{"error":"x"}\n```'],
    ['answers under headings', '## 401\n\nHTTP/1.1 401 Unauthorized\n\n## 403\n\nHTTP/1.1 403 Forbidden'],
    ['two statuses of calls', '- GET /a: 401 Unauthorized\n- GET /b: 403 Forbidden\n- GET /c: 404 Not Found'],
    ['a trace with its code', 'File "a.py", line 3, in f\n    raise E("x")\nE: 403 Forbidden'],
    ['an error in YAML', 'error:\n  code: 403\n  message: Forbidden\n  target: room\n  more:\n    a: 1'],
    ['header fields', 'status: 503\nserver: nginx\ndate: x\ncontent-type: text/html\nage: 0'],
  ])('%s', (_, text) => {
    expect(withoutDescriptions(text)).toBe(text);
  });
});
