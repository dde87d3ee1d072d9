import { asText, isArray, isObject, type Json } from '../json.js';
import type { FixedAnswer } from './world/answer.js';

/** The value of a name that is in braces; undefined where there is none. */
export type Values = (name: string) => Json | undefined;

/** A template that is read once, and filled for many. */
export type Template = (value: Values) => Json | undefined;

/**
 * Replaces `{name}` throughout. A string that is nothing but one name takes on the type of its value.
 *
 * A name without a value becomes null. Written `{name?}`, it takes with it what it is in: its member, or, in a list,
 * the whole item, so that a list of links has no link to a page that is not there.
 */
export function fill(template: Json, value: Values): Json {
  return readTemplate(template)(value) ?? null;
}

/** An answer whose headers and body have names in braces. */
export function filledAnswer({ headers, ...fixed }: FixedAnswer, value: Values): FixedAnswer {
  return {
    ...fixed,
    ...(headers === undefined ? {} : { headers: filledTexts(headers, value) }),
    ...(fixed.body === undefined ? {} : { body: fill(fixed.body, value) }),
  };
}

function filledTexts(texts: Readonly<Record<string, string>>, value: Values): Record<string, string> {
  const entries = Object.entries(texts).flatMap(([name, text]): [string, string][] => {
    const one = readText(text)(value);
    return one === undefined ? [] : [[name, asText(one)]];
  });
  return Object.fromEntries(entries);
}

/** @returns what fills it as `fill` does; undefined is what is left out */
export function readTemplate(template: Json): Template {
  if (typeof template === 'string') return readText(template);
  if (isArray(template)) {
    const items = template.map((item) => ({ needed: neededIn(item), filled: readTemplate(item) }));
    return (value) =>
      items.flatMap(({ needed, filled }) => (lacks(needed, value) ? [] : [filled(value) ?? null]));
  }
  if (!isObject(template)) return () => template;
  const members = Object.entries(template).map(([name, member]) => [name, readTemplate(member)] as const);
  return (value) => {
    const filled: [string, Json][] = [];
    for (const [name, member] of members) {
      const one = member(value);
      if (one !== undefined) filled.push([name, one]);
    }
    return Object.fromEntries(filled);
  };
}

function readText(template: string): Template {
  if (!template.includes('{')) return () => template;
  const needed = neededIn(template);
  const whole = /^\{([^{}]+)\}$/.exec(template)?.[1];
  const filled: Template =
    whole === undefined ? textWith(template.split(/\{([^{}]+)\}/)) : valueOf(plain(whole));
  return (value) => (lacks(needed, value) ? undefined : filled(value));
}

/** @param pieces in turn words as they are and names */
function textWith(pieces: readonly string[]): Template {
  const parts = pieces.map((piece, index) => (index % 2 === 0 ? piece : valueOf(plain(piece))));
  return (value) => parts.map((part) => (typeof part === 'string' ? part : asText(part(value)))).join('');
}

function valueOf(name: string): (value: Values) => Json {
  return (value) => value(name) ?? null;
}

/** The names that a text, or a member of an item, cannot do without. */
function neededIn(template: Json): string[] {
  if (isObject(template))
    return Object.values(template).flatMap((member) => (typeof member === 'string' ? neededIn(member) : []));
  if (typeof template !== 'string') return [];
  return [...template.matchAll(/\{([^{}]+)\?\}/g)].map(([, name = '']) => name);
}

function lacks(needed: readonly string[], value: Values): boolean {
  return needed.some((name) => value(name) === undefined);
}

function plain(name: string): string {
  return name.replace(/\?$/, '');
}
