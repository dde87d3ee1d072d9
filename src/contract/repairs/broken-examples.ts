import { at, isJsonType, isObject, type JsonObject } from '../../json.js';
import type { Contract, Repair } from '../contract.js';
import type { Operation } from '../operation.js';
import type { Draft } from './repair.js';

/**
 * Examples that break their own schema. They cannot be sent or served as they stand, so they are taken out;
 * whoever needs an example makes one from the schema.
 */
export function brokenExamples(
  draft: Draft,
  validators: Contract['validators'],
  operations: readonly Operation[],
): Repair[] {
  const repairs: Repair[] = [];
  for (const operation of operations) {
    const bodies = [
      { direction: 'request' as const, of: 'the request body', content: operation.body?.content ?? {} },
      ...Object.entries(operation.responses).map(([status, response]) => ({
        direction: 'answer' as const,
        of: `the ${status} response`,
        content: response.content,
      })),
    ];
    for (const { direction, of, content } of bodies) {
      for (const [type, media] of Object.entries(content)) {
        if (media.example === undefined || media.schemaPointer === undefined || !isJsonType(type)) continue;
        const checked = validators[direction].check(media.schemaPointer, media.example);
        const [first] = checked.kind === 'checked' ? checked.violations : [];
        if (!first) continue;
        const holder = media.schemaPointer.replace(/\/schema$/, '');
        removeExample(draft.document, holder);
        media.example = undefined;
        repairs.push({
          kind: 'broken-example',
          what: `the example of ${of} of ${operation.id} breaks its own schema: ${first.pointer || 'it'} ${first.message}`,
          place: draft.locate(holder),
          assumed: 'the schema is right, and an example is made from it',
        });
      }
    }
  }
  return repairs;
}

function removeExample(document: JsonObject, pointer: string): void {
  const holder = at(document, pointer);
  if (!isObject(holder)) return;
  Reflect.deleteProperty(holder, 'example');
  Reflect.deleteProperty(holder, 'examples');
}
