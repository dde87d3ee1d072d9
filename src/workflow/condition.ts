import type { Json } from '../json.js';
import { parseExpression, valueOf, type Scope } from './expression.js';

/*
 * Conditions of the type `simple` (Arazzo 1.0.1, section 4.6.12): literals, expressions, <, <=, >, >=, ==, !=, !, &&, ||
 * and parentheses. Texts are compared without regard to capitals, as that section says. With what has no value every
 * comparison is false, so that nothing holds because something is missing.
 */

/** A condition that has been read. */
export type Condition = (scope: Scope) => boolean;

type Term = (scope: Scope) => Json | undefined;

/** Why a text is no condition. */
export class NoCondition extends Error {}

/** @throws NoCondition */
export function parseCondition(text: string): Condition {
  const tokens = tokensOf(text);
  let place = 0;
  const take = (...wanted: readonly string[]): string | undefined => {
    const token = tokens[place];
    if (token === undefined || !wanted.includes(token)) return undefined;
    place += 1;
    return token;
  };
  const either = (): Term => {
    const all = [both()];
    while (take('||')) all.push(both());
    return joined(all, (values) => values.some(holds));
  };
  const both = (): Term => {
    const all = [not()];
    while (take('&&')) all.push(not());
    return joined(all, (values) => values.every(holds));
  };
  const not = (): Term => {
    if (!take('!')) return comparison();
    const term = not();
    return (scope) => !holds(term(scope));
  };
  const comparison = (): Term => {
    const left = operand();
    const operator = take('==', '!=', '<=', '>=', '<', '>');
    if (operator === undefined) return left;
    const right = operand();
    return (scope) => compares(left(scope), operator, right(scope));
  };
  const operand = (): Term => {
    if (take('(')) {
      const inner = either();
      if (!take(')')) throw new NoCondition('a parenthesis is not closed');
      return inner;
    }
    const token = tokens[place];
    place += 1;
    if (token === undefined) throw new NoCondition('it ends where a value is expected');
    return termOf(token);
  };
  const whole = either();
  if (place < tokens.length) throw new NoCondition(`“${tokens[place] ?? ''}” is not expected there`);
  return (scope) => holds(whole(scope));
}

/** The expressions that are in a condition. */
export function expressionsOf(condition: string): string[] {
  return tokensOf(condition).filter((token) => token.startsWith('$'));
}

const TOKEN =
  /\s*(\|\||&&|==|!=|<=|>=|[<>!()]|'(?:[^']|'')*'|\$(?:(?!\|\||&&|==|!=|<=|>=)[^\s()<>])+|-?\d+(?:\.\d+)?|true\b|false\b|null\b)/y;

/** @throws NoCondition where something is there that is no part of a condition */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const token = pattern.exec(text)?.[1];
    if (token === undefined) throw new NoCondition(`“${text.slice(from).trim()}” is no part of a condition`);
    tokens.push(token);
  }
  return tokens;
}

function termOf(token: string): Term {
  if (token.startsWith("'")) {
    const value = token.slice(1, -1).replaceAll("''", "'");
    return () => value;
  }
  if (token.startsWith('$')) {
    const expression = parseExpression(token);
    if (!expression) throw new NoCondition(`“${token}” is no expression that is known here`);
    return (scope) => valueOf(expression, scope);
  }
  if (!/^(?:-?\d|true$|false$|null$)/.test(token))
    throw new NoCondition(`“${token}” is where a value is expected`);
  const value = token === 'null' ? null : token === 'true' ? true : token === 'false' ? false : Number(token);
  return () => value;
}

function joined(terms: readonly Term[], join: (values: (Json | undefined)[]) => boolean): Term {
  const [only, ...others] = terms;
  if (only && others.length === 0) return only;
  return (scope) => join(terms.map((term) => term(scope)));
}

function holds(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 0;
}

function compares(left: Json | undefined, operator: string, right: Json | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  const [one, other] = [folded(left), folded(right)];
  if (operator === '==') return one === other;
  if (operator === '!=') return one !== other;
  if (typeof one !== typeof other || one === null || other === null) return false;
  switch (operator) {
    case '<':
      return one < other;
    case '<=':
      return one <= other;
    case '>':
      return one > other;
    default:
      return one >= other;
  }
}

/** A value for comparison: of an object or a list its text. */
function folded(value: Json): string | number | boolean | null {
  if (typeof value === 'string') return value.toLowerCase();
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
