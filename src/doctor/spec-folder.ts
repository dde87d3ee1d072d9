import { basename } from 'node:path';
import { formatPlace } from '../problem.js';
import { nameOf } from '../notify/settings.js';
import { readSpec, type PartName, type Spec } from '../spec/open.js';
import { errorOf, ok, warning, type Found, type Line } from './line.js';
import { misnamed } from './names/index.js';

const PARTS = [
  'contract',
  'hosts',
  'samples',
  'signatures',
  'worlds',
  'consumers',
  'expected',
  'support',
  'checks',
  'lists',
  'workflows',
  'nightly',
] as const satisfies readonly PartName[];

/** A spec folder in which every part could be read. */
export type WholeSpec = Spec<(typeof PARTS)[number]>;
type Parts = { dir: string } & Partial<WholeSpec>;

/** A part as the result calls it: by its file or folder. */
const CALLED: Record<(typeof PARTS)[number], string> = {
  ...{ contract: 'contract', hosts: 'targets', samples: 'samples', signatures: 'signatures' },
  ...{ worlds: 'worlds', consumers: 'consumers', expected: 'expected', support: 'support' },
  ...{ checks: 'checks', lists: 'lists', workflows: 'workflows' },
  nightly: 'nightly',
};

/**
 * Reads the whole spec folder, and holds its parts against one another.
 * @returns the lines; and the folder, undefined where it has a fault with which no command would work
 * @throws Problem when there is no such folder
 */
export async function examineSpec(wanted: string): Promise<{ lines: Line[]; spec: WholeSpec | undefined }> {
  const { parts, faults } = await readSpec(wanted, PARTS);
  const lineOf = (name: string, found: Found): Line => ({ group: 'spec', name, ...found });
  const ofParts = PARTS.flatMap((part) => {
    const own = faults.filter((fault) => fault.part === part);
    const found = own.length > 0 ? own.map(({ problem }) => errorOf(problem, 2)) : [summaryOf(part, parts)];
    return found.map((one) => lineOf(CALLED[part], one));
  });
  const joined = faults.filter(({ part }) => part === 'joined').map(({ problem }) => errorOf(problem, 2));
  const names = [...joined, ...(await misnamed(parts))];
  const { contract } = parts;
  const ofNames =
    names.length > 0 || !contract ? names : [ok('every name that the folder uses of the contract is there')];
  return {
    lines: [...ofParts, ...ofNames.map((one) => lineOf('names', one))],
    spec: faults.length === 0 && isWhole(parts) ? parts : undefined,
  };
}

function isWhole(parts: Parts): parts is WholeSpec {
  return PARTS.every((part) => parts[part] !== undefined);
}

function summaryOf(part: (typeof PARTS)[number], parts: Parts): Found {
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
          ({ name }) => name,
          'targets have checks of their own',
        ),
      );
    case 'lists':
      return ok(counted(lists?.named ?? [], 'list is stated', ({ name }) => name, 'lists are stated'));
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
