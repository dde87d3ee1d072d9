import type { Ajv, Format } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';

/**
 * Formats that say how a value is meant, not how it has to look (OpenAPI format registry). “url” is of no standard, and
 * many write it of relative ones.
 */
const DESCRIPTIVE = ['url', 'decimal', 'html', 'markdown', 'commonmark', 'media-range', 'char', 'any'];

/** Formats that `ajv-formats` reads otherwise than the documents that define them. */
const OWN: Readonly<Record<string, Format>> = {
  // RFC 3339, section 5.6: an offset has a colon and minutes.
  'date-time': all(fullFormats['date-time'], hasWholeOffset),
  time: all(fullFormats.time, hasWholeOffset),
  email: isMailbox,
};

export function isKnownFormat(name: string): boolean {
  return Object.hasOwn(fullFormats, name) || DESCRIPTIVE.includes(name);
}

/** Teaches a validator the formats of JSON Schema and of OpenAPI. */
export function addFormats(ajv: Ajv | Ajv2020): void {
  for (const [name, format] of Object.entries(fullFormats)) ajv.addFormat(name, OWN[name] ?? format);
  for (const name of DESCRIPTIVE) ajv.addFormat(name, true);
}

function all(format: Format, also: (text: string) => boolean): Format {
  if (typeof format !== 'object' || !('validate' in format) || typeof format.validate !== 'function') {
    return also;
  }
  const { validate } = format;
  return (text: string) => Boolean(validate(text as never)) && also(text);
}

function hasWholeOffset(text: string): boolean {
  return /(?:z|[+-]\d\d:\d\d)$/i.test(text);
}

/** RFC 5321, section 4.1.2, “Mailbox”, which JSON Schema names for the format “email”. */
function isMailbox(text: string): boolean {
  const end = text.lastIndexOf('@');
  return end > 0 && isLocalPart(text.slice(0, end)) && isDomain(text.slice(end + 1));
}

function isLocalPart(text: string): boolean {
  return /^(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|"(?:[ !#-[\]-~]|\\[ -~])*")$/.test(text);
}

function isDomain(text: string): boolean {
  const [, literal] = /^\[(.+)\]$/.exec(text) ?? [];
  if (literal === undefined)
    return /^[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/i.test(text);
  const [, sixth] = /^IPv6:(.+)$/i.exec(literal) ?? [];
  // A URL is of no host that looks like an address and is none.
  if (sixth === undefined) return /^\d+(?:\.\d+){3}$/.test(literal) && URL.canParse(`http://${literal}`);
  return /^[\da-f:.]+$/i.test(sixth) && URL.canParse(`http://[${sixth}]`);
}
