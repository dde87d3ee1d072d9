import { at, type JsonObject } from '../json.js';
import { addToGroup } from '../groups.js';

/** An error of the validator of the form (Ajv), as far as it is read here. */
export interface SchemaError {
  keyword: string;
  instancePath: string;
  schemaPath: string;
  params: object;
  message?: string;
}

/** An error as a sentence. */
export interface Sentence {
  keyword: string;
  instancePath: string;
  message: string;
}

/**
 * What a person needs of the errors of the validator, which reports every failed alternative at every place above an
 * error as well. Errors that are in no alternative are kept. Of alternatives, only the innermost place counts where
 * none fits.
 * @param document what was validated
 */
export function reduced(errors: readonly SchemaError[], document: JsonObject): Sentence[] {
  const real = errors.filter(({ keyword }) => keyword !== 'if');
  const places = new Set(real.filter(isAlternative).map(({ instancePath }) => instancePath));
  const outer = new Set([...places].flatMap((place) => above(place)));
  const groups = new Map<string, SchemaError[]>();
  const kept: SchemaError[] = [];
  for (const error of real) {
    const around = [error.instancePath, ...above(error.instancePath)];
    const innermost = around.find((place) => places.has(place) && !outer.has(place));
    if (innermost !== undefined) addToGroup(groups, innermost, error);
    else if (!around.some((place) => places.has(place))) kept.push(error);
  }
  const sentences = [
    ...withoutConsequences(kept).map(asSentence),
    ...[...groups].flatMap(([place, group]) => ofAlternatives(place, group, document)),
  ];
  return [...new Map(sentences.map((one) => [`${one.instancePath} ${one.message}`, one])).values()];
}

function isAlternative({ keyword }: SchemaError): boolean {
  return keyword === 'oneOf' || keyword === 'anyOf';
}

/** All places that a place is inside of, the nearest first. */
function above(place: string): string[] {
  const places: string[] = [];
  for (let end = place.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : place.lastIndexOf('/', end - 1))
    places.push(place.slice(0, end));
  return places;
}

/** What is wrong where none of several forms fits. The validator does not say which error is of which form. */
function ofAlternatives(place: string, group: readonly SchemaError[], document: JsonObject): Sentence[] {
  // That it is no reference says nothing of what it is.
  const own = group.filter((error) => !isAlternative(error) && !isOfReference(error));
  const isOfKind = ({ keyword, instancePath }: SchemaError) =>
    (keyword === 'enum' || keyword === 'const') && KINDS.has(instancePath.slice(place.length));
  const kinds = own.filter(isOfKind);
  const unknown = kinds.find(({ instancePath }) => {
    const kind = at(document, instancePath);
    return typeof kind !== 'string' || KINDS.get(instancePath.slice(place.length))?.has(kind) !== true;
  });
  if (unknown) {
    const allowed = kinds
      .filter(({ instancePath }) => instancePath === unknown.instancePath)
      .flatMap(({ params }) => ('allowedValues' in params ? [params.allowedValues].flat() : []));
    const message = `should be one of ${JSON.stringify([...new Set(allowed)])}`;
    return [{ keyword: 'enum', instancePath: unknown.instancePath, message }];
  }
  // Where it says what it is, the forms of other things do not matter.
  const rest = own.filter((error) => !isOfKind(error) && !isOfOneForm(error, own));
  const [only, ...others] = new Map(
    rest.map((error) => [error.instancePath + sentenceOf(error), error]),
  ).values();
  if (only && others.length === 0) return [asSentence(only)];
  const reasons = [...(only ? [only] : []), ...others].slice(0, 3).map((error) => {
    const below = error.instancePath.slice(place.length);
    return `${below === '' ? '' : `in ${below} `}${sentenceOf(error)}`;
  });
  const message = ['has none of the forms that OpenAPI allows at this place', reasons.join(', or ')];
  return [{ keyword: 'oneOf', instancePath: place, message: message.filter((one) => one !== '').join(': ') }];
}

/** Members that say what kind of thing something is, and the kinds that there are in any version. */
const KINDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['/in', new Set(['query', 'header', 'path', 'cookie', 'body', 'formData'])],
  [
    '/type',
    new Set([
      ...['string', 'number', 'integer', 'boolean', 'array', 'object', 'file'],
      ...['apiKey', 'http', 'oauth2', 'openIdConnect', 'basic'],
    ]),
  ],
  ['/flow', new Set(['implicit', 'password', 'application', 'accessCode'])],
]);

/** A member that only one form does not have is one of another form. */
function isOfOneForm(error: SchemaError, all: readonly SchemaError[]): boolean {
  if (error.keyword !== 'additionalProperties') return false;
  const sentence = sentenceOf(error);
  return all.filter((one) => one.keyword === error.keyword && sentenceOf(one) === sentence).length < 2;
}

function isOfReference({ schemaPath, params }: SchemaError): boolean {
  return (
    /reference\//i.test(schemaPath) || ('missingProperty' in params && params.missingProperty === '$ref')
  );
}

/** A member whose value is wrong counts as one that was not evaluated, at every place above it. */
function withoutConsequences(errors: readonly SchemaError[]): SchemaError[] {
  const inside = new Set(errors.flatMap(({ instancePath }) => above(instancePath)));
  const wrong = new Set(
    errors
      .filter(({ keyword }) => !keyword.startsWith('unevaluated'))
      .map(({ instancePath }) => instancePath),
  );
  return errors.filter(
    ({ keyword, instancePath }) =>
      !keyword.startsWith('unevaluated') || (!inside.has(instancePath) && !wrong.has(instancePath)),
  );
}

function asSentence(error: SchemaError): Sentence {
  const { keyword, instancePath } = error;
  return { keyword, instancePath, message: sentenceOf(error) };
}

function sentenceOf({ keyword, params, message = 'is not allowed' }: SchemaError): string {
  const given = new Map<string, unknown>(Object.entries(params));
  const named = (name: string) => `“${String(given.get(name)).slice(0, 200)}”`;
  switch (keyword) {
    case 'required':
      return `the required member ${named('missingProperty')} is missing`;
    case 'additionalProperties':
      return `there is no member ${named('additionalProperty')} in OpenAPI at this place`;
    case 'unevaluatedProperties':
      return `there is no member ${named('unevaluatedProperty')} in OpenAPI at this place`;
    case 'type':
      return `should be of the type ${[given.get('type')].flat().join(' or ')}`;
    case 'enum':
      return `should be one of ${JSON.stringify(given.get('allowedValues'))}`;
    case 'const':
      return `should be ${JSON.stringify(given.get('allowedValue'))}`;
    case 'pattern':
      return `should match ${String(given.get('pattern'))}`;
    default:
      return message;
  }
}
