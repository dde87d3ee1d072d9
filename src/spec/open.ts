import { checkParameters, readLists } from '../checks/stated/lists.js';
import { readChecks, type StatedChecks } from '../checks/stated/settings.js';
import type { Contract } from '../contract/contract.js';
import { loadContract } from '../contract/load.js';
import { withSafeSearches } from '../contract/safe-searches.js';
import { readConsumers } from '../impact/consumer.js';
import { readNightly } from '../nightly/settings.js';
import { Problem, Problems, throwAll } from '../problem.js';
import { readSamples } from '../probe/samples.js';
import { readWorlds } from '../replica/world.js';
import { readWorkflows } from '../workflow/read.js';
import { readExpected } from '../run/expected.js';
import { checkNamed } from '../target/named.js';
import { readHosts, type Hosts } from '../target/targets.js';
import { readSupport } from '../ticket/support.js';
import { readSignatures } from '../verdict/signatures.js';
import { findContract, findSpecDir } from './find.js';

/** What a spec folder holds, and how each part of it is read. */
const PARTS = {
  contract: (dir: string, contractFile?: string) => loadContract(contractFile ?? findContract(dir)),
  hosts: readHosts,
  samples: readSamples,
  signatures: readSignatures,
  worlds: readWorlds,
  consumers: readConsumers,
  expected: readExpected,
  support: readSupport,
  checks: readChecks,
  lists: readLists,
  workflows: readWorkflows,
  nightly: readNightly,
};

type Parts = typeof PARTS;
export type PartName = keyof Parts;

/** Some parts of a spec folder, each read once. */
export type Spec<Name extends PartName> = {
  /** The folder itself. */
  dir: string;
} & { [Part in Name]: Awaited<ReturnType<Parts[Part]>> };

/** Something that is wrong in a spec folder, and the part that it was found in; `joined` for what parts say of one another. */
export interface SpecFault {
  part: PartName | 'joined';
  problem: Problem;
}

/**
 * Reads what a command needs of a spec folder, once.
 * @param wanted the folder; its default name means the one that comes with this package where there is none here
 * @param names the parts; what is not named is not read, and its faults are not reported
 * @param contractFile another contract than that of the folder
 * @throws Problem (`Problems` when there are several) with every fault of these parts, each with file and line
 */
export async function openSpec<Name extends PartName>(
  wanted: string,
  names: readonly Name[],
  contractFile?: string,
): Promise<Spec<Name>> {
  const { parts, faults } = await readSpec(wanted, names, contractFile);
  throwAll(faults.map(({ problem }) => problem));
  // Where there is no fault, each part was read.
  return parts as Spec<Name>;
}

/**
 * As `openSpec`, for who wants what can be read beside what is wrong: parts with a fault are left out.
 * @throws Problem when there is no such folder
 */
export async function readSpec<Name extends PartName>(
  wanted: string,
  names: readonly Name[],
  contractFile?: string,
): Promise<{ parts: { dir: string } & Partial<Spec<Name>>; faults: SpecFault[] }> {
  const dir = findSpecDir(wanted);
  const faults: SpecFault[] = [];
  const collect = (part: SpecFault['part'], error: unknown): void => {
    faults.push(...problemsOf(error).map((problem) => ({ part, problem })));
  };
  const settled = await Promise.allSettled(names.map((name) => PARTS[name](dir, contractFile)));
  const entries = settled.flatMap((one, index): [string, unknown][] => {
    const name = names[index];
    if (name === undefined) return [];
    if (one.status === 'fulfilled') return [[name, one.value]];
    collect(name, one.reason);
    return [];
  });
  const read: object = Object.fromEntries([['dir', dir], ...entries]);
  // What stands under each name is what its reader gave: TypeScript cannot follow that through `fromEntries`.
  const parts = read as { dir: string } & Partial<Spec<Name>>;
  try {
    return { parts: { ...parts, ...joined(read, contractFile) }, faults };
  } catch (error) {
    collect('joined', error);
    return { parts, faults };
  }
}

/** What parts say of one another: names of the contract have to be there, and its searches are safe. */
function joined(
  { contract, hosts, samples, checks, lists }: Partial<Spec<PartName>>,
  contractFile: string | undefined,
): { contract?: Contract } {
  if (hosts && checks) throwAll(targetsThatAreNot(checks, hosts));
  if (!contract) return {};
  // Another contract than that of the folder need not have what the folder names.
  if (contractFile === undefined) {
    const searches = samples?.safeSearches ?? [];
    const ofSamples = searches.map(({ operation, place }) => ({
      kind: 'operation' as const,
      name: operation,
      place,
    }));
    const named = [hosts, checks, lists].flatMap((part) => part?.named ?? []);
    throwAll([
      ...problemsIn(() => {
        checkNamed([...named, ...ofSamples], contract);
      }),
      ...problemsIn(() => {
        if (lists) checkParameters(lists, contract);
      }),
    ]);
  }
  return samples ? { contract: withSafeSearches(contract, samples.safeSearches) } : {};
}

/** All that a check throws: what is wrong in a folder is said at once. */
function problemsIn(check: () => void): readonly Problem[] {
  try {
    check();
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

/** The targets that are named where checks are configured, and that are not there. */
function targetsThatAreNot(checks: StatedChecks, { targets }: Pick<Hosts, 'targets'>): Problem[] {
  const names = targets.map(({ name }) => name);
  return checks.targets
    .filter(({ name }) => !names.includes(name))
    .map(
      ({ name, place }) =>
        new Problem(`there is no target “${name}”`, {
          ...(place ? { place } : {}),
          remedy: `Targets are: ${names.join(', ')}. What holds for each of them stands under “all”.`,
        }),
    );
}
