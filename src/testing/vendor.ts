import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';

/** What an invented vendor answers to one method and path. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId(),
      ...headers,
    });
    response.end(JSON.stringify(body));
  };

/** An unhandled error, as web frameworks show it. */
export const crash: Handler = (_request, response) => {
  response.writeHead(500, { 'content-type': 'text/html', 'x-amzn-requestid': requestId() });
  response.end(
    '<!doctype html><html><head><title>Server Error (500)</title></head><body><h1>Server Error (500)</h1></body></html>',
  );
};

export const deny = json(
  403,
  { Message: 'User is not authorized to access this resource with an explicit deny' },
  { 'x-amzn-errortype': 'AccessDeniedException' },
);

/** What only those are answered who have a token; the others, as the authorizer of a gateway does. */
export const guarded =
  (handler: Handler): Handler =>
  (request, response) => {
    (request.headers.authorization === undefined ? UNAUTHORIZED : handler)(request, response);
  };

const UNAUTHORIZED = json(401, { message: 'Unauthorized' }, { 'x-amzn-errortype': 'UnauthorizedException' });

let served = 0;
function requestId(): string {
  served += 1;
  return `00000000-0000-4000-8000-${String(served).padStart(12, '0')}`;
}

/** A gateway that knows these routes (`GET /v2/items/`), and answers everything else as AWS API Gateway does. */
export async function startVendor(routes: Record<string, Handler>): Promise<{
  url: string;
  routes: Record<string, Handler>;
  [Symbol.asyncDispose]: () => Promise<void>;
}> {
  const server = createServer((request, response) => {
    request.resume();
    const path = (request.url ?? '').replace(/\?.*$/, '');
    const handler = routes[`${request.method ?? ''} ${path}`] ?? unrouted;
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    routes,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

const unrouted: Handler = (request, response) => {
  const { authorization } = request.headers;
  const hash = createHash('sha256')
    .update(authorization ?? '')
    .digest('base64');
  const [type, message] =
    authorization === undefined
      ? ['MissingAuthenticationTokenException', 'Missing Authentication Token']
      : [
          'IncompleteSignatureException',
          `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash}'.`,
        ];
  json(403, { message }, { 'x-amzn-errortype': type })(request, response);
};

/** A spec folder for an invented vendor. @returns its path */
export async function vendorSpec(
  folder: string,
  url: string,
  contract: string,
  samples = '',
): Promise<string> {
  const spec = join(folder, 'spec');
  await mkdir(spec, { recursive: true });
  await cp(join(PACKAGE_ROOT, 'spec', 'signatures.yaml'), join(spec, 'signatures.yaml'));
  await writeFile(join(spec, 'openapi.yaml'), contract);
  if (samples !== '') await writeFile(join(spec, 'samples.yaml'), samples);
  await writeFile(
    join(spec, 'targets.yaml'),
    `targets:
  live:
    about: an invented host
    standing: assumed
    baseUrl: ${url}
    authorization: Bearer token-for-tests
    writes: { default: full, most: full }
`,
  );
  return spec;
}
