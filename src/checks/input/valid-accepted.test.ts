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
