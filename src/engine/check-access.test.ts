import { describe, expect, test } from 'vitest';
import type { Checked } from '../checks/checked.js';
import { NO_CHECKS } from '../checks/chosen.js';
import { scopeHolds } from '../checks/auth/scope-holds.js';
import { tokenEndpoint } from '../checks/auth/token-endpoint.js';
import type { AskOptions, Conversation } from '../drive/conversation.js';
import { oauthCredential } from '../session/credentials/oauth.js';
import { Secrets } from '../targets/secrets.js';
import { entryOf } from '../targets/credential-entry.js';
import type { Answer, HttpRequest, NoAnswer } from '../targets/reply.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import { askingOf, journalIn } from '../testing/asking.js';
import { standingClock } from '../testing/clock.js';
import {
  answer,
  BODY,
  contractOf,
  converseWith,
  exchangeOf,
  seenOf,
  silence,
  type Sent,
} from '../testing/host.js';
import { checkAccess, together, type Access } from './check-access.js';
import { createRateLog } from './rate-log.js';
import type { Left, Observation } from './observation.js';

const PATHS = `
/boats: { get: {}, post: { ${BODY} } }
/boats/{id}: { get: {}, put: { ${BODY} }, delete: {} }
/trays: { post: { ${BODY} } }
/trays/{id}: { get: {} }
/settings: { post: { ${BODY} } }
/open: { post: { security: [], ${BODY} } }
/open/{id}: { get: {} }
/untold: { post: { requestBody: { content: { application/json: {} } } } }
/untold/{id}: { get: {} }
/token: { post: { security: [] } }
`;
const contract = contractOf(PATHS);
const FORBIDDEN = answer(403);
const WRONG = answer(422, { message: 'name is required' });

type Host = (sent: Sent) => Answer | NoAnswer;

/** A host that refuses a reader at all but these operations. */
const refusingBut =
  (given: Record<string, Answer | NoAnswer>): Host =>
  ({ method, path, token }) => {
    if (method === 'GET') return answer(200, []);
    return (token === 'reader' ? (given[`${method} ${path}`] ?? FORBIDDEN) : undefined) ?? WRONG;
  };

async function check(
  host: Host,
  given: {
    policy?: WritePolicy;
    target?: Partial<Target>;
    whyNotAs?: string;
    checks?: Access['plan']['checks']['access'];
    withheld?: boolean;
  } = {},
) {
  const log: string[] = [];
  const left: Left[] = [];
  const own = converseWith((sent) => {
    log.push(`${sent.token} ${sent.method} ${sent.path.replace(/[\w-]{12,}/, '…')} ${sent.body ?? ''}`);
    return host(sent);
  });
  const meant: AskOptions[] = [];
  const conversation: Conversation = {
    ...own,
    ask: (probe, options) => {
      meant.push(options);
      return given.withheld === true && probe.request.method !== 'GET'
        ? Promise.resolve({ withheld: { code: 'budget', kind: 'checks' } })
        : own.ask(probe, options);
    },
  };
  const { plan, asking } = askingOf(contract, conversation, {
    policy: given.policy ?? 'validate',
    journal: journalIn(log),
    onLeft: (one) => left.push(one),
    ...(given.target ? { target: given.target } : {}),
  });
  const observations = plan.steps.map((step): Observation => {
    const url = `https://api.shop.example${step.operation.path}`;
    return {
      ...{ step, asked: true, token: 'valid', isToken: false, before: [], findings: [], listing: undefined },
      probe: {
        ...{ operation: step.operation.id, role: 'operation', shown: url },
        request: { method: step.operation.method, url, headers: {} },
      },
      ...seenOf(exchangeOf()),
    };
  });
  const found = await checkAccess(observations, {
    plan: { ...plan, checks: { ...NO_CHECKS, access: given.checks ?? [scopeHolds] } },
    asking,
    whyNotAs: () => given.whyNotAs,
    rates: createRateLog(),
    isTokenLeftAlone: false,
  });
  const whole = together(found);
  const failed = [...whole].filter(([, { findings }]) => findings.length > 0).map(([operation]) => operation);
  const results = [...whole.values()].flatMap((one) => one.results);
  return { failed, results, log, left, meant };
}

describe('who may only read', () => {
  test('is tried at guarded writes whose forbidden body changes nothing that is there', async () => {
    const { failed, results, log, left } = await check(refusingBut({}));
    expect([failed, left]).toEqual([[], []]);
    expect(results).toEqual([{ id: 'auth/scope-holds', result: 'passed' }]);
    expect(log).toEqual([
      'reader GET /boats ',
      'journal: 0 creating by POST /boats',
      'reader POST /boats {}',
      'journal: 0 created nothing',
      'journal: 1 creating by PUT /boats/{id}',
      'reader PUT /boats/… {}',
      'journal: 1 created nothing',
      'journal: 2 creating by POST /trays',
      'reader POST /trays {}',
      'journal: 2 created nothing',
    ]);
  });

  test('sends nothing that is meant to succeed', async () => {
    const { failed, meant } = await check(refusingBut({ 'POST /trays': WRONG }));
    expect(failed).toEqual(['POST /trays']);
    expect(
      new Set(
        meant.map(({ token, atMost, repeatable, kind }) => JSON.stringify([token, atMost, repeatable, kind])),
      ),
    ).toEqual(
      new Set([
        '["reader","none",true,"checks"]',
        '["reader","validate",false,"checks"]',
        '["valid","validate",false,"checks"]',
      ]),
    );
  });

  test.each<[what: string, reply: Answer | NoAnswer, why: string, failed: string[]]>([
    ['was taken', answer(201, { id: 7 }), 'was answered with 201', ['POST /trays']],
    ['failed', answer(500), 'was answered with 500', []],
    ['got no answer', silence('ECONNRESET'), 'was not answered', []],
  ])('what %s is said to be left, stays in the journal and is sent once', async (_, reply, why, broken) => {
    const { failed, left, log } = await check(refusingBut({ 'POST /trays': reply }));
    expect(failed).toEqual(broken);
    expect(left).toEqual([
      {
        operation: 'POST /trays',
        why: `a body that the contract forbids ${why}, so something may have been created`,
        journal: true,
      },
    ]);
    expect(log.filter((line) => line === 'reader POST /trays {}')).toHaveLength(1);
    const entry = log.find((line) => line.endsWith('creating by POST /trays'))?.split(' ')[1];
    expect(log).not.toContain(`journal: ${entry ?? ''} created nothing`);
  });

  test('what did not reach the host has left nothing', async () => {
    const { left } = await check(refusingBut({ 'POST /trays': silence('ECONNREFUSED', 'connect') }));
    expect(left).toEqual([]);
  });

  test('what the gate withholds has left nothing, and shows nothing', async () => {
    const { results, left, log } = await check(refusingBut({}), { withheld: true });
    expect(results).toMatchObject([{ result: 'inconclusive' }]);
    expect([left, log.at(-1)]).toEqual([[], 'journal: 0 created nothing']);
  });

  test.each(['none', 'route'] as const)('is not tried under the policy “%s”', async (policy) => {
    const { results, log } = await check(refusingBut({}), { policy });
    expect(log).toEqual([]);
    expect(results).toMatchObject([{ id: 'auth/scope-holds', result: 'inconclusive' }]);
  });

  test.each<[what: string, given: Parameters<typeof check>[1]]>([
    ['nobody has named one', { whyNotAs: 'READER not set' }],
    ['the server is our own', { target: { serve: 'replica' } }],
  ])('is not tried where %s', async (_, given) => {
    const { results, log } = await check(refusingBut({}), given);
    expect(log).toEqual([]);
    expect(results).toMatchObject([{ id: 'auth/scope-holds', result: 'not-applicable' }]);
  });

  test('is not tried where that was not chosen', async () => {
    expect((await check(refusingBut({}), { checks: [] })).log).toEqual([]);
  });
});

describe('the token endpoint', () => {
  const GIVEN = answer(
    200,
    { access_token: 'token-for-tests', token_type: 'Bearer' },
    { 'cache-control': 'no-store' },
  );

  async function checkToken(
    toWrong: Answer,
    given: { isTokenLeftAlone?: boolean; reply?: Answer; described?: boolean } = {},
  ) {
    const sent: HttpRequest[] = [];
    const secrets = new Secrets();
    const entry = entryOf({
      oauth: { url: '/token', clientId: 'client-id-for-tests', clientSecret: 'client-secret-for-tests' },
    });
    if (entry.kind !== 'oauth') throw new Error('it is not OAuth');
    const credential = oauthCredential(
      entry,
      {
        ...{ baseUrl: 'https://api.shop.example', secrets, clock: standingClock() },
        send: () => Promise.resolve(given.reply ?? GIVEN),
      },
      secrets,
    );
    await credential.value();
    const { plan, asking } = askingOf(
      contract,
      converseWith(() => answer(500)),
    );
    const observations = plan.steps.map((step): Observation => ({
      ...{ step, asked: true, token: 'valid', before: [], findings: [], listing: undefined },
      isToken: given.described !== false && step.operation.id === 'POST /token',
      probe: {
        operation: step.operation.id,
        role: 'operation',
        request: { method: 'GET', url: '', headers: {} },
        shown: '',
      },
      ...seenOf(exchangeOf()),
    }));
    const whole = together(
      await checkAccess(observations, {
        plan: { ...plan, checks: { ...NO_CHECKS, access: [tokenEndpoint] } },
        asking: {
          ...asking,
          credentials: [credential],
          askForToken: (request) => {
            sent.push(request);
            return Promise.resolve(toWrong);
          },
        },
        whyNotAs: () => 'nobody has named one',
        rates: createRateLog(),
        isTokenLeftAlone: given.isTokenLeftAlone ?? false,
      }),
    );
    return { whole, sent, secrets };
  }
  const textOf = (whole: ReadonlyMap<string, Checked>) => JSON.stringify([...whole]);

  test('is asked once with a wrong secret, and nothing of that is shown', async () => {
    const { whole, sent } = await checkToken(answer(401));
    expect(sent.map(({ url }) => url)).toEqual(['https://api.shop.example/token']);
    expect(whole.get('POST /token')?.results).toEqual([{ id: 'auth/token-endpoint', result: 'passed' }]);
    expect(textOf(whole)).not.toMatch(/client-secret/);
  });

  test('is asked twice where it gives a token, which is secret like the wrong secret', async () => {
    const { whole, sent, secrets } = await checkToken(
      answer(200, { access_token: 'token-of-a-wrong-secret' }),
    );
    expect(sent).toHaveLength(2);
    expect(whole.get('POST /token')?.findings).toMatchObject([{ code: 'wrong-secret-taken', exchange: 0 }]);
    expect(textOf(whole)).not.toMatch(/client-secret|token-of-a-wrong-secret/);
    const [, wrong = ''] = /client_secret=([^&]+)/.exec(String(sent[0]?.body)) ?? [];
    expect(secrets.foundIn(`it is ${wrong}`)).toBe(true);
    expect(secrets.foundIn('it is token-of-a-wrong-secret')).toBe(true);
  });

  test('that the contract does not describe is said of the first operation', async () => {
    const { whole } = await checkToken(answer(401), { described: false });
    expect([...whole.keys()]).toEqual(['GET /boats']);
  });

  test.each<[what: string, given: Parameters<typeof checkToken>[1]]>([
    ['is to be left alone', { isTokenLeftAlone: true }],
    ['has given no token', { reply: answer(401) }],
  ])('that %s is asked nothing', async (_, given) => {
    const { whole, sent } = await checkToken(answer(401), given);
    expect([sent, [...whole]]).toEqual([[], []]);
  });
});

test('what came of several is put together, and each finding keeps its exchange', () => {
  const one = (url: string, id: 'auth/scope-holds' | 'auth/token-endpoint'): ReadonlyMap<string, Checked> =>
    new Map([
      [
        'GET /boats',
        {
          results: [{ id, result: 'failed' }],
          findings: [{ check: id, code: 'x', severity: 'error', message: 'x', exchange: 0 }],
          exchanges: [exchangeOf({ url })],
        },
      ],
    ]);
  const own = together([one('https://a', 'auth/scope-holds'), one('https://b', 'auth/token-endpoint')]).get(
    'GET /boats',
  );
  expect(own?.findings.map(({ exchange }) => own.exchanges[exchange]?.url)).toEqual([
    'https://a',
    'https://b',
  ]);
  expect(own?.results).toHaveLength(2);
});
