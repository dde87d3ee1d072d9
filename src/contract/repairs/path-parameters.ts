import { isArray, isObject, pointer, at, type Json, type JsonObject } from '../../json.js';
import type { Repair } from '../contract.js';
import { METHODS } from '../methods.js';
import type { Draft } from './repair.js';

/**
 * Every `{name}` in a path template needs a parameter that describes it, and a parameter in the path needs
 * its place in the template (OpenAPI 3.0.3, section 4.8.2). What is missing is taken to be a required string;
 * what has no place is left out.
 */
export function pathParameters(draft: Draft): Repair[] {
  const repairs: Repair[] = [];
  const paths = draft.document['paths'];
  if (!isObject(paths)) return repairs;
  for (const [path, item] of Object.entries(paths)) {
    if (!isObject(item)) continue;
    const wanted = [...path.matchAll(/\{([^}]+)\}/g)].flatMap((match) => match[1] ?? []);
    const places = new Set(wanted);
    const shared = pathNames(draft.document, item['parameters']);
    for (const method of METHODS) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      const place = () => draft.locate(pointer('paths', path, method));
      const declared = new Set([...shared, ...pathNames(draft.document, operation['parameters'])]);
      for (const name of wanted.filter((name) => !declared.has(name))) {
        const given = operation['parameters'];
        operation['parameters'] = [
          ...(isArray(given) ? given : []),
          { name, in: 'path', required: true, schema: { type: 'string' } },
        ];
        repairs.push({
          kind: 'path-parameter',
          what: `${method.toUpperCase()} ${path} does not describe its parameter “${name}”`,
          place: place(),
          assumed: 'a required string',
        });
      }
      const own = operation['parameters'];
      if (!isArray(own)) continue;
      operation['parameters'] = own.filter((parameter) => {
        const name = nameInPath(draft.document, parameter);
        if (name === undefined || places.has(name)) return true;
        repairs.push({
          kind: 'path-parameter',
          what: `${method.toUpperCase()} ${path} describes a parameter “${name}” that its path has no place for`,
          place: place(),
          assumed: 'the parameter is left out',
        });
        return false;
      });
    }
  }
  return repairs;
}

function pathNames(document: JsonObject, parameters: Json | undefined): string[] {
  if (!isArray(parameters)) return [];
  return parameters.flatMap((parameter) => nameInPath(document, parameter) ?? []);
}

function nameInPath(document: JsonObject, parameter: Json): string | undefined {
  const reference = isObject(parameter) ? parameter['$ref'] : undefined;
  const target = typeof reference === 'string' ? at(document, reference) : parameter;
  if (!isObject(target) || target['in'] !== 'path') return undefined;
  // A parameter in the path is always required, whether the contract says so or not.
  target['required'] = true;
  return typeof target['name'] === 'string' ? target['name'] : undefined;
}
