import { beforeAll, describe, expect, test } from 'vitest';
import { record } from '../exchange/record.js';
import type { Json } from '../json.js';
import type { Probe } from '../probe/build.js';
import { redactionFor } from '../engine/redaction.js';
import { Secrets } from '../targets/secrets.js';
import { temporaryFolder } from '../testing/folder.js';
import { answer } from '../testing/host.js';
import type { Outcome } from './causes.js';
import { diagnose } from './diagnose.js';
import { questionAlone } from './question.js';
import { readSignatures, type Signatures } from './signatures.js';

let signatures: Signatures;
beforeAll(async () => {
  await using folder = await temporaryFolder();
  signatures = await readSignatures(folder.path);
});

/** What the package makes of an answer by itself, to a request with a good token. */
function verdictOn(status: number, body: Json | undefined, headers: Record<string, string> = {}) {
  const probe: Probe = {
    operation: 'GET /things/',
    role: 'operation',
    request: {
      method: 'GET',
      url: 'https://api.shop.example/things/',
      headers: { authorization: 'Bearer token-for-tests' },
    },
    shown: 'https://api.shop.example/things/',
  };
  const exchange = record(probe, answer(status, body, headers), redactionFor(signatures, new Secrets()));
  return diagnose(questionAlone(exchange, { isToken: false, token: 'valid' }), signatures.all);
}

const page = (title: string) => `<!doctype html><title>${title}</title><h1>${title}</h1>`;

/** What applications say in words that others say as well, or that hold those of others. */
const WORDS_OF_APPLICATIONS: readonly [status: number, body: Json, outcome: Outcome][] = [
  [403, { error: 'Forbidden' }, 'denied'],
  [403, { message: 'Forbidden' }, 'denied'],
  [403, { message: 'Forbidden', error: 'Forbidden', statusCode: 403 }, 'denied'],
  [403, { message: 'User is not authorized to access this resource' }, 'denied'],
  [403, { detail: 'Access denied' }, 'denied'],
  [403, { error: 'Your IP address is not allowed' }, 'denied'],
  [403, { error: 'AuthorizationFailed' }, 'denied'],
  [403, { code: 17, reason: 'the account is closed' }, 'denied'],
  [403, { error: 'Quota exceeded' }, 'throttled'],
  [401, { message: 'Unauthorized' }, 'denied'],
  [401, { statusCode: 401, message: 'Unauthorized' }, 'denied'],
  [401, { error: 'No token provided' }, 'denied'],
  [401, { error: 'Invalid token' }, 'denied'],
  [401, { error: 'Token expired' }, 'denied'],
  [401, { detail: 'Not authenticated' }, 'denied'],
  [401, { detail: 'Invalid authentication credentials' }, 'denied'],
  [401, { error: 'Invalid credentials' }, 'denied'],
  [401, { error: 'Authentication denied' }, 'denied'],
  [404, { message: 'Not Found' }, 'absent'],
  [404, { error: 'Resource not found' }, 'absent'],
  [404, { error: 'Application not found' }, 'absent'],
  [404, { error: 'Project not found' }, 'absent'],
  [404, { error: 'This offer is no longer available' }, 'absent'],
  [404, { order: 'order-900906-7', error: 'gone' }, 'absent'],
  [404, { detail: 'Not Found' }, 'unrouted'],
  [405, { detail: 'Method Not Allowed' }, 'unrouted'],
  [429, { error: 'Too many requests, please try again later.' }, 'throttled'],
  [429, { message: 'Too Many Requests' }, 'throttled'],
  [429, { error: 'API rate limit exceeded' }, 'throttled'],
  [500, { message: 'Internal server error' }, 'broken'],
  [500, { error: 'TypeError: x is undefined' }, 'broken'],
  [503, { error: 'Service Unavailable' }, 'broken'],
  [404, page('404 Not Found'), 'unrouted'],
  [404, page('Page not found'), 'unrouted'],
  [403, page('403 Forbidden'), 'denied'],
  [502, page('502 Bad Gateway'), 'broken'],
];

/** Causes that blame what is in front of an application. */
const OF_GATEWAYS = [
  'api-key-refused',
  'signature-refused',
  'product-missing',
  'gateway-refused',
  'host-gone',
];

describe('what an application says in words that others say as well', () => {
  test.each(WORDS_OF_APPLICATIONS)('%i %j', (status, body, outcome) => {
    const verdict = verdictOn(status, body);
    expect(verdict).toMatchObject({ outcome, confidence: 'possible' });
    expect(verdict.evidence.map(({ sentence }) => sentence).join(' ')).not.toContain(
      'The words are those of',
    );
    expect(OF_GATEWAYS).not.toContain(verdict.cause);
    if (typeof body !== 'string' && status !== 405 && outcome !== 'throttled')
      expect(verdict.layer).not.toBe('gateway');
  });

  test('is not that of a network in front of it which passes it on', () => {
    for (const server of ['cloudflare', 'nginx', 'envoy']) {
      expect(verdictOn(403, { reason: 'the account is closed' }, { server })).toMatchObject({
        layer: 'application',
        confidence: 'possible',
      });
    }
  });
});

describe('what only one stack says or sends', () => {
  test.each<[status: number, body: Json | undefined, headers: Record<string, string>, stack: string]>([
    [403, { message: 'Missing Authentication Token' }, {}, 'AWS API Gateway'],
    [401, { message: 'Unauthorized' }, { 'x-amzn-errortype': 'UnauthorizedException' }, 'AWS API Gateway'],
    [404, { message: 'no Route matched with those values' }, {}, 'Kong'],
    [401, { detail: 'Authentication credentials were not provided.' }, {}, 'Django REST framework'],
    [404, page('404 Not Found'), { server: 'nginx' }, 'nginx'],
    [404, '<pre>Cannot GET /things/</pre>', { 'content-type': 'text/html' }, 'Express'],
  ])('%i %j %j is likely', (status, body, headers, stack) => {
    const verdict = verdictOn(status, body, headers);
    expect(verdict.confidence).toBe('likely');
    expect(verdict.evidence.map(({ sentence }) => sentence)).toContain(`The words are those of ${stack}.`);
  });

  test('names the stack no more than possibly, where it uses the same words for several causes', () => {
    const verdict = verdictOn(403, { message: 'Forbidden' }, { 'x-amzn-errortype': 'ForbiddenException' });
    expect(verdict).toMatchObject({ layer: 'gateway', cause: 'gateway-refused', confidence: 'possible' });
  });

  test('is found in a page whatever it is beside', () => {
    const blocked = '<html><iframe src="/_Incapsula_Resource?x=1"></iframe></html>';
    expect(verdictOn(200, blocked)).toMatchObject({ outcome: 'denied', layer: 'edge' });
  });
});
