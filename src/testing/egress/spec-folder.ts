import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../json.js';
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
  await writeTargets(folder, targets);
  return folder;
}

/** The spec folder of this package with other targets. @returns its path */
export async function packageFolder(parent: string, targets: Record<string, JsonObject>): Promise<string> {
  const folder = join(parent, 'spec');
  await cp(join(PACKAGE_ROOT, 'spec'), folder, { recursive: true });
  await writeTargets(folder, targets);
  return folder;
}
