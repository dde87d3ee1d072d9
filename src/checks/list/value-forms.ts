import type { Parameter } from '../../contract/parameter.js';
import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { layersOf } from '../../probe/harvest.js';
import { plainName } from '../../probe/id-names.js';
import { isSaneId } from '../../probe/segments.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import type { Subject } from '../subject.js';
import { NO_PAGE, pageOf, type Page } from './page.js';
import { keyOf, keysOf, thingsOf } from './thing.js';

type Code = 'loses-reference' | 'loses-system';

/** So many parameters are tried, each with two requests. */
const MOST = 3;

export const valueForms = check({
  id: 'list/value-forms',
  promise: 'A search finds the same by each of the forms that a value can have.',
  source: {
    kind: 'standard',
    ref: 'FHIR R4, sections 3.1.1.4.10 and 3.1.1.4.12',
    url: 'https://hl7.org/fhir/R4/search.html#token',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 2 * MOST },
  messages: {
    'loses-reference': ({ parameter }) =>
      `a thing is found with ‘${parameter}’ by a reference in one form, and not by the same reference in the other one (an id, an id with its type)`,
    'loses-system': ({ parameter }) =>
      `a thing is found with ‘${parameter}’ by a code alone, and not by the same code with its system`,
  },
  *run(subject) {
    const things = thingsOf(subject, subject.body) ?? [];
    if (!isFhir(subject, things)) return new NotApplicable('its things are no resources of FHIR');
    if (!keysOf(subject, things)) return new NotApplicable('its things have no ids to tell them apart');
    const forms = formsOf(subject, things).slice(0, MOST);
    if (forms.length === 0)
      return new NotApplicable('it has no parameter for a reference or a code that its things show');
    const broken: Broken<Code>[] = [];
    let isJudged = false;
    for (const form of forms) {
      const isThere = yield* foundBy(subject, form, things.length);
      if (isThere.every((one) => one !== undefined)) isJudged = true;
      // Only where one form works it is known that the other one is to find the same.
      const isLost =
        form.code === 'loses-reference'
          ? isThere.includes(true) && isThere.includes(false)
          : isThere[0] === true && isThere[1] === false;
      if (isLost) broken.push({ code: form.code, facts: { parameter: nameOf(form.name) } });
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    return isJudged ? passed : inconclusive(`${NO_PAGE} that is known to be whole`);
  },
});

/** Two forms of one value of a thing. */
interface Form {
  code: Code;
  name: string;
  key: string;
  values: readonly [string, string];
}

function isFhir({ body }: Subject, things: readonly Json[]): boolean {
  const isBundle = isObject(body) && body['resourceType'] === 'Bundle';
  return isBundle && things.length > 0;
}

/** Whether the thing is found by each of the two forms; undefined where the page does not show it. */
function* foundBy(
  subject: Subject,
  { name, key, values }: Form,
  known: number,
): Generator<Ask, (boolean | undefined)[], SeenReply> {
  const found: (boolean | undefined)[] = [];
  for (const sent of values) {
    const query = { [name]: { sent, shown: `‹${name}›` } };
    const page = yield* pageOf(subject, subject.request.same(`by ${name}`, { query }));
    found.push(page && isOn(subject, page, key, known));
  }
  return found;
}

function isOn(subject: Subject, { things, next }: Page, key: string, known: number): boolean | undefined {
  // What gives everything does not say what it was asked for.
  if (things.length >= known) return undefined;
  if (things.some((thing) => keyOf(subject, thing) === key)) return true;
  return next === undefined ? false : undefined;
}

function formsOf(subject: Subject, things: readonly Json[]): Form[] {
  const sent = new URL(subject.probe.request.url).searchParams;
  return (subject.list?.filters ?? [])
    .filter(({ name, required, schema }) => !required && !sent.has(name) && isForText(schema))
    .flatMap(({ name }) => {
      for (const thing of things) {
        const key = keyOf(subject, thing);
        const form = key === undefined ? undefined : formIn(subject, thing, name);
        if (key !== undefined && form) return [{ ...form, name, key }];
      }
      return [];
    });
}

/** One that is to be of a certain form may not take both. */
function isForText(schema: Parameter['schema']): boolean {
  return (
    [undefined, 'string'].some((type) => schema['type'] === type) &&
    !['enum', 'pattern', 'format', 'maxLength'].some((name) => schema[name] !== undefined)
  );
}

function formIn(
  { collection }: Subject,
  thing: Json,
  name: string,
): Pick<Form, 'code' | 'values'> | undefined {
  const resource = isObject(thing) ? layersOf(thing, collection).at(-1) : undefined;
  const value = Object.entries(resource ?? {}).find(([own]) => plainName(own) === plainName(name))?.[1];
  const objects = (isArray(value) ? value : [value]).filter(isObject);
  // Of several values it is not known which one is compared.
  const [only, more] = objects;
  if (!only || more) return undefined;
  return referenceIn(only) ?? tokenIn(only);
}

function referenceIn({ reference }: JsonObject): Pick<Form, 'code' | 'values'> | undefined {
  const [whole, id] =
    typeof reference === 'string' ? (/^[A-Z][A-Za-z]+\/([A-Za-z\d.-]{1,64})$/.exec(reference) ?? []) : [];
  return whole !== undefined && id !== undefined && isSaneId(id)
    ? { code: 'loses-reference', values: [whole, id] }
    : undefined;
}

/** A coding, or an identifier: what says a code, and of which system it is. */
function tokenIn(value: JsonObject): Pick<Form, 'code' | 'values'> | undefined {
  const codings = isArray(value['coding']) ? value['coding'].filter(isObject) : [value];
  const [only, more] = codings;
  if (!only || more) return undefined;
  const { system } = only;
  const code = only['code'] ?? only['value'];
  return typeof system === 'string' && typeof code === 'string' && isWord(system) && isWord(code)
    ? { code: 'loses-system', values: [code, `${system}|${code}`] }
    : undefined;
}

/** Whether a text has nothing that stands for something else in a search. */
function isWord(text: string): boolean {
  return /^[^|,$\\\s]{1,200}$/.test(text);
}
