import type { WriteBody } from './body.js';

/** Bytes. What a contract calls their value is a text: its bytes are sent. */
export const writeBinary: WriteBody = (value, { type }) => {
  if (typeof value !== 'string')
    return { ok: false, why: `a value of the media type ${type} has to be a file` };
  const file = FILES.get(type.split(';')[0]?.trim().toLowerCase() ?? '');
  // A check of the first bytes has to find a picture.
  return { ok: true, type, body: file ?? new TextEncoder().encode(value) };
};

/** The smallest files of some kinds: one pixel, one empty page. */
const FILES: ReadonlyMap<string, Uint8Array> = new Map(
  Object.entries({
    'image/png':
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'image/gif': 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
    'application/pdf': base64(
      '%PDF-1.1\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
    ),
  }).map(([type, text]) => [type, new Uint8Array(Buffer.from(text, 'base64'))]),
);

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
