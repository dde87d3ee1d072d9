import { expect, test } from 'vitest';
import { samplesOf } from '../probe/samples.js';
import { Secrets } from '../target/secrets.js';
import type { AuthForms } from '../target/targets.js';
import { OAUTH, answer, contractOf, converseWith, targetOf, type Sent } from '../testing/host.js';
import { createAbsentIds } from '../session/absent-ids.js';
import { createCredentials } from '../session/credentials/create.js';
import { leapingClock } from '../testing/clock.js';
import { tryAuth } from './try-auth.js';

const PATHS = `
/orders/: { post: {} }
/open/: { get: { security: [] } }
/things/{id}/: { get: {} }
/things/: { get: {} }
`;

const FORMS: AuthForms = {
  headers: ['Bearer {token}', 'none'],
  tokenFields: ['access_token', 'auth_token'],
  tenant: { query: 'agency', header: 'X-Agency', value: 'SHOP_AGENCY' },
};

const ENVIRONMENT = {
  SHOP_AGENCY: '1234',
  SHOP_ID: 'client-id-for-tests',
  SHOP_SECRET: 'client-secret-for-tests',
};
const giveToken = () => Promise.resolve(answer(200, { access_token: 'token-for-tests', other: 'x' }));

async function attempt(host: (sent: Sent) => ReturnType<typeof answer>) {
  const secrets = new Secrets();
  const target = targetOf({ oauth: OAUTH });
  const conversation = converseWith(host);
  const matrix = await tryAuth({
    contract: contractOf(PATHS),
    target,
    forms: FORMS,
    samples: samplesOf({}),
    signatures: { all: [], names: [], texts: [] },
    credentials: createCredentials({
      target,
      environment: ENVIRONMENT,
      secrets,
      send: giveToken,
      clock: leapingClock(),
    }),
    environment: ENVIRONMENT,
    secrets,
    conversation,
    askForToken: giveToken,
    absent: createAbsentIds((bytes) => 'ab'.repeat(bytes)),
  });
  return { matrix, secrets, sent: conversation.sent };
}

test('every form is tried on one read that works; nothing but the form differs', async () => {
  const { matrix, sent } = await attempt(({ path }) => answer(path.includes('absent') ? 404 : 200));
  expect(matrix.operation).toBe('GET /things/');
  const forms = sent.filter(({ purpose }) => purpose === 'form');
  expect(forms.map(({ path, headers }) => [path, headers['authorization'], headers['x-agency']])).toEqual([
    ['/things/', 'Bearer token-for-tests', undefined],
    ['/things/?agency=1234', 'Bearer token-for-tests', undefined],
    ['/things/', 'Bearer token-for-tests', '1234'],
    ['/things/', undefined, undefined],
    ['/things/?agency=1234', undefined, undefined],
    ['/things/', undefined, '1234'],
  ]);
  // The form is the only one to say what is sent.
  expect(new Set(forms.map(({ token, method }) => `${method} ${token}`))).toEqual(new Set(['GET none']));
  expect(forms.map(({ shown }) => new URL(shown).search)).toEqual(forms.map(() => ''));
});

test('a member that the token answer does not have is reported, and not tried', async () => {
  const { matrix } = await attempt(() => answer(200));
  const absent = matrix.cells.filter(({ tokenField }) => tokenField === 'auth_token');
  expect(absent.map(({ status, verdict }) => [status, verdict.outcome])).toEqual(
    absent.map(() => [null, 'skipped']),
  );
});

test('every token that it finds is a secret', async () => {
  const { secrets } = await attempt(() => answer(200));
  expect(secrets.foundIn('token-for-tests')).toBe(true);
});

test('where no read works nothing can be compared, and that is no verdict', async () => {
  const attempting = attempt(() => answer(401));
  await expect(attempting).rejects.toThrow('no operation works with the usual form');
  await expect(attempting).rejects.toMatchObject({ exitCode: 3 });
});
