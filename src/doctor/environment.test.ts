import { expect, test } from 'vitest';
import { entryOf } from '../targets/credential-entry.js';
import { Secrets } from '../targets/secrets.js';
import { targetOf } from '../testing/host.js';
import { examineEnvironment, type Variables } from './environment.js';
import type { State } from './line.js';

const TARGET = targetOf({
  credentials: [entryOf({ basic: { user: 'SHOP_USER', password: 'SHOP_PASSWORD' } })],
  identities: { reader: [entryOf({ bearer: { token: 'READER' } })], other: undefined, expired: undefined },
});
const GOOD = { SHOP_USER: 'user-for-tests', SHOP_PASSWORD: 'password-for-tests', READER: 'token-for-tests' };

function look(process: Variables['process'], file?: Variables['file'], areNeeded = true) {
  return examineEnvironment([TARGET], { process, file }, ['AGENCY'], { areNeeded, secrets: new Secrets() });
}

test.each<[what: string, process: Variables['process'], file: Variables['file'], state: State, says: RegExp]>(
  [
    ['all there', GOOD, undefined, 'ok', /SHOP_USER \(environment\), SHOP_PASSWORD \(environment\)/],
    ['from the file', {}, GOOD, 'ok', /SHOP_USER \(\.env\)/],
    ['missing', { ...GOOD, SHOP_USER: undefined }, undefined, 'error', /SHOP_USER is not set/],
    ['empty', { ...GOOD, SHOP_USER: '' }, undefined, 'error', /SHOP_USER is set, but empty/],
    [
      'of another caller',
      { ...GOOD, READER: undefined },
      undefined,
      'warning',
      /READER is not set; another caller/,
    ],
    ['of a sample', GOOD, undefined, 'warning', /AGENCY is not set; requests/],
    ['a blank', { ...GOOD, SHOP_PASSWORD: 'password-for-tests ' }, undefined, 'warning', /ends with a space/],
    ['quotes', { ...GOOD, SHOP_PASSWORD: '"password-for-tests"' }, undefined, 'warning', /quotes/],
    ['a line break', { ...GOOD, SHOP_PASSWORD: 'password\nfor-tests' }, undefined, 'error', /line break/],
    ['two values', GOOD, { SHOP_USER: 'other-for-tests' }, 'warning', /SHOP_USER has another value in \.env/],
  ],
)('%s', (_, process, file, state, says) => {
  const lines = look(process, file);
  const line = lines.find(({ found }) => says.test(found));
  expect(line?.state).toBe(state);
  // Names, never values.
  expect(JSON.stringify(lines)).not.toMatch(/for-tests/);
});

test('where nothing is asked, a variable that is missing is no error', () => {
  const states = (areNeeded: boolean) =>
    look({}, undefined, areNeeded).map(({ state, exit }) => exit ?? state);
  expect(states(true)).toContain(3);
  expect(states(false)).toEqual(['ok', 'warning', 'warning', 'warning', 'warning']);
});
