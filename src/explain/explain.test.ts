import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { beforeAll, describe, expect, test } from 'vitest';
import { readTyped } from '../document/read.js';
import type { Redaction } from '../exchange/record.js';
import { PACKAGE_ROOT } from '../package.js';
import { redactionFor } from '../engine/redaction.js';
import { Secrets } from '../targets/secrets.js';
import { temporaryFolder } from '../testing/folder.js';
import { readSignatures, type Signature } from '../verdict/signatures.js';
import type { Verdict } from '../verdict/verdict.js';
import { explain } from './explain.js';
import { UNKNOWN_REQUEST, type Pasted, type PastedAnswer, type PastedRequest } from './paste.js';

let signatures: readonly Signature[];
let redaction: Redaction;
beforeAll(async () => {
  await using folder = await temporaryFolder();
  const ofPackage = await readSignatures(folder.path);
  const secrets = new Secrets();
  secrets.add('secret-for-tests');
  signatures = ofPackage.all;
  redaction = redactionFor(ofPackage, secrets);
});

const explained = (pasted: Pasted) => explain(pasted, signatures, redaction);

/** An answer of which nothing is shown but what is given. */
function answered(
  reply: Partial<Omit<PastedAnswer, 'body'>> & { body?: string },
  request: Partial<PastedRequest> = {},
): Pasted {
  const { body, ...rest } = reply;
  return {
    request: { ...UNKNOWN_REQUEST, ...request },
    reply: {
      kind: 'answer',
      status: undefined,
      statusFrom: rest.status === undefined ? undefined : 'answer',
      headers: undefined,
      ...rest,
      body: body === undefined ? undefined : Buffer.from(body),
    },
  };
}

const codesOf = (verdict: Verdict | undefined) => verdict?.evidence.map(({ code }) => code) ?? [];
const sentencesOf = (verdict: Verdict | undefined) =>
  [verdict?.explanation, verdict?.fix, ...(verdict?.evidence ?? [])].map((said) => said?.sentence ?? '');

const closed = { additionalProperties: false };
const Case = Type.Object(
  {
    name: Type.String(),
    request: Type.Optional(
      Type.Object(
        {
          method: Type.Optional(Type.String()),
          url: Type.Optional(Type.String()),
          accept: Type.Optional(Type.String()),
          credentials: Type.Optional(Type.Union([Type.Literal('sent'), Type.Literal('not-sent')])),
        },
        closed,
      ),
    ),
    failure: Type.Optional(Type.String()),
    status: Type.Optional(Type.Integer()),
    statusFrom: Type.Optional(Type.Literal('body')),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    body: Type.Optional(Type.String()),
    /** What is right: outcomes, and layers behind the slash; `works`, or `nothing` where nothing can be said. */
    is: Type.String({ pattern: '^(nothing|works|[a-z ]+/[a-z ]+)$' }),
    /** How surely it may be said at the most. */
    most: Type.Optional(Type.Union([Type.Literal('possible'), Type.Literal('likely')])),
  },
  closed,
);

const { cases } = await readTyped(
  join(PACKAGE_ROOT, 'src/explain/explain.cases.yaml'),
  Type.Object({ cases: Type.Array(Case) }, closed),
);

function pastedOf({
  request = {},
  failure,
  status,
  statusFrom,
  headers,
  body,
}: (typeof cases)[number]): Pasted {
  const { accept, ...asked } = request;
  const shown = { ...asked, ...(accept === undefined ? {} : { headers: { accept } }) };
  if (failure !== undefined) {
    return {
      request: { ...UNKNOWN_REQUEST, ...shown },
      reply: { kind: 'failure', code: failure, client: 'curl' },
    };
  }
  const reply = {
    status,
    headers: headers === undefined ? undefined : Object.entries(headers),
    ...(statusFrom === undefined ? {} : { statusFrom }),
    ...(body === undefined ? {} : { body }),
  };
  return answered(reply, shown);
}

describe('what is kept of a refusal means', () => {
  test.each(cases)('$name: $is', (one) => {
    const { is, most } = one;
    const verdict = explained(pastedOf(one));
    if (is === 'nothing' || is === 'works') {
      expect(verdict?.outcome ?? 'nothing').toBe(is);
      return;
    }
    const [outcomes = '', layers = ''] = is.split('/');
    const found = `${verdict?.outcome ?? 'nothing'}/${verdict?.layer ?? ''} ${verdict?.confidence ?? ''}`;
    expect(outcomes.split(' '), found).toContain(verdict?.outcome);
    expect(layers.split(' '), found).toContain(verdict?.layer);
    if (most === 'possible') expect(verdict?.confidence, found).toBe('possible');
    else expect(verdict?.confidence, found).toBe('likely');
  });
});

test('a failure in plain words is possible, where the same code of a client is likely', () => {
  const failed = (isInPlainWords: boolean) =>
    explained({
      request: UNKNOWN_REQUEST,
      reply: { kind: 'failure', code: 'ENOTFOUND', client: 'a program', isInPlainWords },
    });
  expect(failed(true)).toMatchObject({ outcome: 'unreachable', confidence: 'possible' });
  expect(codesOf(failed(true))).toContain('plain-words');
  expect(failed(false)).toMatchObject({ outcome: 'unreachable', confidence: 'likely' });
});

describe('whatever was kept', () => {
  const verdicts = () => cases.flatMap((one) => explained(pastedOf(one)) ?? []);

  test('nothing is certain, as nothing was asked beside it', () => {
    expect(verdicts().filter(({ confidence }) => confidence === 'certain')).toEqual([]);
  });

  test('only what is likely says which layers were passed', () => {
    const passed = verdicts().filter((verdict) => codesOf(verdict).includes('layer-reached'));
    expect(passed.length).toBeGreaterThan(20);
    expect(passed.filter(({ confidence }) => confidence !== 'likely')).toEqual([]);
  });

  test('what came is first, and says of the request only what is shown', () => {
    for (const one of cases) {
      const verdict = explained(pastedOf(one));
      if (!verdict) continue;
      const [first = ''] = verdict.evidence.map(({ sentence }) => sentence);
      const { method, url } = one.request ?? {};
      expect(first, one.name).toMatch(
        method === undefined && url === undefined ? /^What came: / : /^(GET|POST|CONNECT|\/|https?:)/,
      );
      expect(sentencesOf(verdict).join(' ')).not.toMatch(/https:\/\/host\b|host\.invalid/);
    }
  });

  test('that no credentials were sent is said only where that is shown', () => {
    const unknown = cases.filter(({ request }) => request?.credentials === undefined);
    const stated = unknown.flatMap((one) => sentencesOf(explained(pastedOf(one))));
    expect(
      stated.filter((sentence) => /none were sent|were not sent|was sent without/i.test(sentence)),
    ).toEqual([]);
  });

  test('a refusal says why it is as sure as it is', () => {
    const reasons = [
      ...(['words-of', 'header-of', 'client-says', 'words-of-many', 'words-of-several-causes'] as const),
      ...(['words-with-other-status', 'form-alone', 'status-alone', 'plain-words'] as const),
    ];
    const without = verdicts().filter(
      (verdict) =>
        verdict.outcome !== 'works' && !codesOf(verdict).some((code) => reasons.some((one) => one === code)),
    );
    expect(without).toEqual([]);
  });
});

test.each<[what: string, pasted: Pasted, code: string, facts: object]>([
  [
    'the status that only the body names',
    answered({ status: 409, statusFrom: 'body', body: '{"title":"Conflict","status":409}' }),
    'status-in-body',
    { status: 409 },
  ],
  [
    'the status that was said beside it',
    answered({ status: 403, statusFrom: 'flag', body: '{"error":"no"}' }),
    'status-beside',
    { status: 403 },
  ],
  [
    'the status whose name the words are',
    answered({ body: '<title>502 Bad Gateway</title>' }),
    'status-in-words',
    { status: 502 },
  ],
  ['that no status is shown', answered({ body: '{"error":"invalid_client"}' }), 'status-not-shown', {}],
  [
    'that the status says the contrary',
    answered({ status: 200, body: '{"ok":false,"error":"not_authed"}' }),
    'refusal-in-success',
    { status: 200 },
  ],
  [
    'that the body names another status',
    answered({ status: 200, body: '{"statusCode":403,"message":"no"}' }),
    'status-against-body',
    { status: 200, named: 403 },
  ],
  [
    'that it is not known whether credentials were sent',
    answered({ status: 401, body: '{"error":"no"}' }),
    'credentials-not-shown',
    {},
  ],
  [
    'that credentials were sent and did not arrive',
    answered(
      { status: 401, body: '{"detail":"Authentication credentials were not provided."}' },
      { method: 'GET', url: 'http://api.careharbor.example/v1/', credentials: 'sent' },
    ),
    'credentials-lost',
    {},
  ],
  [
    'where a redirect leads',
    answered(
      { status: 301, headers: [['location', 'https://api.careharbor.example/v1/']], body: '' },
      { method: 'GET', url: 'http://api.careharbor.example/v1/', credentials: 'sent' },
    ),
    'leads-to',
    { to: 'to the other scheme' },
  ],
  [
    'that clients drop credentials at a redirect',
    answered(
      { status: 302, headers: [['location', 'https://other.example/']], body: '' },
      { method: 'GET', url: 'https://api.careharbor.example/v1/', credentials: 'sent' },
    ),
    'leads-from-credentials',
    {},
  ],
  [
    'how long to wait',
    answered({ status: 429, headers: [['retry-after', '30']], body: '' }),
    'rest-wanted',
    { rest: '30' },
  ],
  [
    'what it is often mistaken for',
    answered({ status: 403, body: '{"message":"Missing Authentication Token"}' }),
    'rival',
    { meaning: 'a request signature was expected, and the one that came is wrong or out of date' },
  ],
])('it is said %s', (_, pasted, code, facts) => {
  const found = explained(pasted)?.evidence.find((said) => said.code === code);
  expect(found?.facts).toMatchObject(facts);
});

test('a body that is no refusal and has no status says nothing', () => {
  expect(explained(answered({ body: '{"id":7,"message":"the nurse is on her way"}' }))).toBeUndefined();
});

test('whoever reads what it means finds no secret of this process, no query and no text that is not known', () => {
  const verdict = explained(
    answered(
      { status: 403, headers: [['server', 'nginx']], body: '{"message":"Carla Muster may not see this"}' },
      {
        method: 'GET',
        url: 'https://api.careharbor.example/v1/secret-for-tests/visits?phone=3035550142',
        credentials: 'sent',
      },
    ),
  );
  const stated = JSON.stringify(verdict);
  for (const value of ['secret-for-tests', '3035550142', 'Carla']) expect(stated).not.toContain(value);
});

test('the same words are less telling without their status than where several refusals have them', () => {
  const of = (body: string) => explained(answered({ body }))?.confidence;
  expect(of('{"fault":{"detail":{"errorcode":"keymanagement.service.access_token_expired"}}}')).toBe(
    'likely',
  );
  expect(of('{"error":"use_dpop_nonce"}')).toBe('possible');
});

describe('a redirect', () => {
  test('to another spelling is no refusal of the credentials', () => {
    const verdict = explained(
      answered(
        { status: 308, headers: [['location', '/v1/visits/']], body: '' },
        { method: 'GET', url: 'https://api.careharbor.example/v1/visits', credentials: 'sent' },
      ),
    );
    expect(verdict).toMatchObject({ cause: 'redirected' });
    expect(codesOf(verdict)).not.toContain('leads-from-credentials');
  });

  test('whose headers are not shown leads nowhere that could be said', () => {
    const verdict = explained(answered({ status: 302 }, { url: 'https://api.careharbor.example/v1/' }));
    expect(codesOf(verdict)).not.toContain('leads-to');
  });
});

describe('a refusal that came after a redirect', () => {
  const after = (location: string, url?: string) => {
    const redirect = answered(
      { status: 301, headers: [['location', location]], body: '' },
      url === undefined ? {} : { url },
    );
    const refusal = answered({
      status: 401,
      body: '{"detail":"Authentication credentials were not provided."}',
    });
    return codesOf(explain(refusal, signatures, redaction, { before: redirect })).includes(
      'credentials-dropped',
    );
  };

  test.each<[location: string, url: string | undefined, isDropped: boolean]>([
    ['https://api.careharbor.example/v1/', 'http://api.careharbor.example/v1/', true],
    ['https://other.example/v1/', 'https://api.careharbor.example/v1/', true],
    ['https://api.careharbor.example/v1/', undefined, true],
    ['/v1/', 'https://api.careharbor.example/v1', false],
    ['/v1/', undefined, false],
  ])('to %s from %s: may have lost its credentials there is %s', (location, url, isDropped) => {
    expect(after(location, url)).toBe(isDropped);
  });

  test('of something else than credentials is not explained by it', () => {
    const redirect = answered({ status: 301, headers: [['location', 'https://other.example/']], body: '' });
    const verdict = explain(answered({ status: 500 }), signatures, redaction, { before: redirect });
    expect(codesOf(verdict)).not.toContain('credentials-dropped');
  });
});

test('a fix names no control probes, as none were made', () => {
  const verdict = explained({
    request: { method: undefined, url: undefined, headers: {}, credentials: 'unknown' },
    reply: {
      ...{ kind: 'answer', status: 403, statusFrom: 'answer' },
      ...{ headers: undefined, body: Buffer.from('zzz') },
    },
  });
  expect(verdict?.fix?.facts).toMatchObject({ signature: 'any-403' });
  expect(JSON.stringify(verdict)).not.toMatch(/probe/);
});
