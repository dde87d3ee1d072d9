import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { readTyped } from '../document/read.js';
import { asText, isObject } from '../json.js';

/** One thing that an application does with the API, and the operations that it needs for it. */
export interface Feature {
  /** Name of the application: that of its file. */
  consumer: string;
  name: string;
  /** Operation ids such as `GET /things/{id}/`, or operationIds of the contract. */
  operations: string[];
  /** The same operations, with what is lost without each. */
  needs: FeatureNeed[];
  /** Whether it holds back a deploy when it is lost. */
  critical: boolean;
}

export interface FeatureNeed {
  operation: string;
  /** What becomes of the feature without it. */
  loss: 'stops' | 'degrades' | 'workaround';
  /** The operation of the way around, where that is one. */
  instead?: string;
  /** A defect that the vendor is known to have there, which only doing it for real can show to be over. */
  defect?: { since: string; ticket: string };
}

/** Only what reports and tickets read of a consumer file; the rest of it belongs to the gate. */
const ConsumerFile = Type.Object({
  features: Type.Array(
    Type.Object({
      name: Type.String(),
      critical: Type.Optional(Type.Boolean()),
      operations: Type.Optional(Type.Array(Type.Unknown())),
    }),
  ),
});

/**
 * The features in `consumers/*.yaml` of a spec folder. Without that folder there are none.
 * @throws Problem with file and line when a file is there but is not of this shape.
 */
export async function readFeatures(specDir: string): Promise<Feature[]> {
  const folder = join(specDir, 'consumers');
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, data: await readTyped(join(folder, name), ConsumerFile) })),
  );
  return files.flatMap(({ name, data }) =>
    data.features.map((feature) => {
      const needs = (feature.operations ?? []).flatMap((entry) => needOf(entry) ?? []);
      return {
        consumer: name.replace(/\.ya?ml$/, ''),
        name: feature.name,
        operations: needs.map(({ operation }) => operation),
        needs,
        critical: feature.critical ?? false,
      };
    }),
  );
}

/** Without a word about it, a feature stops without what it needs. */
function needOf(entry: unknown): FeatureNeed | undefined {
  const operation = nameOf(entry);
  if (operation === undefined) return undefined;
  const { loss, instead, defect } = isObject(entry) ? entry : {};
  return {
    operation,
    loss: loss === 'degrades' || loss === 'workaround' ? loss : 'stops',
    ...(typeof instead === 'string' ? { instead } : {}),
    ...(isObject(defect)
      ? { defect: { since: asText(defect['since'] ?? ''), ticket: asText(defect['ticket'] ?? '') } }
      : {}),
  };
}

/** An operation is named by itself, or by a member of an entry that says more about it. */
function nameOf(operation: unknown): string | undefined {
  if (typeof operation === 'string') return operation;
  if (!isObject(operation)) return undefined;
  const name = operation['id'] ?? operation['operation'] ?? operation['operationId'];
  return typeof name === 'string' ? name : undefined;
}

/** The features that need an operation, if only as their way around another. */
export function featuresOf(
  operation: { id: string; operationId: string },
  features: readonly Feature[],
): Feature[] {
  return features.filter(({ needs }) =>
    needs.some((need) => isNamed(operation, need.operation) || isNamed(operation, need.instead)),
  );
}

/** Whether this is the operation that a name, by id or by operationId, stands for. */
export function isNamed(operation: { id: string; operationId: string }, name: string | undefined): boolean {
  return operation.id === name || operation.operationId === name;
}
