import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { readRun } from '../record/store.js';
import { standingClock } from '../testing/clock.js';
import { conform, copyOfSpec, start, temporaryFolder } from '../testing/conform.js';
import { startReplica, type Replica } from './replica.js';
import { readWorlds } from './world.js';

const SPEC = join(PACKAGE_ROOT, 'spec');
const open: Replica[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((replica) => replica.close()));
});

async function startWorld(date?: string) {
  const clock = standingClock();
  const replica = await startReplica({ world: (await readWorlds(SPEC)).of(date), clock });
  open.push(replica);
  const answer = await fetch(`${replica.url}/oauth/accesstoken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: 'client-id-for-tests',
      client_secret: 'client-secret-for-tests',
    }),
  });
  const grant: unknown = await answer.json();
  const token = typeof grant === 'object' && grant !== null ? String(Reflect.get(grant, 'access_token')) : '';
  const authorization = `Bearer ${token}`;
  const ask = async (call: string, body?: unknown) => {
    clock.advance(20); // at 50 a second, below the documented rate
    const [method = 'GET', path = '/'] = call.split(' ');
    const response = await fetch(replica.url + path, {
      method,
      redirect: 'manual',
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      standing: response.headers.get('x-replica-standing'),
      text,
      json: (isJson ? JSON.parse(text) : {}) as Record<string, unknown> & {
        entry?: Record<string, unknown>[];
      },
    };
  };
  return { replica, clock, grant, authorization, ask };
}

describe('the token endpoint', () => {
  test('answers exactly the nine members that were observed, in order and with their types', async () => {
    const { grant } = await startWorld();
    const members = Object.entries(grant as object).map(([name, value]) => `${name}: ${typeof value}`);
    expect(members).toEqual([
      'refresh_token_expires_in: string',
      'token_type: string',
      'issued_at: number',
      'client_id: string',
      'access_token: string',
      'scope: string',
      'expires_in: string',
      'refresh_count: string',
      'status: string',
    ]);
    expect(Reflect.get(grant as object, 'access_token')).toMatch(/^[0-9a-f]{32}$/);
    expect(Reflect.get(grant as object, 'expires_in')).toBe('3599');
  });

  test('under other paths it is not found, each in its own way', async () => {
    const { replica, ask } = await startWorld();
    const bare = await fetch(`${replica.url}/v1/oauth/accesstoken`, { method: 'POST' });
    expect([bare.status, await bare.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
    expect((await ask('POST /oauth/token')).status).toBe(404);
  });
});

describe('the gateway', () => {
  test('refuses what it does not know with the hash of the header that was really sent', async () => {
    const { ask, authorization } = await startWorld('2026-01-29');
    const hash = createHash('sha256').update(authorization).digest('base64');
    for (const call of [
      'GET /v1/Practitioner',
      'GET /v1/practitioners',
      'POST /v1/v1/patients/_search/',
      'PATCH /v1/patients/',
    ]) {
      const { status, json, standing } = await ask(call);
      expect(status, call).toBe(403);
      expect(json['message'], call).toBe(
        `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash}'.`,
      );
      expect(standing).toContain('observed 2026-01-29');
    }
  });

  test('lets no token pass that it has not given, and none that was revoked', async () => {
    const { replica, ask } = await startWorld();
    const stranger = await fetch(`${replica.url}/v1/practitioners/`, {
      headers: { authorization: 'Bearer other' },
    });
    expect([stranger.status, stranger.headers.get('x-replica-standing')]).toEqual([401, 'assumed']);
    expect((await ask('GET /v1/practitioners/')).status).toBe(200);
    replica.revokeTokens();
    expect((await ask('GET /v1/practitioners/')).status).toBe(401);
  });

  test('admits the documented rate and refuses the rest with Retry-After', async () => {
    const { replica, clock, authorization } = await startWorld();
    clock.advance(1000);
    const answers = await Promise.all(
      Array.from({ length: 150 }, () =>
        fetch(`${replica.url}/v1/locations/`, { headers: { authorization } }),
      ),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(50);
    expect(refused.every((answer) => answer.headers.get('retry-after') === '1')).toBe(true);
    expect(replica.peak()).toBe(150);
    clock.advance(1000);
    const later = await fetch(`${replica.url}/v1/locations/`, { headers: { authorization } });
    expect(later.status).toBe(200);
  });
});

describe('the application', () => {
  test('lists in the form of each resource, page by page', async () => {
    const { ask } = await startWorld();
    const { json: practitioners } = await ask('GET /v1/practitioners/?_count=3');
    expect(Object.keys(practitioners)).toEqual(['resourceType', 'id', 'type', 'totalRecords', 'entry']);
    expect(practitioners.entry).toHaveLength(3);
    expect(practitioners.entry?.[0]).toHaveProperty('resource.id');
    const { json: patients } = await ask('GET /v1/patients/?_count=3');
    expect(patients).not.toHaveProperty('totalRecords');
    const { json: beyond } = await ask('GET /v1/practitioners/?_count=100&_page=99');
    expect(beyond.entry).toEqual([]);
    const ids = async (query: string) =>
      JSON.stringify((await ask(`POST /v1/relatedperson/_search/?${query}`, {})).json.entry);
    expect(await ids('_count=2&_page=1')).toBe(await ids('_count=2'));
    expect(await ids('_count=2&_page=2')).not.toBe(await ids('_count=2'));
  });

  test('has the quirks of the patient list since they were observed, and not before', async () => {
    const quirks = async (date: string) => {
      const { ask } = await startWorld(date);
      const count = async (call: string, body?: unknown) => (await ask(call, body)).json.entry?.length;
      return {
        active: await count('POST /v1/patients/_search/', { active: 'false' }),
        agency: (await count('GET /v1/patients/?agencyId=1234&_count=100')) ?? 0,
      };
    };
    expect(await quirks('2026-01-31')).toEqual({ active: 20, agency: 100 });
    const later = await quirks('2026-02-03');
    expect(later.active).toBe(0);
    expect(later.agency).toBeLessThan(100);
    const { ask } = await startWorld('2026-02-03');
    expect((await ask('GET /v1/patients/?_count=1')).text).toContain('{"code":"status","display":"None"}');
  });

  test('clocks in and out once, however often it is asked', async () => {
    const { replica, ask } = await startWorld();
    const shifts = await ask('GET /v1/appointment/?caregiverId=2345671&monthNo=202602');
    const shift = (shifts.json.entry?.[0]?.['resource'] as { id: string }).id;
    const body = { resourceType: 'Encounter', period: { start: '2026-02-02T15:02:00Z' } };
    const first = await ask(`POST /v1/encounter/${shift}/clockin/`, body);
    const again = await ask(`POST /v1/encounter/${shift}/clockin/`, body);
    expect(first.json).toMatchObject({ status: 'IN_PROGRESS', clockedOut: false, success: true });
    expect(again.json['id']).toBe(first.json['id']);
    const id = String(first.json['id']);
    expect((await ask(`PUT /v1/encounter/${id}/clockout/`, {})).json).toEqual({ success: true });
    const after = replica.snapshot();
    expect((await ask(`PUT /v1/encounter/${id}/clockout/`, {})).json).toEqual({ success: true });
    expect(replica.snapshot()).toBe(after);
    expect((await ask(`PUT /v1/encounter/${shift}/clockout/`, {})).status).toBe(404);
  });

  test('takes task logs on most care logs and refuses some', async () => {
    const { ask } = await startWorld();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        ask(`POST /v1/encounter/${567890123 + index}/tasklog/`, { resourceType: 'TaskLog', title: 'Visit' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(8);
    expect(answers.find(({ status }) => status === 200)?.json['taskLogId']).toMatch(/^\d{10}$/);
    const listed = await ask('GET /v1/encounter/567890123/tasklog/');
    expect(listed.json).toMatchObject({ type: 'searchset', total: 1, entry: [{ title: 'Visit' }] });
  });

  test('refuses incomplete documents with the recorded texts, and crashes on complete ones', async () => {
    const { ask } = await startWorld('2026-02-26');
    const complete = {
      type: { text: 'General' },
      content: { attachment: { data: 'eA==', title: 'a.txt', contentType: 'text/plain' } },
      context: { related: [{ ref: 'Patient/1' }] },
      meta: { tag: [{ code: 'agencyId', display: '1234' }] },
    };
    const texts = await Promise.all(
      [
        { ...complete, type: {} },
        { ...complete, context: undefined },
        { ...complete, content: { attachment: { data: 'eA==' } } },
        { ...complete, meta: {} },
      ].map(async (body) => {
        const { status, json } = await ask('POST /v1/documentReferences/', body);
        return [status, json['error']];
      }),
    );
    expect(texts).toEqual([
      [422, "'text' in 'type' is required."],
      [422, "'context' is required."],
      [422, "'data', 'title' and 'contentType' are mandatory."],
      [422, "'agencyId' is required."],
    ]);
    for (const body of [complete, { ...complete, content: [] }]) {
      const { status, text } = await ask('POST /v1/documentReferences/', body);
      expect([status, text.startsWith('<html>')]).toEqual([500, true]);
    }
  });

  test('refuses phones that have no ten digits, and knows no id that it has not given', async () => {
    const { ask } = await startWorld();
    const body = (value: string) => ({ name: [{}], telecom: [{ system: 'phone', value }] });
    expect((await ask('POST /v1/patients/', body('13035550100'))).json).toEqual({
      error: 'Invalid phone number format. Must be 10 digits.',
    });
    const made = await ask('POST /v1/patients/', body('3035550100'));
    expect(made.status).toBe(201);
    expect((await ask(`GET /v1/patients/${String(made.json['id'])}/`)).status).toBe(200);
    expect((await ask('GET /v1/patients/invalid-id-99999999/')).status).toBe(404);
  });
});

test('the former host answers everything with the same page', async () => {
  const { replica } = await startWorld();
  for (const path of ['/connect/token', '/api/v1/agencies/1/clients']) {
    const answer = await fetch(`${replica.legacyUrl ?? ''}${path}`, { method: 'POST' });
    expect([answer.status, (await answer.text()).includes('Page Not Found')]).toEqual([404, true]);
  }
});

test('every answer says how sure we are of it, in every world', async () => {
  const dates = (await readWorlds(SPEC)).dates;
  expect(dates.length).toBeGreaterThanOrEqual(4);
  for (const date of dates) {
    const { ask } = await startWorld(date);
    for (const call of [
      'GET /v1/practitioners/',
      'GET /v1/nothing/',
      'GET /elsewhere',
      'GET /v1/patients/1/',
    ])
      expect((await ask(call)).standing, `${date} ${call}`).toMatch(/observed|documented|assumed|by effect/);
  }
});

test('the same world has the same people, and other worlds differ in their date', async () => {
  const [one, two] = [await startWorld(), await startWorld()];
  expect(one.replica.snapshot()).toBe(two.replica.snapshot());
});

describe('conform replica', () => {
  test('serves until it is stopped', async () => {
    const { stop, done, says } = start(['replica', '--world', '2026-02-03', '--port', '0']);
    const [, url = ''] = await says(/The world of 2026-02-03: .* at (http:\S+)/);
    expect((await fetch(`${url}/v1/patients/`)).status).toBe(401);
    stop();
    expect((await done).code).toBe(0);
  });

  test('names the worlds there are, the line that is wrong, and the port that is taken', async () => {
    await using folder = await temporaryFolder();
    const unknown = await conform(['replica', '--world', '2025-01-01']);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('Worlds are: 2026-01-29')]);
    const spec = await copyOfSpec(folder.path);
    await writeFile(
      join(spec, 'worlds/2026-03-01.yaml'),
      "about: x\nextends: '2026-02-26'\nrequestsPerSecond: many\n",
    );
    const wrong = await conform(['replica', '--spec-dir', spec]);
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringMatching(/2026-03-01\.yaml:3: “requestsPerSecond”/),
    ]);
    const { replica } = await startWorld();
    const taken = await conform(['replica', '--port', new URL(replica.url).port]);
    expect([taken.code, taken.err]).toEqual([2, expect.stringContaining('is in use')]);
  });

  test('serves a recorded run: refusals as they were recorded, unknown paths as unknown paths were', async () => {
    await using folder = await temporaryFolder();
    await conform(['check', '--target', 'replica', '--out', folder.path]);
    const file = join(folder.path, 'latest/replica.json');
    const run = await readRun(file);
    for (const { exchanges } of run.operations)
      for (const { responseHeaders } of exchanges) responseHeaders['set-cookie'] = '…; Secure';
    await writeFile(file, JSON.stringify(run));
    const { stop, done, says } = start(['replica', '--run', file]);
    const [, url = ''] = await says(/at (http:\S+)/);
    const refused = await fetch(`${url}/v1/appointment/_search/`, { method: 'POST' });
    expect([refused.status, refused.headers.get('set-cookie')]).toEqual([403, null]);
    expect(await refused.text()).toContain('Invalid key=value pair');
    expect((await fetch(`${url}/v1/nothing-like-it/`, { method: 'POST' })).status).toBe(403);
    const works = await fetch(`${url}/v1/practitioners/`);
    expect([works.status, await works.text()]).toEqual([
      200,
      expect.stringContaining('"resourceType":"Bundle"'),
    ]);
    stop();
    await done;
  });
});
