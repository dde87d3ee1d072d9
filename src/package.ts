import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));

/** The folder of this package, whether it runs built or from source: data files are there. */
export const PACKAGE_ROOT = findRoot(HERE);

/** Whether the program runs built, and not from source. */
export const IS_BUILT = HERE.startsWith(join(PACKAGE_ROOT, 'dist'));

/**
 * Where the build has written what it has made ready, so that no run has to. Undefined when the program runs from source:
 * what was built may be of another edition of the code.
 */
export const PREPARED = IS_BUILT ? join(PACKAGE_ROOT, 'dist', 'prepared') : undefined;

/** A file that the build has written there, where it has. */
export function preparedFile(name: string): string | undefined {
  const file = PREPARED === undefined ? undefined : join(PREPARED, name);
  return file !== undefined && existsSync(file) ? file : undefined;
}

const manifest = readManifest();

/** The name and the version in package.json. */
export const PACKAGE_NAME = textAt('name');
export const VERSION = textAt('version');

/**
 * The version of a package that this one was developed and tested with; its own, for the packages that are released with it.
 * @throws Error when it was developed without that package
 */
export function pinnedVersion(name: string): string {
  const version = textAt('devDependencies', name);
  if (version === '') throw new Error(`package.json pins no version of ${name}`);
  return version;
}

/** Whether another package is installed where this one looks for it. */
export function isInstalled(name: string): boolean {
  const folders = createRequire(join(PACKAGE_ROOT, 'package.json')).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(join(folder, name, 'package.json')));
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the package has no package.json above its code');
  return findRoot(parent);
}

function readManifest(): unknown {
  return JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
}

/** The text at some members of package.json; empty where there is none. */
function textAt(...path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    manifest,
  );
  return typeof found === 'string' ? found : '';
}
