import type { CallerLookup, Client, Engine } from 'wellsky-conform-caller-id/cache';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSql } from '../src/bench/sql-file.js';
import { systemClock } from '../src/clock.js';
import { at, asText, type Json } from '../src/json.js';
import { isInstalled } from '../src/package.js';
import { live, NOT_LIVE } from './live-target.js';

/*
 * What a flow cannot say as data: a list that is read to its end, and the caller-ID cache, which is a database.
 */

const api = live?.api;
const CACHE = 'wellsky-conform-caller-id';
const cache = isInstalled(CACHE) ? await import('wellsky-conform-caller-id/cache') : undefined;
const NO_CACHE = `${CACHE} is not installed`;
const databaseUrl = live?.environment['DATABASE_URL'];

const whyNoList = !cache ? NO_CACHE : api ? undefined : NOT_LIVE;

describe.skipIf(whyNoList)(
  `The list behind the caller-ID cache${whyNoList === undefined ? '' : ` (${whyNoList})`}`,
  () => {
    test('it ends, and holds as many caregivers as it says, each once', async () => {
      if (!api || !cache) throw new Error('there is no client');
      const { createPaging, createRequests, PAGE_SIZE } = cache;
      const requests = createRequests(new AbortController().signal);
      const all = await createPaging(requests)('practitioners', (_page) =>
        api.GET('/v1/practitioners/', { params: { query: { _count: PAGE_SIZE, _page } } }),
      );
      expect(all.length).toBeGreaterThan(0);
    });
  },
);

/** Real people are not copied into a database by a suite. */
const whyNoCache = whyNoList
  ? whyNoList
  : !live?.keepsNothing
    ? 'only with the people of a replica, who are invented'
    : databaseUrl
      ? undefined
      : 'no PostgreSQL: name one with DATABASE_URL; a schema of its own is made there, and removed';

describe.skipIf(whyNoCache)(
  `The caller-ID cache${whyNoCache === undefined ? '' : ` (${whyNoCache})`}`,
  () => {
    let engine: Engine;
    let client: Client;
    let lookup: CallerLookup;

    beforeAll(async () => {
      if (!api || !live || !databaseUrl || !cache) throw new Error('there is nothing to fill it from');
      engine = await cache.openOwnSchema(databaseUrl);
      client = new cache.Client(engine.connection);
      await client.connect();
      await client.query(await readSql(live.specDir, 'proposed.sql'));
      const result = await cache.sync({
        ...{ client, api, staff: [], minShare: 0, clock: systemClock },
        counts: () => ({ requests: 0, retries: 0 }),
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      expect(result.state).toBe('done');
      lookup = cache.createLookup(client, await readSql(live.specDir, 'lookup.sql'), systemClock);
    }, 300_000);

    afterAll(async () => {
      await client.end();
      await engine.close();
    });

    test('the phone of a caregiver gives that caregiver first, however it is written', async () => {
      const list = await api?.GET('/v1/practitioners/', { params: { query: { _count: 1 } } });
      const [known] = cache?.readBundle(list?.data)?.resources ?? [];
      const phone = textAt(known, '/telecom/0/value');
      const written = `(${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6)}`;
      for (const form of [phone, `+1${phone}`, written]) {
        const answer = await lookup(form);
        expect(answer).toMatchObject({
          known: true,
          candidates: expect.arrayContaining([
            expect.objectContaining({ kind: 'practitioner', id: textAt(known, '/id') }),
          ]) as unknown,
        });
      }
    });

    test('the phone of a client gives that client', async () => {
      const list = await api?.GET('/v1/patients/', {
        params: { query: { 'last_name:contains': 'Sh', _count: 1 } },
      });
      const [known] = cache?.readBundle(list?.data)?.resources ?? [];
      expect(await lookup(textAt(known, '/telecom/0/value'))).toMatchObject({
        known: true,
        candidates: expect.arrayContaining([
          expect.objectContaining({ kind: 'patient', id: textAt(known, '/id') }),
        ]) as unknown,
      });
    });

    test('a phone that nobody has gives nobody, and what is no phone is none', async () => {
      expect(await lookup('9705550187')).toMatchObject({ known: false, e164: '+19705550187' });
      expect(await lookup('anonymous')).toEqual({ known: false, e164: undefined });
    });
  },
);

function textAt(value: Json | undefined, pointer: string): string {
  const found = at(value, pointer);
  expect(found, pointer).toBeDefined();
  return asText(found ?? '');
}
