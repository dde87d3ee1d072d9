import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conform, copyOfSpec, temporaryFolder } from '../testing/conform.js';
import { SEED } from '../testing/seed.js';
import { hostileAnswer, planted, tracesOf, type HostileAnswer, type Planted } from '../testing/planted.js';

const SECRETS = {
  SHOP_CLIENT_ID: 'client-id-for-tests-quabvexmli',
  SHOP_CLIENT_SECRET: 'client-secret-for-tests-druyphkaz',
  SHOP_PHONE: '303-555-0142',
};
const TOKEN = 'token-for-tests-wubbjintphlo+/=&"';
const PERSON = {
  id: 'zerlinda-quackenbush',
  name: 'Zerlinda Quackenbush',
  born: '1947-03-12',
  note: 'takes warfarin',
};

/** Everything that may be found nowhere. */
const OURS: Planted[] = [...Object.values(SECRETS), TOKEN, ...Object.values(PERSON)].map((value) => ({
  value,
  written: value,
}));

const TARGETS = `
targets:
  shop:
    about: a server that repeats everything
    standing: documented
    oauth:
      url: /oauth/token
      body: json
      tokenField: access_token
      lifetimeField: expires_in
      clientId: SHOP_CLIENT_ID
      clientSecret: SHOP_CLIENT_SECRET
    authorization: Bearer {token}
    timeoutMs: { connect: 2000, headers: 5000, body: 5000 }
    writes: { default: route, most: route }
`;

const SAMPLES = `
operations:
  GET /people/{personId}/:
    query: { phone: { env: SHOP_PHONE } }
  GET /people/{personId}/notes/:
    query: { phone: { env: SHOP_PHONE } }
`;

/** A contract with a listing, two operations on what it lists, and one operation for each hostile answer. */
function contractOf(cases: number): string {
  const person = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer' },
      name: { type: 'string', enum: ['a', 'b'] },
      people: { type: 'object', additionalProperties: { type: 'object', required: ['id'] } },
    },
  };
  const responses = (schema: object) => ({
    responses: { '200': { description: 'ok', content: { 'application/json': { schema } } } },
  });
  const ofPerson = {
    parameters: [{ name: 'personId', in: 'path', required: true, schema: { type: 'string' } }],
    ...responses(person),
  };
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Shop', version: '1' },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    paths: {
      '/people/': { get: responses({ type: 'array', items: person }) },
      '/people/{personId}/': { get: ofPerson, delete: ofPerson },
      '/people/{personId}/notes/': { get: ofPerson },
      ...Object.fromEntries(
        Array.from({ length: cases }, (_, index) => [`/cases/${index}/`, { get: responses(person) }]),
      ),
    },
  });
}

/** Answers with what was planted, and repeats to everybody else all that came in the request. */
function answer(cases: readonly HostileAnswer[], request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '';
  const send = (status: number, type: string, body: string) =>
    response.writeHead(status, { 'content-type': type }).end(body);
  const hostile = cases[Number(/^\/cases\/(\d+)\//.exec(path)?.[1] ?? -1)];
  if (hostile) {
    // A 429 is waited for as long as it says; that is tested elsewhere.
    response.writeHead(hostile.status === 429 ? 403 : hostile.status, hostile.headers.flat());
    response.end(hostile.body);
  } else if (path === '/oauth/token') {
    send(200, 'application/json', JSON.stringify({ access_token: TOKEN, expires_in: 3600 }));
  } else if (path === '/people/') {
    send(200, 'application/json', JSON.stringify([PERSON, { [PERSON.name]: PERSON.born }]));
  } else {
    const authorization = request.headers.authorization ?? '';
    const all = `${path} ${decodeURIComponent(path)} ${authorization} ${Buffer.from(authorization).toString('base64')} ${JSON.stringify(PERSON)}`;
    response.setHeader('x-request-id', Buffer.from(authorization).toString('hex').slice(0, 32));
    response.setHeader('x-token', encodeURIComponent(authorization));
    if (path.includes('/notes/'))
      send(500, 'text/html', `<html><body>Server Error (500): ${all}</body></html>`);
    else
      send(
        403,
        'application/json',
        JSON.stringify({ message: `Signature expired: ${all}`, [PERSON.name]: all }),
      );
  }
}

async function serve(cases: readonly HostileAnswer[]) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      answer(cases, request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function everyFile(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)));
}

/** Answers that break the contract inside members whose names are values. */
const AS_NAMES: HostileAnswer[] = fc.sample(planted, { seed: SEED, numRuns: 5 }).map((one) => ({
  planted: one,
  status: 200,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({ id: { [one.value]: 1 }, people: { [one.written]: 5, [one.value]: 5 } }),
}));

describe('a whole run against a server that repeats what it is told', () => {
  test(`leaves nothing of a person and no secret in any file, nor on the terminal (seed ${SEED})`, async () => {
    const cases = [...fc.sample(hostileAnswer, { seed: SEED, numRuns: 120 }), ...AS_NAMES];
    await using folder = await temporaryFolder();
    await using server = await serve(cases);
    const spec = await copyOfSpec(folder.path);
    await rm(join(spec, 'swagger.yaml'));
    await writeFile(join(spec, 'openapi.yaml'), contractOf(cases.length));
    await writeFile(join(spec, 'targets.yaml'), TARGETS);
    await writeFile(join(spec, 'samples.yaml'), SAMPLES);
    const out = join(folder.path, 'out');
    const args = ['--target', 'shop', '--base-url', server.url, '--spec-dir', spec, '--out', out];
    const { code, out: stdout, err } = await conform(['check', ...args], { env: SECRETS });
    expect(code).toBe(1);
    const { out: json } = await conform(['check', '--json', ...args], { env: SECRETS });

    const files = await everyFile(out);
    const names = [...files.keys()].map((file) => file.slice(out.length));
    expect(names).toEqual(
      expect.arrayContaining(['/latest/shop.json', '/latest/report.html', '/latest/report.md']),
    );
    const run = files.get(join(out, 'latest', 'shop.json')) ?? '';
    // The ids were used, and are shown as pseudonyms: nothing was left out by not asking it.
    expect(run).toContain('/people/people-1/notes/?phone=%24SHOP_PHONE');

    expect(run).toContain('"pointer": "/people/*');
    expect(run).toContain('"pointer": "/id"');

    for (const [place, text] of [...files, ['stdout', stdout], ['stderr', err], ['--json', json]] as const) {
      for (const one of [...OURS, ...cases.map((hostile) => hostile.planted)]) {
        expect(tracesOf(one, text), `${place} holds ${one.value}`).toEqual([]);
      }
    }
  });
});

describe('conform explain', () => {
  test(`says nothing of what stands in the answer that was pasted (seed ${SEED})`, async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'answer.txt');
    const secrets = fc.sample(planted, { seed: SEED, numRuns: 6 });
    for (const [index, hostile] of fc.sample(hostileAnswer, { seed: SEED, numRuns: 6 }).entries()) {
      const secret = secrets[index];
      const lines = [
        `HTTP/1.1 ${hostile.status} X`,
        ...hostile.headers.map(([name, value]) => `${name}: ${value}`),
      ];
      if (secret) lines.push(`x-echo: ${secret.written}`);
      await writeFile(file, `${lines.join('\r\n')}\r\n\r\n${hostile.body}`);
      const { out, err } = await conform(['explain', file]);
      const { out: json } = await conform(['explain', file, '--json']);
      for (const one of [hostile.planted, ...(secret ? [secret] : [])]) {
        expect(tracesOf(one, out + err + json)).toEqual([]);
      }
    }
  });
});
