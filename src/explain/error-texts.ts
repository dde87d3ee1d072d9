import { isArray, isObject, type Json } from '../json.js';

/** Members in which answers and records say what went wrong. */
export const NAMES_ERRORS =
  /^(?:\w*messages?|\w*msg|\w*errors?\w*|err\w*|code|reason\w*|details?|description|title|fault\w*|exception\w*|diagnostics|category|problem|warnings?|hint|detail\w*|\w*text|\w*code|\w*motivo\w*|mensaje\w*|mensagem|meldung\w*|fehler\w*|\w*beschreibung|descri[czs]\w*|descripci[oó]n|erro\w*|erreur\w*|libell[eé]|mens\w*|opis\w*|komunikat|popis\w*|beskrivelse|feil\w*|fel\w*|foutmelding|omschrijving|aciklama|hata\w*|mesaj|zpr[aá]v\w*|chyb\w*|spr[aá]v\w*|virhe\w*|viesti|hiba\w*|[uü]zenet\w*|bericht|fout\w*|besked|melding)$/i;
/** What is a thing has a name of its own. */
const OF_THINGS = /^(?:_?id|uuid|key|name|email|created\w*|updated\w*|version|dependencies|scripts)$/i;
const DEEPEST = 4;
const MOST_ITEMS = 5;
const MOST_MEMBERS = 20;

/** The texts of a value that are in members for errors; those of things within it are data, and left out. */
export function errorTextsIn(value: Json, depth = 0): string[] {
  if (depth > DEEPEST) return [];
  if (isArray(value)) return value.slice(0, MOST_ITEMS).flatMap((item) => errorTextsIn(item, depth + 1));
  if (!isObject(value)) return [];
  const entries = Object.entries(value);
  if (entries.length > MOST_MEMBERS || entries.some(([name]) => OF_THINGS.test(name))) return [];
  return entries.flatMap(([name, member]) => {
    if (typeof member === 'string') return NAMES_ERRORS.test(name) ? [member] : [];
    if (isArray(member) && NAMES_ERRORS.test(name)) {
      return member
        .slice(0, MOST_ITEMS)
        .flatMap((item) => (typeof item === 'string' ? [item] : errorTextsIn(item, depth + 1)));
    }
    return errorTextsIn(member, depth + 1);
  });
}
