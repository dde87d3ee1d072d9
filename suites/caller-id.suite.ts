import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOwnSchema } from '../src/caller-id/engine/own-server.js';
import type { Engine } from '../src/caller-id/engine/engine.js';
import { createLookup, type CallerLookup } from '../src/caller-id/lookup.js';
import { readSql } from '../src/caller-id/sql-file.js';
import { readBundle } from '../src/caller-id/sync/bundle.js';
import { createPaging, PAGE_SIZE } from '../src/caller-id/sync/paging.js';
import { createRequests } from '../src/caller-id/sync/requests.js';
import { sync } from '../src/caller-id/sync/sync.js';
import { systemClock } from '../src/clock.js';
import { at, asText, type Json } from '../src/json.js';
import { live, NOT_LIVE } from './live-target.js';

/*
 * What a flow cannot say as data: a list that is read to its end, and the caller-ID cache, which is a database.
 */

const api = live?.api;
const databaseUrl = live?.environment['DATABASE_URL'];

describe.skipIf(!api)(
  api ? 'The list behind the caller-ID cache' : `The list behind the caller-ID cache (${NOT_LIVE})`,
  () => {
    test('it ends, and holds as many caregivers as it says, each once', async () => {
      const requests = createRequests(new AbortController().signal);
      const all = await createPaging(requests)('practitioners', (_page) => {
        if (!api) throw new Error('there is no client');
        return api.GET('/v1/practitioners/', { params: { query: { _count: PAGE_SIZE, _page } } });
      });
      expect(all.length).toBeGreaterThan(0);
    });
  },
);

/** Real people are not copied into a database by a suite. */
const whyNoCache = !api
  ? NOT_LIVE
  : !live?.keepsNothing
    ? 'only with the people of a replica, who are invented'
    : databaseUrl
      ? undefined
      : 'no PostgreSQL: name one with DATABASE_URL; a schema of its own is made there, and removed';

describe.skipIf(whyNoCache)(
  `The caller-ID cache${whyNoCache === undefined ? '' : ` (${whyNoCache})`}`,
  () => {
    let engine: Engine;
    let client: pg.Client;
    let lookup: CallerLookup;

    beforeAll(async () => {
      if (!api || !live || !databaseUrl) throw new Error('there is nothing to fill it from');
      engine = await openOwnSchema(databaseUrl);
      client = new pg.Client(engine.connection);
      await client.connect();
      await client.query(await readSql(live.specDir, 'proposed.sql'));
      const result = await sync({
        ...{ client, api, staff: [], minShare: 0, clock: systemClock },
        counts: () => ({ requests: 0, retries: 0 }),
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      expect(result.state).toBe('done');
      lookup = createLookup(client, await readSql(live.specDir, 'lookup.sql'), systemClock);
    }, 300_000);

    afterAll(async () => {
      await client.end();
      await engine.close();
    });

    test('the phone of a caregiver gives that caregiver first, however it is written', async () => {
      const list = await api?.GET('/v1/practitioners/', { params: { query: { _count: 1 } } });
      const [known] = readBundle(list?.data)?.resources ?? [];
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
      const [known] = readBundle(list?.data)?.resources ?? [];
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
