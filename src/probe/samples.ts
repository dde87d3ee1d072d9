import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { namedInSamples } from './sample-names.js';
import { readTypedDocument } from '../document/read.js';
import { pointer, type Json } from '../json.js';
import type { Place as FilePlace } from '../problem.js';
import type { Place } from '../request/security/credential.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { SampleAt } from '../request/security/match.js';
import type { Named } from '../targets/named.js';
import type { Secrets } from '../targets/secrets.js';

const closed = { additionalProperties: false };

/**
 * A value, the name of an environment variable that holds it, or the operation in whose answer an id is found
 * (for parameters whose names do not tell).
 */
const Sample = Type.Union([
  Type.String(),
  Type.Number(),
  Type.Boolean(),
  Type.Object({ env: Type.String() }, closed),
  Type.Object(
    {
      from: Type.String(),
      /** How the id is written, with `{id}` for it: `Thing/{id}`. */
      as: Type.Optional(Type.String()),
    },
    closed,
  ),
]);
const ByName = Type.Record(Type.String(), Sample);

export const SamplesFile = Type.Object(
  {
    parameters: Type.Optional(ByName),
    operations: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object(
          {
            path: Type.Optional(ByName),
            query: Type.Optional(ByName),
            headers: Type.Optional(ByName),
            body: Type.Optional(Type.Unknown()),
            /** The operation that removes what this one creates, where the paths do not tell. */
            removedBy: Type.Optional(Type.String()),
            /** What it creates may stay, because nobody can remove it. */
            leaves: Type.Optional(Type.Boolean()),
            /** It is a search by POST: it changes nothing, though the contract does not say so. */
            safe: Type.Optional(Type.Literal(true)),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);

export type Sample = Static<typeof Sample>;
export type SamplesFile = Static<typeof SamplesFile>;

/** Values for parameters and bodies that the contract's own examples cannot give. */
export interface Samples {
  parameter: (operation: string, place: 'path' | 'query' | 'header', name: string) => Sample | undefined;
  /** Query parameters that are sent although the contract does not require them. */
  extraQuery: (operation: string) => Record<string, Sample>;
  /** Whether they say anything of what a request of an operation holds. */
  hasValuesFor: (operation: Pick<Operation, 'id' | 'parameters'>) => boolean;
  /** May hold `{ from: … }` and `{ env: … }` in the place of values. */
  body: (operation: string) => Json | undefined;
  /** The operations whose answers the values of an operation come from. */
  references: (operation: string) => string[];
  /** The operation that removes what an operation creates, where the paths do not tell. */
  removedBy: (operation: string) => string | undefined;
  /** Whether what an operation creates may stay where nobody can remove it. */
  leaves: (operation: string) => boolean;
  /** Operations that are searches by POST, though the contract does not say so. */
  safeSearches: readonly { operation: string; place: FilePlace }[];
  named: readonly Named[];
}

/**
 * Reads `samples.yaml` of a spec folder. Without that file everything is taken from the contract.
 * @throws Problem with file and line.
 */
export async function readSamples(specDir: string): Promise<Samples> {
  const file = join(specDir, 'samples.yaml');
  if (!existsSync(file)) return samplesOf({});
  const { value, lineOf } = await readTypedDocument(file, SamplesFile);
  return samplesOf(value, (steps) => ({ file, line: lineOf(pointer(...steps)) }));
}

/**
 * Samples as such a file holds them.
 * @param placeOf where in the file something is, by the steps to it
 */
export function samplesOf(
  data: SamplesFile,
  placeOf: (steps: string[]) => FilePlace = () => ({ file: 'samples.yaml' }),
): Samples {
  const of = (operation: string) => own(data.operations, operation);
  return {
    parameter: (operation, place, name) => {
      const given = of(operation);
      const values = place === 'path' ? given?.path : place === 'query' ? given?.query : given?.headers;
      return own(values, name) ?? own(data.parameters, name);
    },
    hasValuesFor: ({ id, parameters }) => {
      const { path, query, headers, body } = of(id) ?? {};
      const own = [path, query, headers, body].some((part) => part !== undefined);
      return own || parameters.some(({ name }) => Object.hasOwn(data.parameters ?? {}, name));
    },
    extraQuery: (operation) => of(operation)?.query ?? {},
    // What YAML gives is JSON, but for dates and the like, which the core schema of YAML 1.2 does not make.
    body: (operation) => of(operation)?.body as Json | undefined,
    references: (operation) => referencesIn(of(operation) ?? {}),
    removedBy: (operation) => of(operation)?.removedBy,
    leaves: (operation) => of(operation)?.leaves ?? false,
    safeSearches: Object.entries(data.operations ?? {})
      .filter(([, { safe }]) => safe === true)
      .map(([operation]) => ({ operation, place: placeOf(['operations', operation, 'safe']) })),
    named: namedInSamples(data, placeOf),
  };
}

/** A member that is in the file: what every object has, such as `constructor`, does not. */
function own<T>(members: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
}

/** The values that samples have for a place in the requests of an operation. What a variable holds is secret. */
export function samplesAt(
  samples: Samples,
  environment: Readonly<Record<string, string | undefined>>,
  secrets: Secrets,
): SampleAt {
  return (operation, place) => {
    if (place.in === 'cookie') return undefined;
    const sample = samples.parameter(operation, place.in, place.name);
    if (sample === undefined || isFrom(sample)) return undefined;
    if (!isEnv(sample)) return String(sample);
    const value = environment[sample.env];
    secrets.add(value ?? '');
    return value === '' ? undefined : value;
  };
}

/**
 * Where a request of an operation holds values of the environment: a key that no security scheme describes can be one,
 * so they go with good credentials only.
 */
export function environmentPlaces(samples: Samples, { id, parameters }: Operation): Place[] {
  const named = [
    ...parameters.map(({ in: where, name }) => ({ in: where, name })),
    ...Object.keys(samples.extraQuery(id)).map((name) => ({ in: 'query' as const, name })),
  ];
  return named.flatMap(({ in: where, name }) =>
    (where === 'query' || where === 'header') && isEnv(samples.parameter(id, where, name))
      ? [{ in: where, name }]
      : [],
  );
}

/** The same for every operation of a contract, by its id. */
export function environmentPlacesAt(
  samples: Samples,
  { operations }: Pick<Contract, 'operations'>,
): (operation: string) => readonly Place[] {
  const places = new Map(operations.map((one) => [one.id, environmentPlaces(samples, one)]));
  return (operation) => places.get(operation) ?? [];
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isFrom(value)) return [value.from];
  return Object.values(value).flatMap(referencesIn);
}

/** The names of all variables that a document names by `{ env: NAME }`. */
export function variablesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isEnv(value)) return [value.env];
  return Object.values(value).flatMap(variablesIn);
}

export function isFrom(value: unknown): value is { from: string; as?: string } {
  return hasOnly(value, ['from', 'as']) && 'from' in value && typeof value.from === 'string';
}

export function isEnv(value: unknown): value is { env: string } {
  return hasOnly(value, ['env']) && 'env' in value && typeof value.env === 'string';
}

function hasOnly(value: unknown, names: readonly string[]): value is object {
  return (
    typeof value === 'object' && value !== null && Object.keys(value).every((name) => names.includes(name))
  );
}
