import type { Client } from 'pg';
import type { Truth } from './dataset.js';

/** A call that lookups get wrong, and who is right. */
export interface EdgeCase {
  name: string;
  /** What the telephone network passes on. All numbers are made up. */
  input: string;
  /** Who has to be named first; null for nobody. */
  expected: Truth | null;
}

const MOBILE = '3035550101';
const SHARED = '3035550102';
const SHARED_WITH_PATIENT = '3035550103';
const HOME = '3035550104';
const FORMER = '3035550105';
const WORK_WITH_EXTENSION = '3035550106';
const FAMILY = '3035550107';
const STAFF = '3035550108';
const REUSED = '3035550109';

/** The cases of which it is known, or can be read from the text of the lookup, that it fails. */
export const EDGE_CASES: readonly EdgeCase[] = [
  { name: 'no number', input: '', expected: null },
  { name: 'anonymous', input: 'anonymous', expected: null },
  { name: 'withheld', input: '+266696687', expected: null },
  { name: 'restricted', input: 'Restricted', expected: null },
  { name: 'short code', input: '42', expected: null },
  { name: 'emergency number', input: '911', expected: null },
  { name: 'seven digits', input: '5550101', expected: null },
  { name: 'percent sign', input: '%', expected: null },
  { name: 'ten zeros', input: '0000000000', expected: null },
  { name: 'nobody’s number', input: '3035550199', expected: null },
  { name: 'same ten digits, abroad', input: '+443035550101', expected: null },
  { name: 'E.164', input: `+1${MOBILE}`, expected: { kind: 'practitioner', id: 'edge-carla' } },
  { name: 'punctuation', input: '(303) 555-0101', expected: { kind: 'practitioner', id: 'edge-carla' } },
  {
    name: 'caller with extension',
    input: `${MOBILE}x12`,
    expected: { kind: 'practitioner', id: 'edge-carla' },
  },
  {
    name: 'stored with extension',
    input: WORK_WITH_EXTENSION,
    expected: { kind: 'patient', id: 'edge-wanda' },
  },
  { name: 'home number', input: HOME, expected: { kind: 'patient', id: 'edge-paul' } },
  { name: 'staff', input: STAFF, expected: { kind: 'staff', id: 'edge-sam' } },
  { name: 'family', input: FAMILY, expected: { kind: 'family', id: 'edge-fran' } },
  { name: 'staff shares with caregiver', input: SHARED, expected: { kind: 'staff', id: 'edge-sally' } },
  {
    name: 'caregiver shares with client',
    input: SHARED_WITH_PATIENT,
    expected: { kind: 'practitioner', id: 'edge-cora' },
  },
  { name: 'former caregiver', input: FORMER, expected: { kind: 'practitioner', id: 'edge-former' } },
  {
    name: 'former caregiver’s number, now a client’s',
    input: REUSED,
    expected: { kind: 'patient', id: 'edge-nina' },
  },
];

interface EdgePerson {
  kind: 'staff' | 'practitioner' | 'patient' | 'family';
  id: string;
  name: string;
  phone: string | null;
  home: string | null;
  work: string | null;
  active: boolean;
}

function person(
  kind: EdgePerson['kind'],
  name: string,
  lines: { phone?: string; home?: string; work?: string; former?: true },
): EdgePerson {
  return {
    kind,
    id: `edge-${name.toLowerCase()}`,
    name: `${name} Example`,
    phone: lines.phone ?? null,
    home: lines.home ?? null,
    work: lines.work ?? null,
    active: lines.former !== true,
  };
}

const PEOPLE: readonly EdgePerson[] = [
  person('practitioner', 'Carla', { phone: MOBILE }),
  person('practitioner', 'Cindy', { phone: SHARED }),
  person('staff', 'Sally', { phone: SHARED }),
  person('patient', 'Peter', { phone: SHARED_WITH_PATIENT }),
  person('practitioner', 'Cora', { phone: SHARED_WITH_PATIENT }),
  person('patient', 'Paul', { home: HOME }),
  person('practitioner', 'Former', { phone: FORMER, former: true }),
  person('patient', 'Wanda', { work: `${WORK_WITH_EXTENSION}x123` }),
  person('family', 'Fran', { phone: FAMILY }),
  person('staff', 'Sam', { phone: STAFF }),
  person('practitioner', 'Norman', { phone: REUSED, former: true }),
  person('patient', 'Nina', { phone: REUSED }),
];

/** Adds the people of the edge cases to the cache as found. */
export async function addEdgePeopleAsFound(client: Client): Promise<void> {
  for (const { kind, id, name, phone, home, work, active } of PEOPLE) {
    if (kind === 'staff') {
      await client.query('INSERT INTO cached_staff (id, full_name, role, phone) VALUES ($1, $2, $3, $4)', [
        id,
        name,
        'scheduler',
        phone,
      ]);
      continue;
    }
    await client.query(
      `INSERT INTO ${TABLES[kind]} (id, full_name, phone, home_phone, work_phone, is_active)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, name, phone, home, work, active],
    );
  }
}

/** Adds the people of the edge cases to the cache as proposed. */
export async function addEdgePeopleProposed(client: Client): Promise<void> {
  for (const { kind, id, name, phone, home, work, active } of PEOPLE) {
    await client.query(
      `INSERT INTO caller_numbers (number, kind, person_id, name, active, synced_at)
       SELECT caller_number(line), $2, $3, $4, $5, now() FROM unnest($1::text[]) AS line WHERE line IS NOT NULL`,
      [[phone, home, work], kind, id, name, active],
    );
  }
}

const TABLES = {
  practitioner: 'cached_practitioners',
  patient: 'cached_patients',
  family: 'cached_related_persons',
} as const;
