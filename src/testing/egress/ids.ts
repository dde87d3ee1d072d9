import type { IdKind } from './habits.js';

/** The ids of one kind. */
export interface Ids {
  /** Of records that the listing shows. */
  listed: readonly [string, string, string];
  /** Of records that are there, but not on the page that the listing shows; among them those that are guessed first. */
  hidden: readonly string[];
  /** The next id of a record that is created. */
  make: () => string;
  /** The schema of such an id. */
  schema: { type: string; format?: string };
}

const uuid = (number: number): string =>
  `3f2c81d4-0000-4000-8000-${String(number).padStart(12, '0').slice(-12)}`;

/** The ids of a host, each kind with the values that people take for “surely absent”. */
export function idsOf(kind: IdKind): Ids {
  let made = 0;
  const next = (): number => (made += 1);
  switch (kind) {
    case 'int':
      return {
        listed: ['11', '12', '13'],
        hidden: ['14', '0', '1', '999999999', '2147483647', '9007199254740991'],
        make: () => String(5000 + next()),
        schema: { type: 'integer' },
      };
    case 'uuid':
      return {
        listed: [uuid(11), uuid(12), uuid(13)],
        hidden: [
          uuid(14),
          '00000000-0000-0000-0000-000000000000',
          '00000000-0000-4000-8000-000000000000',
          'ffffffff-ffff-ffff-ffff-ffffffffffff',
        ],
        make: () => uuid(5000 + next()),
        schema: { type: 'string', format: 'uuid' },
      };
    case 'slug':
      return {
        listed: ['red', 'green', 'blue'],
        hidden: ['violet', '0', '1', 'absent', 'none', 'test'],
        make: () => `made-${next()}`,
        schema: { type: 'string' },
      };
  }
}
