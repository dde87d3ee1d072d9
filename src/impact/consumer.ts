import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../document/literals.js';
import { readTypedDocument } from '../document/read.js';
import { pointer } from '../json.js';
import { Problem, throwAll, together, type Place } from '../problem.js';
import type { Named } from '../targets/named.js';

import type { Orphan } from './orphans.js';

const closed = { additionalProperties: false };

/**
 * How far a write is proven: `route`: asked with a token that is invalid on purpose, so that there is such a route
 * is all that is known; `validate`: asked with a body that the contract forbids, so routed and permitted; `full`:
 * done for real. A read is asked as it is: `read`.
 */
export const PROOFS = ['route', 'validate', 'full', 'read'] as const;
export type ProofKind = (typeof PROOFS)[number];

const LOSSES = ['stops', 'degrades', 'workaround'] as const;

/** `90m`, `26h`, `8d`: how old evidence may be. */
const Age = Type.String({ pattern: '^\\d+(m|h|d)$' });

const Percentile = literals(['p50', 'p90', 'p95', 'p99', 'p999', 'max']);

const Need = Type.Object(
  {
    /** Method and path template. */
    operation: Type.String(),
    /** What the feature needs it for. */
    for: Type.Optional(Type.String()),
    /** What happens to the feature without it. */
    loss: literals(LOSSES),
    /** Which workaround there is; given with the loss `workaround`. */
    workaround: Type.Optional(Type.String()),
    /** The operation that the workaround needs. While it does not work either, the feature stops. */
    instead: Type.Optional(Type.String()),
    /** The least proof for this operation, where it is more than the policy asks. */
    proof: Type.Optional(literals(['route', 'validate', 'full'])),
    /** A defect of the vendor that is open. Nothing less than a success for real shows that it is gone. */
    defect: Type.Optional(
      Type.Object(
        {
          what: Type.String(),
          since: Type.String(),
          ticket: Type.String(),
          standing: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
);
/** What a feature needs; `orphan` where the contract does not have its operation. */
export type Need = Static<typeof Need> & { orphan?: Orphan };

const BenchTarget = Type.Object({ percentile: Percentile, ms: Type.Number({ exclusiveMinimum: 0 }) }, closed);
export type BenchTarget = Static<typeof BenchTarget>;

const Feature = Type.Object(
  {
    name: Type.String(),
    about: Type.Optional(Type.String()),
    standing: Type.Optional(Type.String()),
    /** A critical feature that is shut shuts the gate, whatever the readiness is. */
    critical: Type.Optional(Type.Boolean()),
    operations: Type.Optional(Type.Array(Need)),
    /** What the newest bench has to have held. */
    bench: Type.Optional(BenchTarget),
  },
  closed,
);
export type Feature = Omit<Static<typeof Feature>, 'operations'> & { operations?: Need[] };

const Scenario = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    critical: Type.Optional(Type.Boolean()),
    /** Operations that all have to be proven; of a list in the list, one. */
    needs: Type.Optional(Type.Array(Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })]))),
    /** That one of these operations answers within this time, at the median. */
    within: Type.Optional(
      Type.Object({ operations: Type.Array(Type.String(), { minItems: 1 }), ms: Type.Number() }, closed),
    ),
    bench: Type.Optional(BenchTarget),
    /** Why no run can prove it. It is listed and not counted. */
    notCounted: Type.Optional(Type.String()),
  },
  closed,
);
export type Scenario = Static<typeof Scenario>;

/** `consumers/<name>.yaml` of a spec folder. */
export const ConsumerFile = Type.Object(
  {
    name: Type.String(),
    about: Type.Optional(Type.String()),
    policy: Type.Object(
      {
        /** The targets whose newest runs are the evidence. What fails on the first of them fails. */
        targets: Type.Array(Type.String(), { minItems: 1 }),
        /** The least proof for a write. */
        writes: literals(['route', 'validate', 'full']),
        maxAge: Type.Object({ read: Age, route: Age, validate: Age, full: Age, bench: Age }, closed),
        stale: literals(['blocks', 'warns']),
        skipped: literals(['blocks', 'warns']),
        /** Whether an operation that works but breaks the contract will do. */
        deviates: literals(['blocks', 'warns']),
      },
      closed,
    ),
    /** Shares in percent from which the consumer counts as ready, and as mostly ready; `READINESS` without. */
    readiness: Type.Optional(
      Type.Object(
        {
          ready: Type.Number({ minimum: 0, maximum: 100 }),
          mostly: Type.Number({ minimum: 0, maximum: 100 }),
          /** What is counted; without scenarios the features are. */
          scenarios: Type.Optional(Type.Array(Scenario)),
        },
        closed,
      ),
    ),
    features: Type.Array(Feature, { minItems: 1 }),
  },
  closed,
);

/** What holds for a consumer that says nothing of readiness: its features are counted. */
export const READINESS: NonNullable<ConsumerFile['readiness']> = { ready: 90, mostly: 70 };
export type ConsumerFile = Static<typeof ConsumerFile>;

/** A consumer, under the name by which it is asked for, and what its file names. */
export type Consumer = Omit<ConsumerFile, 'features'> & {
  id: string;
  features: Feature[];
  named: readonly Named[];
};

/**
 * Reads `consumers/<id>.yaml` of a spec folder, for all consumers; none where it has no such folder.
 * @throws Problem with file and line, for each fault of each file
 */
export async function readConsumers(specDir: string): Promise<Consumer[]> {
  const folder = join(specDir, 'consumers');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  return together(
    names.map(async (name) => {
      const { value, file, lineOf } = await readTypedDocument(join(folder, name), ConsumerFile);
      const placeOf = (at: string): Place => ({ file, line: lineOf(at) });
      checkSense(value, placeOf);
      return { ...value, id: name.slice(0, -'.yaml'.length), named: namedIn(value, placeOf) };
    }),
  );
}

/** @throws Problem that names the consumers there are */
export function findConsumer(consumers: readonly Consumer[], id: string): Consumer {
  const consumer = consumers.find((candidate) => candidate.id === id);
  if (consumer) return consumer;
  throw new Problem('CONFORM_E_CONSUMER_UNKNOWN', `there is no consumer “${id}”`, {
    remedy:
      consumers.length === 0
        ? 'Describe it in the folder “consumers” of the spec folder: its features, and the operations that each of them needs.'
        : `Consumers are: ${consumers.map((candidate) => candidate.id).join(', ')}.`,
  });
}

/** What a schema does not say: a workaround has to be named, and a feature has to need something. */
function checkSense({ features }: ConsumerFile, placeOf: (at: string) => Place): void {
  const wrong = features.flatMap(({ name, operations = [], bench }, index) => [
    ...(operations.length === 0 && !bench
      ? [
          {
            at: pointer('features', index),
            what: `the feature “${name}” needs no operation, so nothing can be judged`,
          },
        ]
      : []),
    ...operations.flatMap((need, position) =>
      need.loss === 'workaround' && need.workaround === undefined
        ? [
            {
              at: pointer('features', index, 'operations', position),
              what: 'the loss is “workaround”, and no workaround is named',
            },
          ]
        : [],
    ),
  ]);
  throwAll(
    wrong.map(({ at, what }) => new Problem('CONFORM_E_SETTING_INVALID', what, { place: placeOf(at) })),
  );
}

const MINUTES = { m: 1, h: 60, d: 24 * 60 };

/** `26h` in milliseconds. */
export function ageMs(text: string): number {
  const unit = text.slice(-1);
  const factor = unit === 'm' || unit === 'h' || unit === 'd' ? MINUTES[unit] : 0;
  return Number(text.slice(0, -1)) * factor * 60_000;
}

/** `40 h`, `9 days`: an age in words. */
export function readableAge(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  return hours < 96 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** What a consumer names: the operations that it needs, and the targets whose runs are its evidence. */
function namedIn({ features, readiness, policy }: ConsumerFile, placeOf: (at: string) => Place): Named[] {
  const operations = [
    ...features.flatMap(({ operations: needs = [] }, feature) =>
      needs.flatMap(({ operation, instead }, position) => {
        const at = (member: string) => pointer('features', feature, 'operations', position, member);
        return [
          { names: [operation], at: at('operation') },
          { names: instead === undefined ? [] : [instead], at: at('instead') },
        ];
      }),
    ),
    ...(readiness?.scenarios ?? []).flatMap(({ needs = [], within }, index) => [
      ...needs.map((need, position) => ({
        names: [need].flat(),
        at: pointer('readiness', 'scenarios', index, 'needs', position),
      })),
      {
        names: within?.operations ?? [],
        at: pointer('readiness', 'scenarios', index, 'within', 'operations'),
      },
    ]),
  ];
  return [
    ...operations.flatMap(({ names, at }) =>
      names.map((name): Named => ({ kind: 'operation', name, bears: 'description', place: placeOf(at) })),
    ),
    ...policy.targets.map((name, index): Named => ({
      ...{ kind: 'target', name, bears: 'description' },
      place: placeOf(pointer('policy', 'targets', index)),
    })),
  ];
}
