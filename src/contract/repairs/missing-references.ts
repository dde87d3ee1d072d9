import { at, isArray, type JsonObject } from '../../json.js';
import type { Repair } from '../contract.js';
import { referencesOf, UNRESOLVED } from '../schema/references.js';
import { walkObjects } from '../walk.js';
import type { Draft } from './repair.js';

/**
 * References that lead nowhere: the file is not there, or the file has no such place. Each is replaced by the
 * most permissive thing that may be there, so that the rest of the contract can be used.
 */
export function missingReferences(draft: Draft): Repair[] {
  const reported = new Map(draft.broken.map((broken) => [broken.reference, broken]));
  const found = new Map<string, { count: number; repair: Repair }>();
  const replacements: (() => void)[] = [];
  const references = referencesOf(draft.document);

  walkObjects(draft.document, (node, { pointer, key, kind }) => {
    const reference = node['$ref'];
    if (typeof reference !== 'string' || leadsSomewhere(draft.document, reference)) return undefined;
    if (kind === 'schema' && references.resolve(reference, pointer) !== undefined) return undefined;
    const known = reported.get(reference);
    const target = known?.why === undefined ? reference : (reference.split('#')[0] ?? reference);
    const standIn = kind === 'schema' ? anyValue(reference) : standInFor(pointer, key);
    const entry = found.get(target);
    if (entry) entry.count += 1;
    else {
      const what =
        known?.why === undefined
          ? `the reference “${reference}” leads nowhere`
          : `the file “${target}” cannot be used: ${known.why}`;
      const repair = {
        kind: 'missing-reference',
        what,
        place: known?.place ?? draft.locate(pointer),
        assumed: standIn.assumed,
      };
      found.set(target, { count: 1, repair });
    }
    replacements.push(() => {
      put(node, standIn.value);
    });
    return false;
  });

  for (const replace of replacements) replace();
  removeEmptyParameters(draft.document);
  return [...found.values()].map(({ count, repair }) =>
    count === 1 ? repair : { ...repair, what: `${repair.what} (referenced ${count} times)` },
  );
}

function leadsSomewhere(document: JsonObject, reference: string): boolean {
  return reference.startsWith('#') && at(document, reference) !== undefined;
}

/** A schema that says nothing, and why. */
function anyValue(reference: string): { value: JsonObject; assumed: string } {
  return { value: { [UNRESOLVED]: reference }, assumed: 'any value is accepted there' };
}

function put(node: JsonObject, value: JsonObject): void {
  for (const member of Object.keys(node)) Reflect.deleteProperty(node, member);
  Object.assign(node, value);
}

function standInFor(pointer: string, key: string): { value: JsonObject; assumed: string } {
  const [container] = pointer.split('/').slice(-2);
  switch (container) {
    case 'responses':
      return { value: { description: 'not known' }, assumed: 'a response of any form is accepted' };
    case 'securitySchemes':
      return { value: { type: 'http', scheme: 'bearer' }, assumed: 'a bearer token is sent' };
    case 'securityDefinitions':
      return {
        value: { type: 'apiKey', in: 'header', name: 'Authorization' },
        assumed: 'a bearer token is sent',
      };
    case 'parameters':
      return { value: {}, assumed: 'the parameter is left out' };
    case 'headers':
      return { value: { schema: {} }, assumed: 'the header is optional and may have any value' };
    case 'requestBodies':
      return { value: anyBody(), assumed: 'a body of any form is accepted' };
    default:
      if (key === 'requestBody') return { value: anyBody(), assumed: 'a body of any form is accepted' };
      return { value: {}, assumed: 'any value is accepted there' };
  }
}

function anyBody(): JsonObject {
  return { content: { 'application/json': { schema: {} } } };
}

/** A parameter without a name cannot be sent; it stands in for one whose description is missing. */
function removeEmptyParameters(document: JsonObject): void {
  walkObjects(document, (node) => {
    const parameters = node['parameters'];
    if (isArray(parameters)) {
      node['parameters'] = parameters.filter((item) => JSON.stringify(item) !== '{}');
    }
    return undefined;
  });
}
