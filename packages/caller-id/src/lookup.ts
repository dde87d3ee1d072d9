import type { Client } from 'pg';
import type { Clock } from 'wellsky-conform/kit';
import { isCallerKind, STALE_AFTER_MS, type Candidate } from './caller.js';
import { normalisePhone } from './phone.js';

/** What a lookup says. */
export type CallerAnswer =
  | { known: true; e164: string; candidates: [Candidate, ...Candidate[]] }
  | { known: false; e164: string }
  | { known: false; e164: undefined };

export interface CallerLookup {
  /**
   * Who calls: everyone who has the number, who is to be greeted first in front. Without `e164` the text was
   * not a phone number. One round trip.
   */
  (text: string): Promise<CallerAnswer>;
}

/**
 * The lookup on a connection that is kept: the statement is prepared when it is first used.
 * @param sql `lookup.sql` of the spec folder
 */
export function createLookup(
  client: Pick<Client, 'query'>,
  sql: string,
  clock: Pick<Clock, 'now'>,
): CallerLookup {
  return async (text) => {
    const phone = normalisePhone(text);
    if (!phone) return { known: false, e164: undefined };
    const { rows } = await client.query<LookupRow>({
      name: 'caller-lookup',
      text: sql,
      values: [phone.digits],
      rowMode: 'array',
    });
    const [first, ...others] = rows.map((row) => candidateOf(row, clock.now()));
    if (!first) return { known: false, e164: phone.e164 };
    return { known: true, e164: phone.e164, candidates: [first, ...others] };
  };
}

/** The columns of `lookup.sql`, in its order. */
type LookupRow = [
  kind: string,
  id: string,
  name: string,
  status: string | null,
  city: string | null,
  active: boolean,
  syncedAt: Date,
];

function candidateOf([kind, id, name, status, city, active, syncedAt]: LookupRow, now: Date): Candidate {
  if (!isCallerKind(kind)) throw new Error(`the cache holds a kind of caller that is not known: ${kind}`);
  const stale = now.getTime() - syncedAt.getTime() > STALE_AFTER_MS;
  return { kind, id, name, status, city, active, syncedAt, stale };
}
