import { linesText } from '../doctor/spec-folder.js';
import { addToGroup } from '../groups.js';
import { formatPlace, throwAll, type Problem } from '../problem.js';
import { ENTRIES, originOf, type Layers } from '../spec/find.js';
import { openWhole, type PartName, type Spec } from '../spec/open.js';
import { missing, remedyFor, type Misnamed } from '../target/named.js';
import type { Io } from './io.js';
import { wrapped } from './tables/wrapped.js';

/**
 * Opens what a command needs of a spec folder, and says at once what is wrong in the whole of it: as remarks what only
 * describes, and as problems what would change which requests go out, or how a run is judged.
 * @throws Problem with every error, each with file and line
 */
export async function openExamined<Name extends PartName>(
  specDir: string,
  names: readonly Name[],
  io: Pick<Io, 'note'>,
  contractFile?: string,
): Promise<Spec<Name>> {
  const whole = await openWhole(specDir, names, contractFile);
  const from = originText(whole.layers);
  if (from !== undefined) io.note(wrapped(from, 0));
  for (const line of remarks(whole)) io.note(line);
  throwAll(whole.errors);
  if (whole.spec) return whole.spec;
  throw new Error('a spec folder without an error has every part');
}

/** That the package gives what the folder does not have; undefined where it gives nothing. */
export function originText(layers: Layers): string | undefined {
  const { own, base } = layers;
  if (base === undefined) return undefined;
  const ofOwn = ENTRIES.filter((entry) => originOf(entry, layers) === 'own');
  return ofOwn.length === 0
    ? `There is no folder “${own}” here: the one that comes with this package is taken, with the contract and the targets in it.`
    : `“${own}” has no contract: ${ofOwn.join(', ')} of it, and all else, the contract too, from the folder that comes with this package.`;
}

/** One line for each name that nothing has, with every place of it. */
function remarks({
  orphans,
  warnings,
}: {
  orphans: readonly Misnamed[];
  warnings: readonly Problem[];
}): string[] {
  if (orphans.length + warnings.length === 0) return [];
  const groups = new Map<string, Misnamed[]>();
  for (const one of orphans) addToGroup(groups, `${missing(one)}. ${remedyFor(one)}`, one);
  return [
    'What the spec folder says of what is not there has no effect, and is no failing of the API:',
    ...[...groups].map(([what, those]) => wrapped(`${what} ${placesText(those)}`, 2)),
    ...warnings.map(({ place, message, remedy = '' }) =>
      wrapped(`${place ? `${formatPlace(place)}: ` : ''}${message}. ${remedy}`.trimEnd(), 2),
    ),
  ];
}

/** `(spec/samples.yaml:3, 17; spec/worlds/2026-01-29.yaml:4)` */
function placesText(all: readonly Misnamed[]): string {
  const byFile = new Map<string, Misnamed[]>();
  for (const one of all) addToGroup(byFile, one.place.file, one);
  return `(${[...byFile].map(([file, those]) => linesText(file, those)).join('; ')})`;
}
