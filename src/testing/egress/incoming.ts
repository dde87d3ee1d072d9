/** One request as a server received it. */
export interface Incoming {
  method: string;
  /** Path and query, as they came over the wire. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** The value that a request has at a place, or undefined where it has none. */
export function valueAt(
  { url, headers }: Pick<Incoming, 'url' | 'headers'>,
  place: { in: 'header' | 'query' | 'cookie'; name: string },
): string | undefined {
  switch (place.in) {
    case 'header':
      return headers[place.name.toLowerCase()];
    case 'query':
      return new URLSearchParams(url.split('?').slice(1).join('?')).get(place.name) ?? undefined;
    case 'cookie':
      return headers['cookie']
        ?.split(';')
        .map((part) => part.trim())
        .find((part) => part.startsWith(`${place.name}=`))
        ?.slice(place.name.length + 1);
  }
}

/** The headers and query parameters by which servers are made to take a request for one of another method. */
const OVERRIDES = [
  { in: 'header', name: 'x-http-method-override' },
  { in: 'header', name: 'x-http-method' },
  { in: 'header', name: 'x-method-override' },
  { in: 'query', name: '_method' },
] as const;

/** The method that a request wants to be taken for, where it says so. */
export function overrideOf(incoming: Incoming): string | undefined {
  for (const place of OVERRIDES) {
    const value = valueAt(incoming, place);
    if (value !== undefined) return value.toUpperCase();
  }
  return undefined;
}

/** The path of a request, decoded and resolved as servers do it. */
export interface Resolved {
  segments: string[];
  /** Whether it ends in a slash. */
  slash: boolean;
}

/** Reads a path: segments decoded, `.` and `..` followed, empty ones left out, and without the prefix of the base. */
export function resolvePath(url: string, prefix: readonly string[]): Resolved {
  const [path = ''] = url.split('?');
  const segments: string[] = [];
  for (const segment of path.split('/').map(decoded)) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const own = prefix.length > 0 && prefix.every((segment, index) => segments[index] === segment);
  return { segments: own ? segments.slice(prefix.length) : segments, slash: path.endsWith('/') };
}

/** A text with its percent-encoding undone, or as it is where that is broken. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
