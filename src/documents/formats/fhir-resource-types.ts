import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CapabilityStatementRestResource } from 'fhir/r4.js';
import { PACKAGE_ROOT } from '../../package.js';

export type R4ResourceType = CapabilityStatementRestResource['type'];

/**
 * Whether a name is that of a resource which FHIR R4 defines (hl7.org/fhir/R4/valueset-resource-types.html). They are
 * in a file beside the templates, one a line.
 */
export async function readR4ResourceTypes(): Promise<(name: string) => name is R4ResourceType> {
  const text = await readFile(join(PACKAGE_ROOT, 'templates', 'fhir-r4-resource-types.txt'), 'utf8');
  const names = new Set(text.split('\n').filter((line) => line !== ''));
  return (name): name is R4ResourceType => names.has(name);
}
