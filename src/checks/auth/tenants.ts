import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { Operation } from '../../contract/operation.js';
import type { Json } from '../../json.js';
import { percentDecoded } from '../../percent.js';
import { idNames } from '../../probe/id-names.js';
import { pathsOf } from '../../probe/path-index.js';
import { isSaneId, parameterIn, segmentsOf } from '../../probe/segments.js';
import { isSuccess, type Reply } from '../../targets/reply.js';
import { inconclusive } from '../check.js';
import { pageOf, type Page } from '../list/page.js';
import { jsonOf, subjectOf, type Subject } from '../subject.js';
import { resourceIn } from '../resource.js';

/** What two tenants are shown of one collection. */
export interface Tenants {
  /** The list as we are shown it. */
  list: Subject;
  /** The first page that the other tenant is shown. */
  theirs: Page;
  /** A thing that only the page of the other tenant has; undefined where that page is empty. */
  foreign: Known | undefined;
  /** Our thing, where our page has it and theirs has not. */
  own: Known | undefined;
}

/** An id, and how it is shown. */
export interface Known {
  sent: string;
  shown: string;
}

/**
 * What a thing and its list say of two tenants. A collection of which both see the same things, or some, is common to them:
 * what one of them sees there says nothing of what the other may see. Asks for two lists.
 * @param subject a read of a thing by its id
 */
export function* tenantsOf(
  subject: Subject,
): Generator<Ask, Tenants | NotApplicable | ReturnType<typeof inconclusive>, SeenReply> {
  const { operation, token, host, request, probe } = subject;
  const parameter = parameterIn(segmentsOf(operation.path).at(-1) ?? '');
  const lists = parameter === undefined ? undefined : listOf(subject);
  if (parameter === undefined || !lists)
    return new NotApplicable('it reads no thing that the contract lists');
  if (!operation.guarded || !lists.guarded) return new NotApplicable('everybody may read it');
  if (token !== 'valid' || !host.takesCredentials(operation) || !host.takesCredentials(lists))
    return new NotApplicable('it is asked without credentials');
  const why = host.whyNotAs('other');
  if (why !== undefined) return new NotApplicable(why);

  const toList = request.same('the list', { above: true, operation: lists.id });
  const heard = yield toList;
  const { reply } = heard;
  if (reply.kind !== 'answer' || !isSuccess(reply.status)) return inconclusive('the list could not be read');
  const list = subjectOf({ operation: lists, probe: toList.probe, token }, { ...heard, reply }, host);
  const theirs = yield* pageOf(list, list.request.same('the list of another tenant', { token: 'other' }));
  const idsOf = (things: Page['things'] | undefined): string[] | undefined => {
    const ids = things?.flatMap((one) => idIn(one, parameter, list) ?? []);
    return ids?.length === things?.length ? ids : undefined;
  };
  const ourIds = idsOf(list.list?.itemsOf(list.body));
  const theirIds = idsOf(theirs?.things);
  if (!theirs || !theirIds) return inconclusive('the list could not be read as another tenant');
  if (!ourIds) return inconclusive('the list has things without an id');
  const ours = new Set(ourIds.map(plain));
  if (theirIds.some((id) => ours.has(plain(id))))
    return new NotApplicable('both tenants are shown the same things');
  const asked = percentDecoded(segmentsOf(new URL(probe.request.url).pathname).at(-1) ?? '');
  const known = (id: string | undefined): Known | undefined =>
    id === undefined || !isSaneId(id) ? undefined : { sent: id, shown: host.pseudonyms.of(parameter, id) };
  return {
    ...{ list, theirs },
    foreign: known(theirIds.find(isSaneId)),
    own: ours.has(plain(asked)) ? known(asked) : undefined,
  };
}

/** The operation that lists what the path names one of. */
function listOf({ operation, host }: Subject): Operation | undefined {
  if (operation.method !== 'GET') return undefined;
  const above = segmentsOf(operation.path).slice(0, -1);
  if (above.length === 0 || parameterIn(above.at(-1) ?? '') !== undefined) return undefined;
  return pathsOf(host.contract.operations)
    .like(`/${above.join('/')}`)
    .find((one) => one.method === 'GET' && one.safe);
}

function idIn(value: Json, parameter: string, { collection }: Subject): string | undefined {
  return resourceIn(value, idNames(parameter, collection), collection)?.ids[0]?.id;
}

function plain(id: string): string {
  return id.toLowerCase();
}

/** Whether an answer gives the thing that was asked for. */
export function gives({ reply }: { reply: Reply }, known: Known, subject: Subject): boolean {
  return reply.kind === 'answer' && isSuccess(reply.status) && isOf(known, jsonOf(reply), subject);
}

/** Whether a value is the thing with this id. */
export function isOf({ sent }: Known, value: Json | undefined, { operation, collection }: Subject): boolean {
  const parameter = parameterIn(segmentsOf(operation.path).at(-1) ?? '') ?? '';
  const thing = resourceIn(value, idNames(parameter, collection), collection);
  return thing?.ids.some(({ id }) => plain(id) === plain(sent)) === true;
}

/** Whether it says that there is nothing for who asks. */
export function isRefused({ reply }: { reply: Reply }): boolean {
  return reply.kind === 'answer' && REFUSALS.has(reply.status);
}

const REFUSALS = new Set([401, 403, 404, 410]);
