import { expect, test } from 'vitest';
import { spellingsOf } from './spellings.js';

const PATHS = ['/v1/things/', '/v1/notes/'];

test('the words of a path are spelled otherwise', () => {
  const path = '/v1/Thing';
  expect(spellingsOf({ sent: path, shown: path }, PATHS).map(({ sent }) => sent)).toEqual(
    expect.arrayContaining(['/v1/Thing/', '/v1/thing', '/v1/things/', '/v1/Things']),
  );
});

test.each(['ZORQUAB', 'MixedCase', 'people', '2', 'a%2Fb'])(
  'the id %s is neither changed nor shown',
  (id) => {
    const path = { sent: `/Thing/${id}/notes/${id}`, shown: '/Thing/thing-1/notes/thing-1' };
    const spellings = spellingsOf(path, PATHS);
    expect(spellings.length).toBeGreaterThan(5);
    for (const { sent, shown } of spellings.filter(({ sent }) => !PATHS.includes(sent))) {
      expect(sent.split('/').filter((segment) => segment === id)).toHaveLength(2);
      expect(shown).not.toContain(`/${id}`);
      expect(sent.replaceAll(`/${id}`, '/thing-1')).toBe(shown);
    }
  },
);

test('a path that is shown with fewer segments than it is sent with shows none of them', () => {
  const spellings = spellingsOf({ sent: '/a/secret-id/b', shown: '/a' }, PATHS);
  expect(spellings.map(({ shown }) => shown).join()).not.toContain('secret-id');
});
