import { orAborted } from '../../abort.js';
import { writeNewFolder } from '../../artefact/new-folder.js';
import { contractFrom } from '../../contract/load.js';
import { readContractSource } from '../../contract/source.js';
import { readText } from '../../document/text.js';
import { quoted } from '../../exchange/shell.js';
import { copyOf } from '../../init/contract-copy.js';
import { filesBeside } from '../../init/files.js';
import { findOut, type Found } from '../../init/found.js';
import { contractFile, isInPlace, refuseExisting } from '../../init/place.js';
import { counted, questionsOf } from '../../init/questions.js';
import { settle, type Given, type Settled } from '../../init/settle.js';
import { commentText } from '../../init/yaml-text.js';
import type { Contract } from '../../contract/contract.js';
import { Problem, problemOf } from '../../problem.js';
import { openSpec, PART_NAMES } from '../../spec/open.js';
import { entryOf, variablesOf } from '../../targets/credential-entry.js';
import { readEnvironment } from '../../targets/credentials.js';
import { askerOf } from '../ask.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { reportRepairs } from '../repairs.js';
import { stopSignal } from '../signals.js';
import { checkTargets } from './check.js';

export interface InitOptions extends CommonOptions {
  spec?: string | undefined;
  baseUrl?: string | undefined;
  credential?: string | undefined;
  id?: string[] | undefined;
  consumer?: string | undefined;
  run: boolean;
}

/** Makes a spec folder from a contract, and checks the mock of it. @returns the exit code */
export async function init(named: string | undefined, options: InitOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const { specDir } = options;
  const file = contractFile(
    [named, options.spec].filter((one) => one !== undefined),
    specDir,
  );
  const source = await readContractSource(file);
  refuseExisting(specDir, file);
  // A contract is repaired in place when it is loaded: what is copied is what the vendor wrote.
  const copy = copyOf(source, await readText(file));
  const contract = await contractFrom(source);
  const found = findOut(contract);
  const { baseUrl, credential, id: ids, consumer } = options;
  const given = await askRest({ baseUrl, credential, ids, consumer }, { contract, found, io, host });
  const settled = settle(found, given, contract);
  const variables = variablesIn(settled);
  const environment = readEnvironment(host.env);
  for (const name of variables) host.secrets.add(environment[name] ?? '');

  const isThere = isInPlace(file, specDir);
  const beside = filesBeside(contract, found, settled);
  const stop = stopSignal(host);
  try {
    await writeNewFolder(specDir, [copy, ...beside], {
      secrets: host.secrets,
      kept: isThere ? [copy.name] : [],
      // Whoever stops it does not wait until all is read.
      examine: (draft) => orAborted(examine(draft), stop.signal),
    });
  } catch (error) {
    if (host.stoppedBy === undefined) throw error;
    io.note('Stopped: nothing was written.');
    return 3;
  } finally {
    stop.release();
  }

  const files = [...(isThere ? [] : [copy.name]), ...beside.map(({ name }) => name)];
  const made = { specDir, contract, found, settled, variables, files };
  const next = nextCommands(made);
  print(made, next, io);
  if (copy.isJoined && !isThere)
    io.note(`${file} names other files: all of them were joined into ${copy.name}.`);
  for (const one of settled.assumed) io.note(io.wrapped(`Assumed: ${commentText(one, 300)}.`, 0, 2));

  if (!options.run) {
    reportRepairs(contract.repairs, io);
    io.result(describe(made, next, null));
    return 0;
  }
  io.out();
  const { out, json, quiet, color } = options;
  const checked = await checkTargets({ specDir, out, json, quiet, color, target: ['mock'] }, host, io);
  io.result(describe(made, next, { files: checked.files, runs: checked.result }));
  // That the contract disagrees with itself is news of the contract: the folder is made all the same.
  return checked.code === 3 ? 3 : 0;
}

/** Reads a draft as every command would. */
async function examine(draft: string): Promise<void> {
  try {
    await openSpec(draft, PART_NAMES);
  } catch (error) {
    // The contract was read before, so it is the files of this program that are wrong.
    throw error instanceof Problem
      ? new Error(`a file that was written cannot be read: ${error.message}`)
      : error;
  }
}

/** Asks a person for what neither the contract nor an option says. */
async function askRest(
  given: Given,
  { contract, found, io, host }: { contract: Contract; found: Found; io: Io; host: Host },
): Promise<Given> {
  const questions = questionsOf(found, given);
  const asker = io.json || questions.length === 0 ? undefined : askerOf(host);
  if (!asker) return given;
  let all = given;
  try {
    for (const { text, take } of questions) {
      for (;;) {
        const answer = await asker.ask(text);
        if (answer === undefined || answer === '') break;
        const next = { ...all, ...take(answer) };
        const wrong = problemOf(() => settle(found, next, contract));
        if (!wrong) {
          all = next;
          break;
        }
        io.note(`  ${wrong.message}. ${wrong.remedy ?? ''}`.trimEnd());
      }
    }
  } finally {
    await asker.close();
  }
  return all;
}

function variablesIn({ way }: Settled): string[] {
  return [...new Set((way?.credentials ?? []).flatMap((one) => variablesOf(entryOf(one))))];
}

/** What was made, and of what. */
interface Made {
  specDir: string;
  contract: Contract;
  found: Found;
  settled: Settled;
  variables: readonly string[];
  files: readonly string[];
}

function print(
  { specDir, contract, found, settled, variables, files }: Made,
  next: readonly string[],
  io: Io,
): void {
  const { operations, reads, lists, missing, rate } = found;
  const waiting = new Set(missing.flatMap((one) => one.operations)).size;
  const title = commentText(`${contract.title} ${contract.version}`, 80);
  io.out(
    `${title}: ${counted(operations, 'operation')}, ${counted(reads.length, 'read')}, ${counted(lists.length, 'list')}; written to ${specDir}: ${files.join(', ')}`,
  );
  const place = settled.live ? `${settled.live.name} is ${settled.live.baseUrl}` : 'no address is known';
  const pace = rate === undefined ? '' : `, documented: ${rate.words}`;
  const way = variables.length === 0 ? 'no credential' : `credential from ${variables.join(', ')}`;
  const rest =
    waiting === 0
      ? ''
      : `; ${counted(missing.length, 'value')} missing for ${counted(waiting, 'read')} (samples.yaml)`;
  io.out(`${place}${pace}; ${way}; writes none${rest}`);
  for (const line of next) io.out(line);
}

/** A path as one word of a shell. */
function pasteable(path: string): string {
  return /^[\w./][\w./-]*$/.test(path) ? path : quoted([{ text: path }]);
}

/** Commands for what comes next, each with what it is for as a comment of the shell. */
function nextCommands({ specDir, settled, variables }: Made): string[] {
  const folder = specDir === 'spec' ? '' : ` --spec-dir ${pasteable(specDir)}`;
  const { live } = settled;
  if (!live) {
    return [
      `conform doctor${folder} --offline # is the folder in order? Then put the address into targets.yaml`,
      `conform check${folder} --target mock # what the contract promises, on this machine`,
      `conform check${folder} --contract # what is wrong with the contract itself`,
    ];
  }
  const first = variables.length === 0 ? '' : `, with ${variables.join(', ')} in .env`;
  return [
    `conform doctor${folder} --target ${live.name} # is the set-up right${first}?`,
    `conform check${folder} --target ${live.name} --plan # what would be asked; nothing is sent`,
    `conform check${folder} --target ${live.name} # asks the reads, judges and records`,
  ];
}

function describe(
  { specDir, contract, found, settled, variables, files }: Made,
  next: readonly string[],
  run: unknown,
) {
  const { operations, reads, lists, addresses, otherServers, ways, rate, missing } = found;
  return {
    contract: {
      title: contract.title,
      version: contract.version,
      operations,
      reads: reads.length,
      lists: lists.length,
    },
    folder: specDir,
    files,
    target: settled.live?.name ?? null,
    baseUrl: settled.live?.baseUrl ?? null,
    addresses,
    otherServers,
    credentials: {
      chosen: settled.way?.name ?? null,
      variables,
      usable: ways.usable.map(({ name }) => name),
      unusable: ways.unusable,
    },
    requestsPerSecond: rate?.perSecond ?? null,
    missing: missing.map(({ parameter, in: place, operations: those }) => ({
      parameter,
      in: place,
      operations: those,
    })),
    assumed: settled.assumed,
    next,
    run,
  };
}
