import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { PACKAGE_ROOT } from '../../package.js';
import type { Contract } from './contract.js';

/** Writes `targets.yaml` of a spec folder. */
export async function writeTargets(folder: string, targets: Record<string, JsonObject>): Promise<void> {
  // What is JSON is YAML too.
  await writeFile(join(folder, 'targets.yaml'), JSON.stringify({ targets }, undefined, 2));
}

/** A spec folder for the vendor of a set-up. @returns its path */
export async function vendorFolder(
  parent: string,
  contract: Contract,
  targets: Record<string, JsonObject>,
): Promise<string> {
  const folder = join(parent, 'spec');
  await mkdir(folder, { recursive: true });
  await cp(join(PACKAGE_ROOT, 'spec', 'signatures.yaml'), join(folder, 'signatures.yaml'));
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(contract.document, undefined, 2));
  if (Object.keys(contract.samples).length > 0) {
    await writeFile(join(folder, 'samples.yaml'), JSON.stringify(contract.samples, undefined, 2));
  }
  await writeTargets(folder, knownBy(contract, targets));
  return folder;
}

/** Targets without what they name and the contract does not have: to name that is a fault of its own. */
function knownBy(
  { document, operations }: Contract,
  targets: Record<string, JsonObject>,
): Record<string, JsonObject> {
  const components = document['components'];
  const schemes = isObject(components) ? components['securitySchemes'] : undefined;
  const known = new Set(operations.map(({ id }) => id));
  return Object.fromEntries(
    Object.entries(targets).map(([name, target]) => {
      const result = withoutSchemes(target, isObject(schemes) ? Object.keys(schemes) : []);
      const { guarded } = result;
      if (!isArray(guarded)) return [name, result];
      return [name, { ...result, guarded: guarded.filter((id) => typeof id === 'string' && known.has(id)) }];
    }),
  );
}

function withoutSchemes(target: JsonObject, known: readonly string[]): JsonObject {
  const listed = (items: Json | undefined): Json[] =>
    (isArray(items) ? items : []).map((item) => {
      const scheme = isObject(item) ? item['scheme'] : undefined;
      if (!isObject(item) || (typeof scheme === 'string' && known.includes(scheme))) return item;
      const rest = { ...item };
      delete rest['scheme'];
      return rest;
    });
  const { credentials, identities } = target;
  return {
    ...target,
    ...(credentials === undefined ? {} : { credentials: listed(credentials) }),
    ...(isObject(identities)
      ? {
          identities: Object.fromEntries(
            Object.entries(identities).map(([who, items]) => [who, listed(items)]),
          ),
        }
      : {}),
  };
}

/** The spec folder of this package with other targets. @returns its path */
export async function packageFolder(parent: string, targets: Record<string, JsonObject>): Promise<string> {
  const folder = join(parent, 'spec');
  await cp(join(PACKAGE_ROOT, 'spec'), folder, { recursive: true });
  // Its schemes have names of their own.
  const unnamed = Object.entries(targets).map(([name, target]) => [name, withoutSchemes(target, [])]);
  await writeTargets(folder, Object.fromEntries(unnamed) as Record<string, JsonObject>);
  return folder;
}
