import type { Section } from './rule.js';

const OPENAPI = 'https://spec.openapis.org/oas/v3.0.4.html';

function openapi(section: string, anchor: string): Section {
  return { title: `OpenAPI 3.0.4, section ${section}`, url: `${OPENAPI}#${anchor}` };
}

/** The sections that rules go by, by the object of OpenAPI that each is about. */
export const SECTIONS = {
  document: openapi('4.8.1', 'openapi-object'),
  server: openapi('4.8.5', 'server-object'),
  paths: openapi('4.8.8', 'paths-object'),
  pathTemplating: openapi('4.8.8.2', 'path-templating-matching'),
  operation: openapi('4.8.10', 'operation-object'),
  parameter: openapi('4.8.12', 'parameter-object'),
  mediaType: openapi('4.8.14', 'media-type-object'),
  responses: openapi('4.8.16', 'responses-object'),
  reference: openapi('4.8.23', 'reference-object'),
  schema: openapi('4.8.24', 'schema-object'),
  format: openapi('4.4.2', 'data-type-format'),
  securityScheme: openapi('4.8.27', 'security-scheme-object'),
  securityRequirement: openapi('4.8.30', 'security-requirement-object'),
  extensions: openapi('4.9', 'specification-extensions'),
} as const;
