import type { Ajv } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';

/** Formats that say how a value is meant, not how it has to look (OpenAPI format registry). */
const DESCRIPTIVE = ['decimal', 'html', 'markdown', 'commonmark', 'media-range', 'char', 'any'];

export function isKnownFormat(name: string): boolean {
  return name in fullFormats || DESCRIPTIVE.includes(name);
}

/** Teaches a validator the formats of JSON Schema and of OpenAPI. */
export function addFormats(ajv: Ajv | Ajv2020): void {
  for (const [name, format] of Object.entries(fullFormats)) ajv.addFormat(name, format);
  for (const name of DESCRIPTIVE) ajv.addFormat(name, true);
}
