import { asText, isArray, isObject, type Json } from '../json.js';
import type { FixedAnswer } from './world/answer.js';

/** The value of a name that is in braces; undefined where there is none. */
export type Values = (name: string) => Json | undefined;

/**
 * Replaces `{name}` throughout. A string that is nothing but one name takes on the type of its value.
 *
 * A name without a value becomes null. Written `{name?}`, it takes with it what it is in: its member, or, in a list,
 * the whole item, so that a list of links has no link to a page that is not there.
 */
export function fill(template: Json, value: Values): Json {
  return filled(template, value) ?? null;
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
    const one = filledText(text, value);
    return one === undefined ? [] : [[name, asText(one)]];
  });
  return Object.fromEntries(entries);
}

/** @returns undefined for what is left out */
function filled(template: Json, value: Values): Json | undefined {
  if (typeof template === 'string') return filledText(template, value);
  if (isArray(template)) {
    return template.flatMap((item) => (lacks(item, value) ? [] : [filled(item, value) ?? null]));
  }
  if (!isObject(template)) return template;
  const members = Object.entries(template).flatMap(([name, member]): [string, Json][] => {
    const one = filled(member, value);
    return one === undefined ? [] : [[name, one]];
  });
  return Object.fromEntries(members);
}

function filledText(template: string, value: Values): Json | undefined {
  if (lacks(template, value)) return undefined;
  const whole = /^\{([^{}]+)\}$/.exec(template)?.[1];
  const valueOf = (name: string): Json => value(plain(name)) ?? null;
  if (whole !== undefined) return valueOf(whole);
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => asText(valueOf(name)));
}

/** Whether a text, or a member of an item, needs a value that there is not. */
function lacks(template: Json, value: Values): boolean {
  if (isObject(template)) {
    return Object.values(template).some((member) => typeof member === 'string' && lacks(member, value));
  }
  if (typeof template !== 'string') return false;
  return [...template.matchAll(/\{([^{}]+)\?\}/g)].some(([, name = '']) => value(name) === undefined);
}

function plain(name: string): string {
  return name.replace(/\?$/, '');
}
