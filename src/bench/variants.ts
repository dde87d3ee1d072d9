import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readTyped } from '../document/read.js';
import { Problem } from '../problem.js';
import { readSql } from './sql-file.js';

const closed = { additionalProperties: false };

const VariantEntry = Type.Object(
  {
    name: Type.String(),
    about: Type.String(),
    standing: Type.String(),
    /** Which of the two caches it asks. */
    setup: Type.Array(Type.Union([Type.Literal('as-found'), Type.Literal('proposed')])),
    argument: Type.Union([Type.Literal('text'), Type.Literal('ten-digits'), Type.Literal('e164')]),
    /** SQL, or the name of a file of SQL beside; asked one after the other until one has a row. */
    statements: Type.Array(Type.String(), { minItems: 1 }),
    /** By kind: asked after a hit with the id, on a second connection. */
    detail: Type.Optional(Type.Record(Type.String(), Type.String())),
    explained: Type.Optional(Type.String()),
    connection: Type.Union([Type.Literal('either'), Type.Literal('per-call')]),
  },
  closed,
);

const VariantsFile = Type.Object({ variants: Type.Array(VariantEntry, { minItems: 1 }) }, closed);

/** How the answer of a statement of the user's own is read. */
export interface OwnAnswer {
  /** The column of the id; without it, the one that is called so. */
  idColumn?: string | undefined;
  /** Whether it is known which id is right. */
  isChecked: boolean;
}

/** One lookup path, as `variants.yaml` describes it, or the user's own. */
export type Variant = Static<typeof VariantEntry> & { own?: OwnAnswer };

/** Whether a spec folder describes any. */
export function hasVariants(specDir: string): boolean {
  return existsSync(fileIn(specDir));
}

function fileIn(specDir: string): string {
  return join(specDir, 'caller-id', 'variants.yaml');
}

/**
 * Reads `caller-id/variants.yaml` of a spec folder.
 * @param names only those
 * @throws Problem with file and line, or that names the variants there are
 */
export async function readVariants(specDir: string, names?: readonly string[]): Promise<Variant[]> {
  const { variants } = await readTyped(fileIn(specDir), VariantsFile);
  const unknown = names?.find((name) => !variants.some((variant) => variant.name === name));
  if (unknown !== undefined) {
    throw new Problem('CONFORM_E_VALUE_INVALID', `there is no variant “${unknown}”`, {
      remedy: `Variants are: ${variants.map(({ name }) => name).join(', ')}.`,
    });
  }
  const chosen = variants.filter(({ name }) => names?.includes(name) ?? true);
  return Promise.all(
    chosen.map(async (variant) => {
      const statements: string[] = [];
      for (const text of variant.statements) {
        statements.push(text.endsWith('.sql') ? await readSql(specDir, text) : text);
      }
      return { ...variant, statements };
    }),
  );
}

/** The user's own lookup, by `--sql`. */
export function ownVariant(sql: string, own: OwnAnswer): Variant {
  return {
    name: 'own',
    own,
    about: 'the statement that was given',
    standing: 'given',
    setup: [],
    argument: 'text',
    statements: [sql],
    connection: 'either',
  };
}
