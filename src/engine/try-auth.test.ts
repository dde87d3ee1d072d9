import { expect, test } from 'vitest';
import { NO_SENTENCES } from '../verdict/signatures.js';
import { samplesOf } from '../probe/samples.js';
import { Secrets } from '../targets/secrets.js';
import { callersOf, formerCallers } from '../targets/callers.js';
import { entryOf } from '../targets/credential-entry.js';
import type { AuthForms, Target } from '../targets/targets.js';
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
const giveGoodToken = () => Promise.resolve(answer(200, { access_token: 'token-for-tests', other: 'x' }));

/** A host that lets in who shows a token. */
const guarding = ({ headers, token, path }: Sent) =>
  path.includes('absent') ? answer(404) : answer(headers['authorization'] || token === 'valid' ? 200 : 401);

async function attempt(
  host: (sent: Sent) => ReturnType<typeof answer>,
  given: Partial<Target> = { ...formerCallers(OAUTH, undefined) },
  giveToken: () => Promise<ReturnType<typeof answer>> = giveGoodToken,
) {
  const secrets = new Secrets();
  const target = targetOf(given);
  const conversation = converseWith(host);
  const matrix = await tryAuth({
    contract: contractOf(PATHS),
    target,
    forms: FORMS,
    samples: samplesOf({}),
    signatures: { all: [], names: [], texts: [], clients: [], sentences: NO_SENTENCES },
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
    signal: new AbortController().signal,
    askForToken: giveToken,
    absent: createAbsentIds((bytes) => 'ab'.repeat(bytes)),
    sendsCredentials: (operation) => operation !== 'GET /open/',
  });
  return { matrix, secrets, sent: conversation.sent };
}

test('every form is tried on one read that works; nothing but the form differs', async () => {
  const { matrix, sent } = await attempt(guarding);
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
  const { matrix } = await attempt(guarding);
  const absent = matrix.cells.filter(({ tokenField }) => tokenField === 'auth_token');
  expect(absent.map(({ status, verdict }) => [status, verdict.outcome])).toEqual(
    absent.map(() => [null, 'skipped']),
  );
});

test('a token that no header can hold is reported as that, and not tried', async () => {
  const bad = 'token\r\nx-admin: 1';
  const { matrix, sent, secrets } = await attempt(guarding, undefined, () =>
    Promise.resolve(answer(200, { access_token: 'token-for-tests', auth_token: bad })),
  );
  const cells = matrix.cells.filter(({ tokenField }) => tokenField === 'auth_token');
  expect(new Set(cells.map(({ status, verdict }) => `${status} ${verdict.explanation}`))).toEqual(
    new Set(['null The token answer has a member “auth_token”, but no header can hold its characters.']),
  );
  expect(sent.every(({ headers }) => headers['authorization']?.includes('x-admin') !== true)).toBe(true);
  expect(secrets.foundIn(bad)).toBe(true);
  const none = attempt(guarding, undefined, () => Promise.resolve(answer(200, { access_token: bad })));
  await expect(none).rejects.toThrow('the token endpoint gave a token that no header can hold');
  await expect(none).rejects.toMatchObject({ exitCode: 3 });
});

test('a token is sent as it is, whatever it means to a replacement', async () => {
  const token = "a$&b$`c$'d$1$$";
  const { sent } = await attempt(guarding, undefined, () =>
    Promise.resolve(answer(200, { access_token: token })),
  );
  expect(sent.some(({ headers }) => headers['authorization'] === `Bearer ${token}`)).toBe(true);
});

test('every token that it finds is a secret', async () => {
  const { secrets } = await attempt(guarding);
  expect(secrets.foundIn('token-for-tests')).toBe(true);
});

test('where no read works nothing can be compared, and that is no verdict', async () => {
  const attempting = attempt(() => answer(401));
  await expect(attempting).rejects.toThrow('no operation works with the usual form');
  await expect(attempting).rejects.toMatchObject({ exitCode: 3 });
});

test('what open to everybody is not what forms are compared on', async () => {
  await expect(attempt(() => answer(200))).rejects.toThrow('open to everybody');
});

test('a credential that is no token: as it is, in its bad form, and not at all', async () => {
  const { matrix } = await attempt(
    ({ token, path }) => (path.includes('absent') ? answer(404) : answer(token === 'valid' ? 200 : 401)),
    callersOf([entryOf({ apiKey: { in: 'header', name: 'X-Key', value: 'SHOP_SECRET' } })]),
  );
  expect(matrix.cells.map(({ header, tenant, status }) => [header, tenant, status])).toEqual([
    ['as in targets.yaml', 'none', 200],
    ['as in targets.yaml', 'query', 200],
    ['as in targets.yaml', 'header', 200],
    ['invalid on purpose', 'none', 401],
    ['invalid on purpose', 'query', 401],
    ['invalid on purpose', 'header', 401],
    ['no credentials', 'none', 401],
    ['no credentials', 'query', 401],
    ['no credentials', 'header', 401],
  ]);
});
