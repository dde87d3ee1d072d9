import type { Sight } from '../../checks/life.js';
import { listFormOf, type ListForm } from '../../checks/list-form.js';
import { requestsOf } from '../../checks/request.js';
import { wideSize } from '../../checks/wide-page.js';
import type { Operation } from '../../contract/operation.js';
import type { SeenReply } from '../../drive/seen.js';
import { jsonOf } from '../../exchange/record.js';
import type { Json } from '../../json.js';
import { lastFixed } from '../../probe/sources.js';
import { isSuccess } from '../../targets/reply.js';
import type { Asking } from '../observation.js';
import { isShownIn } from '../shown-ids.js';
import type { Listed } from '../created/list.js';

/** A listing that has worked. */
export type ListReply = Listed & { body: Json };

/**
 * Whether a list shows all that there is: nothing is chosen by a filter, and it has no pages, or says that there are no
 * more things than it shows.
 */
export function isWhole(listing: Operation, { heard, body }: ListReply, asking: Asking): boolean {
  const form = formOf(listing, body, asking);
  const items = form?.itemsOf(body);
  const { reply } = heard;
  if (!form || !items || reply.kind !== 'answer' || form.nextOf(body, reply)) return false;
  if (isChosen(form, heard)) return false;
  const total = form.totalOf(body, reply);
  if (total !== undefined) return total === items.length;
  return form.size === undefined && form.page === undefined;
}

/**
 * Looks for a thing on a wide page of its list and on those behind it, as far as the second number: where pages are
 * counted from 0, it is the third page.
 * @returns undefined where the end of the list was not seen
 */
export async function sightInAll(
  sent: string,
  listing: Operation,
  { heard, probe, body }: ListReply,
  asking: Asking,
): Promise<Sight | undefined> {
  const { conversation } = asking;
  const form = formOf(listing, body, asking);
  if (!form?.size || !form.page || form.page.kind === 'cursor' || isChosen(form, heard)) return undefined;
  const { size, page } = form;
  const wide = wideSize(size);
  const starts = page.kind === 'page' ? [undefined, '1', '2'] : [undefined, String(wide)];
  let last: { heard: SeenReply; items: number } | undefined;
  for (const start of starts) {
    const query = { [size.name]: String(wide), [page.parameter.name]: start };
    const ask = requestsOf(probe, 'valid').same('its list as a whole', { query });
    const came = await conversation.ask(ask.probe, { token: 'valid', repeatable: true });
    if ('withheld' in came || came.reply.kind !== 'answer') return undefined;
    const { status } = came.reply;
    const value = isSuccess(status) ? jsonOf(came.reply) : undefined;
    // What is behind the last page may well be no page.
    const items = status === 404 && start !== undefined ? [] : form.itemsOf(value);
    if (items === undefined) return undefined;
    if (isShownIn(value, sent)) return { heard: came, there: true, whole: false };
    last = { heard: came, items: items.length };
  }
  return last?.items === 0 ? { heard: last.heard, there: false, whole: true } : undefined;
}

function formOf(listing: Operation, body: Json, { lists }: Asking): ListForm | undefined {
  return listFormOf(listing, body, lastFixed(listing.path), lists?.of(listing.id));
}

/** Whether a request has chosen among the things of a list. */
function isChosen(form: ListForm, { exchange }: SeenReply): boolean {
  const beside = new Set([form.size, form.page?.parameter, form.sort].map((parameter) => parameter?.name));
  return [...new URL(exchange.url).searchParams.keys()].some((name) => !beside.has(name));
}
