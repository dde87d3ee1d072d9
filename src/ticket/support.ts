import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readTyped } from '../document/read.js';

const Support = Type.Object(
  {
    /** The vendor's support desk. */
    to: Type.Optional(Type.String({ pattern: '^[^\\s<>@]+@[^\\s<>@]+$' })),
    /** Who writes. */
    from: Type.Optional(Type.String({ pattern: '^[^\\s<>@]+@[^\\s<>@]+$' })),
    /** How the vendor knows us: a customer or account number. */
    customer: Type.Optional(Type.String()),
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
