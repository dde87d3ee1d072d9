import type { JsonObject } from '../../json.js';
import { textOfFormat } from './formats.js';
import { textOfPattern } from './pattern.js';

/** A text of the length, the format and the pattern that a schema wants; undefined where none was found. */
export function textFor(schema: JsonObject, turn: number): string | undefined {
  const { minLength, maxLength, pattern, format } = schema;
  const limits = {
    ...(typeof minLength === 'number' ? { minLength } : {}),
    ...(typeof maxLength === 'number' ? { maxLength } : {}),
  };
  const formatted = typeof format === 'string' ? textOfFormat(format, turn) : undefined;
  if (formatted !== undefined && (typeof pattern !== 'string' || turn % 2 === 0))
    return longer(formatted, format, limits);
  if (typeof pattern === 'string') return textOfPattern(pattern, limits, turn);
  return plain(limits, turn);
}

function plain(
  { minLength = 0, maxLength = Infinity }: { minLength?: number; maxLength?: number },
  turn: number,
) {
  if (minLength > LONGEST) return undefined;
  const text = turn === 0 ? 'text' : `text${turn}`;
  // Where there is no room, the end of it differs.
  const cut =
    text.length <= maxLength
      ? text
      : turn
          .toString(36)
          .slice(-maxLength || text.length)
          .slice(0, maxLength);
  return cut.padEnd(Math.min(minLength, maxLength), 'x');
}

const LONGEST = 100_000;

/** Addresses of people and pages can be as long as they have to be. */
function longer(text: string, format: unknown, { minLength = 0 }: { minLength?: number }): string {
  const missing = minLength - text.length;
  if (missing <= 0 || missing > LONGEST) return text;
  if (format === 'email' || format === 'idn-email')
    return text.replace('-', () => '-'.padEnd(missing + 1, 'x'));
  return /^(?:uri|iri|url)/.test(String(format)) ? text.padEnd(minLength, 'x') : text;
}
