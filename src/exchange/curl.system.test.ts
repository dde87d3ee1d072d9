import { describe, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../testing/hostile.js';
import { paste } from '../testing/paste.js';
import { capability } from '../testing/runs.js';
import type { HttpRequest } from '../targets/reply.js';
import { commandOf, curlFor } from './curl.js';
import type { Exchange } from './exchange.js';

const HOST = 'https://api.shop.example';
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const SECRET = 'secret-for-tests';

/** A text as an argument can hold it: without the character of number 0 and halves of characters. */
function asArgument(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\ufffd')).toString();
}

/** A text as it is in a URL of a command. */
function inUrl(text: string): string {
  return text.replace(UNSEEN, (unseen) => encodeURIComponent(Buffer.from(unseen).toString()));
}

function patternOption(url: string): string[] {
  return /[[\]{}]/.test(url) ? ['-g'] : [];
}

/** The command of a request, and the arguments that curl is to be called with. */
interface Case {
  command: string;
  wanted: string[];
}

/** The URL of a command, given to a request that holds the key in its query or not. */
function caseOf(given: Partial<HttpRequest>, shown: string, wanted: string[]): Case {
  const request: HttpRequest = { method: 'GET', url: shown, headers: {}, ...given };
  return { command: curlFor(request, shown, (text) => text.includes(SECRET)), wanted };
}

function isToken(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text);
}

function casesOf(text: string): Case[] {
  const plain = `${HOST}/things`;
  const cookies = `${text}=${SECRET}`.split('; ').map((pair) => pair.split('=', 1)[0] ?? '');
  return [
    caseOf({}, `${HOST}/a${text}b?c=${text}`, [
      ...['-i', ...patternOption(text)],
      `${HOST}/a${inUrl(text)}b?c=${inUrl(text)}`,
    ]),
    caseOf({ url: `${plain}?${encodeURIComponent(asArgument(text))}=${SECRET}` }, plain, [
      ...['-i', `${plain}?${encodeURIComponent(asArgument(text))}=`],
    ]),
    caseOf({ method: 'POST', headers: { 'content-type': text }, body: '' }, plain, [
      ...['-i', '-X', 'POST', plain, '-H', `Content-Type: ${asArgument(text)}`],
      ...['--data-binary', '@body.json'],
    ]),
    caseOf({ headers: { cookie: `${text}=${SECRET}` } }, plain, [
      ...['-i', plain, '-H', `Cookie: ${cookies.map((name) => `${asArgument(name)}=`).join('; ')}`],
    ]),
    caseOf({ headers: { [text]: SECRET } }, plain, [
      ...['-i', plain],
      ...(isToken(text) ? ['-H', `${text.toLowerCase()}: `] : []),
    ]),
    caseOf({ method: `A${text}` }, plain, ['-i', '-X', `A${asArgument(text)}`, plain]),
  ];
}

async function show(cases: readonly Case[]): Promise<void> {
  for (const { command } of cases) expect(command).not.toMatch(UNSEEN);
  const { calls, files, complaints } = await paste(
    cases.map(({ command }) => command),
    { BASE_URL: HOST },
  );
  expect(complaints).toEqual([]);
  expect(files).toEqual({});
  for (const [index, { command, wanted }] of cases.entries()) expect(calls[index], command).toEqual(wanted);
  expect(calls).toHaveLength(cases.length);
}

test('a command that is made of hostile texts holds them as texts', async () => {
  await show(HOSTILE_TEXTS.flatMap(casesOf));
});

describe('a command that is kept in a run file', () => {
  const [own] = capability({ id: 'GET /things' }).exchanges;

  function exchange(given: Partial<Exchange>): Exchange {
    if (!own) throw new Error('there is no exchange');
    return { ...own, ...given };
  }

  test('is shown as it is where it was made here', () => {
    for (const text of HOSTILE_TEXTS) {
      const url = `${HOST}/a${text}b`;
      const request = {
        method: 'PUT',
        url,
        headers: { 'content-type': `x${text}`, 'x-key': SECRET },
        body: '',
      };
      const curl = curlFor({ ...request, url: `${url}?key=${SECRET}` }, url, (value) => value === SECRET);
      expect(commandOf(exchange({ method: 'PUT', url, curl }))).toBe(curl);
    }
  });

  test('is rebuilt where it is anything else', async () => {
    const url = `${HOST}/things`;
    const made = 'curl -i "$BASE_URL/things" -H "Authorization: Bearer $TOKEN"';
    const kept = [
      ...HOSTILE_TEXTS.flatMap((text) => [
        text,
        `${made} ${text}`,
        `${made} -H "${text}"`,
        `${made}\n${text}`,
      ]),
      ...['touch canary', `${made}; touch canary`, `${made} -o canary`, `${made} -K canary`, `${made} "`],
      ...[
        `curl -i "$BASE_URL/other"`,
        `curl -i "$BASE_URL.elsewhere.example/"`,
        `curl -i "$BASE_URL@elsewhere.example/"`,
      ],
      ...['curl -i "https://elsewhere.example/things"', 'curl -i -X DELETE "$BASE_URL/things"'],
      ...['curl -i "$BASE_URL/things" -H "x: $HOME"', 'curl -i "$BASE_URL/things" -H "x: y$HOME"'],
      ...[
        'curl -i "$BASE_URL/things?path=$PATH"',
        'curl -i "$BASE_URL/things" -H "Authorization: Bearer $HOME"',
      ],
      ...[
        'curl -i "$BASE_URL/things" -H @canary',
        'curl -i "$BASE_URL/things" -H "x-method: DELETE"',
        'curl -i "$BASE_URL/things" -d @canary',
        'curl',
        'curl -i',
        '',
      ],
    ].filter((curl) => curl !== `${made} ` && curl !== `${made} -H ""`);
    const shown = kept.map((curl) => commandOf(exchange({ url, curl })));
    for (const [index, command] of shown.entries()) expect(command, kept[index]).toBe(made);
    await show([{ command: made, wanted: ['-i', url, '-H', 'Authorization: Bearer '] }]);
  });

  test('is made of what the exchange says, whatever that is', async () => {
    const cases = HOSTILE_TEXTS.map((text): Case => {
      const given = {
        method: `A${text}`,
        url: text,
        requestHeaders: [text, 'authorization', 'content-type'],
        curl: text,
      };
      const rest = text.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
      const path = `${/^[/?]/.test(rest) || rest === '' ? '' : '/'}${inUrl(rest)}`;
      return {
        command: commandOf(exchange(given)),
        wanted: [
          ...['-i', ...patternOption(path), '-X', `A${asArgument(text)}`, `${HOST}${path}`],
          ...['-H', 'Authorization: Bearer ', '-H', 'Content-Type: ', '--data-binary', '@body.json'],
        ],
      };
    });
    await show(cases);
  });
});
