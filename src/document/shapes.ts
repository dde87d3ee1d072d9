import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Static, TSchema } from '@sinclair/typebox';
import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { PREPARED } from '../package.js';

/** To optimize what is compiled takes longer than the few values that it is used for could save. */
const OPTIONS: Options = {
  allowUnionTypes: true,
  discriminator: true,
  allErrors: true,
  code: { optimize: false },
};

const ajv = new Ajv(OPTIONS);

/** What tells whether a value is of a shape, as the build has compiled it, or compiled now. */
export async function validatorOf<S extends TSchema>(shape: S): Promise<ValidateFunction<Static<S>>> {
  return (await preparedValidator<Static<S>>(shape)) ?? ajv.compile<Static<S>>(shape);
}

/**
 * Compiles shapes to JavaScript.
 * @returns files of `PREPARED` and what they hold: each is called by the digest of its shape, so that none is used for another
 */
export async function prepareShapes(shapes: readonly TSchema[]): Promise<Map<string, string>> {
  const { default: standalone } = await import('ajv/dist/standalone/index.js');
  const compiler = new Ajv({ ...OPTIONS, code: { ...OPTIONS.code, source: true } });
  return new Map(
    shapes.map((shape) => [fileOf(shape), standalone.default(compiler, compiler.compile(shape))]),
  );
}

async function preparedValidator<T>(shape: TSchema): Promise<ValidateFunction<T> | undefined> {
  const file = PREPARED === undefined ? undefined : join(PREPARED, fileOf(shape));
  if (file === undefined || !existsSync(file)) return undefined;
  const found: unknown = await import(pathToFileURL(file).href);
  return isModuleOf<T>(found) ? found.default : undefined;
}

/** The build has written it. */
function isModuleOf<T>(found: unknown): found is { default: ValidateFunction<T> } {
  return (
    typeof found === 'object' && found !== null && 'default' in found && typeof found.default === 'function'
  );
}

/** A file of CommonJS, because what Ajv compiles asks for its own modules by `require`. */
function fileOf(shape: TSchema): string {
  const digest = createHash('sha256').update(JSON.stringify(shape)).digest('hex');
  return join('shapes', `${digest}.cjs`);
}
