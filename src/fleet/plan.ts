import { delimiter, join } from 'node:path';
import { loadContract } from '../contract/load.js';
import { findConsumer, readConsumers } from '../impact/consumer.js';
import { likely } from '../nearest.js';
import { variablesIn } from '../probe/samples.js';
import { readDocument } from '../document/read.js';
import { asError, Problem, Problems } from '../problem.js';
import { findContract, findLayers, folderOf, originOf, type Layers } from '../spec/find.js';
import { variablesOf } from '../targets/credential-entry.js';
import { variablesOfTargets } from '../targets/credentials.js';
import { findTarget, readHosts, type Hosts } from '../targets/targets.js';
import type { Agency, Fleet } from './file.js';
import { isDue } from './schedule.js';

/** What is to be done for an agency in a night. */
export interface PlannedAgency {
  agency: Agency;
  /** Whether its schedule has this night. */
  due: boolean;
  /** In how many parts its contract is asked. */
  parts: number;
}

/** So many operations are asked in one part: what a worker does in some minutes, and does again when one dies. */
const OPERATIONS_OF_PART = 1_000;
const MOST_PARTS = 64;

/** The spec folder of an agency, as `--spec-dir` names folders that are laid over one another. */
export function specDirOf({ spec }: Pick<Agency, 'spec'>, specDir: string): string {
  return spec === undefined ? specDir : `${spec}${delimiter}${specDir}`;
}

/** The variable that holds the id of an agency; undefined where targets.yaml names none. */
export function tenantVariable({ authForms }: Hosts): string | undefined {
  return authForms.tenant?.value;
}

/**
 * Looks at each agency of a fleet together with its spec folder: whatever is named has to be there. What is wrong with one
 * keeps none of the others back. Nothing is asked, and no value of a credential is looked at.
 * @param night its date, by which schedules are judged
 */
export async function planFleet(
  { agencies, faults }: Pick<Fleet, 'agencies' | 'faults'>,
  { specDir, night }: { specDir: string; night: string },
): Promise<{ planned: PlannedAgency[]; faults: Problem[] }> {
  const found = [...faults];
  const planned: PlannedAgency[] = [];
  const read = createReader();
  for (const agency of agencies) {
    try {
      const layers = findLayers(specDirOf(agency, specDir));
      const wrong = await faultsOf(agency, layers, read);
      found.push(...wrong);
      if (wrong.length > 0) continue;
      const operations = (await read.contract(layers)).operations.length;
      const parts = agency.parts ?? (agency.target === undefined ? 1 : partsFor(operations));
      planned.push({ agency, due: isDue(agency.schedule, night), parts });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      found.push(...(error instanceof Problems ? error.all : [error]).map((one) => ofAgency(one, agency)));
    }
  }
  return { planned, faults: distinct(found) };
}

/** In how many parts a contract with so many operations is asked. */
export function partsFor(operations: number): number {
  return Math.max(1, Math.min(MOST_PARTS, Math.ceil(operations / OPERATIONS_OF_PART)));
}

/** Reads each file once, however many agencies it is for. */
function createReader() {
  const cached = <T>(load: (path: string) => Promise<T>) => {
    const known = new Map<string, Promise<T>>();
    return (path: string): Promise<T> => {
      const value = known.get(path) ?? load(path);
      known.set(path, value);
      return value;
    };
  };
  const hosts = cached(readHosts);
  const consumers = cached(readConsumers);
  const contracts = cached((file) => loadContract(file));
  const variables = cached(async (file) => variablesIn((await readDocument(file)).value));
  return {
    hosts: (layers: Layers) => hosts(folderOf('targets.yaml', layers)),
    consumers: (layers: Layers) => consumers(folderOf('consumers', layers)),
    contract: (layers: Layers) => contracts(findContract(layers)),
    variablesOfSamples: async (layers: Layers) =>
      originOf('samples.yaml', layers) === 'nowhere'
        ? []
        : await variables(join(folderOf('samples.yaml', layers), 'samples.yaml')),
  };
}
type Reader = ReturnType<typeof createReader>;

async function faultsOf(agency: Agency, layers: Layers, read: Reader): Promise<Problem[]> {
  const hosts = await read.hosts(layers);
  const consumers = await read.consumers(layers);
  const wrong: Problem[] = [];
  const say = (message: string, remedy: string): void => {
    const place = agency.place;
    wrong.push(
      new Problem('CONFORM_E_SETTING_INVALID', `${message} (agency “${agency.name}”)`, { place, remedy }),
    );
  };
  const check = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      wrong.push(ofAgency(asError(error), agency));
    }
  };
  const asked = agency.target === undefined ? hosts.targets : [findTarget(hosts.targets, agency.target)];
  for (const id of agency.consumers ?? []) check(() => findConsumer(consumers, id));
  if (agency.target === undefined && (agency.parts ?? 1) > 1)
    say(
      'a contract is asked in parts on one target, and none is named',
      'Set “target”, or leave “parts” out.',
    );
  const tenant = tenantVariable(hosts);
  if (agency.agencyId && tenant === undefined)
    say(
      'targets.yaml does not say which variable holds the id of an agency',
      'Set “auth.tenant.value” there.',
    );
  const known = [
    ...variablesOfTargets(hosts.targets),
    ...(await read.variablesOfSamples(layers)),
    tenant ?? '',
  ];
  for (const name of Object.keys(agency.credentials)) {
    if (known.includes(name)) continue;
    const like = likely(name, known);
    say(
      `nothing reads the variable ${name}`,
      like === undefined
        ? 'Take the names of targets.yaml and samples.yaml.'
        : `The nearest name is ${like}.`,
    );
  }
  if (agency.target === undefined) return wrong;
  const given = [...Object.keys(agency.credentials), agency.agencyId ? tenant : undefined];
  for (const { environment, serve, credentials } of asked) {
    const needed = serve === undefined ? credentials.flatMap(variablesOf) : [];
    for (const name of new Set(needed))
      if (!given.includes(name) && !Object.hasOwn(environment, name))
        say(`the variable ${name} has no value`, 'Say under “credentials” where it comes from.');
  }
  return wrong;
}

/** A fault at the entry of an agency, where it has no place of its own. */
function ofAgency(error: Error, { name, place }: Agency): Problem {
  if (!(error instanceof Problem)) throw error;
  if (error.place !== undefined) return error;
  return new Problem(error.code, `${error.message} (agency “${name}”)`, {
    place,
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
  });
}

/** What is wrong in a file that many share is said once. */
function distinct(problems: readonly Problem[]): Problem[] {
  const keyOf = ({ place, message }: Problem) => JSON.stringify([place, message]);
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()];
}
