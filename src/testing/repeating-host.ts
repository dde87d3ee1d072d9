import type { IncomingMessage, ServerResponse } from 'node:http';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Consumer } from '../impact/consumer.js';
import { PACKAGE_ROOT } from '../package.js';
import { consumerOf, fileOf } from './consumer.js';
import type { HostileAnswer, Planted } from './planted.js';

export const SECRETS = {
  SHOP_CLIENT_ID: 'client-id-for-tests-quabvexmli',
  SHOP_CLIENT_SECRET: 'client-secret-for-tests-druyphkaz',
  SHOP_PHONE: '303-555-0142',
};
export const TOKEN = 'token-for-tests-wubbjintphlo+/=&"$&';
const PERSON = {
  id: 'Zerlinda-Quackenbush',
  name: 'Zerlinda Quackenbush',
  born: '1947-03-12',
  note: 'takes warfarin',
};
/** Ids of other records, of the forms that ids have; a host may list any of them first. */
const IDS = [
  'QUABVEXMLI',
  'zorphlokaz',
  '7f3c1a2e-55aa-4b1d-9c33-0a1b2c3d4e5f',
  '30355501426',
  'dru yph/kaz',
  'MLI_jint-0099',
];

/** Everything that may be found nowhere. */
export const PLANTED_ALWAYS: Planted[] = [
  ...Object.values(SECRETS),
  TOKEN,
  ...Object.values(PERSON),
  ...IDS,
].map((value) => ({ value, written: value }));

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

const NEEDED = ['GET /people/', 'GET /people/{personId}/', 'GET /person/{personId}/letters'];

/** A consumer that counts on the shop alone. */
function till(): Consumer {
  const consumer = consumerOf('till', { 'Know who calls': NEEDED });
  return { ...consumer, policy: { ...consumer.policy, targets: ['shop'] } };
}

/** A contract with a listing, operations on what it lists, a path that is spelled wrongly, and one operation for each hostile answer. */
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
      // The host has both with a slash at the end, and the second under another number.
      '/people/{personId}/letters': { get: ofPerson },
      '/person/{personId}/letters': { get: ofPerson },
      ...Object.fromEntries(
        Array.from({ length: cases }, (_, index) => [`/cases/${index}/`, { get: responses(person) }]),
      ),
    },
  });
}

/** Writes the spec folder of the shop: its contract, target, samples and consumer, and what is known of gateways. */
export async function shopSpec(folder: string, cases: number): Promise<string> {
  const spec = join(folder, 'spec');
  await mkdir(join(spec, 'consumers'), { recursive: true });
  for (const name of ['signatures.yaml', 'support.yaml'])
    await cp(join(PACKAGE_ROOT, 'spec', name), join(spec, name));
  await writeFile(join(spec, 'openapi.yaml'), contractOf(cases));
  await writeFile(join(spec, 'targets.yaml'), TARGETS);
  await writeFile(join(spec, 'samples.yaml'), SAMPLES);
  await writeFile(join(spec, 'consumers', 'till.yaml'), fileOf(till()));
  return spec;
}

/**
 * Answers with what was planted, and repeats to everybody else all that came in the request.
 * @param turn which of the ids the listing begins with
 */
export function repeatingHost(cases: readonly HostileAnswer[], turn = 0) {
  const ids = [...IDS.slice(turn % IDS.length), ...IDS.slice(0, turn % IDS.length)];
  return (request: IncomingMessage, response: ServerResponse): void => {
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
      const listed = ids.map((id) => ({ ...PERSON, id }));
      send(200, 'application/json', JSON.stringify([...listed, PERSON, { [PERSON.name]: PERSON.born }]));
    } else if (/^\/people\/[^/]+\/letters\/$/.test(path)) {
      send(200, 'application/json', JSON.stringify({ id: 1, name: 'a' }));
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
  };
}

/** The text of every file below a folder, by its path. */
export async function everyFile(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const)));
}
