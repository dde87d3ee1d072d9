import fc from 'fast-check';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLookup } from './lookup.js';
import { normalisePhone } from './phone.js';
import { readSql } from './sql-file.js';
import { openTestDatabase, type TestDatabase } from './testing/database.js';

const RUNS = 10_000;

describe('normalisePhone', () => {
  for (const text of [
    '3035550123',
    '+13035550123',
    '13035550123',
    '(303) 555-0123',
    '303.555.0123',
    '303-555-0123 x12',
    '3035550123x123456',
    '+1 303 555 0123 ext. 12',
    'tel:+1-303-555-0123',
    ' 303 555 0123 ',
  ]) {
    test(`takes “${text}” for one number`, () => {
      expect(normalisePhone(text)?.e164).toBe('+13035550123');
    });
  }

  for (const text of [
    '',
    ' ',
    'anonymous',
    'Restricted',
    'unavailable',
    'unknown',
    '42',
    '911',
    '5550123',
    '0000000000',
    '1035550123',
    '30355501234',
    '+266696687',
    '+86282452253',
    '%',
    '%3035550123%',
    '1-800-FLOWERS',
    'call 3035550123 now',
    "3035550123' OR '1'='1",
    '3'.repeat(1000),
  ]) {
    test(`takes “${text.slice(0, 30)}” for nobody’s number`, () => {
      expect(normalisePhone(text)).toBeUndefined();
    });
  }

  test('keeps the extension apart', () => {
    expect(normalisePhone('3035550123x12')).toEqual({
      e164: '+13035550123',
      digits: '13035550123',
      extension: '12',
    });
  });

  test('knows numbers of other countries by their code', () => {
    expect(normalisePhone('+44 20 7946 0123')?.e164).toBe('+442079460123');
  });
});

const tenDigits = fc
  .tuple(fc.integer({ min: 2, max: 9 }), fc.stringMatching(/^[0-9]{9}$/))
  .map(([a, b]) => `${a}${b}`);
const separator = fc.constantFrom('', ' ', '-', '.');
const spelling = fc
  .tuple(
    tenDigits,
    separator,
    separator,
    fc.constantFrom('', '+1', '1', '1-', '+1 '),
    fc.constantFrom('', 'x1', ' x12', 'x123456'),
  )
  .map(([digits, a, b, prefix, extension]) => ({
    digits,
    text: `${prefix}${digits.slice(0, 3)}${a}${digits.slice(3, 6)}${b}${digits.slice(6)}${extension}`,
  }));
const jumble = fc.stringMatching(/^[0-9+()\-. xX#*;%_'"a-z]{0,24}$/);
const kinds: Record<string, fc.Arbitrary<string>> = {
  'spellings of numbers': spelling.map(({ text }) => text),
  'any text': fc.string({ unit: 'binary', maxLength: 100 }),
  'digits of any length': fc.stringMatching(/^[0-9]{0,20}$/),
  'characters of numbers, jumbled': jumble,
  'numbers of all countries': fc.stringMatching(/^\+[1-9][0-9]{0,16}$/),
};

describe('fuzzed numbers', () => {
  let database: TestDatabase;
  let client: Client;
  const owned = new Map<string, string>();

  beforeAll(async () => {
    database = await openTestDatabase();
    client = await database.connect();
    await client.query(await readSql('spec', 'proposed.sql'));
    // Everyone of the first thousand numbers that fuzzing makes belongs to somebody.
    for (const digits of new Set(fc.sample(tenDigits, { seed: 7, numRuns: 1000 })))
      owned.set(`1${digits}`, `p${digits}`);
    await client.query(
      `INSERT INTO caller_numbers (number, kind, person_id, name, active, synced_at)
       SELECT number, 'patient', 'p' || right(number::text, 10), 'Somebody', true, now() FROM unnest($1::bigint[]) AS number`,
      [[...owned.keys()]],
    );
  });

  afterAll(async () => {
    await client.end();
    await database.close();
  });

  for (const [kind, texts] of Object.entries(kinds)) {
    test(`${RUNS} of the kind “${kind}” name nobody but the owner, and fail on nothing`, async () => {
      const lookup = createLookup(client, await readSql('spec', 'lookup.sql'));
      const seeds = kind === 'spellings of numbers' ? [...owned.keys()].map((one) => one.slice(1)) : [];
      for (const text of [...seeds, ...fc.sample(texts, { seed: 7, numRuns: RUNS })]) {
        const answer = await lookup(text);
        const digits = text.replace(/[xX#;].*$/, '').replace(/[^0-9]/g, '');
        const owner = owned.get(digits.length === 10 ? `1${digits}` : digits);
        if (answer.known) expect([text, answer.candidates.map(({ id }) => id)]).toEqual([text, [owner]]);
        if (seeds.includes(text)) expect(answer.known).toBe(true);
      }
    });
  }

  test('what SQL takes for a number is what the library takes for it, and never another', async () => {
    const texts = Object.values(kinds)
      .flatMap((arbitrary) => fc.sample(arbitrary, { seed: 11, numRuns: 2000 }))
      .filter((text) => !text.includes('\0') && !/\p{Surrogate}/u.test(text));
    const { rows } = await client.query<{ number: string | null }>(
      'SELECT caller_number(text) AS number FROM unnest($1::text[]) WITH ORDINALITY AS t (text, place) ORDER BY place',
      [texts],
    );
    let known = 0;
    for (const [index, { number }] of rows.entries()) {
      const text = texts[index] ?? '';
      if (number === null) continue;
      known++;
      expect([text, normalisePhone(text)?.digits]).toEqual([text, number]);
    }
    expect(known).toBeGreaterThan(1000);
  });
});
