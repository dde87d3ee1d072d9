import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import type { SamplesFile } from '../probe/samples.js';
import { askingOf } from '../testing/asking.js';
import { answer, contractOf, converseWith } from '../testing/host.js';
import { askOperations } from './ask-operations.js';
import { idsFor } from './known-ids.js';

interface Given {
  paths: string;
  /** What reads are answered with by their paths; all others are not found. */
  host?: Record<string, Json>;
  headers?: Record<string, string>;
  samples?: SamplesFile;
  environment?: Record<string, string>;
}

/** What was asked, and for each read with an id where its ids are from. */
async function ask({ paths, host = {}, headers = {}, samples = {}, environment = {} }: Given) {
  const conversation = converseWith(({ path }) => {
    const body = host[path];
    return body === undefined ? answer(404) : answer(200, body, headers);
  });
  const { plan, asking } = askingOf(contractOf(paths), conversation, {
    policy: 'none',
    samples,
    environment,
  });
  const observations = await askOperations(plan.steps, asking);
  const about = (path: string) => {
    const one = observations.find(({ step }) => step.operation.id === `GET ${path}`);
    if (!one?.asked) return one?.why;
    const { pathname } = new URL(one.probe.request.url);
    const ids = (one.ids ?? []).map(({ origin, strength }) => `${origin}, ${strength}`);
    return { path: decodeURIComponent(pathname), ids, listing: one.listing };
  };
  return { about, sent: conversation.sent, calls: conversation.calls() };
}

const WITH_EXAMPLE =
  'parameters: [{ name: id, in: path, required: true, example: of-the-contract, schema: { type: string } }]';
const NO_ID = 'no value for the path parameter “id” is known';

describe('the id of a read comes', () => {
  const things = (more = '') => `/things: { get: {} }\n/things/{id}: { get: { ${more} } }\n`;
  const listed = { '/things': [{ id: 'listed' }, { id: 'second' }] };
  const sample = (id: string | { env: string } | { from: string }): SamplesFile => ({
    operations: { 'GET /things/{id}': { path: { id } } },
  });
  const linked = `/things: { get: { responses: { '200': { links: { one: { operationId: read, parameters: { id: '$response.body#/newest' } } } } } } }
/things/{id}: { get: { operationId: read, ${WITH_EXAMPLE} } }`;

  test.each<[from: string, given: Given, id: string, origin: string, listing: string | undefined]>([
    ['a listing', { paths: things(), host: listed }, 'listed', 'answer by collection, strong', 'GET /things'],
    [
      'a listing rather than an example',
      { paths: things(WITH_EXAMPLE), host: listed },
      'listed',
      'answer by collection, strong',
      'GET /things',
    ],
    [
      'a sample',
      { paths: things(), host: listed, samples: sample('said') },
      'said',
      'sample, weak',
      undefined,
    ],
    [
      'a sample that was listed',
      { paths: things(), host: listed, samples: sample('second') },
      'second',
      'sample, weak',
      'GET /things',
    ],
    [
      'a variable',
      { paths: things(), samples: sample({ env: 'THING' }), environment: { THING: 'set' } },
      'set',
      'sample, weak',
      undefined,
    ],
    [
      'an example of the contract',
      { paths: things(WITH_EXAMPLE) },
      'of-the-contract',
      'contract example, weak',
      undefined,
    ],
    [
      'a link of an answer',
      { paths: linked, host: { '/things': { newest: 'linked', data: [{ id: 'listed' }] } } },
      'linked',
      'link, strong',
      undefined,
    ],
    [
      'an example where the link gives nothing',
      { paths: linked, host: { '/things': { newest: { id: 'x' } } } },
      'of-the-contract',
      'contract example, weak',
      undefined,
    ],
    [
      'an address that a thing gives of itself',
      { paths: things(), host: { '/things': [{ self: 'https://api.shop.example/things/addressed' }] } },
      'addressed',
      'answer by collection, strong',
      'GET /things',
    ],
    [
      'a list of texts',
      { paths: things(), host: { '/things': ['a', 'b'] } },
      'a',
      'answer by collection, strong',
      'GET /things',
    ],
  ])('from %s', async (_, given, id, origin, listing) => {
    const { about } = await ask(given);
    expect(about('/things/{id}')).toEqual({ path: `/things/${id}`, ids: [origin], listing });
  });

  test.each<[given: string, body: Json]>([
    [
      'is another thing’s address',
      [
        { self: '/others/addressed' },
        { url: '/things/a/parts/b' },
        { url: 'https://other.example/things/x' },
        { uri: '/x/../things/y' },
        { href: 'things/c' },
      ],
    ],
    ['is an object', [{ id: { value: 'x' } }]],
    ['has lost digits', [{ id: 2 ** 53 + 2 }]],
    ['would be another path', [{ id: '..' }, { id: 'a/things' }, { id: 'a/..' }]],
    ['is beside the things', { items: [], links: [{ id: 'x' }] }],
  ])('from nothing that %s', async (_, body) => {
    const { about } = await ask({ paths: things(), host: { '/things': body } });
    expect(about('/things/{id}')).toBe(NO_ID);
  });

  test('from the first that has the type and form of the parameter', async () => {
    const schema =
      'parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 10 } }]';
    const host = { '/things': [{ id: 'a' }, { id: 9 }, { id: 11 }] };
    const { about } = await ask({ paths: things(schema), host });
    expect(about('/things/{id}')).toMatchObject({ path: '/things/11' });
    const unfit = await ask({ paths: things(schema), samples: sample('a') });
    expect(unfit.about('/things/{id}')).toBe(NO_ID);
  });

  test('also where it has to be encoded, but for a write only where no server can read it otherwise', async () => {
    const host = { '/things': [{ id: 'a/b c%20d?e#f$&é' }] };
    const { about } = await ask({ paths: things(), host });
    expect(about('/things/{id}')).toMatchObject({ path: '/things/a/b c%20d?e#f$&é' });
    const { about: unlike } = await ask({ paths: things(), host: { '/things': [{ id: '7/things' }] } });
    expect(unlike('/things/{id}')).toBe(NO_ID);
  });

  test('from a header by a link, as an id or as an address', async () => {
    const paths = `/things: { get: { responses: { '2XX': { links: { one: { operationRef: '#/paths/~1things~1{id}/get', parameters: { path.id: '$response.header.Location' } } } } } } }
/things/{id}: { get: {} }`;
    for (const location of ['placed', '/things/placed', 'https://api.shop.example/things/placed?x=1']) {
      const { about } = await ask({ paths, host: { '/things': {} }, headers: { location } });
      expect(about('/things/{id}')).toMatchObject({ path: '/things/placed', ids: ['link, strong'] });
    }
  });

  test('from other things by their member of that name, only where the contract has it', async () => {
    const schema = (member: string) =>
      `responses: { '200': { content: { application/json: { schema: { type: array, items: { properties: { ${member}: {} } } } } } } }`;
    const host = { '/orders': [{ id: 'order', thingId: 'named' }] };
    const paths = (member: string) =>
      `/orders: { get: { ${schema(member)} } }\n/things/{thing_id}: { get: {} }\n`;
    const { about } = await ask({ paths: paths('thingId'), host });
    expect(about('/things/{thing_id}')).toEqual({
      path: '/things/named',
      ids: ['answer by name, weak'],
      listing: undefined,
    });
    expect((await ask({ paths: paths('otherId'), host })).about('/things/{thing_id}')).toContain('no value');
  });

  test('with a pseudonym, whatever it comes from', async () => {
    for (const given of [{ host: listed }, { samples: sample('said') }, { paths: things(WITH_EXAMPLE) }]) {
      const { sent } = await ask({ paths: things(), ...given });
      expect(sent.map(({ shown }) => new URL(shown).pathname)).toContain('/things/things-1');
    }
  });
});

describe('the ids of a path belong together', () => {
  const paths = `
/racks: { get: {} }
/racks/{rack}/books: { get: {} }
/racks/{rack}/books/{book_id}: { get: {} }
/books: { get: {} }
`;
  const ITEM = '/racks/{rack}/books/{book_id}';
  const NO_BOOK = 'no value for the path parameter “book_id” is known';
  const host = {
    '/racks': [{ id: 'A' }, { id: 'B' }],
    '/racks/A/books': [{ id: 'of-A' }],
    '/racks/B/books': [{ id: 'of-B' }],
    '/books': [{ id: 'of-anyone' }],
  };

  test('a thing is sought below the thing below which it was listed', async () => {
    const { about } = await ask({ paths, host });
    expect(about(ITEM)).toEqual({
      path: '/racks/A/books/of-A',
      ids: ['answer by collection, strong', 'answer by collection, strong'],
      listing: 'GET /racks/{rack}/books',
    });
  });

  test('an address counts only below the thing below which it was listed', async () => {
    const books = ['B', 'A'].map((rack) => ({ self: `/racks/${rack}/books/of-${rack}` }));
    const { about } = await ask({ paths, host: { ...host, '/racks/A/books': books } });
    expect(about(ITEM)).toMatchObject({ path: '/racks/A/books/of-A' });
  });

  test('what is listed elsewhere is not sought below something', async () => {
    const { about } = await ask({ paths, host: { ...host, '/racks/A/books': [] } });
    expect(about(ITEM)).toBe(NO_BOOK);
  });

  test('a sample of the parent is kept, and a thing of another parent is not taken', async () => {
    const all: SamplesFile = { parameters: { rack: 'B' } };
    expect((await ask({ paths, host, samples: all })).about(ITEM)).toMatchObject({
      path: '/racks/B/books/of-B',
    });
    const one: SamplesFile = { operations: { [`GET ${ITEM}`]: { path: { rack: 'B' } } } };
    expect((await ask({ paths, host, samples: one })).about(ITEM)).toBe(NO_BOOK);
  });

  test('a sample of the thing alone goes with the parent that was seen to have it, and with no other', async () => {
    const samples = (id: string): SamplesFile => ({
      operations: { [`GET ${ITEM}`]: { path: { book_id: id } } },
    });
    const many = { ...host, '/racks/A/books': [{ id: 'of-A' }, { id: 'said' }] };
    expect((await ask({ paths, host: many, samples: samples('said') })).about(ITEM)).toEqual({
      path: '/racks/A/books/said',
      ids: ['answer by collection, strong', 'sample, weak'],
      listing: 'GET /racks/{rack}/books',
    });
    expect((await ask({ paths, host, samples: samples('of-B') })).about(ITEM)).toMatchObject({
      path: '/racks/A/books/of-A',
    });
  });

  test('not every id was listed where one is from a sample', async () => {
    const samples: SamplesFile = { parameters: { rack: 'C' } };
    const { about } = await ask({ paths, host: { ...host, '/racks/C/books': [{ id: 'of-C' }] }, samples });
    expect(about(ITEM)).toEqual({
      path: '/racks/C/books/of-C',
      ids: ['sample, weak', 'answer by collection, strong'],
      listing: undefined,
    });
  });

  test('a thing that says what it is below is sought there', async () => {
    const named = paths.replaceAll('{rack}', '{rack_id}');
    const { about } = await ask({
      paths: named,
      host: { '/racks': [{ id: 'A' }], '/books': [{ id: 'p', rackId: 'D' }] },
    });
    expect(about('/racks/{rack_id}/books/{book_id}')).toEqual({
      path: '/racks/D/books/p',
      ids: ['answer by name, weak', 'answer by collection, strong'],
      listing: undefined,
    });
  });

  test('examples of the contract are taken together, or not at all', async () => {
    const two = (child: string) => `
/racks: { get: {} }
/racks/{rack}/lists/{list}:
  get:
    parameters:
      - { name: rack, in: path, required: true, example: X, schema: { type: string } }
      - { name: list, in: path, required: true, ${child} schema: { type: string } }
`;
    const LIST = '/racks/{rack}/lists/{list}';
    expect((await ask({ paths: two('example: Y,'), host })).about(LIST)).toMatchObject({
      path: '/racks/X/lists/Y',
    });
    expect((await ask({ paths: two(''), host })).about(LIST)).toContain('no value');
    const samples: SamplesFile = { operations: { [`GET ${LIST}`]: { path: { rack: 'B' } } } };
    expect((await ask({ paths: two('example: Y,'), host, samples })).about(LIST)).toContain('no value');
  });

  test('a value that the contract leaves no choice of is no id', async () => {
    const fixed = `
/{version}/things: { get: { parameters: [{ name: version, in: path, required: true, schema: { enum: [v1] } }] } }
/{version}/things/{id}: { get: { parameters: [{ name: version, in: path, required: true, schema: { enum: [v1] } }] } }
`;
    const { about } = await ask({ paths: fixed, host: { '/v1/things': [{ id: 'a' }] } });
    expect(about('/{version}/things/{id}')).toMatchObject({
      path: '/v1/things/a',
      listing: 'GET /{version}/things',
    });
  });
});

test.each<[what: string, samples: SamplesFile, operation: string]>([
  ['samples', { parameters: { id: 'said' } }, ''],
  ['examples', {}, WITH_EXAMPLE],
])('what changes something takes no id from %s', (_, samples, operation) => {
  const contract = contractOf(`/things/{id}: { get: { ${operation} }, delete: { ${operation} } }`);
  const { plan, asking } = askingOf(
    contract,
    converseWith(() => answer(404)),
    { samples },
  );
  const found = plan.steps.map((step) => [step.operation.method, 'missing' in idsFor(step, asking)]);
  expect(found).toEqual([
    ['GET', false],
    ['DELETE', true],
  ]);
});

test('what changes something takes no listed id that a server could read as several segments', async () => {
  const listing = converseWith(({ path }) =>
    path === '/things' ? answer(200, [{ id: 'a/b' }]) : answer(404),
  );
  const contract = contractOf('/things: { get: {} }\n/things/{id}: { get: {}, delete: {} }');
  const { plan, asking } = askingOf(contract, listing, { policy: 'none' });
  await askOperations(plan.steps, asking);
  const known = plan.steps
    .filter(({ operation }) => operation.path === '/things/{id}')
    .map((step) => [step.operation.method, 'missing' in idsFor(step, asking)]);
  expect(known).toEqual([
    ['GET', false],
    ['DELETE', true],
  ]);
});
