import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { likely } from '../nearest.js';
import { PACKAGE_ROOT } from '../package.js';
import { Problem } from '../problem.js';

/** What the contract of a spec folder can be called. */
export const CONTRACT_NAMES = ['swagger', 'openapi'].flatMap((name) =>
  ['yaml', 'yml', 'json'].map((end) => `${name}.${end}`),
);

/** What is in a spec folder besides the contract: files, and folders of files. */
export const ENTRIES = [
  ...(['targets.yaml', 'samples.yaml', 'signatures.yaml', 'worlds', 'consumers', 'expected'] as const),
  ...(['support.yaml', 'checks.yaml', 'lists.yaml', 'workflows', 'nightly.yaml', 'negatives.yaml'] as const),
  ...(['fleet.yaml', 'caller-id'] as const),
];
export type Entry = (typeof ENTRIES)[number];

/** Where something of a spec folder comes from; `below` is a folder that was named behind the first. */
export type Origin = 'own' | 'below' | 'package' | 'nowhere';

/** A spec folder, and what it is on. */
export interface Layers {
  /** The folder that was named first, which need not be there; what is written goes there. */
  own: string;
  /** The folders that give what it does not have, the nearest first: others that were named, then that of this package. */
  below: readonly string[];
}

/**
 * The folder that describes the vendor, and what it is on. Several are named like those of PATH (`mine:spec`): each file or
 * folder comes from the first that has it. The default name `spec` means the one in the current folder.
 * Where that holds nothing but files that a spec folder has besides a contract, it describes no other vendor: then it is a
 * layer over the folder that comes with this package, and each file or folder of it stands in for that of the package.
 * @throws Problem when there is no such folder
 */
export function findLayers(wanted: string): Layers {
  const [own = wanted, ...below] = existsSync(wanted) ? [wanted] : wanted.split(delimiter);
  for (const folder of [own, ...below]) {
    if (existsSync(folder) || isDefault(folder)) continue;
    throw new Problem('CONFORM_E_FILE_MISSING', 'there is no such folder', {
      place: { file: folder },
      remedy: 'Name the folder that holds the contract with --spec-dir, or make one with conform init.',
    });
  }
  const last = below.at(-1) ?? own;
  const isLayer = isDefault(last) && (!existsSync(last) || holdsOnlyEntries(last));
  return { own, below: isLayer ? [...below, OF_PACKAGE] : below };
}

const DEFAULT = 'spec';
const OF_PACKAGE = join(PACKAGE_ROOT, DEFAULT);

function isDefault(folder: string): boolean {
  return resolve(folder) === resolve(DEFAULT);
}

/** Whether the package gives what the named folders do not have. */
export function isOnPackage({ below }: Layers): boolean {
  return below.includes(OF_PACKAGE);
}

/** Where something comes from that is in a folder of a spec folder. */
export function originIn(folder: string, { own }: Layers): Origin {
  if (resolve(folder) === resolve(own)) return 'own';
  return folder === OF_PACKAGE ? 'package' : 'below';
}

/** Whether there is something to read in a folder, and nothing that could be a contract under another name. */
function holdsOnlyEntries(folder: string): boolean {
  const names = readdirSync(folder).filter((name) => isEntry(name) || /\.(ya?ml|json)$/.test(name));
  return names.length > 0 && names.every(isEntry);
}

function isEntry(name: string): boolean {
  return ENTRIES.some((entry) => entry === name);
}

/** Where an entry comes from. */
export function originOf(entry: Entry, layers: Layers): Origin {
  const folder = holderOf(entry, layers);
  return folder === undefined ? 'nowhere' : originIn(folder, layers);
}

/** The folder that an entry is read in; where none has it, the one at the bottom. */
export function folderOf(entry: Entry, layers: Layers): string {
  return holderOf(entry, layers) ?? layers.below.at(-1) ?? layers.own;
}

function holderOf(entry: Entry, { own, below }: Layers): string | undefined {
  return [own, ...below].find((folder) => existsSync(join(folder, entry)));
}

/**
 * The contract of a spec folder: `swagger.yaml`, `openapi.yaml`, or the same as JSON.
 * @throws Problem when there is none
 */
export function findContract({ own, below }: Layers): string {
  for (const folder of [own, ...below]) {
    const found = contractIn(folder);
    if (found !== undefined) return found;
  }
  throw new Problem('CONFORM_E_CONTRACT_MISSING', 'there is no contract in this folder', {
    place: { file: own },
    remedy: `Put the vendor’s OpenAPI file there as ${CONTRACT_NAMES[0] ?? 'swagger.yaml'}.`,
  });
}

function contractIn(folder: string): string | undefined {
  return CONTRACT_NAMES.map((name) => join(folder, name)).find((file) => existsSync(file));
}

/** What is in a folder under a name that nothing reads, and that is like one that is read. */
export function misnamedFiles({ own, below }: Layers): Problem[] {
  return [own, ...below].filter((folder) => folder !== OF_PACKAGE).flatMap(misnamedIn);
}

function misnamedIn(own: string): Problem[] {
  const names = existsSync(own) ? readdirSync(own).sort() : [];
  const known: readonly string[] = [...ENTRIES, ...CONTRACT_NAMES];
  const atTop = names
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const like = likely(name, known);
      return like === undefined ? [] : [unread(join(own, name), `The nearest name is “${like}”.`)];
    });
  const inFolders = FOLDERS.filter((folder) => names.includes(folder)).flatMap((folder) =>
    readdirSync(join(own, folder))
      .filter((name) => /\.(yml|json|yaml~|yaml\.\w+)$/.test(name))
      .map((name) => unread(join(own, folder, name), 'Files there end in “.yaml”.')),
  );
  return [...atTop, ...inFolders];
}

const FOLDERS = ['worlds', 'consumers', 'expected', 'workflows'];

function unread(file: string, remedy: string): Problem {
  return new Problem('CONFORM_E_SPEC_FILE_UNKNOWN', 'nothing reads this file', { place: { file }, remedy });
}
