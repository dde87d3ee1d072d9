import { afterAll, describe, expect, test } from 'vitest';
import { readBundle } from '../src/caller-id/sync/bundle.js';
import { createPaging, PAGE_SIZE } from '../src/caller-id/sync/paging.js';
import { createRequests } from '../src/caller-id/sync/requests.js';
import { asText, type JsonObject } from '../src/json.js';
import { live } from './live-target.js';

/*
 * What a consumer does with the API, step after step, live and through the generated client. A run asks each operation
 * by itself; here one answer has to fit the next.
 */

const READS = live
  ? 'reading'
  : 'reading (skipped: no target that keeps its records; conform suites --target NAME)';
const WRITES = live?.keepsNothing ? 'writing' : 'writing (skipped: only where nothing real is written to)';

afterAll(() => live?.api.close());

/** The resources of the first page of a list. */
function resourcesOf(data: unknown): JsonObject[] {
  const page = readBundle(data);
  expect(page, 'a list is a Bundle').toBeDefined();
  return page?.resources ?? [];
}

function idOf(resource: JsonObject | undefined): string {
  expect(resource, 'there is one to go on with').toBeDefined();
  return asText(resource?.['id'] ?? '');
}

describe.skipIf(!live)(READS, () => {
  const api = live?.api as NonNullable<typeof live>['api'];

  test('a caregiver of the list is the one that is read by that id', async () => {
    const list = await api.GET('/v1/practitioners/', { params: { query: { _count: 1 } } });
    const [listed] = resourcesOf(list.data);
    const id = idOf(listed);
    const { data, response } = await api.GET('/v1/practitioners/{id}/', { params: { path: { id } } });
    expect(response.status).toBe(200);
    expect(asText(data?.id ?? '')).toBe(id);
    expect(data?.name).toEqual(listed?.['name']);
  });

  test('the list of caregivers ends, and holds as many as it says, each once', async () => {
    const requests = createRequests(new AbortController().signal);
    const all = await createPaging(requests)('practitioners', (_page) =>
      api.GET('/v1/practitioners/', { params: { query: { _count: PAGE_SIZE, _page } } }),
    );
    expect(all.length).toBeGreaterThan(0);
  });

  test('the shifts of a caregiver are that caregiver’s', async () => {
    const list = await api.GET('/v1/practitioners/', { params: { query: { _count: 20 } } });
    const ids = resourcesOf(list.data).map(idOf);
    let found = 0;
    for (const caregiverId of ids) {
      const shifts = await api.GET('/v1/appointment/', {
        params: { query: { caregiverId, monthNo: '202602' } },
      });
      expect(shifts.response.status).toBe(200);
      for (const shift of resourcesOf(shifts.data)) {
        found += 1;
        expect(shift).toMatchObject({ caregiver: { id: caregiverId } });
      }
    }
    expect(found).toBeGreaterThan(0);
  });

  test('the family of a client can be asked for, also where there is none', async () => {
    const list = await api.GET('/v1/patients/', {
      params: { query: { 'last_name:contains': 'Sh', _count: 5 } },
    });
    for (const patient_id of resourcesOf(list.data).map(idOf)) {
      const family = await api.GET('/v1/relatedperson/{patient_id}/', { params: { path: { patient_id } } });
      expect([200, 404]).toContain(family.response.status);
    }
  });

  test('an id that nobody has is absent, and not refused', async () => {
    const { response } = await api.GET('/v1/patients/{id}/', { params: { path: { id: '999999999' } } });
    expect(response.status).toBe(404);
  });
});

describe.skipIf(!live?.keepsNothing)(WRITES, () => {
  const api = live?.api as NonNullable<typeof live>['api'];

  test('a lead is taken, moves on, and is removed', async () => {
    const created = await api.POST('/v1/patients/', {
      body: {
        resourceType: 'Patient',
        active: false,
        name: [{ use: 'official', family: 'Conform-Test', given: ['Paul'] }],
        telecom: [{ system: 'phone', value: '3035550198', use: 'mobile' }],
        meta: {
          tag: [
            { code: 'agencyId', display: '1234' },
            { code: 'isClient', display: 'false' },
            { code: 'status', display: '1' },
          ],
        },
      },
    });
    expect(created.response.status).toBe(201);
    const path = { id: asText(created.data?.id ?? '') };
    const moved = await api.PUT('/v1/patients/{id}/', {
      params: { path },
      body: { resourceType: 'Patient', meta: { tag: [{ code: 'status', display: '70' }] } },
    });
    expect(moved.response.status).toBe(200);
    const read = await api.GET('/v1/patients/{id}/', { params: { path } });
    expect(read.data?.meta?.tag).toContainEqual(expect.objectContaining({ code: 'status', display: '70' }));
    const removed = await api.DELETE('/v1/patients/{id}/', { params: { path } });
    expect(removed.response.status).toBe(204);
    expect((await api.GET('/v1/patients/{id}/', { params: { path } })).response.status).toBe(404);
  });

  test('clocking in and out twice is the same as once, and a note goes onto the visit', async () => {
    const shift = await anyShift();
    const clockIn = () =>
      api.POST('/v1/encounter/{appointment_id}/clockin/', {
        params: { path: { appointment_id: shift } },
        body: { resourceType: 'Encounter', period: { start: '2026-02-26T09:00:00' } },
      });
    const [first, second] = [await clockIn(), await clockIn()];
    expect([first.response.status, second.response.status]).toEqual([200, 200]);
    expect(second.data?.id).toBe(first.data?.id);
    const visit = asText(first.data?.id ?? '');

    const note = await api.POST('/v1/encounter/{encounter_id}/tasklog/', {
      params: { path: { encounter_id: visit } },
      body: { resourceType: 'TaskLog', title: 'Conform-Test', status: 'COMPLETE' },
    });
    expect(note.data).toMatchObject({ success: true });
    const notes = await api.GET('/v1/encounter/{encounter_id}/tasklog/', {
      params: { path: { encounter_id: visit } },
    });
    expect(resourcesOf(notes.data)).toContainEqual(expect.objectContaining({ title: 'Conform-Test' }));

    const clockOut = () =>
      api.PUT('/v1/encounter/{carelog_id}/clockout/', {
        params: { path: { carelog_id: visit } },
        body: { resourceType: 'Encounter', period: { end: '2026-02-26T13:00:00' } },
      });
    for (const { response, data } of [await clockOut(), await clockOut()]) {
      expect([response.status, data]).toEqual([200, expect.objectContaining({ success: true })]);
    }
  });

  async function anyShift(): Promise<string> {
    const list = await api.GET('/v1/practitioners/', { params: { query: { _count: 20 } } });
    for (const caregiverId of resourcesOf(list.data).map(idOf)) {
      const shifts = await api.GET('/v1/appointment/', {
        params: { query: { caregiverId, monthNo: '202602' } },
      });
      const [shift] = resourcesOf(shifts.data);
      if (shift) return idOf(shift);
    }
    throw new Error('no caregiver of the first page has a shift in February 2026');
  }
});
