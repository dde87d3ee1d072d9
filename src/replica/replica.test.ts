import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { Agent, request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../json.js';
import { PACKAGE_ROOT } from '../package.js';
import { start } from '../testing/conform.js';
import { memberAt } from './members.js';
import { createRateLimit } from './rate.js';
import { startReplica, type Replica, type ReplicaOptions } from './replica.js';
import { asText } from './template.js';
import { loadWorld } from './world.js';

const SPEC = join(PACKAGE_ROOT, 'spec');
const world = await loadWorld(SPEC);
/** A list without parameters that works, whatever the world is about. */
const [, listing = ''] =
  Object.entries(world.routes)
    .filter(
      ([id, route]) =>
        id.startsWith('GET') && !id.includes('{') && route.do === 'search' && !('refuse' in route),
    )
    .map(([id]) => id.split(' '))[0] ?? [];
const { prefix } = world.gateway;

let open: Replica | undefined;
async function serve(options: Partial<ReplicaOptions> = {}): Promise<Replica> {
  open = await startReplica({ world, ...options });
  return open;
}
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function ask(url: string, headers: Record<string, string> = {}, dispatcher?: Agent) {
  const response = await request(url, { headers, ...(dispatcher ? { dispatcher } : {}) });
  return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
}

async function tokenFor(replica: Replica, id = world.token.client.id, secret = world.token.client.secret) {
  const response = await request(replica.url + world.token.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
  });
  return asText(memberAt((await response.body.json()) as Json, 'access_token'));
}

describe('the gateway', () => {
  it.each(['Bearer some-token', 'BearerToken x+/=', 'token=abc', 'no-scheme'])(
    'echoes the hash of exactly the header that was sent: %s',
    async (authorization) => {
      const { url } = await serve();
      const { status, text, headers } = await ask(`${url}${prefix}/nonsense/`, { authorization });
      expect(status).toBe(403);
      expect(text).toContain(`'${createHash('sha256').update(authorization).digest('base64')}'`);
      expect(headers['x-replica-standing']).toMatch(/^observed /);
    },
  );

  it('has other words for headers with an equals sign when its switch says so', async () => {
    const forms = await loadWorld(SPEC, undefined, { 'gateway-wording': 'by-form' });
    const { url } = await serve({ world: forms });
    const words = async (authorization: string) =>
      (await ask(`${url}${prefix}/nonsense`, { authorization })).text;
    expect(await words('Bearer token=abc')).toContain("requires 'Credential' parameter");
    expect(await words('token=abc')).toContain('must begin with the algorithm name');
    expect(await words('Bearer abc')).toContain('Invalid key=value pair');
  });

  it('takes a path without its slash, or points to the other, when its switch says so', async () => {
    const bare = listing.replace(/\/$/, '');
    const exact = await serve();
    const authorization = `Bearer ${await tokenFor(exact)}`;
    expect((await ask(exact.url + bare, { authorization })).status).toBe(403);
    await exact.close();
    const loose = await serve({ world: await loadWorld(SPEC, undefined, { 'trailing-slash': 'loose' }) });
    expect((await ask(loose.url + bare, { authorization: `Bearer ${await tokenFor(loose)}` })).status).toBe(
      200,
    );
    await loose.close();
    const redirect = await serve({
      world: await loadWorld(SPEC, undefined, { 'trailing-slash': 'redirect' }),
    });
    const answer = await ask(`${redirect.url}${bare}?a=b`, { authorization: 'Bearer x' });
    expect([answer.status, answer.headers['location']]).toEqual([301, `${listing}?a=b`]);
  });

  it('knows a token until it runs out', async () => {
    const replica = await serve({ tokenLifetimeSeconds: 1 });
    const authorization = `Bearer ${await tokenFor(replica)}`;
    expect((await ask(replica.url + listing, { authorization })).status).toBe(200);
    await expect.poll(async () => (await ask(replica.url + listing, { authorization })).status).toBe(401);
  });

  it('takes clients that it does not know, unless its switch says otherwise, and never a wrong secret', async () => {
    const open_ = await serve();
    expect(await tokenFor(open_, 'someone-else', 'another-secret')).toMatch(/^[0-9a-f]{32}$/);
    expect(await tokenFor(open_, world.token.client.id, 'wrong-secret')).toBe('');
    await open_.close();
    const closed = await serve({ world: await loadWorld(SPEC, undefined, { 'unknown-clients': 'refused' }) });
    expect(await tokenFor(closed, 'someone-else', 'another-secret')).toBe('');
    expect(await tokenFor(closed)).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the rate', () => {
  it('is enforced with 429 and Retry-After, and its peak is told', async () => {
    const replica = await serve({ requestsPerSecond: 5 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask(`${replica.url}${prefix}/nonsense`)),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    expect(refused[0]?.headers['retry-after']).toBe('1');
    expect(replica.peak()).toBe(8);
  });

  it('counts in every window of one second, not from one full second to the next', () => {
    let now = 900;
    const limit = createRateLimit(2, () => now);
    expect([limit.admit(), limit.admit()]).toEqual([true, true]);
    now = 1100;
    expect(limit.admit()).toBe(false);
    now = 1901;
    expect(limit.admit()).toBe(true);
    expect(limit.peak()).toBe(3);
  });
});

describe('the hosts', () => {
  it('answer everything alike on the legacy host, as a page', async () => {
    const { legacyUrl } = await serve();
    for (const path of ['/', listing, '/anything?x=1']) {
      const { status, headers, text } = await ask(legacyUrl + path);
      expect([status, headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
      expect(text).toContain('Page Not Found');
    }
  });

  it('serve HTTPS with a certificate that can be trusted', async () => {
    const replica = await serve({ tls: true });
    const agent = new Agent({ connect: { ca: replica.certificate ?? '' } });
    expect(replica.url).toMatch(/^https:/);
    expect((await ask(`${replica.url}${prefix}/nonsense`, {}, agent)).status).toBe(403);
    await agent.close();
  });

  it('begin with the same data from the same seed, in which every phone is fiction', async () => {
    const first = (await serve()).snapshot();
    await open?.close();
    expect((await serve()).snapshot()).toBe(first);
    const phones = [...first.matchAll(/"system":"phone".*?"value":"(\d+)"/g)].map(([, value]) => value);
    expect(phones.length).toBeGreaterThan(1000);
    expect(phones.filter((phone) => !/^[2-9]\d{2}55501\d{2}$/.test(phone ?? ''))).toEqual([]);
  });

  it('keep their data when a write comes without a good token', async () => {
    const replica = await serve();
    const before = replica.snapshot();
    for (const id of Object.keys(world.routes)) {
      const [method = '', path = ''] = id.split(' ');
      await request(replica.url + path.replace(/\{\w+\}/g, '345671'), {
        method,
        headers: { authorization: 'Bearer invalid', 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: '{}' }),
      }).then(({ body }) => body.dump());
    }
    expect(replica.snapshot()).toBe(before);
  });
});

describe('conform replica', () => {
  it('says which port is taken, and exits 2', async () => {
    const { url } = await serve();
    const { code, err } = await start(['replica', '--port', new URL(url).port]).done;
    expect(code).toBe(2);
    expect(err).toContain(`port ${new URL(url).port} is in use`);
  });

  it('names the worlds there are when there is no such world, and exits 2', async () => {
    const { code, err } = await start(['replica', '--world', '2020-01-01']).done;
    expect(code).toBe(2);
    expect(err).toContain('there is no world of “2020-01-01”');
    expect(err).toContain(world.date);
  });

  it('serves a world until it is stopped', async () => {
    const { child, says, done } = start(['replica', '--json']);
    const [, url = ''] = await says(/"url": "([^"]+)"/);
    expect((await ask(`${url}${prefix}/nonsense`)).status).toBe(403);
    child.kill('SIGTERM');
    expect((await done).code).toBe(0);
  });
});
