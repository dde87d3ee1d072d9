import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readTyped } from '../../document/read.js';

/** How urgent a ticket is, by what it does to those who depend on the API; from the most to the least. */
export const SEVERITIES = ['critical', 'high', 'normal', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

const SEVERITY_WORDS = {
  /** A critical feature stops. */
  critical: Type.String(),
  /** A feature stops. */
  high: Type.String(),
  /** A feature is worse, or needs its workaround. */
  normal: Type.String(),
  /** Nothing that is described depends on it. */
  low: Type.String(),
} satisfies Record<Severity, unknown>;

const Support = Type.Object(
  {
    /** The vendor's support desk. */
    to: Type.Optional(Type.String({ pattern: '^[^\\s<>@]+@[^\\s<>@]+$' })),
    /** Who writes. */
    from: Type.Optional(Type.String({ pattern: '^[^\\s<>@]+@[^\\s<>@]+$' })),
    /** How the vendor knows us: a customer or account number. */
    customer: Type.Optional(Type.String()),
    /** The words of the vendor's form for how urgent something is, for those that differ from ours. */
    severity: Type.Optional(Type.Partial(Type.Object(SEVERITY_WORDS, { additionalProperties: false }))),
    /** How soon we want an answer, by how urgent something is: `critical: 4 hours`. */
    answerWithin: Type.Optional(Type.Partial(Type.Object(SEVERITY_WORDS, { additionalProperties: false }))),
  },
  { additionalProperties: false },
);
export type Support = Static<typeof Support>;

/**
 * Reads `support.yaml` of a spec folder: who a ticket goes to. Without that file the mail has no addresses, and
 * the mail program asks for them.
 * @throws Problem with file and line.
 */
export async function readSupport(specDir: string): Promise<Support> {
  const file = join(specDir, 'support.yaml');
  return existsSync(file) ? readTyped(file, Support) : {};
}
