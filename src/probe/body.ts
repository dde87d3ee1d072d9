import type { MediaType } from '../contract/content.js';
import type { Contract } from '../contract/contract.js';
import type { Json, JsonObject } from '../json.js';
import type { WrittenBody } from '../request/body/body.js';
import { multipartEncodings } from '../request/body/encodings.js';
import { familyOf, preferredFirst } from '../request/body/media-types.js';
import { writeBody } from '../request/body/write.js';
import { makeValue, type Made } from '../request/value/make.js';

/**
 * The body that a contract would have us send: JSON where there is a choice, else the first media type, in the order of
 * the contract, in which one can be made. Undefined where there is neither a description nor a value.
 * @param given the value, where the samples have one; else it is made from the contract
 * @param adapt changes a value that was made from the contract
 */
export function chooseBody(
  content: Readonly<Record<string, MediaType>>,
  contract: Contract,
  given: Json | undefined,
  adapt: (body: Json) => Json = (body) => body,
): WrittenBody | undefined {
  const described = preferredFirst(content);
  if (described.length === 0)
    return given === undefined ? undefined : writeBody(given, { type: 'application/json' });
  const tried = described.map(([type, media]) => () => {
    const made = given === undefined ? valueOf(type, media, contract) : ({ ok: true, value: given } as const);
    if (!made.ok) return { ok: false, why: `the body: ${made.why}` } as const;
    const value = given === undefined ? adapt(made.value) : made.value;
    return writeBody(value, { type, schema: media.schema, ...partsOf(type, media, contract) });
  });
  let first: WrittenBody | undefined;
  for (const attempt of tried) {
    const written = attempt();
    if (written.ok) return written;
    first ??= written;
  }
  return first;
}

function valueOf(type: string, { schema, schemaPointer, example }: MediaType, contract: Contract): Made {
  const family = familyOf(type);
  const examples = example === undefined ? [] : [example];
  // OpenAPI 3.1 describes files by their media type alone; of any other body all that is known is that there is one.
  const nothing = family === 'binary' || family === 'text' ? 'conform' : {};
  if (schema === undefined || saysNothing(schema)) return { ok: true, value: example ?? nothing };
  return makeValue({ schema, schemaPointer, examples, direction: 'request' }, contract);
}

/** Whether a schema has prose and extensions only, as one that stands in for a reference that leads nowhere. */
function saysNothing(schema: JsonObject): boolean {
  return Object.keys(schema).every((name) => name.startsWith('x-') || PROSE.has(name));
}

const PROSE: ReadonlySet<string> = new Set([
  'title',
  'description',
  'externalDocs',
  '$comment',
  'deprecated',
]);

function partsOf(type: string, { schema, encoding }: MediaType, { document }: Contract) {
  const own = familyOf(type) === 'multipart' ? multipartEncodings(schema, encoding, document) : encoding;
  return { encoding: own, document };
}
