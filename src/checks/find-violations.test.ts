import { describe, expect, test } from 'vitest';
import type { Answer } from '../targets/reply.js';
import { bytes, foundIn, good, linesOf, TOTAL } from '../testing/answers.js';
import { answer } from '../testing/host.js';

describe('an answer that keeps the contract has no finding', () => {
  test.each<[what: string, reply: Answer, path: string]>([
    ['as documented', good(), '/things/'],
    ['without a header that is not required', good({ id: 1 }, TOTAL), '/things/'],
    [
      'with a parameter in the content type',
      good('{"id":1}', { ...TOTAL, 'content-type': 'application/json; charset=utf-8' }),
      '/things/',
    ],
    ['without a body, where the status has none', answer(204), '/things/'],
    [
      'in a media type of a range that is documented',
      answer(404, 'no such thing', { 'content-type': 'text/plain' }),
      '/things/',
    ],
    ['with a status that the default stands for', answer(418, [1]), '/lists/'],
    [
      'with headers of which each is of its type',
      answer(200, [], { 'x-list': '1,2, 3', 'x-pair': 'a,1', 'x-json': '{"a":1}' }),
      '/several/',
    ],
    ['with an empty list in a header', answer(200, [], { 'x-list': '' }), '/several/'],
    [
      'in a type that differs in its charset only',
      answer(200, [], { 'content-type': 'Application/JSON;charset=UTF-8' }),
      '/several/',
    ],
    ['with a file', bytes([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe], 'application/pdf'), '/files/'],
    [
      'with a text in the charset that it names',
      bytes([0x6e, 0x61, 0x6d, 0x65, 0xe9], 'text/csv; charset=latin1'),
      '/files/',
    ],
    ['with a text that writes a number', answer(200, '12', { 'content-type': 'text/plain' }), '/files/'],
  ])('%s', (_, reply, path) => {
    expect(linesOf(foundIn(reply, path))).toEqual([]);
  });
});
