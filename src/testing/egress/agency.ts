import { isObject, type JsonObject } from '../../json.js';
import type { Credential } from './credentials.js';
import type { HostHabits } from './habits.js';
import { resolvePath, valueAt, type Incoming } from './incoming.js';
import { THROTTLED, throttleOf, type Answer } from './vendor.js';
import { Store } from './store.js';

/*
 * A stand-in for the API that the cache is filled from and the published client is made for: the lists that they read,
 * and one creation. It has no habits but those that matter for what is sent.
 */

const LISTS: Record<string, { type: string; ids: readonly string[] }> = {
  practitioners: { type: 'Practitioner', ids: ['101', '102', '103'] },
  patients: { type: 'Patient', ids: ['201', '202', '203'] },
  relatedperson: { type: 'RelatedPerson', ids: ['301'] },
  appointment: { type: 'Appointment', ids: ['401'] },
};

/** A host with the lists of the contract of this package. */
export function createAgency(options: {
  habits: HostHabits;
  credential: Credential;
  prefix: readonly string[];
  elsewhere: string;
}): { store: Store; answer: (incoming: Incoming) => Answer } {
  const { habits, credential, prefix, elsewhere } = options;
  const store = new Store();
  for (const [name, { type, ids }] of Object.entries(LISTS)) {
    for (const id of ids) store.seed(`${name}/${id}`, resourceOf(type, id));
  }
  let served = 0;
  const throttle = throttleOf(habits, 10);

  const letsIn = (incoming: Incoming): boolean => {
    if (habits.guard === 'ignores') return true;
    return credential.places.every((place) => {
      const value = valueAt(incoming, place);
      return value !== undefined && (habits.guard === 'presence' || place.accepts(value));
    });
  };

  return {
    store,
    answer: (incoming) => {
      const { segments } = resolvePath(incoming.url, prefix);
      if (incoming.method === 'POST' && credential.token && segments.join('/') === credential.token.path) {
        return credential.token.answer(incoming);
      }
      served += 1;
      if (throttle(incoming)) return THROTTLED;
      // Of the reads only some are sent on, so that there is something to go on with.
      if (habits.redirects && (incoming.method !== 'GET' || served % 10 === 5)) {
        return { status: 307, headers: { location: elsewhere + incoming.url } };
      }
      if (!letsIn(incoming)) return { status: 401, body: { message: 'Unauthorized' } };
      const [version, name = '', id] = segments;
      const list = LISTS[name];
      if (version !== 'v1' || list === undefined) return { status: 403, body: { message: 'Forbidden' } };
      if (incoming.method === 'POST' && id === undefined) {
        store.create(`${name}/901`, resourceOf(list.type, '901'), `POST /v1/${name}/`);
        return { status: 201, body: { id: '901' } };
      }
      if (incoming.method !== 'GET') return { status: 405, body: {} };
      if (id === undefined || name === 'relatedperson')
        return { status: 200, body: page(incoming, name, store) };
      const record = store.get(`${name}/${id}`);
      return record ? { status: 200, body: record.body } : { status: 404, body: {} };
    },
  };
}

function page({ url }: Incoming, name: string, store: Store): JsonObject {
  const asked = Number(new URLSearchParams(url.split('?')[1] ?? '').get('_page') ?? 0);
  const entry = asked > 0 ? [] : store.below(name).flatMap((id) => store.get(`${name}/${id}`)?.body ?? []);
  return {
    resourceType: 'Bundle',
    totalRecords: store.below(name).length,
    entry: entry.filter(isObject).map((resource) => ({ resource })),
  };
}

function resourceOf(resourceType: string, id: string): JsonObject {
  return {
    resourceType,
    id,
    active: true,
    name: [{ use: 'official', family: 'Sample', given: ['Sam'] }],
    telecom: [{ system: 'phone', value: `30355501${id.slice(1)}`, use: 'mobile' }],
  };
}
