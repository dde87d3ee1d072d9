import { isArray, isJsonType, isObject, parseJson, pointer, type Json } from '../json.js';
import type { SentBody } from './call.js';

/**
 * The names in a body that was sent: those of JSON at every depth, those of a form.
 * @param mediaType of the body; where nobody says it, it is read by how it begins
 */
export function bodyOf(text: string, mediaType: string | undefined): SentBody {
  if (mediaType === undefined ? /^\s*[[{]/.test(text) : isJsonType(mediaType)) {
    const value = parseJson(text);
    return {
      mediaType: mediaType ?? 'application/json',
      members: value === undefined ? undefined : namesIn(value),
    };
  }
  if (mediaType === undefined ? FORM.test(text) : /^application\/x-www-form-urlencoded\b/i.test(mediaType)) {
    return formBody(
      text.split('&').flatMap((pair) => decodedName(pair.split('=', 1)[0] ?? '')),
      mediaType ?? 'application/x-www-form-urlencoded',
    );
  }
  return { mediaType, members: undefined };
}

/** The body of a form with these fields. */
export function formBody(names: readonly string[], mediaType: string): SentBody {
  return { mediaType, members: [...new Set(names)].map((name) => pointer(name)) };
}

/** JSON Pointers of all members of a value, each once; an entry of a list is `*`. */
export function namesIn(value: Json): string[] {
  const found = new Set<string>();
  const walk = (part: Json, at: string): void => {
    if (isArray(part)) for (const entry of part) walk(entry, `${at}/*`);
    else if (isObject(part)) {
      for (const [name, member] of Object.entries(part)) {
        const here = at + pointer(name);
        found.add(here);
        walk(member, here);
      }
    }
  };
  walk(value, '');
  return [...found];
}

/** Whether a text without a media type is one of a form: pairs of name and value, and nothing else. */
const FORM = /^[\w.[\]%+-]+=[^&\s]*(?:&[\w.[\]%+-]+=[^&\s]*)*$/;

function decodedName(name: string): string[] {
  try {
    return name === '' ? [] : [decodeURIComponent(name.replaceAll('+', ' '))];
  } catch {
    return [];
  }
}
