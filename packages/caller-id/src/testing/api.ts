import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Somebody whom the API knows. */
export interface ApiPerson {
  id: string;
  given: string;
  family: string;
  phones: { value: string; use: string }[];
  active: boolean;
  /** For a contact: of which patient. */
  of?: string;
}

/** How the API behaves. The defaults are what was observed. */
export interface ApiHabits {
  practitioners: ApiPerson[];
  patients: ApiPerson[];
  contacts: ApiPerson[];
  /** Which page is the first; with 1, page 0 is taken for it. */
  firstPage: 0 | 1;
  wrapped: boolean;
  total: 'totalRecords' | 'total' | 'none';
  /** Every n-th answer is broken, each time in another way; 0: none. */
  breakEvery: number;
  /** The connection is cut after so many answers, and so is every one after that. */
  dieAfter: number;
  /** A search by number gives everybody, as contract mocks do. */
  ignoresFilters: boolean;
}

/** A small stand-in for the API, with the defects of its lists. */
export async function startApi(given: Partial<ApiHabits>) {
  const habits: ApiHabits = {
    practitioners: [],
    patients: [],
    contacts: [],
    firstPage: 0,
    wrapped: true,
    total: 'totalRecords',
    breakEvery: 0,
    dieAfter: Infinity,
    ignoresFilters: false,
    ...given,
  };
  let answers = 0;
  const server = createServer((request, response) => {
    answers++;
    request.resume();
    if (answers > habits.dieAfter) return void request.socket.destroy();
    if (habits.breakEvery > 0 && answers % habits.breakEvery === 0) {
      breakOne(answers / habits.breakEvery, request, response);
      return;
    }
    answer(habits, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  return {
    url: `http://127.0.0.1:${port}`,
    habits,
    answers: () => answers,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(habits: ApiHabits, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (url.pathname === '/oauth/accesstoken') {
    send(200, {
      token_type: 'BearerToken',
      access_token: '0'.repeat(32),
      expires_in: '3599',
      status: 'approved',
    });
    return;
  }
  const family = /^\/v1\/relatedperson\/([^/]+)\/$/.exec(url.pathname);
  if (family) {
    const entry = habits.contacts
      .filter(({ of }) => of === family[1])
      .map((one) => ({ resource: resourceOf('RelatedPerson', one) }));
    send(200, { resourceType: 'Bundle', entry });
    return;
  }
  if (url.pathname === '/v1/practitioners/') {
    send(200, page(habits, url, 'Practitioner', byPhone(habits, habits.practitioners, url)));
  } else if (url.pathname === '/v1/patients/') {
    send(200, page(habits, url, 'Patient', patientsFor(habits, url)));
  } else {
    send(403, { message: 'Missing Authentication Token' });
  }
}

/** Without a search the list shows the first third; naming the agency or asking for the active hides everybody. */
function patientsFor(habits: ApiHabits, url: URL): ApiPerson[] {
  const part = url.searchParams.get('last_name:contains');
  if (url.searchParams.has('agencyId') || url.searchParams.has('active')) return [];
  if (part !== null) {
    return habits.patients.filter(({ family }) => family.toLowerCase().includes(part.toLowerCase()));
  }
  if (/_phone=/.test(url.search)) return byPhone(habits, habits.patients, url);
  return habits.patients.slice(0, Math.ceil(habits.patients.length / 3));
}

function byPhone(habits: ApiHabits, people: ApiPerson[], url: URL): ApiPerson[] {
  if (habits.ignoresFilters) return people;
  for (const use of ['mobile', 'home', 'work']) {
    const wanted = url.searchParams.get(`${use}_phone`);
    if (wanted !== null) {
      return people.filter(({ phones }) => phones.some((one) => one.use === use && one.value === wanted));
    }
  }
  return people;
}

function page(habits: ApiHabits, url: URL, type: string, people: ApiPerson[]): unknown {
  const size = Number(url.searchParams.get('_count') ?? 20);
  const asked = Number(url.searchParams.get('_page') ?? habits.firstPage);
  const index = Math.max(0, asked - habits.firstPage);
  const entry = people.slice(index * size, (index + 1) * size).map((one) => {
    const resource = resourceOf(type, one);
    return habits.wrapped ? { resource } : resource;
  });
  return {
    resourceType: 'Bundle',
    ...(habits.total === 'none' ? {} : { [habits.total]: people.length }),
    ...(entry.length === 0 ? {} : { entry }),
  };
}

function resourceOf(resourceType: string, { id, given, family, phones, active }: ApiPerson): unknown {
  return {
    resourceType,
    id,
    active,
    name: [{ use: 'official', family, given: [given] }],
    telecom: [
      ...phones.map((one) => ({ system: 'phone', ...one })),
      { system: 'email', value: 'a@example.com' },
    ],
    address: [{ city: 'Denver', state: 'CO' }],
    relationship: { coding: [{ code: 'SON' }] },
    meta: {
      tag: [
        { code: 'isHired', display: 'true' },
        { code: 'status', display: 'None' },
      ],
    },
  };
}

function breakOne(which: number, request: IncomingMessage, response: ServerResponse): void {
  switch (which % 4) {
    case 0:
      response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Server Error (500)</h1>');
      return;
    case 1:
      request.socket.destroy();
      return;
    case 2:
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"resourceType":"Bundle","entr');
      return;
    default:
      response.writeHead(429, { 'content-type': 'application/json' }).end('{"message":"Too Many Requests"}');
  }
}

const NAMES = [
  'Anderson',
  'Baker',
  'Castillo',
  'Dvorak',
  'Estrada',
  'Fischer',
  'Garcia',
  'Hughes',
  'Ito',
  'Jensen',
];

/** Invented people with invented numbers. */
export function manyPeople(
  count: number,
  firstId: number,
  options: { of?: (index: number) => string } = {},
): ApiPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(firstId + index),
    given: `Given${index}`,
    family: NAMES[index % NAMES.length] ?? 'Baker',
    phones: [{ use: 'mobile', value: String(2_000_000_000 + firstId + index) }],
    active: index % 5 !== 0,
    ...(options.of ? { of: options.of(index) } : {}),
  }));
}
