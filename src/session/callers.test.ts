import { describe, expect, test } from 'vitest';
import { Secrets } from '../targets/secrets.js';
import { entryOf } from '../targets/credential-entry.js';
import type { HttpRequest, Reply } from '../targets/reply.js';
import type { Target } from '../targets/targets.js';
import { standingClock } from '../testing/clock.js';
import { answer, targetOf } from '../testing/host.js';
import { credentialsOfCaller, noCallers, openCallers, whyNotAs } from './callers.js';

const NOW = new Date('2026-02-02T12:00:00Z');
const READER = entryOf({ bearer: { token: 'READER' } });
const EXPIRED = entryOf({ bearer: { token: 'EXPIRED' } });
const OTHER = entryOf({
  oauth: { url: '/token', clientId: 'OTHER_ID', clientSecret: 'OTHER_SECRET' },
});
const ENVIRONMENT = {
  READER: 'reader-token-for-tests',
  EXPIRED: 'expired-token-for-tests',
  OTHER_ID: 'other-client-id-for-tests',
  OTHER_SECRET: 'other-client-secret-for-tests',
};

function open(
  identities: Partial<Target['identities']>,
  {
    environment = ENVIRONMENT,
    target = {},
  }: { environment?: Record<string, string>; target?: Partial<Target> } = {},
) {
  const sent: HttpRequest[] = [];
  const secrets = new Secrets();
  const callers = openCallers({
    target: targetOf({
      ...target,
      identities: { reader: undefined, other: undefined, expired: undefined, ...identities },
    }),
    environment,
    secrets,
    clock: standingClock(NOW),
    send: (request): Promise<Reply> => {
      sent.push(request);
      return Promise.resolve(answer(200, { access_token: 'token-of-the-other', expires_in: 60 }));
    },
  });
  return { callers, secrets, sent };
}

test('a caller has its own credentials, which are secret', async () => {
  const { callers, secrets } = open({ reader: [READER] });
  const [credential] = credentialsOfCaller(callers, 'reader');
  expect(await credential?.value()).toBe('Bearer reader-token-for-tests');
  expect(whyNotAs(callers, 'reader')).toBeUndefined();
  expect(secrets.foundIn('it is reader-token-for-tests')).toBe(true);
});

test('a token is asked for when it is needed, with the secret of the caller, and is secret', async () => {
  const { callers, secrets, sent } = open({ other: [OTHER] });
  expect(sent).toEqual([]);
  const [credential] = credentialsOfCaller(callers, 'other');
  expect(await credential?.value()).toBe('Bearer token-of-the-other');
  expect(sent.map(({ url, body }) => `${url} ${String(body)}`)).toEqual([
    'https://api.shop.example/token grant_type=client_credentials&client_id=other-client-id-for-tests&client_secret=other-client-secret-for-tests',
  ]);
  expect(secrets.foundIn('it is token-of-the-other')).toBe(true);
  expect(secrets.foundIn('it is other-client-secret-for-tests')).toBe(true);
});

test('who is not named, or has no credentials, is no fault of the run', () => {
  const { callers } = open({ reader: [READER], other: [] }, { environment: {} });
  expect(whyNotAs(callers, 'reader')).toBe('the caller “reader” has no credentials: READER not set');
  expect(whyNotAs(callers, 'other')).toBe('the target names no caller “other”');
  expect(whyNotAs(callers, 'expired')).toBe('the target names no caller “expired”');
  expect(credentialsOfCaller(callers, 'reader')).toEqual([]);
});

test('credentials that no header can hold are said by the name of their variable', () => {
  const environment = { READER: 'reader-token\nfor-tests' };
  const { callers } = open({ reader: [READER] }, { environment });
  expect(whyNotAs(callers, 'reader')).toContain('READER');
  expect(whyNotAs(callers, 'reader')).not.toContain('for-tests');
});

test('a server of our own knows nobody else: the values would be the same for all', () => {
  const { callers } = open({ reader: [READER] }, { target: { serve: 'replica' } });
  expect(credentialsOfCaller(callers, 'reader')).toEqual([]);
});

test('there are sessions in which nobody else is known', () => {
  expect(whyNotAs(noCallers('no'), 'other')).toBe('no');
});

describe('a caller whose token has expired', () => {
  const jwt = (claims: object) =>
    ['{}', JSON.stringify(claims), 'signature']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
  const whyNot = (token: string) =>
    whyNotAs(open({ expired: [EXPIRED] }, { environment: { EXPIRED: token } }).callers, 'expired');

  test('is one', () => {
    expect(whyNot('expired-token-for-tests')).toBeUndefined();
    expect(whyNot(jwt({ exp: NOW.getTime() / 1000 - 1 }))).toBeUndefined();
    expect(whyNot(jwt({ sub: 'nobody' }))).toBeUndefined();
    expect(whyNot('no.json.here')).toBeUndefined();
  });

  test('is none while its token says that it is good', () => {
    expect(whyNot(jwt({ exp: NOW.getTime() / 1000 + 60 }))).toBe(
      'the token of the caller “expired” has not run out yet',
    );
  });

  test('is none where it would be given a fresh one', () => {
    expect(whyNotAs(open({ expired: [OTHER] }).callers, 'expired')).toBe(
      'the caller “expired” asks for its tokens, and is given fresh ones',
    );
  });
});
