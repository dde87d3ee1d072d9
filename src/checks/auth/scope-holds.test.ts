import { describe, expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { leapingClock } from '../../testing/clock.js';
import { answer, converseWith, silence, type Sent } from '../../testing/host.js';
import type { Probe } from '../../probe/build.js';
import { driveTwice } from '../drive-twice.js';
import { scopeHolds, type Write } from './scope-holds.js';

const BASE = 'https://api.shop.example';
const FORBIDDEN = answer(403, { message: 'the token lacks a scope' });
const WRONG = answer(422, { message: 'name is required' });

const probeOf = (method: string, path: string): Probe => ({
  ...{ operation: `${method} ${path}`, role: 'control', shown: BASE + path },
  request: { method, url: BASE + path, headers: {}, ...(method === 'GET' ? {} : { body: '{}' }) },
});
const write = (path: string, scopes: string[] = ['write']): Write => ({
  ...{ operation: `POST ${path}`, scopes },
  probe: probeOf('POST', path),
});

type Replies = Record<string, Answer | NoAnswer>;

/** What comes of a host that answers the reader so at these paths; with our credentials each body is refused. */
async function on(
  toReader: Replies,
  given: { writes?: Write[]; toUs?: Replies; read?: Answer | NoAnswer; second?: Replies } = {},
) {
  const {
    writes = Object.keys(toReader).map((path) => write(path)),
    toUs = {},
    read = answer(200, []),
  } = given;
  let reads = 0;
  const host = converseWith(({ method, path, token }: Sent) => {
    if (method === 'GET') {
      reads += 1;
      return read;
    }
    const replies = reads > 1 && given.second ? given.second : toReader;
    return (token === 'reader' ? replies : toUs)[path] ?? WRONG;
  });
  const found = await driveTwice(scopeHolds, { read: probeOf('GET', '/boats'), writes }, 'POST /first', {
    ...{ conversation: host, clock: leapingClock(), signal: new AbortController().signal },
  });
  const all = [...found].flatMap(([operation, { findings, results }]) =>
    findings.length > 0
      ? findings.map(({ code, severity }) => `${operation} ${code} ${severity}`)
      : results.map(({ result }) => result),
  );
  const messages = [...found.values()].flatMap(({ findings }) => findings.map(({ message }) => message));
  return { gives: all.join(', '), messages, found, sent: host.sent };
}

describe('it is broken', () => {
  test('where one write looks at the body of a reader, and the others at the scope', async () => {
    const { gives, messages, found, sent } = await on({ '/a': FORBIDDEN, '/b': WRONG, '/c': FORBIDDEN });
    expect(gives).toBe('POST /b scope-ignored error');
    expect(messages).toEqual([
      'it answers 422 to a reader whose token lacks the scope, as to us, where 2 other writes of that scope answer 403: it does not look at the scope',
    ]);
    expect(found.get('POST /b')?.exchanges.map(({ status }) => status)).toEqual([403, 422, 422]);
    expect(sent.length).toBeLessThanOrEqual(2 * scopeHolds.asks.atMost);
  });

  test('where one write takes the body of a reader', async () => {
    expect((await on({ '/a': FORBIDDEN, '/b': answer(201, { id: 1 }) })).gives).toBe(
      'POST /b scope-ignored error',
    );
  });

  test('perhaps, where the contract names no scopes', async () => {
    const writes = [write('/a', []), write('/b', [])];
    expect((await on({ '/a': FORBIDDEN, '/b': WRONG }, { writes })).gives).toBe(
      'POST /b rights-ignored warning',
    );
  });
});

test('it is kept where every write refuses a reader', async () => {
  const { gives, sent } = await on({ '/a': FORBIDDEN, '/b': answer(401) });
  expect(gives).toBe('passed');
  expect(sent.map(({ token }) => token)).toEqual(['reader', 'reader', 'reader']);
});

describe('it is not known', () => {
  test.each<[what: string, toReader: Replies, given?: Parameters<typeof on>[1]]>([
    ['where bodies are looked at first', { '/a': WRONG, '/b': WRONG }],
    ['where most look at bodies first', { '/a': FORBIDDEN, '/b': WRONG, '/c': WRONG }],
    [
      'where what refuses a reader refuses us too',
      { '/a': FORBIDDEN, '/b': WRONG },
      { toUs: { '/a': FORBIDDEN } },
    ],
    [
      'where what refuses a reader is busy for us',
      { '/a': FORBIDDEN, '/b': WRONG },
      { toUs: { '/a': answer(429) } },
    ],
    ['where we get another status', { '/a': FORBIDDEN, '/b': answer(400) }],
    ['where we get another answer', { '/a': FORBIDDEN, '/b': answer(422, { error: { code: 'no right' } }) }],
    [
      'where other scopes are asked for',
      { '/a': FORBIDDEN, '/b': WRONG },
      { writes: [write('/a'), write('/b', ['own'])] },
    ],
    [
      'where only one of them names scopes',
      { '/a': FORBIDDEN, '/b': WRONG },
      { writes: [write('/a'), write('/b', [])] },
    ],
    ['where a reader cannot read', { '/a': FORBIDDEN, '/b': WRONG }, { read: answer(401) }],
    ['where no read comes', { '/a': FORBIDDEN, '/b': WRONG }, { read: silence('ECONNRESET') }],
    [
      'where it is refused the second time',
      { '/a': FORBIDDEN, '/b': WRONG },
      { second: { '/a': FORBIDDEN, '/b': FORBIDDEN } },
    ],
    ...[302, 404, 405, 409, 415, 429, 500].map((status): [string, Replies] => [
      `where the other answers ${status}`,
      { '/a': FORBIDDEN, '/b': answer(status) },
    ]),
    ['where the other is silent', { '/a': FORBIDDEN, '/b': silence('ECONNRESET') }],
  ])('%s', async (_, toReader, given) => {
    expect((await on(toReader, given)).gives).toBe('inconclusive');
  });
});

test('a few writes are enough', async () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`/a${index}`, FORBIDDEN]));
  expect((await on(many)).sent.length).toBeLessThanOrEqual(scopeHolds.asks.atMost);
});
