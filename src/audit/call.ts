/** Where a call was found: a line of a file, or an entry of one that has no lines. Both count from 1. */
export interface CallPlace {
  file: string;
  line?: number;
  entry?: number;
}

/** One value of a query; without a value where only its name is known. */
export interface QueryPart {
  name: string;
  value?: string;
}

/** What is known of a body: the names in it, never its values. */
export interface SentBody {
  mediaType: string | undefined;
  /** JSON Pointers of its members, with `*` for each entry of a list. Undefined where it could not be read. */
  members: readonly string[] | undefined;
}

/** What a recorder says of a request, by which pages and scripts are distinguished from calls of an API. */
export interface Hints {
  /** What a browser calls the resource: `document`, `script`, `fetch`. */
  resourceType?: string;
  /** The media type of the answer. */
  answerType?: string;
  /** That a web socket was opened. */
  upgrade?: boolean;
}

/** One call that a consumer makes, before it is held against a contract. It can hold secrets: nothing prints it. */
export interface Call {
  /** In capitals; undefined where nothing says it. */
  method: string | undefined;
  /** As it was written: a whole URL, or a path. It begins with `HOLE` where the address is not known. */
  url: string;
  /** What goes into the query and is not in the URL. */
  query?: readonly QueryPart[];
  body?: SentBody;
  /** Whether the query, and the body, are all that is sent, so that what is missing is missing. */
  complete: { query: boolean; body: boolean };
  hints?: Hints;
  /** Whether it is in code: then its path was written by a programmer, and only what is filled in can be of a person. */
  isOfCode?: boolean;
  place: CallPlace;
}

/** Something that was not understood: where it stands and why, never what it says. */
export interface NotUnderstood {
  place: CallPlace;
  why: string;
}

/** What a text holds. */
export interface Reading {
  calls: Call[];
  notUnderstood: NotUnderstood[];
  /** What holds no call and was never meant to, by what it is, for example `log lines without a request`. */
  without: Map<string, number>;
}

/** A reading that is being filled. */
export function emptyReading(): Reading {
  return { calls: [], notUnderstood: [], without: new Map() };
}

/** Adds what one reading holds to another. */
export function addReading(to: Reading, { calls, notUnderstood, without }: Reading): void {
  for (const call of calls) to.calls.push(call);
  for (const one of notUnderstood) to.notUnderstood.push(one);
  for (const [what, count] of without) countWithout(to, what, count);
}

/** Counts what holds no call. */
export function countWithout({ without }: Reading, what: string, count = 1): void {
  without.set(what, (without.get(what) ?? 0) + count);
}

/** The methods that are read as such (RFC 9110, section 9.3, and RFC 5789). */
export const METHOD_WORDS: ReadonlySet<string> = new Set([
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'],
]);

/** A method as it is compared, or undefined for what is none. */
export function methodOf(text: unknown): string | undefined {
  const word = typeof text === 'string' ? text.trim().toUpperCase() : '';
  return METHOD_WORDS.has(word) ? word : undefined;
}
