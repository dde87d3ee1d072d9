import { escapeMarkdown } from '../markdown.js';

/** A text as a string of FHIR R4 (hl7.org/fhir/R4/datatypes.html#string): without control characters, and not empty. */
export function fhirString(text: string): string {
  const held = Buffer.from(text)
    .toString()
    .replace(/\p{Cc}/gu, (control) => (/[\t\r\n]/.test(control) ? ' ' : '\ufffd'))
    .trim();
  return held === '' ? '–' : held;
}

/** A text in a member that is read as Markdown: literally. */
export function fhirMarkdown(text: string): string {
  return escapeMarkdown(fhirString(text));
}

/** A text as an id of FHIR R4: of its few characters, and not longer than it may be. */
export function fhirId(text: string): string {
  return text.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 64);
}
