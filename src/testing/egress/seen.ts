import type { ContractOperation } from './contract.js';
import type { Touch } from './store.js';

/** One request as a server saw it, with what the server itself thinks of it. */
export interface Seen {
  /** Its place in the order of all arrivals and answers, over all servers of a set-up. */
  arrived: number;
  /** The same for its answer; undefined while there is none. */
  answered: number | undefined;
  /** When it arrived, in milliseconds of the program's own clock. */
  at: number;
  server: 'target' | 'elsewhere';
  method: string;
  /** Path and query. */
  url: string;
  body: string;
  status: number | undefined;
  retryAfter: number | undefined;
  /** A call of the endpoint for tokens. */
  isToken: boolean;
  /** The operation of the contract that it asks. */
  operation: ContractOperation | undefined;
  /** Whether it could change something, by its method and by what the contract says of it. */
  unsafe: boolean;
  /** Whether it wants to be taken for a request of another method. */
  overrides: boolean;
  /** Whether anything that is secret stands anywhere in it. */
  carriesSecret: boolean;
  /** All that is where credentials are; undefined when nothing does. */
  presented: string | undefined;
  /** What the contract says of its body. */
  allowed: 'no body is known' | 'forbidden' | 'valid';
  /** Whether its path has a part that could name a record. */
  hasId: boolean;
  /** The records that its path names and that are there. */
  existing: string[];
  /** The record that its path names, when a request of the program has made it. */
  own: boolean;
  /** What it has changed. */
  touched: Touch[];
  /** Reads of the same collection that were under way at the same time. */
  overlaps: string[];
}

/** How a request is shown in a table. */
export function shown({ method, url, body, status, server }: Seen): string {
  const where = server === 'elsewhere' ? ' (on another host)' : '';
  const sent = body === '' ? '' : ` ${body.length > 60 ? `${body.slice(0, 57)}…` : body}`;
  return `${method} ${url}${sent} → ${status ?? 'no answer'}${where}`;
}
