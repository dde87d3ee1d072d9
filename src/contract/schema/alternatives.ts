import { _, Name, type Ajv, type CodeKeywordDefinition, type KeywordCxt } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';

/**
 * Replaces `anyOf` and `oneOf` by keywords that mean the same, and whose errors also say which of the errors before them
 * are those of which alternative: the validator reports all of them as one list. `fits` is how many alternatives the value
 * fits, `sizes` how many errors each has, which are in this order right before the error itself.
 */
export function explainAlternatives(ajv: Ajv | Ajv2020): void {
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    ajv.removeKeyword(keyword);
    ajv.addKeyword(alternatives(keyword));
  }
}

/** How many errors there are by now, in the code that the validator makes. */
const ERRORS = new Name('errors');

function alternatives(keyword: 'anyOf' | 'oneOf'): CodeKeywordDefinition {
  return {
    keyword,
    schemaType: 'array',
    trackErrors: true,
    error: {
      message: 'must match the alternatives',
      params: ({ params }) => _`{fits: ${params['fits']}, sizes: ${params['sizes']}}`,
    },
    code(cxt: KeywordCxt) {
      const { gen } = cxt;
      const branches: unknown = cxt.schema;
      if (!Array.isArray(branches)) return;
      const fits = gen.let('fits', 0);
      const sizes = gen.let('sizes', _`[]`);
      const before = gen.let('before');
      const isValid = gen.name('_valid');
      for (const index of branches.keys()) {
        gen.assign(before, ERRORS);
        const branch = cxt.subschema({ keyword, schemaProp: index, compositeRule: true }, isValid);
        gen.code(_`${sizes}.push(${ERRORS} - ${before})`);
        gen.if(isValid, () => {
          gen.code(_`${fits}++`);
          cxt.mergeEvaluated(branch, Name);
        });
      }
      cxt.setParams({ fits, sizes });
      cxt.result(
        keyword === 'anyOf' ? _`${fits} > 0` : _`${fits} === 1`,
        () => {
          cxt.reset();
        },
        () => {
          cxt.error(true);
        },
      );
    },
  };
}
