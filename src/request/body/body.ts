import type { Encoding } from '../../contract/encoding.js';
import type { Json, JsonObject } from '../../json.js';

/** A body as it is sent: a text is sent as UTF-8. */
export type Body = string | Uint8Array;

/** What the serialisation of a body depends on, besides its value. */
export interface BodyForm {
  /** The media type as the contract writes it. */
  readonly type: string;
  /** How the members of a form are written, by their names. */
  readonly encoding?: Readonly<Record<string, Encoding>> | undefined;
  /** What XML takes its names from, and the document that it refers to. */
  readonly schema?: JsonObject | undefined;
  readonly document?: JsonObject | undefined;
}

/** A body and its Content-Type; or why it cannot be written. */
export type WrittenBody = { ok: true; type: string; body: Body } | { ok: false; why: string };

/** Writes a value in the media types of one family. */
export type WriteBody = (value: Json, form: BodyForm) => WrittenBody;
