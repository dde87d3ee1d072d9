import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package.js';

/**
 * The names of the resources that FHIR R4 defines (hl7.org/fhir/R4/valueset-resource-types.html), one a line in
 * a file beside the templates.
 */
export async function readR4ResourceTypes(): Promise<ReadonlySet<string>> {
  const text = await readFile(join(PACKAGE_ROOT, 'templates', 'fhir-r4-resource-types.txt'), 'utf8');
  return new Set(text.split('\n').filter((line) => line !== ''));
}
