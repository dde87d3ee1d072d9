import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import type { Page } from '../list/page.js';
import { thingsOf } from '../list/thing.js';
import { walk } from '../list/walk.js';
import type { Subject } from '../subject.js';
import { gives, isOf, isRefused, tenantsOf, type Known } from './tenants.js';

export const otherTenant = check({
  id: 'auth/other-tenant',
  promise: 'Nobody reads the things of another tenant.',
  source: { kind: 'contract', ref: 'the security of the operation, and the caller “other” of targets.yaml' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 12 },
  messages: {
    'theirs-shown': ({ came }) =>
      `with our credentials it answers ${came} with a thing of another tenant, which our own list does not have`,
    'ours-shown': ({ came }) =>
      `with the credentials of another tenant it answers ${came} with our thing, which the list of that tenant does not have`,
  },
  *run(subject) {
    const { request } = subject;
    const tenants = yield* tenantsOf(subject);
    if (tenants instanceof NotApplicable || 'kind' in tenants) return tenants;
    const { list, theirs, foreign, own } = tenants;
    if (!foreign) return new NotApplicable('the list of the other tenant is empty');
    const read = yield request.same('a thing of another tenant', { last: foreign });
    if (gives(read, foreign, subject)) {
      if (!(yield* isNotListed(foreign, subject, list)))
        return inconclusive('our own list may have it, so that it is not known whose it is');
      return (yield* isClosed(subject, foreign))
        ? failed('theirs-shown', { came: status(read.exchange.status) })
        : inconclusive('it is not refused without credentials either');
    }
    if (!isRefused(read)) return inconclusive('it answers something else to the id of another tenant');
    // What a page of theirs does not have may be on the next one.
    if (!own || !isWhole(list, theirs)) return passed;
    const reverse = yield request.same('our thing, as another tenant', { token: 'other' });
    if (isRefused(reverse)) return passed;
    if (!gives(reverse, own, subject)) return inconclusive('it answers something else to another tenant');
    return (yield* isClosed(subject, own))
      ? failed('ours-shown', { came: status(reverse.exchange.status) })
      : inconclusive('it is not refused without credentials either');
  },
});

/** What everybody may read belongs to nobody alone. */
function* isClosed({ request }: Subject, last: Known): Generator<Ask, boolean, SeenReply> {
  return isRefused(yield request.same('the same without credentials', { last, token: 'none' }));
}

/** Whether a whole list does not have a thing. */
function* isNotListed(foreign: Known, subject: Subject, list: Subject): Generator<Ask, boolean, SeenReply> {
  const { body, own } = list;
  const things = thingsOf(list, body);
  if (!things || !list.list) return false;
  const first = {
    things,
    total: list.list.totalOf(body, own.reply),
    next: list.list.nextOf(body, own.reply),
  };
  if (isWhole(list, first)) return true;
  const walked = yield* walk(list);
  if (walked?.end !== 'reached') return false;
  return !walked.pages.some((page) => page.things.some((one) => isOf(foreign, one, subject)));
}

/** Whether a page has all that there is, as far as it and the contract tell. */
function isWhole(
  { list }: Subject,
  { things, total, next }: Pick<Page, 'things' | 'total' | 'next'>,
): boolean {
  if (next !== undefined) return false;
  if (total !== undefined) return total === things.length;
  return list?.page === undefined && list?.size === undefined && things.length < LEAST_PAGE;
}

/** A host may have pages that its contract does not describe; none has smaller ones. */
const LEAST_PAGE = 10;
