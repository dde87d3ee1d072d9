import { JSONPathEnvironment } from 'json-p3';
import { within, withinDepth } from '../bounded/within.js';
import { asText, type Json } from '../json.js';
import { compilePattern } from '../pattern/pattern.js';
import { expressionsOf, NoCondition, parseCondition } from './condition.js';
import { bracedIn, filledText, parseExpression, valueOf, type Scope } from './expression.js';
import type { Selector, WrittenCriterion } from './shape.js';

/** A criterion of success, read. */
export interface Criterion {
  /** As it was written. */
  written: string;
  /** The expressions that it speaks of. */
  expressions: readonly string[];
  holds: (scope: Scope) => boolean;
}

/** No condition of ours takes longer on any answer. */
const LONGEST_MS = 2000;

/**
 * Reads a criterion.
 * @returns why it cannot be read, and what to do, where it cannot
 */
export function readCriterion({
  condition,
  context,
  type = 'simple',
}: WrittenCriterion): Criterion | { why: string; remedy: string } {
  if (type === 'simple') return simple(condition, context);
  if (context === undefined) {
    return {
      why: `a condition of the type ${type} needs a context`,
      remedy: 'Add “context”, such as $response.body.',
    };
  }
  return type === 'regex' ? regex(condition, context) : jsonPath(condition, context);
}

function simple(condition: string, context: string | undefined): Criterion | { why: string; remedy: string } {
  if (context !== undefined) {
    return { why: 'a simple condition has no context', remedy: 'Take “context” out, or name another type.' };
  }
  try {
    const test = parseCondition(condition);
    return { written: condition, expressions: expressionsOf(condition), holds: test };
  } catch (error) {
    if (!(error instanceof NoCondition)) throw error;
    return {
      why: `the condition cannot be read: ${error.message}`,
      remedy: 'Write it like $statusCode == 200 && $response.body#/id != null.',
    };
  }
}

function regex(condition: string, context: string): Criterion | { why: string; remedy: string } {
  try {
    compilePattern(condition);
  } catch {
    return { why: 'the condition is no regular expression', remedy: 'Correct it.' };
  }
  return {
    written: `${context} matches ${condition}`,
    expressions: [context],
    holds: (scope) => {
      const value = valueAt(context, scope);
      if (value === undefined) return false;
      const came = within(LONGEST_MS, () => compilePattern(condition).test(asText(value)));
      return came.done && came.value;
    },
  };
}

function jsonPath(condition: string, context: string): Criterion | { why: string; remedy: string } {
  const fault = whyNoPath(condition);
  if (fault !== undefined) return fault;
  return {
    written: condition,
    expressions: [context, ...bracedIn(condition)],
    holds: (scope) => (selected(condition, context, scope)?.length ?? 0) > 0,
  };
}

/** Why a text is no JSONPath, once its expressions have values. */
export function whyNoPath(path: string): { why: string; remedy: string } | undefined {
  try {
    paths.compile(filledText(path, () => 'a value', literal));
    return undefined;
  } catch (error) {
    const stated = error instanceof Error ? `: ${error.message}` : '';
    return { why: `it is no JSONPath${stated}`, remedy: 'Write it as RFC 9535 says.' };
  }
}

/** The first value that a selector finds; undefined where there is none. */
export function firstSelected({ context, selector }: Selector, scope: Scope): Json | undefined {
  return selected(selector, context, scope)?.[0];
}

const paths = new JSONPathEnvironment();

/** What a JSONPath selects of a value. An expression in braces in it stands for its value, as a literal. */
function selected(path: string, context: string, scope: Scope): Json[] | undefined {
  const value = valueAt(context, scope);
  if (value === undefined) return undefined;
  const lacking: string[] = [];
  const filled = filledText(
    path,
    (expression) => {
      const one = valueAt(expression, scope);
      // A literal of JSONPath is no list and no object.
      if (one === undefined || (typeof one === 'object' && one !== null)) lacking.push(expression);
      return one ?? null;
    },
    literal,
  );
  if (lacking.length > 0) return undefined;
  const query = () => paths.query(filled, value).values();
  try {
    const came = mayTakeLong(path) ? within(LONGEST_MS, query) : withinDepth(query);
    return came.done ? came.value.filter(isJson) : undefined;
  } catch {
    // An answer that is nested deeper than the library goes shows nothing.
    return undefined;
  }
}

/** Whether a JSONPath may look at a value more than once: it goes down, searches texts, filters twice, or names several. */
function mayTakeLong(path: string): boolean {
  return /\.\.|,|\?[^]*\?|\b(?:match|search)\s*\(/.test(path);
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}

function literal(value: Json): string {
  return JSON.stringify(value);
}

function valueAt(text: string, scope: Scope): Json | undefined {
  const expression = parseExpression(text);
  return expression && valueOf(expression, scope);
}
