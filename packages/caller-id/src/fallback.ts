import type { Client } from 'pg';
import type { ApiClient, paths } from 'wellsky-conform/kit';
import type { Person } from './caller.js';
import { normalisePhone } from './phone.js';
import { readBundle } from './sync/bundle.js';
import { patientOf, practitionerOf } from './sync/person.js';
import type { Requests } from './sync/requests.js';

/** The filters of both searches. A number that is kept as one of them is not found by the others. */
const FIELDS = ['mobile_phone', 'home_phone', 'work_phone'] as const;

/**
 * Asks the API who has a number: practitioners and patients, under each of the three kinds of number, all at the
 * same time. An answer counts only when the person in it has the number: hosts were seen to ignore filters.
 * Family and staff cannot be asked for by number.
 * @returns everybody who has it; nobody for a number outside North America, which the API cannot hold
 */
export async function askApi(api: ApiClient<paths>, requests: Requests, e164: string): Promise<Person[]> {
  const digits = normalisePhone(e164)?.digits;
  if (digits?.length !== 11 || !digits.startsWith('1')) return [];
  const national = digits.slice(1);
  const found = await Promise.all(
    FIELDS.flatMap((field) => {
      const query = { [field]: national, _count: 20 };
      return [
        requests
          .ask(
            'practitioners by number',
            () => api.GET('/v1/practitioners/', { params: { query } }),
            readBundle,
          )
          .then((answer) =>
            answer.ok ? answer.value.resources.flatMap((one) => practitionerOf(one) ?? []) : [],
          ),
        requests
          .ask('patients by number', () => api.GET('/v1/patients/', { params: { query } }), readBundle)
          .then((answer) => (answer.ok ? answer.value.resources.flatMap((one) => patientOf(one) ?? []) : [])),
      ];
    }),
  );
  const people = new Map(
    found
      .flat()
      .filter(({ numbers }) => numbers.includes(digits))
      .map((person) => [`${person.kind} ${person.id}`, person]),
  );
  return [...people.values()];
}

/** Adds people whom the API knew and the cache did not; from now on the cache knows them. */
export async function fillCache(client: Client, people: readonly Person[]): Promise<void> {
  for (const { kind, id, name, status, city, active, numbers } of people) {
    await client.query(
      `INSERT INTO caller_numbers (number, kind, person_id, name, status, city, active, synced_at)
       SELECT number, $2, $3, $4, $5, $6, $7, now() FROM unnest($1::bigint[]) AS number
       ON CONFLICT (number, preference, person_id) DO UPDATE
         SET name = excluded.name, status = excluded.status, city = excluded.city, synced_at = excluded.synced_at`,
      [numbers, kind, id, name, status, city, active],
    );
  }
}
