import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { forbiddenMember } from './forbidden-member.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['refused', { attempts: [{ how: 'left-out', member: 'length', came: heard(422) }] }, 'passed'],
  [
    'taken without a member',
    { attempts: [{ how: 'left-out', member: 'length', came: heard(201) }] },
    'left-out',
  ],
  ['taken with another type', { attempts: [{ how: 'type', member: 'length', came: heard(201) }] }, 'type'],
  ['taken with another word', { attempts: [{ how: 'enum', member: 'length', came: heard(201) }] }, 'enum'],
  ['taken beyond its bounds', { attempts: [{ how: 'bound', member: 'length', came: heard(200) }] }, 'bound'],
  [
    'an error of the server',
    { attempts: [{ how: 'bound', member: 'length', came: heard(500) }] },
    'server-error',
  ],
  [
    'a gateway that fails',
    { attempts: [{ how: 'bound', member: 'length', came: heard(503) }] },
    'inconclusive',
  ],
  [
    'refused for its form once, and else for another reason',
    {
      attempts: [
        { how: 'type', member: 'length', came: heard(400) },
        { how: 'bound', member: 'length', came: heard(403) },
      ],
    },
    'passed',
  ],
  ['not allowed', { attempts: [{ how: 'type', member: 'length', came: heard(403) }] }, 'inconclusive'],
  ['too many requests', { attempts: [{ how: 'type', member: 'length', came: heard(429) }] }, 'inconclusive'],
  ['nothing that is forbidden', {}, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(forbiddenMember, lifeOf(life))).toBe(gives);
});

test('it says of which member and by which answer, of those alone that were not refused', () => {
  const attempts: Life['attempts'] = [
    { how: 'type', member: 'length', came: heard(422) },
    { how: 'enum', member: 'colour', came: heard(201) },
  ];
  expect(forbiddenMember.of === 'creation' && forbiddenMember.judge(lifeOf({ attempts }))).toEqual({
    kind: 'failed',
    broken: [{ code: 'enum', facts: { member: 'colour', came: '201' } }],
    at: [attempts[1]?.came],
  });
});
