/** A media type in its parts (RFC 9110, section 8.3.1), in lower case; the values of parameters as they are written. */
export interface MediaTypeParts {
  /** `type/subtype`; either can be `*` in a range. */
  essence: string;
  parameters: ReadonlyMap<string, string>;
}

/** @returns undefined for a text that is no media type */
export function parseMediaType(text: string): MediaTypeParts | undefined {
  const [first = '', ...rest] = text.split(';');
  const essence = first.trim().toLowerCase();
  if (!/^[^\s/;,]+\/[^\s/;,]+$/.test(essence)) return undefined;
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const at = part.indexOf('=');
    if (at < 0) continue;
    const value = part.slice(at + 1).trim();
    parameters.set(part.slice(0, at).trim().toLowerCase(), value.replace(/^"(.*)"$/, '$1'));
  }
  return { essence, parameters };
}

/** Whether a key of `content`, which may be a range, covers the media type of a body. */
export function covers(range: string, type: string): boolean {
  return specificity(range, type) > 0;
}

/** How closely a range names a type: 0 not at all, more for each part that is the same. */
export function specificity(range: string, type: string): number {
  const wanted = parseMediaType(range);
  const came = parseMediaType(type);
  if (!wanted || !came) return 0;
  if (wanted.essence === '*/*') return 1;
  if (wanted.essence.endsWith('/*')) return came.essence.startsWith(wanted.essence.slice(0, -1)) ? 2 : 0;
  if (wanted.essence !== came.essence) return 0;
  const same = [...wanted.parameters].filter(([name, value]) => came.parameters.get(name) === value).length;
  // One that is wanted and did not come counts against it, so that of several versions the right one is taken.
  return 3 + same - (wanted.parameters.size - same) / (wanted.parameters.size + 1);
}
