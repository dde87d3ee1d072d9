import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../document/literals.js';
import { readTypedDocument } from '../document/read.js';
import { pointer } from '../json.js';
import type { Named } from '../targets/named.js';
import { CAUSES, OUTCOMES, type Cause } from '../verdict/causes.js';

const closed = { additionalProperties: false };

/** `negatives.yaml` of a spec folder: requests that are no part of the API, and what was answered to them. */
export const NegativesFile = Type.Object(
  {
    cases: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          /** Method and path, as it was sent. */
          call: Type.String({ pattern: '^[A-Z]+ /' }),
          /** The host that it was sent to: the API, what is beside it, or the former API. */
          at: literals(['gateway', 'front', 'legacy']),
          outcome: literals(OUTCOMES),
          cause: Type.Optional(literals(Object.keys(CAUSES) as Cause[])),
          /** The operation that was meant, where there is one. */
          nearest: Type.Optional(Type.String()),
          standing: Type.String(),
        },
        closed,
      ),
    ),
  },
  closed,
);

/** What a spec folder says of requests that are no part of the API. */
export type Negatives = Static<typeof NegativesFile> & { named: readonly Named[] };

/**
 * Reads `negatives.yaml` of a spec folder, which need not be there.
 * @throws Problem with file and line
 */
export async function readNegatives(specDir: string): Promise<Negatives> {
  const file = join(specDir, 'negatives.yaml');
  if (!existsSync(file)) return { cases: [], named: [] };
  const { value, lineOf } = await readTypedDocument(file, NegativesFile);
  return {
    ...value,
    named: value.cases.flatMap(({ nearest }, index): Named[] =>
      nearest === undefined
        ? []
        : [
            {
              ...{ kind: 'operation', name: nearest, bears: 'description' },
              place: { file, line: lineOf(pointer('cases', index, 'nearest')) },
            },
          ],
    ),
  };
}
