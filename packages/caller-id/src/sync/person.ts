import { at, isArray, isObject, type JsonObject } from 'wellsky-conform/kit';
import type { CallerKind, Person } from '../caller.js';
import { normalisePhone } from '../phone.js';

/** Reads a Practitioner. Somebody who has never been hired is an applicant, and not active. */
export function practitionerOf(resource: JsonObject): Person | undefined {
  const hired = tagOf(resource, 'isHired');
  return personOf('practitioner', resource, {
    status: tagOf(resource, 'status') ?? null,
    active: resource['active'] === true && hired?.toLowerCase() !== 'false',
  });
}

/** Reads a Patient: a client, prospect or contact. */
export function patientOf(resource: JsonObject): Person | undefined {
  return personOf('patient', resource, {
    status: tagOf(resource, 'status') ?? null,
    active: resource['active'] === true,
  });
}

/** Reads a RelatedPerson. It has no state of its own: family is as current as the patient is. */
export function familyOf(resource: JsonObject, patient: Pick<Person, 'active'>): Person | undefined {
  const relationship = at(resource, '/relationship/coding/0/code');
  return personOf('family', resource, {
    status: typeof relationship === 'string' ? relationship : null,
    active: patient.active,
  });
}

/** @returns undefined for a resource without an id: nobody could say who it is */
function personOf(
  kind: CallerKind,
  resource: JsonObject,
  state: { status: string | null; active: boolean },
): Person | undefined {
  const { id } = resource;
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return undefined;
  const city = at(resource, '/address/0/city');
  return {
    kind,
    id: String(id),
    name: nameOf(resource),
    ...state,
    // The host writes the word for what is missing.
    status: state.status === 'None' ? null : state.status,
    city: typeof city === 'string' ? city : null,
    numbers: numbersOf(resource),
  };
}

/** The name as it is spoken (HumanName): `text` where it is there, else given and family. */
function nameOf(resource: JsonObject): string {
  const name = at(resource, '/name/0');
  if (!isObject(name)) return '';
  if (typeof name['text'] === 'string' && name['text'].trim() !== '') return name['text'].trim();
  const given = isArray(name['given']) ? name['given'] : [];
  return [...given, name['family']]
    .flatMap((part) => (typeof part === 'string' && part !== '' ? [part] : []))
    .join(' ');
}

/** Every telephone number (ContactPoint), whatever its use; fax machines call nobody. */
function numbersOf(resource: JsonObject): string[] {
  const telecom = isArray(resource['telecom']) ? resource['telecom'] : [];
  const numbers = telecom.flatMap((point) => {
    if (!isObject(point) || point['use'] === 'fax' || typeof point['value'] !== 'string') return [];
    if (point['system'] !== undefined && point['system'] !== 'phone') return [];
    const phone = normalisePhone(point['value']);
    return phone ? [phone.digits] : [];
  });
  return [...new Set(numbers)];
}

/** `meta.tag` is a bag of names (`code`) and values (`display`, always text). */
function tagOf(resource: JsonObject, code: string): string | undefined {
  const tags = at(resource, '/meta/tag');
  const tag = (isArray(tags) ? tags : []).find((one) => isObject(one) && one['code'] === code);
  return isObject(tag) && typeof tag['display'] === 'string' ? tag['display'] : undefined;
}
