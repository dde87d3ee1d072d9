import type { Capability } from '../record/run.js';

/** How many are named one by one, wherever a ticket lists things in a line. */
const NAMED = 3;

/** Some operations in a few words: each by its name, or what all of them have in common, and how many there are. */
export function groupOf(operations: readonly Pick<Capability, 'id' | 'tag'>[]): string {
  if (operations.length <= NAMED) return operations.map(({ id }) => id).join(', ');
  const calls = operations.map(({ id }) => callOf(id));
  const methods = [...new Set(calls.map(({ method }) => method))];
  const [path = '', ...otherPaths] = new Set(calls.map((call) => call.path));
  if (otherPaths.length === 0) return `${inWords(methods)} ${path}`;
  const [method = '', ...otherMethods] = methods;
  const counted = `${operations.length} ${otherMethods.length === 0 ? `${method} ` : ''}operations`;
  const shared = sharedSegments(calls.map((call) => call.path.split('/').slice(1, -1)));
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  // The first segment is often that of the whole API, as its version is.
  if (shared.length < 2 && tags.length <= NAMED) return `${counted} (${inWords(tags)})`;
  return shared.length === 0 ? counted : `${counted} below /${shared.join('/')}/`;
}

/** Some texts in a line: all of them, or the first and how many more there are. */
export function inWords(texts: readonly string[]): string {
  const named = texts.length <= NAMED + 1 ? texts : texts.slice(0, NAMED);
  const rest = texts.length - named.length;
  const last = rest > 0 ? `${rest} more` : named.at(-1);
  const before = rest > 0 ? named : named.slice(0, -1);
  return [before.join(', '), last].filter((text) => text !== '').join(' and ');
}

function callOf(id: string): { method: string; path: string } {
  const [, method = '', path = id] = /^(\S+) (.*)$/s.exec(id) ?? [];
  return { method, path };
}

/** The segments with which all paths begin, up to the first parameter. */
function sharedSegments([first = [], ...others]: readonly (readonly string[])[]): string[] {
  const end = first.findIndex(
    (segment, index) => segment.startsWith('{') || others.some((other) => other[index] !== segment),
  );
  return first.slice(0, end < 0 ? first.length : end);
}
