import { at, asText, isArray, isObject, type Json, type JsonObject } from '../json.js';

/** What the expressions of a step can speak of. */
export interface Scope {
  inputs: Readonly<Record<string, Json>>;
  /** What steps have put out, by their ids. */
  steps: ReadonlyMap<string, Readonly<Record<string, Json>>>;
  /** The answer to the request of the step; undefined before it came. */
  answer: SpokenAnswer | undefined;
  /** The outputs of the flow that the step has run. */
  outputs?: Readonly<Record<string, Json>>;
}

export interface SpokenAnswer {
  status: number;
  header: (name: string) => string | undefined;
  body: Json | undefined;
}

/**
 * A runtime expression (Arazzo 1.0.1, section 4.7), as it was written. A pointer behind `#` leads into the value, also
 * of inputs and outputs.
 */
export type Expression =
  | { of: 'statusCode' }
  | { of: 'body'; pointer: string }
  | { of: 'header'; name: string }
  | { of: 'input'; name: string; pointer: string }
  | { of: 'output'; step: string; name: string; pointer: string }
  | { of: 'called'; name: string; pointer: string };

/** The expression that a text is. @returns undefined for one that is not known here */
export function parseExpression(text: string): Expression | undefined {
  if (text === '$statusCode') return { of: 'statusCode' };
  const header = /^\$response\.header\.([A-Za-z0-9!#$%&'*+.^_`|~-]+)$/.exec(text)?.[1];
  if (header !== undefined) return { of: 'header', name: header.toLowerCase() };
  const [, path = '', pointer = ''] = /^\$([^#]*)(?:#((?:\/.*)?))?$/s.exec(text) ?? [];
  if (path === 'response.body') return { of: 'body', pointer };
  const input = /^inputs\.([\w-]+)$/.exec(path)?.[1];
  if (input !== undefined) return { of: 'input', name: input, pointer };
  const called = /^outputs\.([\w-]+)$/.exec(path)?.[1];
  if (called !== undefined) return { of: 'called', name: called, pointer };
  const [, step, name] = /^steps\.([\w-]+)\.outputs\.([\w-]+)$/.exec(path) ?? [];
  return step === undefined || name === undefined ? undefined : { of: 'output', step, name, pointer };
}

/** What can be written, for whoever has written something else. */
export const EXPRESSIONS =
  '$statusCode, $response.body, $response.header.NAME, $inputs.NAME, $steps.STEP.outputs.NAME, and, where a step runs a workflow, $outputs.NAME; behind all but the first and the third #/POINTER may lead into it';

/** The value of an expression; undefined where there is none. */
export function valueOf(
  expression: Expression,
  { inputs, steps, answer, outputs = {} }: Scope,
): Json | undefined {
  switch (expression.of) {
    case 'statusCode':
      return answer?.status;
    case 'header':
      return answer?.header(expression.name);
    case 'body':
      return at(answer?.body, expression.pointer);
    case 'input':
      return at(own(inputs, expression.name), expression.pointer);
    case 'called':
      return at(own(outputs, expression.name), expression.pointer);
    case 'output':
      return at(own(steps.get(expression.step) ?? {}, expression.name), expression.pointer);
  }
}

function own(members: Readonly<Record<string, Json>>, name: string): Json | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** A text with expressions in braces (`Thing/{$inputs.id}`) in parts. */
const IN_BRACES = /\{(\$[^{}]+)\}/g;

/** The expressions of a value that is given to a request, at whatever depth: texts that are one, or hold some in braces. */
export function expressionsIn(value: Json): string[] {
  if (typeof value === 'string') return value.startsWith('$') ? [value] : bracedIn(value);
  if (isArray(value)) return value.flatMap(expressionsIn);
  return isObject(value) ? Object.values(value).flatMap(expressionsIn) : [];
}

/** The expressions that are in braces in a text. */
export function bracedIn(text: string): string[] {
  return [...text.matchAll(IN_BRACES)].map(([, inner = '']) => inner);
}

/** A value with all expressions in it replaced, or the first expression that has no value. */
export type Filled = { ok: true; value: Json } | { ok: false; lacks: string };

/** Replaces every expression. A text that is nothing but one takes on the type of its value. */
export function filledValue(value: Json, scope: Scope): Filled {
  const missing: string[] = [];
  const of = (text: string): Json => {
    const expression = parseExpression(text);
    const found = expression && valueOf(expression, scope);
    if (found === undefined) missing.push(text);
    return found ?? null;
  };
  const fill = (one: Json): Json => {
    if (typeof one === 'string') return one.startsWith('$') ? of(one) : filledText(one, of, asText);
    if (isArray(one)) return one.map(fill);
    if (!isObject(one)) return one;
    const members = Object.entries(one).map(([name, member]): [string, Json] => [name, fill(member)]);
    return Object.fromEntries(members) satisfies JsonObject;
  };
  const filled = fill(value);
  const [lacks] = missing;
  return lacks === undefined ? { ok: true, value: filled } : { ok: false, lacks };
}

/** A text in which every expression in braces is replaced by its value, written in some way. */
export function filledText(
  text: string,
  of: (expression: string) => Json,
  write: (value: Json) => string,
): string {
  return text.replace(IN_BRACES, (_, inner: string) => write(of(inner)));
}
