import { METHODS } from '../contract/methods.js';
import { wholeOf } from '../contract/follow.js';
import { walkSchemas } from '../contract/walk.js';
import { isArray, isObject, pointerSteps, type Json, type JsonObject } from '../json.js';

/**
 * Takes the members that only go the other way (`readOnly` in requests, `writeOnly` in answers; OpenAPI 3.0.4, section
 * 4.7.24.1) out of the schemas of requests and answers. A component that is otherwise in one of them gets a copy for that:
 * `ThingRequest`, `ThingResponse`. Changes the document.
 */
export function separateDirections(document: JsonObject): void {
  const shared = isObject(document['components']) ? document['components'] : {};
  const requests = createView(document, 'readOnly', 'Request');
  const answers = createView(document, 'writeOnly', 'Response');
  const requestBodies = shared['requestBodies'];
  const responses = shared['responses'];
  for (const body of Object.values(isObject(requestBodies) ? requestBodies : {})) requests.apply(body);
  for (const response of Object.values(isObject(responses) ? responses : {})) answers.apply(response);
  const paths = document['paths'];
  for (const item of Object.values(isObject(paths) ? paths : {})) {
    for (const method of METHODS) {
      const operation = isObject(item) ? item[method] : undefined;
      if (!isObject(operation)) continue;
      requests.apply(operation['requestBody']);
      const own = operation['responses'];
      for (const response of Object.values(isObject(own) ? own : {})) answers.apply(response);
    }
  }
  requests.finish();
  answers.finish();
}

const PREFIX = '#/components/schemas/';

function createView(document: JsonObject, keyword: 'readOnly' | 'writeOnly', suffix: string) {
  const components = isObject(document['components']) ? document['components'] : {};
  const originals: JsonObject = isObject(components['schemas']) ? structuredClone(components['schemas']) : {};
  const affected = affectedSchemas(originals, document, keyword);
  const copies = new Map<string, string>();
  const pending: string[] = [];
  const made: JsonObject = {};

  const copyOf = (name: string): string => {
    const known = copies.get(name);
    if (known !== undefined) return known;
    let copy = name + suffix;
    while (Object.hasOwn(originals, copy) || Object.hasOwn(made, copy)) copy += '_';
    copies.set(name, copy);
    pending.push(name);
    return copy;
  };
  const redirected = (reference: string): string => {
    const name = componentName(reference);
    return name !== undefined && affected.has(name) ? PREFIX + encoded(copyOf(name)) : reference;
  };
  /** A schema without the members of the other way, its references leading to copies. */
  const seen = (node: Json): Json => {
    if (isArray(node)) return node.map(seen);
    if (!isObject(node)) return node;
    const { $ref } = node;
    if (typeof $ref === 'string') return { ...node, $ref: redirected($ref) };
    const result = Object.fromEntries(
      Object.entries(node).map(([name, member]) => {
        if (isData(name)) return [name, member];
        const isMap = name === 'properties' && isObject(member);
        return [
          name,
          isMap
            ? Object.fromEntries(Object.entries(member).map(([own, one]) => [own, seen(one)]))
            : seen(member),
        ];
      }),
    );
    const { required, discriminator } = node;
    const gone = oneWayNames(node, document, keyword);
    if (isObject(result['properties']) && gone.length > 0) {
      result['properties'] = without(result['properties'], gone);
    }
    if (isArray(required))
      result['required'] = required.filter((name) => typeof name !== 'string' || !gone.includes(name));
    if (isObject(discriminator)) result['discriminator'] = mapped(discriminator, node);
    return result;
  };
  /** What a copy is called is no value of the discriminator: that is still the name of the original. */
  const mapped = (discriminator: JsonObject, holder: JsonObject): JsonObject => {
    const written = isObject(discriminator['mapping']) ? discriminator['mapping'] : {};
    const alternatives = [holder['oneOf'], holder['anyOf']].flatMap((list) => (isArray(list) ? list : []));
    const implied = alternatives.flatMap((one) => {
      const name = isObject(one) && typeof one['$ref'] === 'string' ? componentName(one['$ref']) : undefined;
      const isWritten = Object.values(written).some(
        (target) => target === name || target === PREFIX + (name ?? ''),
      );
      return name === undefined || isWritten ? [] : [[name, PREFIX + encoded(name)] as const];
    });
    const all = [...Object.entries(written), ...implied].map(([value, target]) => [
      value,
      typeof target === 'string'
        ? redirected(target.includes('/') ? target : PREFIX + encoded(target))
        : target,
    ]);
    return all.length === 0
      ? discriminator
      : { ...discriminator, mapping: Object.fromEntries(all) as JsonObject };
  };

  return {
    /** Changes the schemas of the media types of a body. */
    apply: (holder: Json | undefined): void => {
      const content = isObject(holder) ? holder['content'] : undefined;
      for (const media of Object.values(isObject(content) ? content : {})) {
        if (isObject(media) && isObject(media['schema'])) media['schema'] = seen(media['schema']);
      }
    },
    /** Adds the copies that were needed. */
    finish: (): void => {
      for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
        const original = originals[name];
        if (original !== undefined) made[copyOf(name)] = seen(original);
      }
      if (isObject(components['schemas'])) Object.assign(components['schemas'], made);
    },
  };
}

/** The components that have such a member, or refer to one that has. */
function affectedSchemas(
  schemas: JsonObject,
  document: JsonObject,
  keyword: 'readOnly' | 'writeOnly',
): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const all = new Set<string>();
  for (const [name, schema] of Object.entries(schemas)) {
    walkSchemas({ components: { schemas: { [name]: schema } } }, (one) => {
      const { properties, $ref } = one;
      const members = isObject(properties) ? Object.values(properties) : [];
      if (members.some((member) => isOneWay(member, document, keyword))) all.add(name);
      const used = typeof $ref === 'string' ? componentName($ref) : undefined;
      if (used !== undefined) users.set(used, [...(users.get(used) ?? []), name]);
    });
  }
  for (const name of all) for (const user of users.get(name) ?? []) all.add(user);
  return all;
}

/** The members of a schema, and of the parts of it, that only go the other way. */
function oneWayNames(schema: Json, document: JsonObject, keyword: string): string[] {
  return wholeOf(document, schema).flatMap(({ properties }) =>
    Object.entries(isObject(properties) ? properties : {}).flatMap(([name, member]) =>
      isOneWay(member, document, keyword) ? [name] : [],
    ),
  );
}

function isOneWay(schema: Json | undefined, document: JsonObject, keyword: string): boolean {
  return wholeOf(document, schema).some((part) => part[keyword] === true);
}

/** Keywords that hold values, in which nothing is a schema. */
function isData(keyword: string): boolean {
  return ['example', 'examples', 'default', 'enum', 'const', 'required'].includes(keyword);
}

function componentName(reference: string): string | undefined {
  if (!reference.startsWith(PREFIX)) return undefined;
  const steps = pointerSteps(reference);
  return steps.length === 3 ? steps[2] : undefined;
}

function encoded(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
