import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { charset } from './charset.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const MARK = '\ufeff';

test.each<[what: string, reply: ReturnType<typeof answer>, gives: string]>([
  ['JSON as it should be', answer(200, [{ id: 1 }]), 'passed'],
  [
    'another charset',
    answer(200, '[]', { 'content-type': 'application/json; charset=iso-8859-1' }),
    'passed',
  ],
  ['a mark inside', answer(200, ['\ufeff']), 'passed'],
  ['a mark', answer(200, `${MARK}[]`, JSON_TYPE), 'byte-order-mark'],
  [
    'a mark, of another type of JSON',
    answer(200, `${MARK}{}`, { 'content-type': 'application/vnd.shop+json; charset=utf-8' }),
    'byte-order-mark',
  ],
  ['a mark in CSV', answer(200, `${MARK}a,b`, { 'content-type': 'text/csv' }), 'not-applicable'],
  ['nothing', answer(204), 'not-applicable'],
  ['nothing, of JSON', answer(200, '', JSON_TYPE), 'not-applicable'],
  ['no text', { ...answer(200, '', JSON_TYPE), body: Buffer.of(0x7b, 0xff, 0x7d) }, 'inconclusive'],
  ['a part of a body', answer(200, '{"a"', JSON_TYPE, 'cut off'), 'inconclusive'],
  ...[400, 401, 404, 429, 500].map((status): [string, ReturnType<typeof answer>, string] => [
    `status ${status}`,
    answer(status, `${MARK}[]`, JSON_TYPE),
    'inconclusive',
  ]),
])('%s', async (_, reply, gives) => {
  const found = await checkOn(charset, {
    paths: '/things: { get: {} }',
    operation: 'GET /things',
    host: () => reply,
  });
  expect(found).toMatchObject({ gives, calls: [] });
});
