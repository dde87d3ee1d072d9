import { commandsIn } from './commands.js';
import { plainText } from './decode.js';
import { withoutDescriptions } from './descriptions.js';
import { joined } from './joined.js';
import type { Again, Found, Pasted, Read, Reader } from './paste.js';
import { completed } from './requests.js';
import { unwrap } from './unwrap.js';
import { isDoubtful, isIncomplete, withMore } from './incomplete.js';

/**
 * Reads all exchanges that are in a text, in its order. Nothing that the text does not say is added: where it describes no
 * answer and of no failure, there are none.
 * @param text of which lines end with a line feed, as `decodePaste` gives it
 * @param stages the readers; those of a stage are asked only where no reader of an earlier one has found anything
 */
export function readPasted(text: string, stages: readonly (readonly Reader[])[]): Pasted[] {
  return readAll(text, stages).flatMap(({ pasted }) => pasted);
}

/** As `readPasted`, with where each is in the text without its surroundings, and who has read it. */
export function readAll(text: string, stages: readonly (readonly Reader[])[]): Read[] {
  return readWithin(text, stages, { depth: 0, budget: { texts: MOST_TEXTS } });
}

/** How deep in other texts a text is, and how many more are read. */
interface Within {
  depth: number;
  budget: { texts: number };
}

function readWithin(text: string, stages: readonly (readonly Reader[])[], { depth, budget }: Within): Read[] {
  // What is within another text is nobody's document.
  const bare = unwrap(depth === 0 ? withoutDescriptions(text) : text);
  const again: Again = (inner) => {
    if (depth >= DEEPEST || budget.texts <= 0 || inner.trim().length < SHORTEST) return [];
    budget.texts -= 1;
    return readWithin(plainText(inner), stages, { depth: depth + 1, budget }).flatMap(({ pasted }) => pasted);
  };
  let left = bare;
  let first: Read[] | undefined;
  for (const readers of stages) {
    const found: Read[] = [];
    for (const reader of readers) {
      if (depth > 0 && reader.isOfWhole === true) continue;
      const own = reader.read(left, again);
      for (const one of own) found.push({ ...one, reader });
      left = blanked(left, own);
    }
    found.sort((one, other) => one.from - other.from);
    if (!found.some(({ pasted }) => pasted.length > 0)) continue;
    if (first) return withoutDoubtful(withMore(first, found), left);
    first = joined(withCommands(found, bare), bare);
    if (depth > 0 || !isIncomplete(first)) return first;
  }
  return withoutDoubtful(first ?? [], left);
}

/** A success by its status alone is none where an error is beside it that no reader knows. */
function withoutDoubtful(found: readonly Read[], left: string): Read[] {
  return isDoubtful(found, left) ? [] : [...found];
}

/** Texts within texts within texts: no log goes deeper. */
const DEEPEST = 3;
/** A log of thousands of records with a text in each takes some seconds. */
const MOST_TEXTS = 5_000;
/** No shorter text says anything. */
const SHORTEST = 4;

/** A text with blanks in the place of what was found; its line ends stay. */
function blanked(text: string, found: readonly Found[]): string {
  if (found.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const { from, to } of found.toSorted((one, other) => one.from - other.from)) {
    if (to <= at) continue;
    const begin = Math.max(from, at);
    parts.push(text.slice(at, begin), text.slice(begin, to).replace(/[^\n]/g, ' '));
    at = to;
  }
  return [...parts, text.slice(at)].join('');
}

/** How many letters may be between a command and its output. */
const FARTHEST = 4_000;

/** Gives the first answer behind a command the request of that command, as far as it does not show one itself. */
function withCommands(found: readonly Read[], text: string): Read[] {
  const commands = commandsIn(text);
  return found.map((one, index) => {
    const before = found[index - 1]?.to ?? 0;
    const typed = commands.findLast(
      ({ from, to }) => from >= before && from < one.to && one.from - to < FARTHEST,
    );
    const [first, ...rest] = one.pasted;
    if (!typed || !first) return one;
    return { ...one, pasted: [{ ...first, request: completed(first.request, typed.request) }, ...rest] };
  });
}
