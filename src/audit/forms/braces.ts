import { HOLE } from '../../exchange/shown-url.js';

/** A text with `{{name}}` filled in, also where a value names another; what has no value is left open. */
export function filledBraces(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  return text.replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => {
    const value = variables.get(name.trim());
    if (value === undefined || depth >= DEEPEST) return HOLE;
    return filledBraces(value, variables, depth + 1);
  });
}

/** Variables that name each other in a circle have no value. */
const DEEPEST = 5;
