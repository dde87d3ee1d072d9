import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';
import { Problem } from '../problem.js';

/**
 * The folder that describes the vendor. The default name `spec` means the one in the current folder, and where
 * there is none, the one that comes with this package.
 */
export function findSpecDir(wanted: string): string {
  if (existsSync(wanted)) return wanted;
  if (wanted === 'spec') return join(PACKAGE_ROOT, 'spec');
  throw new Problem('there is no such folder', {
    place: { file: wanted },
    remedy: 'Name the folder that holds the contract with --spec-dir.',
  });
}

const CONTRACT_NAMES = ['swagger', 'openapi'].flatMap((name) =>
  ['yaml', 'yml', 'json'].map((end) => `${name}.${end}`),
);

/** The contract in a spec folder: `swagger.yaml`, `openapi.yaml`, or the same as JSON. */
export function findContract(specDir: string): string {
  const found = CONTRACT_NAMES.map((name) => join(specDir, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Problem('there is no contract in this folder', {
    place: { file: specDir },
    remedy: `Put the vendor’s OpenAPI file there as ${CONTRACT_NAMES[0] ?? 'swagger.yaml'}.`,
  });
}
