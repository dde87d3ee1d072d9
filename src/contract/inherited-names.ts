import { isArray, isObject, setMember, type Json, type JsonObject } from '../json.js';

/** Members that every object of JavaScript has without being given them. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));
/** Stands in no name of a contract that people write, and may be in any. */
const MARK = '\u{E000}';

/**
 * Renames the members of a document that are called as members that every object has (`hasOwnProperty`,
 * `constructor`), and the references to them: bundlers and generators take what they find under such a name for its own.
 */
export function hideInheritedNames(root: unknown): void {
  rename(root, (name) => (INHERITED.has(name) ? name + MARK : name));
}

/** Gives such members their names back. */
export function showInheritedNames(root: unknown): void {
  rename(root, (name) => (name.endsWith(MARK) ? name.slice(0, -MARK.length) : name));
}

/** A text that was made from a document with hidden names, with the names that they had. */
export function withInheritedNames(text: string): string {
  return text.replace(HIDDEN, (_, name: string) => name);
}

// A printer may write the mark as its escape.
const HIDDEN = new RegExp(`(${[...INHERITED].join('|')})(?:${MARK}|\\\\u[eE]000)`, 'g');

/** Renames members, in lists of required ones as well, and the steps of references, without going down into the stack. */
function rename(root: unknown, renamed: (name: string) => string): void {
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    if (isObject(node)) {
      renameMembers(node, renamed);
      const { $ref, required } = node;
      if (isArray(required)) {
        node['required'] = required.map((name) => (typeof name === 'string' ? renamed(name) : name));
      }
      if (typeof $ref === 'string') node['$ref'] = $ref.split('/').map(renamed).join('/');
    }
    for (const value of isArray(node) ? node : Object.values(node)) open.push(value);
  }
}

function renameMembers(node: JsonObject, renamed: (name: string) => string): void {
  const entries: [string, Json][] = Object.entries(node);
  if (entries.every(([name]) => renamed(name) === name)) return;
  // All of them, so that they keep their order.
  for (const [name] of entries) Reflect.deleteProperty(node, name);
  for (const [name, value] of entries) {
    setMember(node, renamed(name), value);
  }
}
