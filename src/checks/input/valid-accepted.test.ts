import { expect, test } from 'vitest';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import type { Life, ValidAttempt } from '../life.js';
import { validAccepted } from './valid-accepted.js';

const tried = (
  how: ValidAttempt['how'],
  status: number | null,
  given: Partial<ValidAttempt> = {},
): ValidAttempt => ({
  ...{ how, member: how === 'example' ? '' : 'colour', listed: how === 'enum' ? 'blue' : undefined },
  ...{ came: heard(status), plainWorks: true, ...given },
});

test.each<[what: string, valid: ValidAttempt[], gives: string, life?: Partial<Life>]>([
  ['all are accepted', [tried('enum', 201), tried('most', 200)], 'passed'],
  ['a listed value is refused', [tried('enum', 422), tried('most', 201)], 'enum'],
  ['a member has to be there', [tried('left-out', 400)], 'left-out'],
  ['the least is refused', [tried('least', 422)], 'least'],
  ['the most is refused', [tried('most', 413)], 'most'],
  ['the example is refused', [tried('example', 422)], 'example'],
  ['an error of the server', [tried('enum', 500)], 'fails'],
  ['an error of the server at the contract’s own example', [tried('example', 500)], 'example'],
  [
    'an error of the server at another body than the largest',
    [tried('least', 500), tried('most', 422)],
    'fails, most',
    { largest: heard(500) },
  ],
  [
    'an error of the server at the most that one member may be',
    [tried('most', 500)],
    'fails',
    { largest: heard(201) },
  ],
  [
    'one is accepted and one refused for another reason',
    [tried('enum', 201), tried('most', 403)],
    'inconclusive',
  ],
  [
    'an error of the server at the largest, which is said already',
    [tried('most', 500)],
    'inconclusive',
    { largest: heard(500) },
  ],
  ['a plain one is refused as well', [tried('enum', 422, { plainWorks: false })], 'inconclusive'],
  ...[401, 403, 404, 409, 429, 503, null].map((status): [string, ValidAttempt[], string] => [
    `answered ${status}`,
    [tried('enum', status)],
    'inconclusive',
  ]),
  ['nothing could be tried', [], 'not-applicable'],
])('%s', (_, valid, gives, life = {}) => {
  expect(judgedBy(validAccepted, lifeOf({ valid, ...life }))).toBe(gives);
});

test('it says of which member, with which value, and by which answer', () => {
  const valid = [
    tried('enum', 422, { member: 'hull.colour', listed: 'blue' }),
    tried('least', 201),
    tried('example', 400),
  ];
  expect(validAccepted.of === 'creation' && validAccepted.judge(lifeOf({ valid }))).toEqual({
    kind: 'failed',
    broken: [
      { code: 'enum', facts: { member: 'hull.colour', came: '422', value: 'blue' }, pointer: '/hull/colour' },
      { code: 'example', facts: { member: '', came: '400' }, pointer: '' },
    ],
    at: [valid[0]?.came, valid[2]?.came],
  });
});
