import { hasVariants, readVariants } from '../bench/variants.js';
import { readLists } from '../checks/stated/lists.js';
import { readChecks } from '../checks/stated/settings.js';
import { loadContract } from '../contract/load.js';
import { withSafeSearches } from '../contract/safe-searches.js';
import { readConsumers } from '../impact/consumer.js';
import { withOrphans } from '../impact/orphans.js';
import { readNightly } from '../nightly/settings.js';
import { formatPlace, Problem, Problems, throwAll } from '../problem.js';
import { readSamples } from '../probe/samples.js';
import { readWorlds } from '../replica/world.js';
import { planFlows } from '../workflow/plan.js';
import { readWorkflows } from '../workflow/read.js';
import { readExpected } from '../record/expected.js';
import { misnamed, misnamedProblem, type Misnamed } from '../targets/named.js';
import { readHosts } from '../targets/targets.js';
import { readSupport } from '../documents/ticket/support.js';
import { readSignatures } from '../verdict/signatures.js';
import { findContract, findLayers, folderOf, misnamedFiles, type Entry, type Layers } from './find.js';
import { readNegatives } from './negatives.js';

/** How each part of a spec folder is read, and the file or folder that it is in. */
const PARTS = {
  contract: (layers: Layers, contractFile?: string) => loadContract(contractFile ?? findContract(layers)),
  hosts: inEntry('targets.yaml', readHosts),
  samples: inEntry('samples.yaml', readSamples),
  signatures: inEntry('signatures.yaml', readSignatures),
  worlds: inEntry('worlds', readWorlds),
  consumers: inEntry('consumers', readConsumers),
  expected: inEntry('expected', readExpected),
  support: inEntry('support.yaml', readSupport),
  checks: inEntry('checks.yaml', readChecks),
  lists: inEntry('lists.yaml', readLists),
  workflows: inEntry('workflows', readWorkflows),
  nightly: inEntry('nightly.yaml', readNightly),
  negatives: inEntry('negatives.yaml', readNegatives),
  variants: inEntry('caller-id', async (dir) => (hasVariants(dir) ? await readVariants(dir) : [])),
};

function inEntry<T>(entry: Entry, read: (dir: string) => Promise<T>): (layers: Layers) => Promise<T> {
  return (layers) => read(folderOf(entry, layers));
}

type Parts = typeof PARTS;
export type PartName = keyof Parts;

/** Some parts of a spec folder, each read once. */
export type Spec<Name extends PartName> = {
  layers: Layers;
} & { [Part in Name]: Awaited<ReturnType<Parts[Part]>> };

/** Something that is wrong in a spec folder, and the part that it was found in; `joined` for what parts say of one another. */
export interface SpecFault {
  part: PartName | 'joined';
  problem: Problem;
}

/** What could be read of a spec folder, and what is wrong in it. */
export interface SpecRead<Name extends PartName> {
  parts: { layers: Layers } & Partial<Spec<Name>>;
  faults: SpecFault[];
  /** The names that nothing has, in the order of the parts. */
  misnamed: Misnamed[];
}

/**
 * Reads what a command needs of a spec folder, once.
 * @param wanted the folder; see `findLayers`
 * @param names the parts; what is not named is not read, and its faults are not reported
 * @param contractFile another contract than that of the folder, which need not have what the folder names
 * @throws Problem (`Problems` when there are several) with every fault of these parts, each with file and line
 */
export async function openSpec<Name extends PartName>(
  wanted: string,
  names: readonly Name[],
  contractFile?: string,
): Promise<Spec<Name>> {
  const { parts, faults, misnamed: wrong } = await readSpec(wanted, names, contractFile);
  throwAll([
    ...faults.map(({ problem }) => problem),
    ...wrong.filter(({ bears }) => bears !== 'description').map(misnamedProblem),
  ]);
  // Where there is no fault, each part was read.
  return parts as Spec<Name>;
}

/** A spec folder of which a command needs some parts, examined as a whole. */
export interface WholeSpec<Name extends PartName> {
  /** What the command needs; undefined where there is an error. */
  spec: Spec<Name> | undefined;
  layers: Layers;
  /** What has to be corrected before anything is asked. */
  errors: Problem[];
  /** Names that nothing has, and on which only the description hangs. */
  orphans: Misnamed[];
  /** What is wrong in files that the command does not need, and files that nothing reads. */
  warnings: Problem[];
}

/**
 * As `openSpec`, and looks at all the rest of the folder: what would change which requests go out, or how a run is judged,
 * is an error for every command; what only describes is a warning. With another contract than that of the folder, the names
 * of the contract are warnings.
 * @throws Problem when there is no such folder
 */
export async function openWhole<Name extends PartName>(
  wanted: string,
  names: readonly Name[],
  contractFile?: string,
): Promise<WholeSpec<Name>> {
  const read = await readSpec(wanted, PART_NAMES, contractFile);
  const isNeeded = (part: SpecFault['part']) => part === 'joined' || names.some((name) => name === part);
  const isError = ({ bears }: Misnamed) =>
    bears === 'requests' || (bears === 'nights' && isNeeded('nightly'));
  const errors = [
    ...read.faults.filter(({ part }) => isNeeded(part)).map(({ problem }) => problem),
    ...read.misnamed.filter(isError).map(misnamedProblem),
  ];
  const { contract, consumers } = read.parts;
  const parts = {
    ...read.parts,
    ...(contract && consumers ? { consumers: withOrphans(consumers, contract) } : {}),
  };
  return {
    // Where there is no fault in what is needed, each part of it was read.
    spec: errors.length === 0 ? (parts as Spec<Name>) : undefined,
    layers: read.parts.layers,
    errors,
    orphans: read.misnamed.filter((one) => !isError(one)),
    warnings: [
      ...read.faults.filter(({ part }) => !isNeeded(part)).map(({ problem }) => problem),
      ...misnamedFiles(read.parts.layers),
    ],
  };
}

/** Every part of a spec folder. */
export const PART_NAMES = Object.keys(PARTS) as PartName[];

/**
 * As `openSpec`, for who wants what can be read beside what is wrong: parts with a fault are left out.
 * @throws Problem when there is no such folder
 */
export async function readSpec<Name extends PartName>(
  wanted: string,
  names: readonly Name[],
  contractFile?: string,
): Promise<SpecRead<Name>> {
  const layers = findLayers(wanted);
  const faults: SpecFault[] = [];
  const settled = await Promise.allSettled(
    names.map(async (name) => await PARTS[name](layers, contractFile)),
  );
  const entries = settled.flatMap((one, index): [string, unknown][] => {
    const name = names[index];
    if (name === undefined) return [];
    if (one.status === 'fulfilled') return [[name, one.value]];
    faults.push(...problemsOf(one.reason).map((problem) => ({ part: name, problem })));
    return [];
  });
  const read: object = Object.fromEntries([['layers', layers], ...entries]);
  // What is under each name is what its reader gave: TypeScript cannot follow that through `fromEntries`.
  const parts = read as { layers: Layers } & Partial<Spec<Name>>;
  const wrong = misnamedIn(read, contractFile !== undefined);
  const { contract, samples, workflows }: Partial<Spec<PartName>> = read;
  if (contract && workflows) {
    const said = new Set(wrong.map((one) => keyOf(misnamedProblem(one))));
    faults.push(
      ...problemsIn(() => planFlows(workflows, contract))
        .filter((problem) => !said.has(keyOf(problem)))
        .map((problem) => ({ part: 'workflows' as const, problem })),
    );
  }
  if (!contract || !samples) return { parts, faults, misnamed: wrong };
  const searches = { contract };
  const unsafe = problemsIn(() => {
    searches.contract = withSafeSearches(contract, samples.safeSearches);
  });
  faults.push(...unsafe.map((problem) => ({ part: 'joined' as const, problem })));
  return { parts: { ...parts, ...searches }, faults, misnamed: wrong };
}

/**
 * What parts call by names that nothing has.
 * @param isOther whether the contract is another one than that of the folder
 */
function misnamedIn(parts: Partial<Spec<PartName>>, isOther: boolean): Misnamed[] {
  const { contract, hosts, consumers, workflows } = parts;
  const { samples, worlds, expected, checks, lists, nightly, negatives } = parts;
  const files = [hosts, samples, checks, lists, nightly, expected, worlds, negatives];
  const named = [...files, ...(consumers ?? []), ...(workflows ?? [])].flatMap((one) => one?.named ?? []);
  const wrong = misnamed(named, { contract, targets: hosts?.targets, consumers });
  if (!isOther) return wrong;
  return wrong.map((one) => (OF_FOLDER.includes(one.kind) ? one : { ...one, bears: 'description' }));
}

/** Names of what is in the folder, whichever contract is taken. */
const OF_FOLDER: readonly Misnamed['kind'][] = ['target', 'consumer'];

function keyOf({ place, message }: Problem): string {
  return `${place ? formatPlace(place) : ''} ${message}`;
}

/** Every problem that some work throws. */
function problemsIn(work: () => unknown): readonly Problem[] {
  try {
    work();
    return [];
  } catch (error) {
    return problemsOf(error);
  }
}

/** Every problem in what was thrown; what is none is thrown on. */
function problemsOf(error: unknown): readonly Problem[] {
  if (!(error instanceof Problem)) throw error;
  return error instanceof Problems ? error.all : [error];
}
