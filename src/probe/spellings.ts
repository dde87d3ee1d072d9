import { pathDistance } from '../contract/path-distance.js';
import type { Value } from './value.js';

/** A path beside the one that was asked, under which the operation may really be found. */
interface Spelling {
  path: string;
  /** What was changed: `trailing slash`, `plural`, … */
  change: string;
}

/**
 * Other spellings of a path, the likeliest first: trailing slash, letter case, singular and plural, doubled or
 * missing prefix, alone and together, then the contract's own neighbours by edit distance. Segments that are shown
 * otherwise than they are sent are ids of real things: they stay as they are, and no spelling shows one.
 * @param path as it was asked, without query
 * @param known paths of the contract without parameters
 */
export function spellingsOf(path: Value, known: readonly string[]): Value[] {
  const sent = path.sent.split('/');
  const shown = path.shown.split('/');
  const held = sent.map((segment, index) => (segment === shown[index] ? segment : `{${index}}`));
  const filled = (spelled: string, values: readonly string[]): string =>
    spelled.replace(/\{(\d+)\}/g, (_, index: string) => values[Number(index)] ?? '');
  return spell(held.join('/'), known).map((one) => ({
    sent: filled(one.path, sent),
    shown: filled(one.path, shown),
  }));
}

/** As `spellingsOf`, of a path in which `{2}` stands for its second segment. */
function spell(path: string, known: readonly string[]): Spelling[] {
  const found = new Map<string, string>();
  const add = (candidate: string, change: string): void => {
    if (candidate !== path && !found.has(candidate)) found.set(candidate, change);
  };
  const bases = [{ path, change: '' }, ...prefixes(path, known)];
  for (const base of bases) {
    for (const cased of cases(base.path)) {
      for (const numbered of numbers(cased.path)) {
        for (const slashed of slashes(numbered.path)) {
          const changes = [base.change, cased.change, numbered.change, slashed.change].filter(Boolean);
          add(slashed.path, changes.join(', '));
        }
      }
    }
  }
  const ranked = [...found].map(([candidate, change]) => ({ path: candidate, change }));
  // What the contract itself knows comes first; of the rest, the fewer changes the likelier.
  const weight = (spelling: Spelling) =>
    (known.includes(spelling.path) ? 0 : 10) + spelling.change.split(', ').length;
  ranked.sort((one, other) => weight(one) - weight(other));
  for (const neighbour of neighbours(path, known)) {
    if (!found.has(neighbour)) ranked.push({ path: neighbour, change: 'neighbour in the contract' });
  }
  return ranked;
}

function slashes(path: string): Spelling[] {
  return [
    { path, change: '' },
    path.endsWith('/')
      ? { path: path.slice(0, -1), change: 'no trailing slash' }
      : { path: `${path}/`, change: 'trailing slash' },
  ];
}

function cases(path: string): Spelling[] {
  const lower = path.toLowerCase();
  const camel = path.replace(/\/([A-Z])/g, (_, letter: string) => `/${letter.toLowerCase()}`);
  return [
    { path, change: '' },
    { path: lower, change: 'lower case' },
    { path: camel, change: 'first letter in lower case' },
  ];
}

/** Singular and plural of the last word that is no id. */
function numbers(path: string): Spelling[] {
  const segments = path.split('/');
  const index = segments.findLastIndex((segment) => /^[A-Za-z]{3,}$/.test(segment));
  const word = segments[index];
  if (word === undefined) return [{ path, change: '' }];
  const other = word.endsWith('s') ? word.slice(0, -1) : `${word}s`;
  const changed = segments.with(index, other).join('/');
  return [
    { path, change: '' },
    { path: changed, change: word.endsWith('s') ? 'singular' : 'plural' },
  ];
}

/** `/v1/v1/things` without the doubled prefix; `/things` with the prefix that most of the contract has. */
function prefixes(path: string, known: readonly string[]): Spelling[] {
  const found: Spelling[] = [];
  const [, first = '', second = ''] = path.split('/');
  if (first !== '' && first === second) {
    found.push({ path: path.slice(first.length + 1), change: 'prefix once' });
  }
  const counts = new Map<string, number>();
  for (const candidate of known) {
    const prefix = candidate.split('/')[1] ?? '';
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  const [usual] = [...counts].sort((one, other) => other[1] - one[1])[0] ?? [];
  if (usual !== undefined && usual !== '' && first !== usual) {
    found.push({ path: `/${usual}${path}`, change: 'prefix added' });
  }
  return found;
}

/** The three known paths that are spelled most alike, each word like its own. */
function neighbours(path: string, known: readonly string[]): string[] {
  return known
    .filter((candidate) => candidate !== path)
    .map((candidate) => ({ candidate, far: pathDistance(path, candidate) }))
    .filter(({ far }) => far <= FARTHEST)
    .sort((one, other) => one.far - other.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** About half a word spelled otherwise. */
const FARTHEST = 0.6;
