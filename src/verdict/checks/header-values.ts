import { isJsonType, parseJson, type Json } from '../../json.js';
import { header } from '../../target/reply.js';
import type { DocumentedHeader } from '../../contract/header.js';
import type { Check, Found } from './check.js';
import { notChecked, partlyNotChecked } from './not-checked.js';
import { checkReadings, readingsOfSimple } from './readings.js';

/** Headers that came have the values that the contract describes (OpenAPI 3.0.4, sections 4.8.12.3 and 4.8.21). */
export const headerValues: Check = {
  name: 'header-values',
  find: ({ answer, response, validator }) =>
    (response?.headers ?? []).flatMap((described): Found[] => {
      const { name, schemaPointer } = described;
      const facts = { header: name };
      const text = header(answer, name.toLowerCase());
      if (text === undefined || schemaPointer === undefined) return [];
      const readings = readingsOfHeader(text, described);
      if (!readings) {
        return [
          {
            code: 'not-json',
            facts,
            severity: 'error',
            message: `the header “${name}” is not JSON, as the contract promises`,
          },
        ];
      }
      const checked = checkReadings(validator, schemaPointer, readings);
      if (checked.kind === 'not checked')
        return [notChecked({ what: `the header “${name}”`, facts }, checked.why)];
      const [violation] = checked.violations;
      if (violation) {
        const message = `the header “${name}” ${violation.message}`;
        return [{ code: violation.keyword, facts, severity: 'error', message }];
      }
      return partlyNotChecked({ what: `the header “${name}”`, facts }, checked.unchecked);
    }),
};

/** @returns undefined for a value that is not of the media type in which the contract describes it */
function readingsOfHeader(text: string, { mediaType }: DocumentedHeader): Json[] | undefined {
  if (mediaType === undefined) return readingsOfSimple(text);
  if (!isJsonType(mediaType)) return [text];
  const value = parseJson(text);
  return value === undefined ? undefined : [value];
}
