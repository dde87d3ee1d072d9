import { isJsonType } from '../../json.js';

/** Media types that are written in the same way. */
export type Family = 'json' | 'form' | 'multipart' | 'xml' | 'text' | 'binary';

/** The family of a media type, or undefined for one that nobody here can write. */
export function familyOf(mediaType: string): Family | undefined {
  const type = concrete(mediaType)?.toLowerCase();
  if (type === undefined) return undefined;
  if (isJsonType(type) && type !== 'application/json-seq') return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type === 'multipart/form-data') return 'multipart';
  if (type === 'application/xml' || type === 'text/xml' || type.endsWith('+xml')) return 'xml';
  if (type.startsWith('text/')) return 'text';
  return BINARY.test(type) ? 'binary' : undefined;
}

/** The media types of a body: JSON first, and last what nobody here can write; else in the order of the contract. */
export function preferredFirst<Media>(
  content: Readonly<Record<string, Media>>,
): [type: string, media: Media][] {
  const rank = ([type]: [string, Media]) => (isJsonType(type) ? 0 : familyOf(type) === undefined ? 2 : 1);
  return Object.entries(content).sort((one, other) => rank(one) - rank(other));
}

const BINARY =
  /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip|gzip|x-gzip|x-tar|x-zip-compressed|msword|vnd\.ms-|vnd\.openxmlformats-)/;

/** The media type that a range stands for (RFC 9110, section 12.5.1), without its parameters; the first of several. */
export function concrete(mediaType: string): string | undefined {
  const [first = ''] = mediaType.split(/[,;]/);
  const type = first.trim();
  if (!type.includes('*')) return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type) ? type : undefined;
  return RANGES[type.toLowerCase()];
}

const RANGES: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/*': 'application/json',
  'application/*+json': 'application/json',
  'text/*': 'text/plain',
  'image/*': 'image/png',
};
