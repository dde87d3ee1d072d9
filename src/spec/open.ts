import type { Contract } from '../contract/contract.js';
import { loadContract } from '../contract/load.js';
import { withSafeSearches } from '../contract/safe-searches.js';
import { readConsumers } from '../impact/consumer.js';
import { together } from '../problem.js';
import { readSamples } from '../probe/samples.js';
import { readWorlds } from '../replica/world.js';
import { readExpected } from '../run/expected.js';
import { checkNamed } from '../target/named.js';
import { readHosts } from '../target/targets.js';
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
};

type Parts = typeof PARTS;
type PartName = keyof Parts;

/** Some parts of a spec folder, each read once. */
export type Spec<Name extends PartName> = {
  /** The folder itself. */
  dir: string;
} & { [Part in Name]: Awaited<ReturnType<Parts[Part]>> };

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
  const dir = findSpecDir(wanted);
  const values = await together(names.map((name) => PARTS[name](dir, contractFile)));
  const entries: [string, unknown][] = names.map((name, index) => [name, values[index]]);
  const parts: object = Object.fromEntries([['dir', dir], ...entries]);
  // What stands under each name is what its reader gave: TypeScript cannot follow that through `fromEntries`.
  const spec = parts as Spec<Name>;
  return { ...spec, ...joined(spec, contractFile) };
}

/** What parts say of one another: names of the contract have to be there, and its searches are safe. */
function joined(
  { contract, hosts, samples }: Partial<Spec<PartName>>,
  contractFile: string | undefined,
): { contract?: Contract } {
  if (!contract) return {};
  // Another contract than that of the folder need not have what the folder names.
  if (contractFile === undefined) {
    const searches = samples?.safeSearches ?? [];
    const ofSamples = searches.map(({ operation, place }) => ({
      kind: 'operation' as const,
      name: operation,
      place,
    }));
    checkNamed([...(hosts?.named ?? []), ...ofSamples], contract);
  }
  return samples ? { contract: withSafeSearches(contract, samples.safeSearches) } : {};
}
