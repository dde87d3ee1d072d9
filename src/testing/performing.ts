import type { IncomingMessage, ServerResponse } from 'node:http';
import { NO_SENTENCES } from '../verdict/signatures.js';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseChecks } from '../checks/select.js';
import type { Contract } from '../contract/contract.js';
import { samplesOf, type SamplesFile } from '../probe/samples.js';
import { expectations } from '../record/expected.js';
import { performRun } from '../engine/perform.js';
import { planRun } from '../engine/plan.js';
import { Secrets } from '../targets/secrets.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import { leapingClock } from './clock.js';
import { temporaryFolder } from './folder.js';
import { contractOf, OAUTH, targetOf, THINGS } from './host.js';
import { serve } from './serve.js';

/** Answers with a status and a body in JSON. */
export const send = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** A host with a token endpoint: it lists one thing, and keeps what is created in it until it is removed. */
function shop(): Record<string, (response: ServerResponse) => unknown> {
  let isThere = false;
  return {
    'POST /token': (response) => send(response, 200, { access_token: 'token-for-tests', expires_in: 3600 }),
    'GET /things/': (response) => send(response, 200, [{ id: 'of-a-customer' }]),
    'GET /things/of-a-customer/': (response) => send(response, 200, { id: 'of-a-customer' }),
    'POST /things/': (response) => {
      isThere = true;
      send(response, 201, { id: 'new-1' });
    },
    'GET /things/new-1/': (response) =>
      send(response, isThere ? 200 : 404, { id: 'new-1', name: 'Conform-Test abababab' }),
    'DELETE /things/new-1/': (response) => {
      isThere = false;
      response.writeHead(204).end();
    },
  };
}

interface Given {
  paths?: string;
  contract?: Contract;
  host?: Record<string, (response: ServerResponse) => unknown>;
  policy?: WritePolicy;
  samples?: SamplesFile;
  other?: boolean;
  signal?: AbortSignal;
  checks?: string[];
  /** Before anything is asked. */
  prepare?: (folder: string) => Promise<void>;
}

/** Performs a run on a host of its own, and tells what was asked of it and of the other host. */
export async function perform(given: Given = {}) {
  const asked: string[] = [];
  const elsewhere: string[] = [];
  const noted =
    (list: string[], host: Given['host'] = {}) =>
    (request: IncomingMessage, response: ServerResponse) => {
      const call = `${request.method ?? ''} ${request.url ?? ''}`;
      list.push(`${call} ${request.headers.authorization ?? 'no token'}`);
      const handler = host[call];
      if (handler) handler(response);
      else send(response, 403, { message: 'no such route' });
    };
  await using folder = await temporaryFolder();
  await using here = await serve(noted(asked, { ...shop(), ...given.host }));
  await using there = await serve(noted(elsewhere));
  await given.prepare?.(folder.path);
  const contract = given.contract ?? contractOf(given.paths ?? THINGS);
  const samples = samplesOf(given.samples ?? {});
  const target: Target & { baseUrl: string } = targetOf({ oauth: OAUTH, baseUrl: here.url });
  const journals = join(folder.path, 'journal');
  const faults: Error[] = [];
  const running = performRun({
    id: '20260226T174000Z-live',
    startedAt: new Date('2026-02-26T17:40:00Z'),
    contract,
    target,
    otherHost: given.other ? targetOf({ name: 'other', oauth: OAUTH, baseUrl: there.url }) : undefined,
    plan: planRun(contract, target, given.policy ?? 'none', samples, {
      checks: chooseChecks(given.checks ?? []),
    }),
    samples,
    signatures: { all: [], names: [], texts: [], clients: [], sentences: NO_SENTENCES },
    expectations: expectations({ operations: {} }),
    environment: {
      [OAUTH.clientId]: 'client-id-for-tests',
      [OAUTH.clientSecret]: 'client-secret-for-tests',
      SHOP_KEY: 'key-of-ours',
    },
    invented: false,
    secrets: new Secrets(),
    world: undefined,
    journals,
    clock: leapingClock(),
    chance: (bytes) => 'ab'.repeat(bytes),
    signal: given.signal ?? new AbortController().signal,
    onEvent: () => undefined,
    limitOf: () => undefined,
    onFault: (error) => faults.push(error),
  });
  const run = await running.catch((error: unknown) => String(error));
  const left = await readdir(journals).catch(() => []);
  return { run: typeof run === 'string' ? undefined : run, failure: run, asked, elsewhere, left, faults };
}
