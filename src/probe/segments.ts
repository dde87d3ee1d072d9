/** What is between the slashes of a path, without a slash at the end. */
export function segmentsOf(path: string): string[] {
  return path.replace(/^\//, '').replace(/\/$/, '').split('/');
}

/** The name of the parameter that a segment of a template is, or undefined when it is a fixed one. */
export function parameterIn(segment: string): string | undefined {
  return /^\{([^{}]+)\}$/.exec(segment)?.[1];
}

/** The path parameters of a template that are a whole segment each, in their order; undefined when one is less. */
export function parametersOf(template: string): string[] | undefined {
  const names: string[] = [];
  for (const segment of segmentsOf(template)) {
    const name = parameterIn(segment);
    if (name !== undefined) names.push(name);
    else if (/[{}]/.test(segment)) return undefined;
  }
  return names;
}

/**
 * Whether a text can be the id of one thing, and stays one segment of a path whoever reads that path: it is not empty,
 * is no `.` or `..`, and holds nothing that ends a segment, joins several ids, or stands for all of them.
 */
export function isSaneId(text: string): boolean {
  return isId(text) && !/[/\\?#%]/.test(text);
}

/**
 * Whether a text can be the id of a thing that is only read. It may hold what ends a segment, since that is encoded. But
 * a server may decode it once too often and read another path, so no part of it may be a step up, or what the contract
 * has as a fixed segment.
 * @param fixed the fixed segments of the paths of the contract
 */
export function isIdForReading(text: string, fixed: ReadonlySet<string> = new Set()): boolean {
  if (!isId(text)) return false;
  const once = decoded(text) ?? text;
  return [text, once, decoded(once) ?? once].every((reading) =>
    reading.split(/[/\\?#]/).every((part) => !/^\.{0,2}$/.test(part) && !fixed.has(part)),
  );
}

/** Whether a text names one thing: it joins no several ids, and stands for no more. */
function isId(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= LONGEST_ID &&
    text === text.trim() &&
    text !== '.' &&
    text !== '..' &&
    !/[*,;]|\p{Cc}|\p{Cs}/u.test(text)
  );
}

const LONGEST_ID = 200;

/**
 * The values that a path gives to the parameters of a template, or undefined when it does not fit: each fixed segment
 * has to be the same, each value a sane id, encoded once.
 * @param slash whether a slash at the end has to be where the template has one
 */
export function fitTemplate(
  template: string,
  path: string,
  slash: 'same' | 'any' = 'same',
): ReadonlyMap<string, string> | undefined {
  if (!path.startsWith('/') || (slash === 'same' && template.endsWith('/') !== path.endsWith('/')))
    return undefined;
  const wanted = segmentsOf(template);
  const given = segmentsOf(path);
  if (wanted.length !== given.length) return undefined;
  const values = new Map<string, string>();
  for (const [index, segment] of wanted.entries()) {
    const text = given[index] ?? '';
    const name = parameterIn(segment);
    if (name === undefined) {
      if (/[{}]/.test(segment) || text !== segment) return undefined;
      continue;
    }
    const value = decoded(text);
    if (value === undefined || !isSaneId(value)) return undefined;
    values.set(name, value);
  }
  return values;
}

/** A segment without its percent-encoding, or undefined when that is broken. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/**
 * The path of a template with these values, each as one segment; undefined when a value is missing or not sane, or when
 * what `new URL()` makes of it has other segments than were meant.
 */
export function pathFor(
  baseUrl: string,
  template: string,
  values: ReadonlyMap<string, string>,
): string | undefined {
  const meant: string[] = [];
  for (const segment of segmentsOf(template)) {
    const name = parameterIn(segment);
    if (name === undefined && /[{}]/.test(segment)) return undefined;
    const value = name === undefined ? segment : values.get(name);
    if (value === undefined || (name !== undefined && !isSaneId(value))) return undefined;
    meant.push(name === undefined ? segment : encodeURIComponent(value));
  }
  const path = `/${meant.join('/')}${template.endsWith('/') ? '/' : ''}`;
  return isKeptByUrl(baseUrl, path) ? path : undefined;
}

/** Whether a URL of this path is of exactly these segments, below the base and on its origin. */
export function isKeptByUrl(baseUrl: string, path: string): boolean {
  if (!URL.canParse(baseUrl) || !URL.canParse(baseUrl + path)) return false;
  const base = new URL(baseUrl);
  const url = new URL(baseUrl + path);
  if (url.origin !== base.origin || url.search !== '' || url.hash !== '') return false;
  const meant = [...(base.pathname === '/' ? [] : segmentsOf(base.pathname)), ...path.slice(1).split('/')];
  const became = url.pathname.slice(1).split('/');
  return (
    meant.length === became.length &&
    meant.every((segment, index) => decoded(segment) === decoded(became[index] ?? ''))
  );
}

/** The template that has a fixed segment where this one has a parameter takes a path before this one does. */
export function isTakenBefore(template: string, path: string, others: readonly string[]): boolean {
  const fixed = (one: string) => segmentsOf(one).filter((segment) => !segment.includes('{')).length;
  return others.some(
    (other) => fixed(other) > fixed(template) && fitTemplate(other, path, 'any') !== undefined,
  );
}
