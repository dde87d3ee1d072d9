/**
 * Code as the audit sees it, whatever its language: which texts are put together, what is called with what, and which
 * names stand for what. All else is `other`, and only what is in it counts.
 */
export type Code =
  | Text
  | { is: 'name'; name: string }
  /** `of.name`; of a plain name too. */
  | { is: 'member'; of: Code; name: string }
  | { is: 'item'; of: Code; key: Code }
  | Invocation
  /** Texts one behind the other. */
  | { is: 'join'; parts: readonly Code[] }
  /** One of several: what a condition decides. */
  | { is: 'either'; options: readonly Code[] }
  /** The first that there is: a value, and what stands in for it. */
  | { is: 'first'; options: readonly Code[] }
  | { is: 'record'; members: readonly RecordMember[] }
  | { is: 'list'; items: readonly Code[] }
  | { is: 'function'; function: FunctionCode }
  | { is: 'other'; inner: readonly Code[] };

/** A text, with code where something is filled in. */
export interface Text {
  is: 'text';
  parts: readonly (string | Code)[];
  line: number;
}

export interface Invocation {
  is: 'call';
  callee: Code;
  arguments: readonly Argument[];
  line: number;
}

export interface Argument {
  name?: string;
  value: Code;
}

/** Without a name where it is not known, or where all members of the value are brought in. */
export interface RecordMember {
  name: string | undefined;
  value: Code;
}

export interface FunctionCode {
  name: string;
  parameters: readonly Parameter[];
  body: readonly Step[];
  /** What is above it, such as `@app.get("/x")`. */
  decorators: readonly Code[];
  line: number;
}

export interface Parameter {
  name: string;
  fallback: Code | undefined;
  /** Whether it takes all arguments that have a name of their own: `**options`. */
  rest?: boolean;
}

/** One arm of a statement with several: code in another arm of the same statement does not come before it. */
export interface Arm {
  statement: number;
  arm: number;
  /** Whether it is done when no other arm is, so that one of them always is. */
  otherwise?: boolean;
}

/** What is done, in the order in which it is written. */
export type Step =
  | { is: 'set'; target: Code; value: Code; arms: readonly Arm[] }
  | { is: 'run'; value: Code; arms: readonly Arm[] }
  | { is: 'return'; value: Code; arms: readonly Arm[] }
  | { is: 'function'; function: FunctionCode; arms: readonly Arm[] }
  | { is: 'class'; name: string; bases: readonly Code[]; body: readonly Step[]; arms: readonly Arm[] };

export const NOTHING: Code = { is: 'other', inner: [] };

/** The code within a code, one level deep; bodies of functions are none of it. */
export function within(code: Code): readonly Code[] {
  switch (code.is) {
    case 'text':
      return code.parts.filter((part) => typeof part !== 'string');
    case 'name':
    case 'function':
      return [];
    case 'member':
      return [code.of];
    case 'item':
      return [code.of, code.key];
    case 'call':
      return [code.callee, ...code.arguments.map(({ value }) => value)];
    case 'join':
      return code.parts;
    case 'either':
    case 'first':
      return code.options;
    case 'record':
      return code.members.map(({ value }) => value);
    case 'list':
      return code.items;
    case 'other':
      return code.inner;
  }
}

/** The texts in a code; those in bodies of functions are none of it. */
export function textsWithin(code: Code): Text[] {
  return [...(code.is === 'text' ? [code] : []), ...within(code).flatMap(textsWithin)];
}

/** `a.b.c` for names and their members; undefined for all else. */
export function dotted(code: Code): string | undefined {
  if (code.is === 'name') return code.name;
  if (code.is !== 'member') return undefined;
  const before = dotted(code.of);
  return before === undefined ? undefined : `${before}.${code.name}`;
}

/** The name that a chain of calls and members begins with: `nock` of `nock(host).get(path).reply(200)`. */
export function rootName(code: Code): string | undefined {
  if (code.is === 'name') return code.name;
  if (code.is === 'member' || code.is === 'item') return rootName(code.of);
  return code.is === 'call' ? rootName(code.callee) : undefined;
}

/** The last name of what is called: `get` of `self.session.get`. */
export function lastName(code: Code): string | undefined {
  if (code.is === 'name' || code.is === 'member') return code.name;
  return undefined;
}
