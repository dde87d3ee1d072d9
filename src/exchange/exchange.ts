import { Type, type Static } from '@sinclair/typebox';

/**
 * A request and its answer, redacted: what may be kept. Made by an allow-list, so that what nobody thought of
 * is not kept. See docs/redaction.md.
 */
export const Exchange = Type.Object({
  /** When the request was sent, ISO 8601, UTC. */
  at: Type.String(),
  role: Type.Union([Type.Literal('operation'), Type.Literal('control'), Type.Literal('variant')]),
  /** What a control or variant was for. */
  purpose: Type.Optional(Type.String()),
  method: Type.String(),
  /** Ids of real things are pseudonyms that are stable within a run. */
  url: Type.String(),
  requestHeaders: Type.Array(Type.String()),
  /** Null when no HTTP answer came. */
  status: Type.Union([Type.Integer(), Type.Null()]),
  /** Values of the headers that are known to be harmless; of all others, nothing. */
  responseHeaders: Type.Record(Type.String(), Type.String()),
  /** Keys, types and lengths of the body; never a value. */
  bodyShape: Type.Unknown(),
  /** The error text, when it is one that is known, with what varies in it masked. */
  message: Type.Optional(Type.String()),
  /** Which known error text it is. */
  text: Type.Optional(Type.String()),
  /** Why no answer came, or why its body is not whole. */
  failure: Type.Optional(Type.String()),
  /** Whether an echoed hash of the Authorization header is that of the header that was sent. */
  echo: Type.Optional(Type.Union([Type.Literal('ours'), Type.Literal('other')])),
  /** Same for answers that differ only in what changes every time: tokens, ids, dates, lengths. */
  fingerprint: Type.String(),
  durationMs: Type.Number(),
  /** A command that repeats the request, with variables for what is secret. */
  curl: Type.String(),
});
export type Exchange = Static<typeof Exchange>;
