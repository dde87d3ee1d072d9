import { isJsonType } from '../json.js';

declare const BRAND: unique symbol;

/** What a finding may carry: a number, or a name of the contract or of a standard. Never a value of an answer. */
export type Fact = (string | number) & { readonly [BRAND]: true };
export type Facts = Readonly<Record<string, Fact>>;

/** How many there are of something. */
export function count(number: number): Fact {
  return number as Fact;
}

/** A status, or that no answer came. It is a name, not a number of things: another one is another finding. */
export function status(code: number | null): Fact {
  return (code === null ? 'no answer' : String(code)) as Fact;
}

/** A day that a host has named for something of its own: of long ago it could be one of a person. */
export function day(ms: number): Fact {
  const text = new Date(ms).toISOString().slice(0, 10);
  return (text >= '2020' ? text : 'a day before 2020') as Fact;
}

/** A name that the contract has: of a parameter, a member or a header. */
export function nameOf(text: string): Fact {
  return text.slice(0, 100) as Fact;
}

/** A name of an answer: shown only where the contract has it too. */
export function nameAmong(known: ReadonlySet<string>, name: string): Fact {
  return known.has(name) ? nameOf(name) : ('that the contract does not name' as Fact);
}

/** A media type without its parameters; one of an odd form is not shown. */
export function mediaType(text: string | undefined): Fact {
  const [type = ''] = (text ?? '').toLowerCase().split(';');
  const known =
    isJsonType(type) || /^(text|image|application|multipart)\/[a-z\d.+-]{1,40}$/.test(type.trim());
  return (known ? type.trim() : 'none that is known') as Fact;
}

/** A media type of an answer, where it is one of the common ones: what else a server puts into that header is not repeated. */
export function commonMediaType(text: string): Fact {
  const type = text.split(';')[0]?.trim().toLowerCase() ?? '';
  return (COMMON_TYPE.test(type) ? type : 'another one') as Fact;
}

const COMMON_TYPE =
  /^(text\/(html|plain|xml|csv)|application\/((fhir|problem|hal|vnd\.api)\+)?(json|xml)|application\/octet-stream)$/;
