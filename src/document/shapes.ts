import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Static, TSchema } from '@sinclair/typebox';
import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { once } from '../once.js';
import { preparedFile } from '../package.js';

/** To optimize what is compiled takes longer than the few values that it is used for could save. */
const OPTIONS: Options = {
  allowUnionTypes: true,
  discriminator: true,
  allErrors: true,
  code: { optimize: false },
};

const compiler = once(() => new Ajv(OPTIONS));

/** What the build has written is loaded as what it is: an import would search it for what it exports. */
const load = createRequire(import.meta.url);

/** What tells whether a value is of a shape, as the build has compiled it, or compiled now. */
export function validatorOf<S extends TSchema>(shape: S): ValidateFunction<Static<S>> {
  return preparedValidator<Static<S>>(shape) ?? compiler().compile<Static<S>>(shape);
}

/**
 * Compiles shapes to JavaScript.
 * @returns files of `PREPARED` and what they hold: each is called by the digest of its shape, so that none is used for another
 */
export async function prepareShapes(shapes: readonly TSchema[]): Promise<Map<string, string>> {
  const { default: standalone } = await import('ajv/dist/standalone/index.js');
  const ajv = new Ajv({ ...OPTIONS, code: { ...OPTIONS.code, source: true } });
  return new Map(shapes.map((shape) => [fileOf(shape), standalone.default(ajv, ajv.compile(shape))]));
}

function preparedValidator<T>(shape: TSchema): ValidateFunction<T> | undefined {
  const file = preparedFile(fileOf(shape));
  if (file === undefined) return undefined;
  const found: unknown = load(file);
  return isValidator<T>(found) ? found : undefined;
}

/** The build has written it. */
function isValidator<T>(found: unknown): found is ValidateFunction<T> {
  return typeof found === 'function';
}

/** A file of CommonJS, because what Ajv compiles asks for its own modules by `require`. */
function fileOf(shape: TSchema): string {
  const digest = createHash('sha256').update(JSON.stringify(shape)).digest('hex');
  return join('shapes', `${digest}.cjs`);
}
