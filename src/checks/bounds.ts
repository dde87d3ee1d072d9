import type { AskOptions, Conversation } from '../drive/conversation.js';
import { readBody } from '../exchange/body.js';
import { isObject } from '../json.js';
import type { Probe } from '../probe/build.js';
import { listIn } from '../probe/harvest.js';
import type { AbsentIds } from '../session/absent-ids.js';
import type { Refusal } from '../session/gate.js';
import { isSuccess, type Reply } from '../targets/reply.js';
import { sizeAskedIn } from './list-form.js';
import type { StatedLists } from './stated/lists.js';

/** What the checks of a run may fetch and ask beside what its budget bounds. */
export interface Bounds {
  /** Records that the answers may hold; undefined where nothing bounds them. */
  records: number | undefined;
  /** Requests of one operation; undefined where nothing bounds them. */
  perOperation: number | undefined;
}

/** How many records the checks of a run may fetch of hosts that hold those of real persons. */
export const FEW_RECORDS = 50;

/** What of the run tells how much an answer will hold. */
export interface Known {
  absent: Pick<AbsentIds, 'has'>;
  lists: StatedLists;
}

/**
 * A conversation in which what is asked for checks stays within bounds. What could fetch more records than are left is
 * not sent: of a page, as many are expected as the same operation has given before.
 */
export function bounded(
  conversation: Conversation,
  { records, perOperation }: Bounds,
  { absent, lists }: Known,
): Conversation {
  if (records === undefined && perOperation === undefined) return conversation;
  const asked = new Map<string, number>();
  const { expect, learn } = createEstimates(lists);
  let fetched = 0;
  const refusalOf = ({ operation }: Probe, expected: number): Refusal | undefined => {
    if (records !== undefined && expected > 0 && fetched + expected > records)
      return { code: 'records', most: records };
    const times = asked.get(operation) ?? 0;
    if (perOperation !== undefined && times >= perOperation)
      return { code: 'checks-of-operation', most: perOperation };
    asked.set(operation, times + 1);
    return undefined;
  };
  return {
    ...conversation,
    ask: async (probe: Probe, options: AskOptions) => {
      if (options.kind !== 'checks') {
        const came = await conversation.ask(probe, options);
        if (!('withheld' in came)) learn(probe, came.reply);
        return came;
      }
      const expected = mayFetch(probe, absent) ? expect(probe) : 0;
      const withheld = refusalOf(probe, expected);
      if (withheld) return { withheld };
      // Others are on their way at the same time.
      fetched += expected;
      const came = await conversation.ask(probe, options);
      fetched += ('withheld' in came ? 0 : learn(probe, came.reply)) - expected;
      return came;
    },
  };
}

/** How many records an answer will hold, from what answers of the same operation have held. */
function createEstimates(lists: StatedLists) {
  /** The most of each operation, and of each with the same query. */
  const seen = new Map<string, number>();
  /** Operations that have given more than were asked for. */
  const exceeding = new Set<string>();
  const keyOf = ({ operation, request }: Probe) => `${operation} ${new URL(request.url).search}`;
  const askedFor = ({ operation, request }: Probe) =>
    sizeAskedIn(new URL(request.url).searchParams, lists.of(operation)) ?? Infinity;
  return {
    expect: (probe: Probe): number => {
      const most = seen.get(probe.operation) ?? 1;
      const size = exceeding.has(probe.operation) ? Infinity : askedFor(probe);
      // One that held none may hold one the next time.
      return Math.max(1, seen.get(keyOf(probe)) ?? Math.min(most, size));
    },
    /** @returns how many it holds */
    learn: (probe: Probe, reply: Reply): number => {
      const count = recordsIn(reply, probe.operation, lists);
      if (count > askedFor(probe)) exceeding.add(probe.operation);
      for (const one of [keyOf(probe), probe.operation]) seen.set(one, Math.max(seen.get(one) ?? 0, count));
      return count;
    },
  };
}

/** Whether the answer to a request could hold records: not where it has no body, or asks for what is not there. */
function mayFetch({ request }: Probe, { has }: Known['absent']): boolean {
  const { pathname } = new URL(request.url);
  return (request.method === 'GET' || request.method === 'POST') && !pathname.split('/').some(has);
}

/** How many things a success holds: those that it lists, or one. */
function recordsIn(reply: Reply, operation: string, lists: StatedLists): number {
  if (reply.kind !== 'answer' || !isSuccess(reply.status)) return 0;
  const body = readBody(reply);
  if (body.kind !== 'json') return 0;
  const items = lists.itemsOf(operation, body.value) ?? listIn(body.value, undefined);
  return items?.length ?? (isObject(body.value) ? 1 : 0);
}
