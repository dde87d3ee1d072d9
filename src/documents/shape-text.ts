import { isArray, isObject, type Json } from '../json.js';

/**
 * The shape of a body (see `exchange/shape.ts`) as lines for people: a member each, what it holds below it.
 *
 *     entry: ×2
 *       name: string 3..12
 *       tags: ×1 string 4
 */
export function shapeText(shape: Json): string {
  return [firstLine(shape), ...linesBelow(shape)].filter((line) => line !== '').join('\n');
}

/** What is behind the name of a member. */
function firstLine(shape: Json): string {
  if (isArray(shape)) {
    const [count = '', of = ''] = shape;
    return [firstLine(count), firstLine(of)].filter((part) => part !== '').join(' ');
  }
  if (!isObject(shape)) return String(shape);
  return Object.keys(shape).length === 0 ? 'object' : '';
}

/** The members of an object, or of the items of a list. */
function linesBelow(shape: Json): string[] {
  if (isArray(shape)) return shape.length > 1 ? indented(linesBelow(shape[1] ?? '')) : [];
  if (!isObject(shape)) return [];
  return Object.entries(shape).flatMap(([name, member]) => {
    const below = linesBelow(member);
    return [`${name}: ${firstLine(member)}`.trimEnd(), ...(isArray(member) ? below : indented(below))];
  });
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
