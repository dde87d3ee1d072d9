import type { SeenReply } from '../../drive/seen.js';
import { asText, isObject } from '../../json.js';
import { etagOf } from '../etag.js';
import type { ReadRecord } from '../life.js';

/** What a read says of the version of a record. */
export interface Version {
  /** Its ETag, where that is a strong one. */
  tag: string | undefined;
  /** `meta.versionId`, or a member `versionId`. */
  id: string | undefined;
}

export function versionOf({ heard, record }: ReadRecord): Version {
  const meta = record?.['meta'];
  const id = (isObject(meta) ? meta['versionId'] : undefined) ?? record?.['versionId'];
  return { tag: strongTag(heard), id: id === undefined || id === null ? undefined : asText(id) };
}

export function isVersioned({ tag, id }: Version): boolean {
  return tag !== undefined || id !== undefined;
}

/** The ETag of an answer, where it may be in If-Match (RFC 9110, section 13.1.1). */
export function strongTag(heard: SeenReply | undefined): string | undefined {
  const tag = heard?.reply.kind === 'answer' ? etagOf(heard.reply) : undefined;
  return tag?.startsWith('"') === true ? tag : undefined;
}
