import { describe, expect, test } from 'vitest';
import { Problem } from '../problem.js';
import { withGiven, type Given } from './given.js';
import type { Pasted, PastedRequest } from './paste.js';

const pasted = (request: Partial<PastedRequest>, status: number | undefined): Pasted => ({
  request: { method: undefined, url: undefined, headers: {}, credentials: 'unknown', ...request },
  reply: {
    kind: 'answer',
    status,
    statusFrom: status === undefined ? undefined : 'answer',
    headers: undefined,
    body: undefined,
  },
});
const FAILURE: Pasted = {
  request: pasted({}, undefined).request,
  reply: { kind: 'failure', code: 'ENOTFOUND', client: 'curl' },
};
const statuses = (all: readonly Pasted[]) =>
  all.map(({ reply }) => (reply.kind === 'answer' ? [reply.status, reply.statusFrom] : reply.code));

describe('what the paste does not show is filled in', () => {
  test('the status, of what has none', () => {
    const all = withGiven([pasted({}, 401), pasted({}, undefined), FAILURE], '', { status: 403 });
    expect(statuses(all)).toEqual([[401, 'answer'], [403, 'flag'], 'ENOTFOUND']);
  });

  test('with a status and nothing that was read, the text is the body', () => {
    const [only] = withGiven([], ' closed \n', { status: 403 });
    expect(only?.reply).toMatchObject({ status: 403, statusFrom: 'flag', body: Buffer.from('closed') });
    expect(withGiven([], ' ', { status: 403 })[0]?.reply).toMatchObject({ body: undefined });
  });

  test('without a status, nothing that was read stays nothing', () => {
    expect(withGiven([], 'hello', { method: 'GET', url: '/v1' })).toEqual([]);
  });

  test('the method and the address, and an address of which a part is shown', () => {
    const all = [pasted({}, 403), pasted({ method: 'GET', url: '/v1/things' }, 403)];
    const given = withGiven(all, '', { method: 'GET', url: 'https://api.example/v1/things' });
    expect(given.map(({ request }) => [request.method, request.url])).toEqual([
      ['GET', 'https://api.example/v1/things'],
      ['GET', 'https://api.example/v1/things'],
    ]);
  });
});

describe('what the paste shows is not overwritten', () => {
  test.each<[string, Pasted, Given]>([
    ['another status', pasted({}, 401), { status: 403 }],
    ['a status where no answer came', FAILURE, { status: 403 }],
    ['another method', pasted({ method: 'GET' }, 401), { method: 'POST' }],
    ['another address', pasted({ url: 'https://a.example/v1' }, 401), { url: 'https://b.example/v1' }],
  ])('%s is an error', (_, one, given) => {
    expect(() => withGiven([one], '', given)).toThrow(Problem);
  });

  test('what it shows can be given as well', () => {
    const one = pasted({ method: 'GET', url: 'https://a.example/v1' }, 401);
    expect(withGiven([one], '', { status: 401, method: 'GET', url: 'https://a.example/v1' })).toEqual([one]);
  });
});
