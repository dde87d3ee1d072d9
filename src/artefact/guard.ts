import { Problem } from '../problem.js';
import type { Secrets } from '../targets/secrets.js';
import { chunksOf, textOf, type Content } from './content.js';
import { inertText } from './inert.js';

/** What is about to be written: its name, and the place that people are shown. */
interface Named {
  name: string;
  place: string;
}

/**
 * A content as it may be written under a name, whoever keeps it: without characters that are commands.
 * @throws Problem when the name or the content holds a secret of this process
 */
export function checkedContent(
  { name, place }: Named,
  foreign: Content,
  secrets: Secrets,
): () => Iterable<string> {
  const inert = function* () {
    for (const chunk of chunksOf(foreign)) yield inertText(chunk, place);
  };
  const came = { isInert: true };
  const asGiven = function* () {
    for (const chunk of chunksOf(foreign)) {
      came.isInert &&= inertText(chunk, place) === chunk;
      yield chunk;
    }
  };
  refuseSecrets(place, [name], secrets);
  // What had nothing replaced is the same once more.
  if (secrets.foundInPieces(asGiven()) || (!came.isInert && secrets.foundInPieces(inert())))
    throw holdsSecret(place);
  return inert;
}

/** The same as one text. */
export function checkedText(named: Named, foreign: Content, secrets: Secrets): string {
  return textOf(checkedContent(named, foreign, secrets));
}

/** @throws Problem when one of the texts holds a secret of this process; it says where, and not what it is */
export function refuseSecrets(place: string, texts: readonly string[], secrets: Secrets): void {
  if (texts.some((text) => secrets.foundIn(text))) throw holdsSecret(place);
}

function holdsSecret(place: string): Problem {
  return new Problem(
    'CONFORM_E_SECRET_IN_OUTPUT',
    'the file would hold a secret of this process; nothing was written',
    {
      place: { file: place },
      remedy:
        'Search the contract, the samples and the runs for it. If it is in none of them, please report this.',
    },
  );
}

/** That a name would be written beside the folder, and not in it. */
export function outsideFolder(name: string, folder: string): Problem {
  return new Problem(
    'CONFORM_E_PATH_OUTSIDE_FOLDER',
    `“${name}” leads out of the folder; nothing was written`,
    {
      place: { file: folder },
      remedy: 'A name in what was read leads there. Find out where that file comes from.',
    },
  );
}
