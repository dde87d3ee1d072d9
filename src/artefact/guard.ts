import { Problem } from '../problem.js';
import type { Secrets } from '../targets/secrets.js';
import { inertText } from './inert.js';

/**
 * A text as it may be written under a name, whoever keeps it: without characters that are commands.
 * @param where its name, and the place that people are shown
 * @throws Problem when the name or the text holds a secret of this process
 */
export function checkedText(
  { name, place }: { name: string; place: string },
  foreign: string,
  secrets: Secrets,
): string {
  const text = inertText(foreign, place);
  refuseSecrets(place, [name, foreign, text], secrets);
  return text;
}

/** @throws Problem when one of the texts holds a secret of this process; it says where, and not what it is */
export function refuseSecrets(place: string, texts: readonly string[], secrets: Secrets): void {
  // A text in which nothing had to be replaced is the same one again.
  if (![...new Set(texts)].some((text) => secrets.foundIn(text))) return;
  throw new Problem(
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
