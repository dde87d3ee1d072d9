import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { conform } from './conform.js';
import { SHOP } from './shop.js';
import { json, vendorSpec, type Handler } from './vendor.js';

/** What `conform doctor --json` prints. */
export interface Result {
  ok: boolean;
  checks: {
    group: string;
    name: string;
    target?: string;
    state: string;
    found: string;
    code?: string;
    remedy?: string;
  }[];
}

export const ENV = { SHOP_ID: 'client-id-for-tests', SHOP_SECRET: 'client-secret-for-tests' };
export const LIST = json(200, { resourceType: 'Bundle', entry: [] });
/** A handler that refuses who does not have the token of the host. */
export const guarded =
  (handler: Handler): Handler =>
  (request, response) => {
    const isGood = request.headers.authorization === 'Bearer token-of-the-host';
    (isGood ? handler : json(401, { message: 'Unauthorized' }))(request, response);
  };
/** The token endpoint. */
export const token: Handler = json(200, { access_token: 'token-of-the-host', expires_in: 3600 });

/** A spec folder whose target has an OAuth credential. */
export async function shopSpec(folder: string, url: string): Promise<string> {
  const spec = await vendorSpec(folder, url, SHOP);
  const file = join(spec, 'targets.yaml');
  const text = await readFile(file, 'utf8');
  const oauth = 'credentials:\n      - oauth: { url: /token, clientId: SHOP_ID, clientSecret: SHOP_SECRET }';
  await writeFile(
    file,
    text.replace('authorization: Bearer token-for-tests', () => oauth),
  );
  return spec;
}

/** Runs the command on a spec folder. */
export async function doctor(spec: string, options: Parameters<typeof conform>[1] = { env: ENV }) {
  const { code, out, err } = await conform(['doctor', '--spec-dir', spec, '--json'], options);
  const { ok, checks } = JSON.parse(out) as Result;
  expect(ok).toBe(code === 0);
  // Neither what was given to it nor what the host gave.
  expect(out + err).not.toMatch(/secret-for-tests|token-of-the-host/);
  const of = (name: string) =>
    checks.filter((one) => one.group === 'hosts' && one.name === name).map(({ state }) => state);
  return { code, checks, of };
}
