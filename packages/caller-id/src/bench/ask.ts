import type { Client, CustomTypesConfig, FieldDef } from 'pg';
import { Problem, type Named, type OwnAnswer, type Variant } from 'wellsky-conform/kit';
import { normalisePhone } from '../phone.js';
import type { Sessions } from './sessions.js';

/** What came of one lookup. */
export type Answer =
  | { kind: 'named'; named: Named }
  /** It was ended, because the time-out was over. */
  | { kind: 'timed out' }
  /** The lookup itself raised an error; its SQLSTATE. */
  | { kind: 'failed'; code: string };

/** A way to look up one number. */
export type Ask = (input: string) => Promise<Answer>;

/** Looks numbers up on a connection that is kept: statements are prepared when they are first used. */
export function askOn(client: Client, variant: Variant, sessions: Pick<Sessions, 'cancelled'>): Ask {
  const argument = ARGUMENTS[variant.argument];
  return (input) =>
    answerOf(sessions, async () => {
      const value = argument(input);
      if (value === undefined) return null;
      for (const [index, text] of variant.statements.entries()) {
        const found = await first(client, variant, text, value, `${variant.name}-${index}`);
        if (found) return found;
      }
      return null;
    });
}

/**
 * Looks numbers up as those do who connect for each call, and, where the variant has it, connect once more for
 * the row of a hit while the first connection is still open.
 */
export function askPerCall(sessions: Sessions, variant: Variant): Ask {
  return (input) =>
    answerOf(sessions, () =>
      sessions.use(async (client) => {
        const value = ARGUMENTS[variant.argument](input);
        if (value === undefined) return null;
        for (const text of variant.statements) {
          const found = await first(client, variant, text, value);
          if (!found) continue;
          const detail = variant.detail?.[found.kind];
          if (detail !== undefined) {
            await sessions.use((second) => second.query({ text: detail, values: [found.id] }));
          }
          return found;
        }
        return null;
      }),
    );
}

/** The floor: the least that a question to this server costs. */
export function askNothing(
  client: Client,
  sessions: Pick<Sessions, 'cancelled'>,
  name?: string,
): Promise<Answer> {
  return answerOf(sessions, async () => {
    await client.query({ ...(name === undefined ? {} : { name }), text: 'SELECT 1', rowMode: 'array' });
    return null;
  });
}

/** @throws whatever is no doing of the lookup: no connection, a missing permission, a statement that is none */
async function answerOf(sessions: Pick<Sessions, 'cancelled'>, look: () => Promise<Named>): Promise<Answer> {
  try {
    return { kind: 'named', named: await look() };
  } catch (error) {
    const answer = sessions.cancelled ? undefined : failureOf(error);
    if (answer) return answer;
    throw error;
  }
}

/** What an error says of the lookup that ended with it; undefined when the lookup is not to blame. */
export function failureOf(error: unknown): Answer | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // The client gives up when the server does not.
  if (code === QUERY_CANCELED || error.message === 'Query read timeout') return { kind: 'timed out' };
  return /^[0-9A-Z]{5}$/.test(code) && !NOT_OF_THE_LOOKUP.test(code) ? { kind: 'failed', code } : undefined;
}

/** SQLSTATE (PostgreSQL, appendix A). */
const QUERY_CANCELED = '57014';

/**
 * Classes of SQLSTATE that say that nothing could be looked up: connection (08), a transaction that may not write (25),
 * authentication (28), catalog and schema names (3D, 3F), a statement that is wrong or not allowed (42), resources (53),
 * an operator's intervention (57), the system (58), its configuration (F0).
 */
const NOT_OF_THE_LOOKUP = /^(?:08|25|28|3D|3F|42|53|57|58|F0)/;

async function first(
  client: Client,
  variant: Variant,
  text: string,
  value: string,
  name?: string,
): Promise<Named> {
  const { rows, fields } = await client.query<(string | null)[]>({
    ...(name === undefined ? {} : { name }),
    text,
    values: [value],
    rowMode: 'array',
    types: AS_TEXT,
  });
  const [row] = rows;
  if (variant.own) return namedByOwn(variant.own, fields, row);
  return row ? { kind: String(row[0]), id: String(row[1]) } : null;
}

/**
 * Whom a statement of the user's own names: columns are its own affair, and a row without an id is nobody.
 * @throws Problem when it cannot be known which column is the id, and somebody has said which id is right
 */
export function namedByOwn(
  { idColumn, isChecked }: OwnAnswer,
  fields: readonly Pick<FieldDef, 'name'>[],
  row: readonly (string | null)[] | undefined,
): Named {
  const names = fields.map(({ name }) => name);
  const at =
    idColumn === undefined
      ? names.length === 1
        ? 0
        : names.findIndex((name) => /^id$|_id$/i.test(name))
      : names.indexOf(idColumn);
  if (at < 0 && (isChecked || idColumn !== undefined)) {
    throw new Problem(
      'CONFORM_E_DATABASE_STATEMENT_INVALID',
      idColumn === undefined
        ? 'no column of the answer is called id, or ends in _id'
        : `the answer has no column ${idColumn}`,
      { remedy: `Name the column of the id with --id-column. The columns are: ${names.join(', ')}.` },
    );
  }
  const id = at < 0 ? row?.find((cell) => cell !== null) : row?.[at];
  if (id === null || id === undefined) return null;
  if (isChecked && names.length === 1 && /^\(.*,.*\)$/s.test(id)) {
    throw new Problem(
      'CONFORM_E_DATABASE_STATEMENT_INVALID',
      'the answer is one column that holds a whole row',
      {
        remedy: 'Ask for its columns: SELECT * FROM function($1).',
      },
    );
  }
  return { kind: SOMEBODY, id };
}

/** The kind of everybody whom a statement of the user's own names. */
export const SOMEBODY = 'somebody';

/** Values are compared, not used: as text they need no parsing. */
const AS_TEXT: CustomTypesConfig = { getTypeParser: () => (value: string) => value };

/** What each kind of caller passes to the database; undefined when it does not ask at all. */
const ARGUMENTS: Record<Variant['argument'], (input: string) => string | undefined> = {
  text: (input) => input,
  'ten-digits': (input) => input.replace(/\D/g, '').slice(-10),
  e164: (input) => normalisePhone(input)?.digits,
};
