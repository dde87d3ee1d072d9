import { shownUrl } from '../exchange/shown-url.js';
import type { Judgement } from '../history/read.js';
import type { Cause, Outcome } from '../verdict/causes.js';
import { worded, type Worded } from '../verdict/worded.js';
import type { Group } from './groups.js';
import type { Held } from './held.js';
import { nextSteps, type Step } from './next.js';
import type { PastedRequest } from './paste.js';

/** What was pasted and what it means, as it may be printed. Of several that mean the same, the last. */
export interface Explained {
  /** Undefined where nothing can be said of it. */
  verdict: Worded | undefined;
  request: { method?: string; url?: string; credentials: PastedRequest['credentials'] };
  /** Null where no answer came; absent where it is not shown. */
  status?: number | null;
  /** How many mean the same. */
  count: number;
  /** What the contract says of the request, where it was sent to one of its addresses. */
  contract?: {
    target?: string;
    operation?: string;
    nearest?: string;
    unknownParameters: string[];
    newestRun?: { target: string; at: string; outcome: Outcome; cause?: Cause };
  };
  /** What would prove it. */
  next?: Step[];
}

/** What is known of a request beside the paste. */
export interface Beside {
  held: Held | undefined;
  judgement: Judgement | undefined;
}

/**
 * @param beside given for the one that is shown at length
 * @param words those of the paths of the contract
 */
export function describe(
  { last, count }: Group,
  beside: Beside | undefined,
  words?: ReadonlySet<string>,
): Explained {
  const { request, reply } = last.pasted;
  const { url, method, credentials } = request;
  const status = reply.kind === 'answer' ? reply.status : null;
  const refused = last.verdict?.outcome === 'works' ? undefined : last.verdict;
  return {
    verdict: last.verdict && worded(last.verdict),
    request: {
      ...(method === undefined ? {} : { method }),
      ...(url === undefined ? {} : { url: shownUrl(url, { words }) }),
      credentials,
    },
    ...(status === undefined ? {} : { status }),
    count,
    ...(beside?.held === undefined ? {} : { contract: contractOf(beside.held, beside.judgement) }),
    ...(beside && refused ? { next: nextSteps(refused, request, beside.held, words) } : {}),
  };
}

function contractOf(
  { target, operation, nearest, unknownParameters }: Held,
  judgement: Judgement | undefined,
): NonNullable<Explained['contract']> {
  return {
    ...(target === undefined ? {} : { target }),
    ...(operation === undefined ? {} : { operation: operation.id }),
    ...(nearest === undefined ? {} : { nearest: nearest.id }),
    unknownParameters,
    ...(judgement === undefined
      ? {}
      : {
          newestRun: {
            target: judgement.target,
            at: judgement.at,
            outcome: judgement.operation.outcome,
            ...(judgement.operation.cause === undefined ? {} : { cause: judgement.operation.cause }),
          },
        }),
  };
}
