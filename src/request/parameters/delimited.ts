import { inRow } from './flat.js';
import type { WriteStyle } from './style.js';

/**
 * `color=blue%20black` (OpenAPI 3.0.4, section 4.7.12.4), and the same for the lists of Swagger 2.0 that are in a path or
 * a header, which have no name there. Exploded, OpenAPI does not say what it is; 3.0.2 and before say: a list as in
 * the style `form`.
 * @param delimiter as it is in the place
 * @param isNamed whether the name is before the value
 */
export function delimitedBy(delimiter: string, isNamed: boolean): WriteStyle {
  return (value, { name, explode }) => {
    const named = (text: string) => (isNamed ? `${name}=${text}` : text);
    if (value.kind === 'one') return [named(value.text)];
    if (explode && isNamed) return value.kind === 'list' ? value.items.map(named) : undefined;
    const parts = value.kind === 'list' ? value.items : inRow(value.members);
    // Who reads it could not know where one ends.
    if (parts.some((part) => part.includes(delimiter))) return undefined;
    return parts.length === 0 ? [] : [named(parts.join(delimiter))];
  };
}
