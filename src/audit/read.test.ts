import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '../problem.js';
import { readAs } from '../testing/calls.js';
import { readCalls } from './read.js';

test('lines of METHOD URL, with templates and remarks', () => {
  expect(readAs('# calls\nGET /things/{id}/\n\npost https://h.example/things/:id?a=1\n')).toEqual([
    '2: GET /things/…/',
    '4: POST https://h.example/things/…?a=1',
  ]);
});

test.each([
  ['words', 'These are only words.\nAnd more.', 'the file holds no calls'],
  ['nothing', '', 'the file holds no calls'],
  ['JSON of something else', '{"name": "x"}', 'the file holds no calls'],
  ['JSON that breaks off', '{"log": {"entries": [{"request"', 'the JSON is cut off or invalid'],
])('%s: says what is read', (_, text, message) => {
  const read = (): unknown => readCalls(text, 'given.txt');
  expect(read).toThrow(message);
  try {
    read();
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 2, place: { file: 'given.txt' } });
    expect(error instanceof Problem ? error.remedy : '').toContain('HAR, Postman collection');
  }
});

describe('whatever is cut from a text, what is left is read or refused', () => {
  const TIME = '[26/Feb/2026:10:27:00 -0700]';
  test.each([
    [
      'HAR',
      '{"log":{"entries":[{"request":{"method":"POST","url":"https://h.example/x?a=1","headers":[{"name":"Host","value":"h"}],"postData":{"mimeType":"application/json","text":"{\\"a\\":[1]}"}},"response":{"status":101,"content":{"mimeType":"text/html"}}}]}}',
    ],
    [
      'Postman',
      '{"info":{},"item":[{"item":[{"request":{"method":"GET","url":{"raw":"{{b}}/x","host":["{{b}}"],"path":["x",":id"],"query":[{"key":"a"}]},"body":{"mode":"raw","raw":"{\\"a\\":{{b}}}"}}}]}],"variable":[{"key":"b","value":"https://h"}]}',
    ],
    [
      'curl',
      `B=https://h\nT=$(curl -s "$B/t" -d 'a=1' | jq .x)\ncurl -X POST "\${B:-x}/y/\${Z}" \\\n -H $'a: \\u0041' --json '{"a": 1}' <<EOF\nx\nEOF\ncurl \`echo x\` $((1+2)) "a\\"b"`,
    ],
    ['curl of Windows', 'curl ^"https://h/x^" ^\n -H ^"a: b^" ^\n --data ^"^{^\\^"a^\\^":1^}^"'],
    [
      '.http',
      '@b = https://h\n### x\nPOST {{b}}/x\n  ?a=1\nContent-Type: application/json\n\n{"a": {{c}}}\n> {% x %}\n###\ncurl -d x=1 \\\n https://h',
    ],
    [
      'logs',
      `h:443 1.2.3.4 - - ${TIME} "GET /x HTTP/1.1" 200 1 "a" "b"\nDEBUG https://h:443 "GET /y HTTP/1.1"\nx for url: https://h/z`,
    ],
    [
      'JSON',
      '{"req":{"method":"GET","url":"/x","headers":{"host":"h"}}}\n{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"a","kind":3,"attributes":[{"key":"http.url","value":{"stringValue":"https://h"}}]}]}]}]}',
    ],
  ])('%s', (_, text) => {
    const cut = fc.tuple(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 3, unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 3 }), (cuts) => {
        let left = text;
        for (const [from, length, instead] of cuts)
          left = left.slice(0, from) + instead + left.slice(from + length);
        try {
          readCalls(left, 'x');
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
