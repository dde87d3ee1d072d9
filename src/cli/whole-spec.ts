import { linesText } from '../doctor/spec-folder.js';
import { addToGroup } from '../groups.js';
import { formatPlace, throwAll } from '../problem.js';
import { ENTRIES, isOnPackage, originOf, type Layers } from '../spec/find.js';
import { openSpec, openWhole, type PartName, type Spec, type WholeSpec } from '../spec/open.js';
import type { Misnamed } from '../targets/named.js';
import type { Io } from './io.js';

/**
 * Opens what a command needs of a spec folder, and says at once what is wrong in the whole of it: as remarks what only
 * describes, and as problems what would change which requests go out, or how a run is judged.
 * @throws Problem with every error, each with file and line
 */
export async function openExamined<Name extends PartName>(
  specDir: string,
  names: readonly Name[],
  io: Pick<Io, 'note' | 'wrapped'>,
  contractFile?: string,
): Promise<Spec<Name>> {
  const whole = await openWhole(specDir, names, contractFile);
  noteOrigin(whole.layers, io);
  // A folder that belongs to another contract is not corrected for this one.
  const most = contractFile === undefined ? Infinity : FEW_ROWS;
  for (const line of remarks(whole, most, io)) io.note(line);
  throwAll(whole.errors);
  if (whole.spec) return whole.spec;
  throw new Error('a spec folder without an error has every part');
}

/**
 * As `openSpec`, and says where the parts come from that the folder does not have.
 * @throws Problem with every fault of these parts, each with file and line
 */
export async function openWithOrigin<Name extends PartName>(
  specDir: string,
  names: readonly Name[],
  io: Pick<Io, 'note' | 'wrapped'>,
): Promise<Spec<Name>> {
  const spec = await openSpec(specDir, names);
  noteOrigin(spec.layers, io);
  return spec;
}

/** Says that the package gives what a folder does not have, where it does. */
export function noteOrigin(layers: Layers, io: Pick<Io, 'note' | 'wrapped'>): void {
  const from = originText(layers);
  if (from !== undefined) io.note(io.wrapped(from, 0));
}

/** That the package gives what the folder does not have; undefined where it gives nothing. */
export function originText(layers: Layers): string | undefined {
  const { own } = layers;
  if (!isOnPackage(layers)) return undefined;
  const ofOwn = ENTRIES.filter((entry) => originOf(entry, layers) === 'own');
  return ofOwn.length === 0
    ? `There is no folder “${own}” here: the one that comes with this package is taken, with the contract and the targets in it.`
    : `“${own}” has no contract: ${ofOwn.join(', ')} of it, and all else, the contract too, from the folder that comes with this package.`;
}

/** A row for each name that nothing has, with every place of it. */
function remarks(
  { orphans, warnings }: Pick<WholeSpec<never>, 'orphans' | 'warnings'>,
  most: number,
  io: Pick<Io, 'wrapped'>,
): string[] {
  const groups = new Map<string, Misnamed[]>();
  for (const one of orphans) addToGroup(groups, HEADS[one.kind], one);
  return [
    ...[...groups].flatMap(([head, those]) => [
      io.wrapped(`${head}; nothing is asked for it, and it is no failing of the API:`, 0),
      ...shortened(rows(those, io), most),
    ]),
    ...warnings.map(({ place, message, remedy = '' }) =>
      io.wrapped(`${place ? `${formatPlace(place)}: ` : ''}${message}. ${remedy}`.trimEnd(), 0),
    ),
  ];
}

/** So many rows are enough where the contract is not that of the folder. */
const FEW_ROWS = 3;

function shortened(all: readonly string[], most: number): string[] {
  const rest = all.length - most;
  return rest <= 1 ? [...all] : [...all.slice(0, most), `  … and ${rest} more`];
}

const OPERATIONS = 'The spec folder describes operations that the contract does not have';
const HEADS: Record<Misnamed['kind'], string> = {
  operation: OPERATIONS,
  route: OPERATIONS,
  'operation id': OPERATIONS,
  'operation path': OPERATIONS,
  'security scheme': 'The spec folder names security schemes that the contract does not have',
  server: 'The spec folder names servers that the contract does not have',
  parameter: 'The spec folder has values for parameters that the contract does not have',
  target: 'The spec folder describes targets that are not there',
  consumer: 'The spec folder names consumers that are not there',
};

/** `POST /v1/thing/ (nearest: POST /v1/things/): spec/samples.yaml:3, 17; spec/consumers/till.yaml:4` */
function rows(all: readonly Misnamed[], io: Pick<Io, 'wrapped'>): string[] {
  const groups = new Map<string, Misnamed[]>();
  for (const one of all) {
    const of = one.of ? ` of ${one.of.operation}` : '';
    addToGroup(groups, `${one.name}${of} (nearest: ${one.nearest ?? 'none'})`, one);
  }
  return [...groups].map(([name, those]) => {
    const byFile = new Map<string, Misnamed[]>();
    for (const one of those) addToGroup(byFile, one.place.file, one);
    const places = [...byFile].map(([file, found]) => linesText(file, found));
    return io.wrapped(`${name}: ${places.join('; ')}`, 2);
  });
}
