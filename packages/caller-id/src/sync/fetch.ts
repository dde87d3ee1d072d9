import { Problem, type ApiClient, type paths } from 'wellsky-conform/kit';
import type { Person } from '../caller.js';
import { readBundle } from './bundle.js';
import { createPaging, PAGE_SIZE } from './paging.js';
import { familyOf, patientOf, practitionerOf } from './person.js';
import { Exhausted, type Requests } from './requests.js';

/** One part of what a sync fetches; it is fetched as a whole, and kept when it is there. */
export interface Part {
  name: string;
  fetch: () => Promise<Person[]>;
}

/**
 * The parts of a sync, in two steps: the family of a patient can be asked for when the patient is known.
 *
 * Patients are swept: the plain list hides some of them, and its `active` filter finds nobody, but a search for a
 * part of the last name finds everyone who has that part. No request names the agency: that hid most patients.
 */
export function partsOf(api: ApiClient<paths>, requests: Requests) {
  const practitionerPages = createPaging(requests);
  const patientPages = createPaging(requests);

  const practitioners: Part = {
    name: 'practitioners',
    fetch: async () => {
      const resources = await practitionerPages('practitioners', (_page) =>
        api.GET('/v1/practitioners/', { params: { query: { _count: PAGE_SIZE, _page } } }),
      );
      return resources.flatMap((resource) => practitionerOf(resource) ?? []);
    },
  };

  const patientList: Part = {
    name: 'patients',
    fetch: async () => {
      try {
        const resources = await patientPages('patients', (_page) =>
          api.GET('/v1/patients/', { params: { query: { _count: PAGE_SIZE, _page } } }),
        );
        return resources.flatMap((resource) => patientOf(resource) ?? []);
      } catch (error) {
        // The plain list was seen to ask for a filter, and to hold less than it says: the sweep finds them too.
        if (error instanceof Problem && !(error instanceof Exhausted)) return [];
        throw error;
      }
    },
  };

  const sweep: Part[] = letterPairs().map((pair) => ({
    name: `patients ${pair}`,
    fetch: async () => {
      const resources = await patientPages(`patients with ${pair} in the last name`, (_page) =>
        api.GET('/v1/patients/', {
          params: { query: { 'last_name:contains': pair, _count: PAGE_SIZE, _page } },
        }),
      );
      return resources.flatMap((resource) => patientOf(resource) ?? []);
    },
  }));

  const familyOfPatient = (patient: Person): Part => ({
    name: `family ${patient.id}`,
    fetch: async () => {
      const answer = await requests.ask(
        'the family of a patient',
        () => api.GET('/v1/relatedperson/{patient_id}/', { params: { path: { patient_id: patient.id } } }),
        readBundle,
      );
      if (answer.ok) return answer.value.resources.flatMap((one) => familyOf(one, patient) ?? []);
      if (answer.status === 404) return [];
      throw new Problem(
        'CONFORM_E_SYNC_REFUSED',
        `the family of a patient: the API refused with ${answer.status}`,
        {
          remedy: 'Run `conform check` to see why. Nothing was changed.',
        },
      );
    },
  });

  return { first: [practitioners, patientList, ...sweep], familyOfPatient };
}

/** `Aa` to `Zz`: 676 searches that together find every last name with two letters side by side. */
function letterPairs(): string[] {
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
  return letters.flatMap((a) => letters.map((b) => a.toUpperCase() + b));
}
