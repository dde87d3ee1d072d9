import type { NoAnswer } from '../targets/reply.js';

/** What is known of a request from what was pasted. What the paste does not show is undefined, and never made up. */
export interface PastedRequest {
  /** In capital letters. */
  method: string | undefined;
  /** A whole URL, one without the scheme where that is not shown (`//host/path`, `//host`), or a path. */
  url: string | undefined;
  /** By their names in small letters. */
  headers: Readonly<Record<string, string>>;
  /**
   * Whether credentials went with it. `unknown` where its headers are not shown, or where what wrote them leaves credentials
   * out.
   */
  credentials: 'sent' | 'not-sent' | 'unknown';
}

/** An answer, as far as it was pasted. */
export interface PastedAnswer {
  kind: 'answer';
  /** Undefined where the paste does not say it. */
  status: number | undefined;
  /** Where the status is: `body` where only the body of the answer names it. */
  statusFrom: 'answer' | 'body' | 'flag' | undefined;
  /** By their names in small letters, in their order; undefined where none are shown. */
  headers: readonly [name: string, value: string][] | undefined;
  /** Undefined where the body is not shown; empty where it is shown to be. Of an answer in a log, what the log says of it. */
  body: Buffer | undefined;
}

/** That no answer came, by what the client that asked said of it. */
export interface PastedFailure {
  kind: 'failure';
  /** As an error code of Node or undici (`ENOTFOUND`), or one that a signature names. */
  code: string;
  /** In which phase it failed, where what was said shows it. */
  phase?: NoAnswer['phase'] | undefined;
  /** What has said so: `curl`, `Python requests`. */
  client: string | undefined;
  /** Whether it is known by plain words only, which others use as well. */
  isInPlainWords?: boolean;
}

/** One request and what came of it, as somebody has kept it. */
export interface Pasted {
  request: PastedRequest;
  reply: PastedAnswer | PastedFailure;
}

/** Where in a text something was found. */
export interface Found {
  /** Offsets in the text: the first letter, and the one behind the last. */
  from: number;
  to: number;
  /** In the order in which they happened; empty where the place is of this form and describes no answer. */
  pasted: readonly Pasted[];
}

/** Reads a text that is within another one, such as a string of a log record. */
export type Again = (inner: string) => readonly Pasted[];

/** Reads one form in which people paste refusals. */
export interface Reader {
  /** As its file is named: `curl-verbose`. */
  id: string;
  /** What is pasted, as a noun phrase for the help: “what `curl -v` prints”. */
  about: string;
  /** Whether it reads a paste only, and no text that is within another. */
  isOfWhole?: boolean;
  /** Finds what is in a text in this form, wherever it is. What readers before it have found is blank. */
  read: (text: string, again: Again) => readonly Found[];
}

/** What was read in a text, and by which reader. */
export interface Read extends Found {
  reader: Reader;
}

/** A request of which nothing is shown. */
export const UNKNOWN_REQUEST: PastedRequest = {
  method: undefined,
  url: undefined,
  headers: {},
  credentials: 'unknown',
};
