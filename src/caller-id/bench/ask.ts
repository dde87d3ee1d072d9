import pg from 'pg';
import { normalisePhone } from '../phone.js';
import type { Variant } from './variants.js';

/** Who a lookup named first: kind and id as text; null when it named nobody. */
export type Named = { kind: string; id: string } | null;

/** A way to look up one number. */
export type Ask = (input: string) => Promise<Named>;

/** Looks numbers up on a connection that is kept: statements are prepared when they are first used. */
export function askOn(client: pg.Client, variant: Variant): Ask {
  const argument = ARGUMENTS[variant.argument];
  return async (input) => {
    const value = argument(input);
    if (value === undefined) return null;
    for (const [index, text] of variant.statements.entries()) {
      const found = await first(client, text, value, `${variant.name}-${index}`);
      if (found) return found;
    }
    return null;
  };
}

/**
 * Looks numbers up as those do who connect for each call, and, where the variant has it, connect once more for
 * the row of a hit while the first connection is still open.
 */
export function askPerCall(connection: pg.ClientConfig, variant: Variant): Ask {
  return (input) =>
    connected(connection, async (client) => {
      const value = ARGUMENTS[variant.argument](input);
      if (value === undefined) return null;
      for (const text of variant.statements) {
        const found = await first(client, text, value);
        if (!found) continue;
        const detail = variant.detail?.[found.kind];
        if (detail !== undefined) {
          await connected(connection, (second) => second.query({ text: detail, values: [found.id] }));
        }
        return found;
      }
      return null;
    });
}

/** The floor: the least that a question to this server costs. */
export async function askNothing(client: pg.Client, name?: string): Promise<void> {
  await client.query({ ...(name === undefined ? {} : { name }), text: 'SELECT 1', rowMode: 'array' });
}

/** Does something on a connection of its own. */
export async function connected<T>(
  connection: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function first(client: pg.Client, text: string, value: string, name?: string): Promise<Named> {
  const { rows } = await client.query<unknown[]>({
    ...(name === undefined ? {} : { name }),
    text,
    values: [value],
    rowMode: 'array',
    types: AS_TEXT,
  });
  const [row] = rows;
  return row ? { kind: String(row[0]), id: String(row[1]) } : null;
}

/** Values are compared, not used: as text they need no parsing. */
const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (value: string) => value };

/** What each kind of caller passes to the database; undefined when it does not ask at all. */
const ARGUMENTS: Record<Variant['argument'], (input: string) => string | undefined> = {
  text: (input) => input,
  'ten-digits': (input) => input.replace(/\D/g, '').slice(-10),
  e164: (input) => normalisePhone(input)?.digits,
};
