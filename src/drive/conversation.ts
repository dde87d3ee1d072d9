import type { Chance } from '../chance.js';
import type { Exchange } from '../exchange/exchange.js';
import { createAnswerDigest } from '../exchange/answer-digest.js';
import { record, type Redaction } from '../exchange/record.js';
import type { Probe, Role } from '../probe/build.js';
import type { BudgetKind } from '../session/budget.js';
import type { Effect, Identity } from '../session/effect.js';
import type { Refusal } from '../session/gate.js';
import type { Session } from '../session/session.js';
import type { HttpRequest, Reply } from '../targets/reply.js';
import { redirectOf } from './redirect.js';
import type { SeenReply } from './seen.js';

/** A probe (without credentials), what the host replied, and what was seen of it. */
export interface ProbeResult extends SeenReply {
  probe: Probe;
  /** What the first tries gave, when it took more than one. */
  before: Exchange[];
}

/** A probe that the gate did not let pass. Nothing was sent. */
export interface Withheld {
  withheld: Refusal;
}

export interface AskOptions {
  token: Identity;
  repeatable: boolean;
  /** An Authorization value of its own; with the token `none`. */
  authorization?: string | undefined;
  /** With the scheme of the target's credentials in small letters. */
  smallScheme?: true;
  /** The most that the request is meant to do. Default: nothing. */
  atMost?: Effect;
  /** What it is sent for. Default: what its role says. */
  kind?: BudgetKind;
  /** Asked also when the run has been stopped: to remove what it created. */
  evenWhenStopped?: boolean;
}

/** Asks one target through its session, and keeps what may be kept. */
export interface Conversation {
  ask: (probe: Probe, options: AskOptions) => Promise<ProbeResult | Withheld>;
  close: () => Promise<void>;
}

const KIND_OF: Record<Role, BudgetKind> = {
  operation: 'operations',
  control: 'controls',
  variant: 'spellings',
};

/**
 * Opens a conversation. Only answers of one conversation can be compared as a whole.
 * @param onHeard called with every reply, also with those after which a request was repeated
 */
export function converse(
  session: Session,
  redaction: Redaction,
  chance: Chance,
  onHeard: (probe: Probe, token: Identity, heard: SeenReply) => void = () => undefined,
): Conversation {
  const digestOf = createAnswerDigest(chance(16));
  return {
    ask: async (
      probe,
      { token, repeatable, atMost = 'none', kind, authorization, smallScheme, evenWhenStopped = false },
    ) => {
      const came = await session.ask({
        request: probe.request,
        operation: probe.operation,
        identity: token,
        ...(authorization === undefined ? {} : { authorization }),
        ...(smallScheme ? { smallScheme } : {}),
        kind: kind ?? KIND_OF[probe.role],
        atMost,
        repeatable,
        evenWhenStopped,
      });
      if (!came.sent) return { withheld: came.refusal };
      const keep = ({ request, reply }: { request: HttpRequest; reply: Reply }): SeenReply => {
        const heard = {
          reply,
          exchange: record({ ...probe, request }, reply, redaction),
          digest: digestOf(request, reply),
          redirect: redirectOf(request, reply),
        };
        onHeard(probe, token, heard);
        return heard;
      };
      const before = came.before.map((one) => keep(one).exchange);
      return { probe, ...keep(came), before };
    },
    close: () => session.close(),
  };
}

/** A conversation that is only opened when something is asked in it. */
export function whenNeeded(open: () => Conversation): Conversation {
  let opened: Conversation | undefined;
  return {
    ask: (probe, options) => (opened ??= open()).ask(probe, options),
    close: async () => opened?.close(),
  };
}

/** The exchange of a probe that was sent; undefined for one that was withheld. */
export function exchangeOf(came: ProbeResult | Withheld): Exchange | undefined {
  return 'withheld' in came ? undefined : came.exchange;
}
