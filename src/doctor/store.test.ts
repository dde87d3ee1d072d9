import { expect, test } from 'vitest';
import { Problem } from '../problem.js';
import { storeAddress } from '../store/address.js';
import type { TrialDatabase } from '../store/trial.js';
import { examineStore } from './store.js';

const URL = 'postgres://conform:password-for-tests@db.example:5432/fleet';
const FINE: TrialDatabase = {
  version: () => Promise.resolve('15.8'),
  demandSchema: () => Promise.resolve(),
  rights: () => Promise.resolve({ missing: [], isReadOnly: false }),
  close: () => Promise.resolve(),
};
const away = new Problem('CONFORM_E_DATABASE_UNREACHABLE', 'the database of the store cannot be reached');
const old = new Problem(
  'CONFORM_E_STORE_NOT_MIGRATED',
  'the store is of version 1, and this program needs 4',
  {
    remedy: 'Run conform store migrate with the same --store.',
  },
);
const inserts = ['INSERT on agency', 'INSERT on record', 'INSERT on run', 'INSERT on turn', 'INSERT on x'];

/** What is found of a database, and whether it was closed. */
async function look(given: Partial<TrialDatabase>) {
  let closed = 0;
  const lines = await examineStore(
    () => storeAddress(undefined, { CONFORM_STORE: URL }),
    () => Promise.resolve({ ...FINE, ...given, close: () => Promise.resolve(void (closed += 1)) }),
  );
  expect(closed).toBe(1);
  expect(JSON.stringify(lines)).not.toMatch(/password-for-tests|conform:/);
  return lines.map(({ name, state, code }) => [name, state, ...(code === undefined ? [] : [code])]);
}

test('a store in which all is well', async () => {
  expect(await look({})).toEqual([
    ['database', 'ok'],
    ['schema', 'ok'],
    ['writes', 'ok'],
  ]);
});

test('what does not answer: nothing else is tried', async () => {
  expect(await look({ version: () => Promise.reject(away) })).toEqual([
    ['database', 'error', 'CONFORM_E_DATABASE_UNREACHABLE'],
    ['schema', 'not tried'],
    ['writes', 'not tried'],
  ]);
});

test('tables of another version: the command to run is named', async () => {
  expect(await look({ demandSchema: () => Promise.reject(old) })).toEqual([
    ['database', 'ok'],
    ['schema', 'error', 'CONFORM_E_STORE_NOT_MIGRATED'],
    ['writes', 'not tried'],
  ]);
});

test.each([
  ['that lacks rights', { missing: inserts, isReadOnly: false }, /INSERT on run and 2 more$/],
  ['of a server that takes no writes', { missing: [], isReadOnly: true }, /read-only$/],
])('a user %s may not write', async (_, rights, says) => {
  const [, , writes] = await examineStore(
    () => storeAddress(undefined, { CONFORM_STORE: URL }),
    () => Promise.resolve({ ...FINE, rights: () => Promise.resolve(rights) }),
  );
  expect(writes).toMatchObject({ name: 'writes', state: 'error' });
  expect(writes?.found).toMatch(says);
});

test('a fault of the program is none of the database', async () => {
  await expect(look({ demandSchema: () => Promise.reject(new Error('a fault')) })).rejects.toThrow('a fault');
});

test('without a store, and offline, nothing is opened; an address that is not valid is an error', async () => {
  const open = () => Promise.reject(new Error('it was opened'));
  const [none] = await examineStore(() => undefined, open);
  expect(none).toMatchObject({ state: 'not tried' });
  const valid = () => storeAddress(undefined, { CONFORM_STORE: URL });
  expect(await examineStore(valid, undefined)).toMatchObject([{ state: 'not tried' }]);
  const option = () => storeAddress(URL, {});
  const [wrong] = await examineStore(option, undefined);
  expect(wrong).toMatchObject({ state: 'error', code: 'CONFORM_E_STORE_PASSWORD_IN_ARGUMENT' });
});
