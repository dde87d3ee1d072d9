import { copyOfObject, pointer, pointerSteps } from '../../json.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';
import { reduced, type SchemaError } from '../schema-errors.js';

/**
 * Validates by `@apidevtools/swagger-parser`. References are left as they are, so that nothing is fetched, nothing
 * unfolds, and its work grows with the document only. What it checks of Swagger 2.0 beside the form stops at the first
 * fault and needs the unfolded document; rules of ours check the same.
 */
export const structure: ContractRule = {
  id: 'contract/structure',
  promise: 'The document has the form that its version of OpenAPI lays down.',
  severity: 'error',
  source: SECTIONS.document,
  judge: async ({ document }) => {
    const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
    try {
      // The parser types its input by the letter of the specification, which is what it is asked about.
      const copy: unknown = copyOfObject(document);
      await SwaggerParser.validate(copy as never, {
        resolve: { external: false, file: false, http: false },
        dereference: { circular: 'ignore', excludedPathMatcher: () => true },
        validate: { schema: true, spec: false },
      });
      return [];
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const errors =
        'details' in error && Array.isArray(error.details) ? error.details.filter(isSchemaError) : [];
      if (errors.length === 0) {
        return [{ code: 'refused', message: oneLine(error.message), facts: {}, pointer: '' }];
      }
      return reduced(errors, document).map(({ keyword, instancePath, message }) => ({
        code: keyword,
        message,
        facts: { keyword },
        pointer: pointer(...pointerSteps(instancePath)),
      }));
    }
  },
};

function isSchemaError(value: unknown): value is SchemaError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keyword' in value &&
    'instancePath' in value &&
    'schemaPath' in value &&
    'params' in value
  );
}

function oneLine(text: string): string {
  return text
    .replace(/^\[object Object\]/, 'the file')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
