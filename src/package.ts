import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));

/** The folder of this package, whether it runs built or from source: data files stand there. */
export const PACKAGE_ROOT = findRoot(HERE);

/**
 * Where the build has written what it has made ready, so that no run has to. Undefined when the program runs from source:
 * what was built may be of another edition of the code.
 */
export const PREPARED = HERE.startsWith(join(PACKAGE_ROOT, 'dist'))
  ? join(PACKAGE_ROOT, 'dist', 'prepared')
  : undefined;

/** A file that the build has written there, where it has. */
export function preparedFile(name: string): string | undefined {
  const file = PREPARED === undefined ? undefined : join(PREPARED, name);
  return file !== undefined && existsSync(file) ? file : undefined;
}

/** The name and the version in package.json. */
export const { name: PACKAGE_NAME, version: VERSION } = readManifest();

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the package has no package.json above its code');
  return findRoot(parent);
}

function readManifest(): { name: string; version: string } {
  const manifest: unknown = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
  const member = (name: string) =>
    typeof manifest === 'object' && manifest !== null ? String(Reflect.get(manifest, name)) : '';
  return { name: member('name'), version: member('version') };
}
