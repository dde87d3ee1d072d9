import { createServer, type ServerResponse } from 'node:http';
import type { Random } from '../egress/random.js';
import type { TestClock } from '../clock.js';

/** What the host does otherwise than on its first day. */
export interface Ways {
  /** How `/berths/` is refused. */
  berths?: 'denied' | 'crashes';
  /** Whether the entries of `/crews/` have no name any more. */
  crewsWithoutName?: boolean;
  /** How many milliseconds `/docks/` takes in addition. */
  docksSlowerMs?: number;
  /** Whether `/ferries/` lists nothing, so that no single one can be asked. */
  noFerries?: boolean;
}

/** A host whose ways can be changed from night to night, which takes its time on a test clock. */
export interface QuarterHost {
  url: string;
  ways: Ways;
  /** The clock that passes while it answers; none while a process with its own clock asks. */
  clock: TestClock | undefined;
  /** Called before each request is answered; a promise that it gives is waited for. */
  onRequest: (path: string) => Promise<void> | undefined;
  close: () => Promise<void>;
}

const LISTS = ['anchors', 'berths', 'crews', 'docks', 'ferries'] as const;

/** The contract of that host. */
export function contractOf(version: string): string {
  const item = `{ type: object, properties: { id: { type: string }, name: { type: string }, size: { type: integer }${
    version === '1' ? '' : ', colour: { type: string }'
  } } }`;
  const list = `{ '200': { description: ok, content: { application/json: { schema: { type: array, items: ${item} } } } } }`;
  const one = `{ '200': { description: ok, content: { application/json: { schema: ${item} } } } }`;
  return [
    'openapi: 3.0.3',
    `info: { title: Harbour, version: '${version}' }`,
    'security: [{ bearer: [] }]',
    'components: { securitySchemes: { bearer: { type: http, scheme: bearer } } }',
    'paths:',
    ...LISTS.map((name) => `  /${name}/: { get: { responses: ${list} } }`),
    `  /ferries/{ferry_id}/: { get: { parameters: [{ name: ferry_id, in: path, required: true, schema: { type: string } }], responses: ${one} } }`,
    '',
  ].join('\n');
}

export async function startQuarterHost(random: Random): Promise<QuarterHost> {
  const answer = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': random.chance(8) });
    response.end(JSON.stringify(body));
  };
  const item = (id: string) => ({
    id,
    name: `name ${random.chance(3)}`,
    size: Math.floor(random.next() * 90),
  });
  const host: QuarterHost = {
    url: '',
    ways: {},
    clock: undefined,
    onRequest: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
  const server = createServer((request, response) => {
    request.resume();
    const path = (request.url ?? '').replace(/\?.*$/, '');
    const serve = (): void => {
      const { ways, clock } = host;
      const name = path.split('/')[1] ?? '';
      clock?.advance(30 + random.next() * 20 + (name === 'docks' ? (ways.docksSlowerMs ?? 0) : 0));
      if (request.headers.authorization !== 'Bearer token-for-tests') {
        answer(response, 401, { message: 'Unauthorized' });
        return;
      }
      if (name === 'berths' && ways.berths === 'denied') {
        answer(response, 403, { message: 'You do not have permission to perform this action.' });
      } else if (name === 'berths' && ways.berths === 'crashes') {
        answer(response, 500, { message: 'Internal Server Error' });
      } else if (path === `/${name}/` && LISTS.some((known) => known === name)) {
        const count = name === 'ferries' && ways.noFerries ? 0 : 3 + Math.floor(random.next() * 5);
        const items = Array.from({ length: count }, () => item(random.chance(4)));
        const bare = items.map(({ id, size }) => ({ id, size }));
        answer(response, 200, name === 'crews' && ways.crewsWithoutName ? bare : items);
      } else if (/^\/ferries\/[^/]+\/$/.test(path)) {
        const id = path.split('/')[2] ?? '';
        if (/^[0-9a-f]{8}$/.test(id)) answer(response, 200, item(id));
        else answer(response, 404, { message: 'Not found.' });
      } else {
        answer(response, 404, { message: 'no such route' });
      }
    };
    const waiting = host.onRequest(path);
    if (waiting) void waiting.then(serve);
    else serve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  host.url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return host;
}
