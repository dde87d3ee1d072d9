import { expect, test } from 'vitest';
import type { Answer } from '../../targets/reply.js';
import { foundIn, linesOf } from '../../testing/answers.js';
import { answer } from '../../testing/host.js';

test.each<[what: string, reply: Answer, path: string, finding: string]>([
  [
    'a success with a status that is not documented',
    answer(201),
    '/things/',
    'answer/documented-status not-documented, error: the status 201 is not documented (documented: 200, 204, 410, 4XX)',
  ],
  [
    'a refusal with a status that is not documented: its verdict explains it',
    answer(500),
    '/things/',
    'answer/documented-status not-documented, warning: the status 500 is not documented (documented: 200, 204, 410, 4XX)',
  ],
])('%s', (_, reply, path, finding) => {
  expect(linesOf(foundIn(reply, path))).toEqual([finding]);
});

test('a status is what makes it this finding', () => {
  expect(foundIn(answer(302))[0]).toMatchObject({ facts: { status: '302' }, severity: 'error' });
});
