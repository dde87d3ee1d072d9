import { describe, expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { fill, type Fillers } from './build.js';
import { samplesOf, type Sample, type SamplesFile } from './samples.js';

const PATHS = `
/things/{id}/:
  get:
    parameters:
      - { name: phone, in: query, schema: { type: string } }
`;

function filled(samples: SamplesFile = {}, given: Partial<Fillers> = {}, paths = PATHS) {
  const contract = contractOf(paths);
  const [operation] = contract.operations;
  if (!operation) throw new Error('no operation');
  const nothing = () => undefined;
  return fill(operation, {
    contract,
    samples: samplesOf(samples),
    environment: { SHOP_PHONE: '303-555-0142', SHOP_EMPTY: '' },
    harvested: nothing,
    found: nothing,
    inventIds: false,
    ...given,
  });
}

const of = (id: Sample): SamplesFile => ({ operations: { 'GET /things/{id}/': { path: { id } } } });

describe('an id in a path', () => {
  test('is never guessed where something real could be behind it', () => {
    expect(filled()).toEqual({ ok: false, why: 'no value for the path parameter “id” is known' });
  });

  test('is not taken from a sample that says it outright', () => {
    expect(filled(of('7'))).toMatchObject({ ok: false });
  });

  test('is not taken from the contract’s example, where what should give it gave none', () => {
    expect(filled(of({ from: 'GET /people/' }))).toMatchObject({ ok: false });
    expect(filled(of({ env: 'SHOP_EMPTY' }))).toMatchObject({ ok: false });
  });

  test('may be invented where nothing real is asked', () => {
    expect(filled({}, { inventIds: true })).toMatchObject({ ok: true });
    expect(filled(of('7'), { inventIds: true })).toMatchObject({ path: { sent: '/things/7/' } });
  });

  test('comes from an earlier answer, and is shown as a pseudonym', () => {
    const harvested = () => ({ sent: 'a b/c', shown: 'things-1' });
    expect(filled({}, { harvested })).toMatchObject({
      path: { sent: '/things/a%20b%2Fc/', shown: '/things/things-1/' },
    });
  });

  test.each(['a/b', '7%2fremove', 'a?b', '..'])(
    'that could be read otherwise goes with no write: %j',
    (id) => {
      const paths = '/things/{id}/: { delete: {} }';
      const samples: SamplesFile = {
        operations: { 'DELETE /things/{id}/': { path: { id: { from: 'GET /things/' } } } },
      };
      const value = () => ({ sent: id, shown: 'things-1' });
      for (const known of [
        filled({}, { harvested: value }, paths),
        filled(samples, { found: value }, paths),
      ]) {
        expect(known).toEqual({
          ok: false,
          why: 'the path parameter “id” has no value that stays one segment',
        });
      }
    },
  );

  test('comes from the operation that the samples name, and from no other', () => {
    const found = (id: string) => (id === 'GET /things/' ? { sent: '42', shown: 'things-1' } : undefined);
    expect(filled(of({ from: 'GET /things/', as: 'T-{id}' }), { found })).toMatchObject({
      path: { sent: '/things/T-42/', shown: '/things/T-things-1/' },
    });
    expect(filled(of({ from: 'GET /people/' }), { found })).toMatchObject({ ok: false });
  });
});

test('an id is put in its place as it is, whatever it means to a replacement', () => {
  const id = "a$&b$`c$'d$1$$";
  const found = () => ({ sent: id, shown: id });
  const sent = encodeURIComponent(id);
  expect(filled({}, { harvested: found })).toMatchObject({
    path: { sent: `/things/${sent}/`, shown: `/things/${sent}/` },
  });
  expect(filled(of({ from: 'GET /things/', as: '{id}' }), { found })).toMatchObject({
    path: { sent: `/things/${sent}/`, shown: `/things/${sent}/` },
  });
});

describe('a value of the environment', () => {
  const harvested = () => ({ sent: '42', shown: 'things-1' });
  const phone = (name: string): SamplesFile => ({ parameters: { phone: { env: name } } });

  test('is sent, and shown by the name of its variable', () => {
    expect(filled(phone('SHOP_PHONE'), { harvested })).toMatchObject({
      path: { sent: '/things/42/?phone=303-555-0142', shown: '/things/things-1/?phone=%24SHOP_PHONE' },
    });
  });

  test('that is not set is left out', () => {
    for (const name of ['SHOP_EMPTY', 'SHOP_NOTHING']) {
      expect(filled(phone(name), { harvested })).toMatchObject({ path: { sent: '/things/42/' } });
    }
  });
});

test('what follows a “#” in a path is never sent, so such an operation is not asked', () => {
  const paths = "'/things#kind=new': { get: {} }";
  expect(filled({}, {}, paths)).toMatchObject({ ok: false, why: expect.stringContaining('#') as string });
});

test('a query in a path is joined with what parameters add', () => {
  const paths = `'/things?kind=new': { get: { parameters: [{ name: q, in: query, required: true, example: a, schema: { type: string } }] } }`;
  expect(filled({}, {}, paths)).toMatchObject({ path: { sent: '/things?kind=new&q=a' } });
});
