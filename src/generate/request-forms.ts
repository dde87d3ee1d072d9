import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { Parameter } from '../contract/parameter.js';
import { defaultExplode, defaultStyle } from '../contract/styles.js';
import { isJsonType, pointerSteps } from '../json.js';
import { multipartEncodings } from '../request/body/encodings.js';
import { concrete, familyOf, preferredFirst } from '../request/body/media-types.js';
import { jsonLiteral } from './typescript-text.js';

/** How the requests of a contract are written where that is not what OpenAPI does by itself, as TypeScript. */
export function generateRequestForms(contract: Contract): string {
  const rows = contract.operations.flatMap((operation) => {
    const form = formOf(operation, contract);
    if (Object.keys(form).length === 0) return [];
    // What the caller of the client writes: without the path of the server.
    const [, template = operation.path] = pointerSteps(operation.pointer);
    return [[`${operation.method} ${template}`, form] as const];
  });
  return `
/** How requests are written, where that is not what OpenAPI does by itself, by method and path template. */
export const forms = ${rows.length === 0 ? '{}' : `{\n${rows.map(([key, form]) => `  ${jsonLiteral({ [key]: form }).slice(1, -1)},`).join('\n')}\n}`} as const;
`;
}

function formOf(operation: Operation, contract: Contract): object {
  const parameters = operation.parameters.filter(isOwnForm).map(parameterForm);
  const body = bodyForm(operation, contract);
  return { ...(parameters.length > 0 ? { parameters } : {}), ...(body ? { body } : {}) };
}

/** Whether the contract says of a parameter something else than what counts in its place. */
function isOwnForm({ in: place, style, explode, allowReserved, contentType }: Parameter): boolean {
  return (
    style !== defaultStyle(place) ||
    explode !== defaultExplode(style) ||
    allowReserved ||
    contentType !== undefined
  );
}

function parameterForm({ name, in: place, style, explode, allowReserved, contentType }: Parameter): object {
  return {
    ...{ name, in: place },
    ...(style === defaultStyle(place) ? {} : { style }),
    ...(explode === defaultExplode(style) ? {} : { explode }),
    ...(allowReserved ? { allowReserved } : {}),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

function bodyForm({ body }: Operation, { document }: Contract): object | undefined {
  const [chosen] = preferredFirst(body?.content ?? {});
  if (!chosen) return undefined;
  const [written, media] = chosen;
  if (!isJsonType(written) && familyOf(written) === undefined) return undefined;
  const type = written.includes('*') ? (concrete(written) ?? written) : written;
  if (type === 'application/json') return undefined;
  const encoding =
    familyOf(type) === 'multipart'
      ? multipartEncodings(media.schema, media.encoding, document)
      : media.encoding;
  return { type, ...(Object.keys(encoding).length === 0 ? {} : { encoding }) };
}
