import { expect, test } from 'vitest';
import { Problem } from '../problem.js';
import { CHECKS, PROMISES } from './index.js';
import { checksNamed, chooseChecks, settleChoices, type Choice } from './select.js';

const named = (text: string) => checksNamed(text).map(({ id }) => id);
const on = (...choices: Choice[]) => {
  const { reads, lives, access } = settleChoices(...choices);
  return [...reads, ...lives, ...access].map(({ id }) => id);
};
const OPT_IN = PROMISES.filter(({ optIn }) => optIn).map(({ id }) => id);

test('a text names all checks, a family, or one', () => {
  expect(named('all')).toEqual(PROMISES.map(({ id }) => id));
  expect(named('list/*')).toEqual(PROMISES.map(({ id }) => id).filter((id) => id.startsWith('list/')));
  expect(named('list/page-size')).toEqual(['list/page-size']);
});

test.each([
  ['list/pagesize', 'list/page-size'],
  ['lists/*', 'list/*'],
  ['al', 'all'],
])('for %s, which names none, %s is proposed', (text, nearest) => {
  expect(() => checksNamed(text)).toThrow(
    new Problem('CONFORM_E_CHECK_UNKNOWN', `there is no check “${text}”`, {
      remedy: `The nearest name is “${nearest}”. conform checks lists them.`,
    }),
  );
});

test('what is on are the checks of each kind that are named', () => {
  expect(on({ on: ['list/page-size', 'state/deleted-gone', 'auth/token-endpoint'] })).toEqual([
    ...['list/page-size', 'state/deleted-gone', 'auth/token-endpoint'],
  ]);
  expect(on()).toEqual([]);
  expect(on({ on: [] })).toEqual([]);
});

test('who speaks later has the last word', () => {
  const [size, lose] = ['list/page-size', 'list/pages-lose'];
  expect(on({ on: [size, lose], off: [size] })).toEqual([lose]);
  expect(on({ on: [size, lose] }, { off: [size] })).toEqual([lose]);
  expect(on({ on: [size] }, { on: [lose] })).toEqual([lose]);
  expect(on({ on: ['list/*'], off: ['list/*'] }, { on: [size] })).toEqual([size]);
  // Who says nothing leaves it as it is.
  expect(on({ on: [size] }, {})).toEqual([size]);
});

test('what has to be named itself is not turned on by its family, and turned off by it', () => {
  expect(OPT_IN.length).toBeGreaterThan(0);
  for (const id of OPT_IN) {
    const family = `${id.split('/')[0] ?? ''}/*`;
    expect(on({ on: ['all'] })).not.toContain(id);
    expect(on({ on: [family] })).not.toContain(id);
    expect(on({ on: ['all', id] })).toContain(id);
    expect(on({ on: [id] }, { off: [family] })).toEqual([]);
  }
  expect(on({ on: ['all'] })).toEqual(
    expect.arrayContaining(CHECKS.filter(({ optIn }) => !optIn).map(({ id }) => id)),
  );
});

test('checks that are chosen by their names are on, and no others', () => {
  expect(chooseChecks(['list/page-size']).reads.map(({ id }) => id)).toEqual(['list/page-size']);
});
