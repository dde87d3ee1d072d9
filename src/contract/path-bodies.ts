import { at, isArray, isObject, type Json, type JsonObject } from '../json.js';
import { METHODS } from './methods.js';

/**
 * Gives the operations of a Swagger 2.0 document the body and the form that the parameters of their path describe
 * ([section 5.2.8](https://spec.openapis.org/oas/v2.0.html#path-item-object)), in place: the converter would drop them.
 */
export function handDownBodies(document: JsonObject): void {
  const paths = isObject(document['paths']) ? document['paths'] : {};
  for (const item of Object.values(paths)) {
    if (!isObject(item) || !isArray(item['parameters'])) continue;
    const written = (parameter: Json): JsonObject => resolved(document, parameter);
    const bodies = item['parameters'].filter((parameter) => isBody(written(parameter)));
    if (bodies.length === 0) continue;
    item['parameters'] = item['parameters'].filter((parameter) => !bodies.includes(parameter));
    for (const method of METHODS) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      const own = isArray(operation['parameters']) ? operation['parameters'] : [];
      const names = new Set(own.map(written).filter(isBody).map(nameOf));
      const added = bodies.filter((parameter) => !names.has(nameOf(written(parameter))));
      operation['parameters'] = [...own, ...structuredClone(added)];
    }
  }
}

function isBody({ in: place }: JsonObject): boolean {
  return place === 'body' || place === 'formData';
}

/** What makes a parameter the same as another one; there is only one body, whatever its name. */
function nameOf({ in: place, name }: JsonObject): string {
  return place === 'body' || typeof name !== 'string' ? 'body' : `form ${name}`;
}

function resolved(document: JsonObject, parameter: Json): JsonObject {
  if (!isObject(parameter)) return {};
  const { $ref } = parameter;
  const target = typeof $ref === 'string' && $ref.startsWith('#/') ? at(document, $ref) : parameter;
  return isObject(target) ? target : {};
}
