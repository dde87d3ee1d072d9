import fc from 'fast-check';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSql } from '../../../src/bench/sql-file.js';
import { systemClock } from '../../../src/clock.js';
import { THOROUGH } from '../../../src/testing/thorough.js';
import { createLookup } from './lookup.js';
import { normalisePhone } from './phone.js';
import { openTestDatabase, type TestDatabase } from './testing/database.js';

const RUNS = THOROUGH ? 10_000 : 2_000;

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
      const lookup = createLookup(client, await readSql('spec', 'lookup.sql'), systemClock);
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
