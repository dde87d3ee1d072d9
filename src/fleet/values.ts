import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readText } from '../document/text.js';
import { Problem } from '../problem.js';
import { outputOf } from './output-of.js';

const closed = { additionalProperties: false };

/** Where the value of a credential comes from. The fleet file never holds the value itself. */
export const ValueSource = Type.Union([
  Type.Object({ env: Type.String({ minLength: 1 }) }, closed),
  Type.Object({ file: Type.String({ minLength: 1 }) }, closed),
  Type.Object({ command: Type.Array(Type.String(), { minItems: 1 }) }, closed),
]);
export type ValueSource = Static<typeof ValueSource>;

/** No credential is longer, in bytes. */
const LONGEST = 64 * 1024;
const COMMAND_MS = 30_000;
/** Group and others may write. */
const OTHERS_WRITE = 0o022;

/**
 * The value of a credential, in the moment in which it is needed. Whoever takes it adds it to the secrets of its agency.
 * @param around.folder that of the fleet file: paths are below it, commands run in it
 * @param around.file the fleet file
 * @throws Problem that names the place of the value, and never the value
 */
export async function valueOf(
  source: ValueSource,
  around: {
    agency: string;
    variable: string;
    folder: string;
    file: string;
    env: Readonly<Record<string, string | undefined>>;
  },
): Promise<string> {
  const value = await rawValue(source, around);
  if (value !== '') return value;
  throw missing(
    `the value of ${around.variable} of the agency “${around.agency}” is empty`,
    'Give it a value.',
  );
}

async function rawValue(source: ValueSource, around: Parameters<typeof valueOf>[1]): Promise<string> {
  const { agency, folder, env } = around;
  if ('env' in source) {
    const value = env[source.env];
    if (value !== undefined) return value.trim();
    throw missing(
      `the variable ${source.env} of the agency “${agency}” is not set`,
      'Set it in the environment of the worker.',
    );
  }
  if ('command' in source) {
    const place = { file: around.file };
    const text = await outputOf(source.command, {
      ...{ folder, env, place },
      ...{ timeoutMs: COMMAND_MS, most: LONGEST },
    });
    return text.trim();
  }
  const file = resolve(folder, source.file);
  try {
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & OTHERS_WRITE) !== 0)
      throw missing(
        `others may write to the file of ${around.variable} of the agency “${agency}”: ${source.file}`,
        'Take the permission away: chmod go-w FILE.',
      );
    return (await readText(file, LONGEST)).trim();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw missing(
      `the file of ${around.variable} of the agency “${agency}” cannot be read: ${source.file}`,
      'Check that it is there on every machine that runs workers.',
    );
  }
}

function missing(message: string, remedy: string): Problem {
  return new Problem('CONFORM_E_FLEET_VALUE_MISSING', message, { remedy });
}
