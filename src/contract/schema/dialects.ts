import type { Json } from '../../json.js';

/** A version of JSON Schema, or OpenAPI 3.0's own. */
export type Dialect = '3.0' | 'draft-04' | 'draft-06' | 'draft-07' | '2019-09' | '2020-12';

/** The dialect that a `$schema` or a `jsonSchemaDialect` names, or undefined for one that nobody here knows. */
export function dialectNamed(address: Json | undefined): Dialect | undefined {
  if (typeof address !== 'string') return undefined;
  const bare = address.replace(/^https?:\/\//, '').replace(/#$/, '');
  return Object.hasOwn(NAMES, bare) ? NAMES[bare] : undefined;
}

const NAMES: Readonly<Record<string, Dialect>> = {
  'json-schema.org/draft-04/schema': 'draft-04',
  'json-schema.org/draft-06/schema': 'draft-06',
  'json-schema.org/draft-07/schema': 'draft-07',
  'json-schema.org/draft/2019-09/schema': '2019-09',
  'json-schema.org/draft/2020-12/schema': '2020-12',
  'json-schema.org/schema': '2020-12',
  // OpenAPI 3.1.1, section 4.8.24.6.
  'spec.openapis.org/oas/3.1/dialect/base': '2020-12',
};

/** Whether what is beside a `$ref` is ignored. */
export function ignoresSiblings(dialect: Dialect): boolean {
  return dialect !== '2019-09' && dialect !== '2020-12';
}
