import { createHash } from 'node:crypto';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** One line of the log: who changed what is expected of a target, when, on which run, and why. */
const Entry = Type.Object({
  /** ISO 8601, UTC. */
  at: Type.String(),
  by: Type.String(),
  run: Type.String(),
  reason: Type.Optional(Type.String()),
  changes: Type.Array(
    Type.Object({
      operation: Type.String(),
      from: Type.Optional(Type.Union([Type.String(), Type.Undefined()])),
      to: Type.Optional(Type.Union([Type.String(), Type.Undefined()])),
    }),
  ),
  /** SHA-256 of the file as it was written, in hexadecimal digits. */
  sha256: Type.String(),
});
export type AcceptanceLogEntry = Static<typeof Entry>;

/**
 * A log with one more line (JSON Lines), for a file of expectations that has been written.
 * @param log the text of the log as it is; empty where there is none
 * @param file the text of the file of expectations
 */
export function logged(log: string, file: string, entry: Omit<AcceptanceLogEntry, 'sha256'>): string {
  const before = log === '' || log.endsWith('\n') ? log : `${log}\n`;
  return `${before}${JSON.stringify({ ...entry, sha256: sha256Of(file) })}\n`;
}

/**
 * The newest line of a log, where the file of expectations is no longer as that line left it: somebody has changed it by
 * hand, and nothing says who, or why. Undefined where it is as it was left, and where there is no log.
 */
export function changedSince(log: string, file: string): AcceptanceLogEntry | undefined {
  const last = log.trimEnd().split('\n').at(-1) ?? '';
  const entry = parsed(last);
  return entry && entry.sha256 !== sha256Of(file) ? entry : undefined;
}

function parsed(line: string): AcceptanceLogEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return Value.Check(Entry, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** With the line ends of this system or another: a checkout may change them. */
function sha256Of(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}
