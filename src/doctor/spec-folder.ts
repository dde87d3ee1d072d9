import { basename, dirname } from 'node:path';
import { addToGroup } from '../groups.js';
import { nameOf } from '../notify/settings.js';
import {
  ENTRIES,
  findContract,
  folderOf,
  misnamedFiles,
  originIn,
  originOf,
  type Layers,
  type Origin,
} from '../spec/find.js';
import { PART_NAMES, readSpec, type PartName, type Spec } from '../spec/open.js';
import { missing, remedyFor, type Misnamed } from '../targets/named.js';
import { formatPlace } from '../problem.js';
import { error, errorOf, ok, warning, type Found, type Line } from './line.js';

/** A spec folder in which every part could be read. */
export type WholeSpec = Spec<PartName>;
type Parts = Pick<WholeSpec, 'layers'> & Partial<WholeSpec>;

/** Where a file or folder of a spec folder comes from. */
export interface FileOrigin {
  entry: string;
  origin: Origin;
  /** The folder that it is read in; undefined where it is nowhere. */
  folder: string | undefined;
}

/**
 * Reads the whole spec folder, and holds its parts against one another.
 * @returns the lines; where each file comes from; and the folder, undefined where it has a fault with which no command
 *   would work
 * @throws Problem when there is no such folder
 */
export async function examineSpec(
  wanted: string,
): Promise<{ lines: Line[]; origins: FileOrigin[]; spec: WholeSpec | undefined }> {
  const { parts, faults, misnamed } = await readSpec(wanted, PART_NAMES);
  const lineOf = (name: string, found: Found): Line => ({ group: 'spec', name, ...found });
  const ofParts = PART_NAMES.flatMap((part) => {
    const own = faults.filter((fault) => fault.part === part);
    const found = own.length > 0 ? own.map(({ problem }) => errorOf(problem, 2)) : [summaryOf(part, parts)];
    return found.map((one) => lineOf(part === 'hosts' ? 'targets' : part, one));
  });
  const joined = faults.filter(({ part }) => part === 'joined').map(({ problem }) => errorOf(problem, 2));
  const files = misnamedFiles(parts.layers).map(({ place, message, remedy = '' }) =>
    warning(`${place ? formatPlace(place) : ''}: ${message}`, remedy),
  );
  const names = [...joined, ...namesFound(misnamed)];
  const ofNames =
    names.length > 0 || !parts.contract ? names : [ok('the contract has every name that the folder uses')];
  return {
    lines: [
      ...ofParts,
      ...files.map((one) => lineOf('files', one)),
      ...ofNames.map((one) => lineOf('names', one)),
    ],
    origins: originsOf(parts.layers),
    spec:
      faults.length === 0 && !misnamed.some(({ bears }) => bears !== 'description') && isWhole(parts)
        ? parts
        : undefined,
  };
}

/** One for each name in each file: with those on which requests hang, no command works. */
function namesFound(misnamed: readonly Misnamed[]): Found[] {
  const groups = new Map<string, Misnamed[]>();
  for (const one of misnamed) addToGroup(groups, `${one.place.file} ${missing(one)}`, one);
  return [...groups.values()].flatMap((those) => {
    const [first] = those;
    if (!first) return [];
    const text = `${linesText(first.place.file, those)}: ${missing(first)}`;
    if (first.bears !== 'description') return [error(text, remedyFor(first), 2)];
    return [first.kind === 'parameter' ? warning(text, remedyFor(first)) : error(text, remedyFor(first))];
  });
}

/** `spec/samples.yaml:3, 17` */
export function linesText(file: string, all: readonly Pick<Misnamed, 'place'>[]): string {
  const lines = [...new Set(all.flatMap(({ place }) => place.line ?? []))];
  return lines.length === 0 ? file : `${file}:${lines.join(', ')}`;
}

/** Where each file or folder comes from, the contract first. */
function originsOf(layers: Layers): FileOrigin[] {
  const entries = ENTRIES.map((entry) => {
    const origin = originOf(entry, layers);
    return { entry, origin, folder: origin === 'nowhere' ? undefined : folderOf(entry, layers) };
  });
  const contract = contractOf(layers);
  if (contract === undefined) return entries;
  const folder = dirname(contract);
  return [{ entry: basename(contract), origin: originIn(folder, layers), folder }, ...entries];
}

function contractOf(layers: Layers): string | undefined {
  try {
    return findContract(layers);
  } catch {
    // That there is none is one of the faults.
    return undefined;
  }
}

function isWhole(parts: Parts): parts is WholeSpec {
  return PART_NAMES.every((part) => parts[part] !== undefined);
}

function summaryOf(part: PartName, parts: Parts): Found {
  const {
    contract,
    hosts,
    signatures,
    worlds,
    consumers,
    expected,
    checks,
    lists,
    workflows = [],
    nightly,
    negatives,
    variants,
  } = parts;
  switch (part) {
    case 'contract':
      return contract ? ofContract(contract) : ok('read');
    case 'hosts':
      return ok(counted(hosts?.targets ?? [], 'target', ({ name }) => name));
    case 'signatures':
      return ok(`${signatures?.all.length ?? 0} signatures, those of the package among them`);
    case 'worlds':
      return ok(counted(worlds?.dates ?? [], 'world', (date) => date));
    case 'consumers':
      return ok(counted(consumers ?? [], 'consumer', ({ id }) => id));
    case 'expected': {
      const [unrecorded] = (hosts?.targets ?? []).flatMap(({ name }) => expected?.unrecordedOf(name) ?? []);
      if (unrecorded !== undefined)
        return warning(unrecorded, 'Look at the change in git, and record it: conform accept --reason TEXT.');
      return ok(
        counted(
          (hosts?.targets ?? []).filter(({ name }) => expected?.fileOf(name) !== undefined),
          'target has expectations',
          ({ name }) => name,
          'targets have expectations',
        ),
      );
    }
    case 'checks':
      return ok(
        counted(
          checks?.targets ?? [],
          'target has checks of its own',
          (name) => name,
          'targets have checks of their own',
        ),
      );
    case 'lists':
      return ok(counted(lists?.operations ?? [], 'list is stated', (id) => id, 'lists are stated'));
    case 'workflows':
      return ok(
        counted(
          workflows,
          'file with workflows',
          ({ file, value }) => `${basename(file)} (${value.workflows.length})`,
          'files with workflows',
        ),
      );
    case 'nightly':
      return ok(counted(nightly?.notify ?? [], 'notifier', nameOf));
    case 'negatives':
      return ok(`${negatives?.cases.length ?? 0} requests that are no part of the API`);
    case 'variants':
      return ok(
        counted(variants ?? [], 'way to look a caller up', ({ name }) => name, 'ways to look a caller up'),
      );
    case 'samples':
    case 'support':
      return ok('no fault');
  }
}

function ofContract({ title, version, operations, repairs }: Spec<'contract'>['contract']): Found {
  const whole = `${title} ${version}: ${operations.length} operations`;
  const [first] = repairs;
  if (!first) return ok(`${whole}, nothing repaired`);
  return warning(
    `${whole}; repaired in memory: ${repairs.length}, the first at ${formatPlace(first.place)}: ${first.what}`,
    'conform check lists all of them. Ask the vendor for a contract without these faults, or correct yours.',
  );
}

function counted<T>(
  all: readonly T[],
  what: string,
  nameOf: (one: T) => string,
  several = `${what}s`,
): string {
  if (all.length === 0) return `no ${what}`;
  return `${all.length} ${all.length === 1 ? what : several}: ${all.map(nameOf).join(', ')}`;
}
