import type { Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { Json } from '../../json.js';
import { isSuccess } from '../../targets/reply.js';
import type { Next } from '../list-form.js';
import { jsonOf, type Subject } from '../subject.js';
import { thingsOf } from './thing.js';

/** One page as it came, and what was asked for it. */
export interface Page {
  ask: Ask;
  body: Json | undefined;
  things: Json[];
  total: number | undefined;
  next: Next | undefined;
}

export const NO_PAGE = 'it did not answer with a page';

/** Asks for a page; undefined where something else came. */
export function* pageOf(subject: Subject, ask: Ask): Generator<Ask, Page | undefined, SeenReply> {
  const { reply } = yield ask;
  if (reply.kind !== 'answer' || !isSuccess(reply.status)) return undefined;
  const body = jsonOf(reply);
  const things = thingsOf(subject, body);
  if (!things || !subject.list) return undefined;
  return {
    ...{ ask, body, things },
    total: subject.list.totalOf(body, reply),
    next: subject.list.nextOf(body, reply),
  };
}

/** What a request has in its query. */
export function queryOf({ probe }: Ask): URLSearchParams {
  return new URL(probe.request.url).searchParams;
}
