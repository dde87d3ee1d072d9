import { IDEMPOTENT_METHODS, SAFE_METHODS } from '../contract/methods.js';
import type { Probe } from '../probe/build.js';
import type { BudgetKind } from '../session/budget.js';
import { rank, type Refusal } from '../session/gate.js';
import type { Effect, Identity } from '../session/effect.js';
import type { Conversation } from './conversation.js';
import type { SeenReply } from './seen.js';
import { createTurns } from './turns.js';

/** A request that a member of a family wants to be sent. */
export interface Ask {
  probe: Probe;
  token: Identity;
  /** An Authorization value of its own; with the token `none`. */
  authorization?: string;
  /** With the scheme of the target's credentials in small letters: `bearer`. */
  smallScheme?: true;
  /** Whom it is asked of. Default: the host in question. */
  of?: Conversation;
  /** Sent even where the same has been sent before: what came then may have changed since. */
  fresh?: true;
}

/** That something is not for its subject. */
export class NotApplicable {
  constructor(readonly why: string) {}
}

/**
 * A member of a family of questions, such as the controls: a plain function that yields the requests that it wants and
 * is given the answers. It sends nothing itself.
 */
export interface Driven<Subject, Result> {
  id: string;
  /** The most that it asks, and the most that a request of it could do. */
  asks: { atMost: number; effect: Effect };
  run: (subject: Subject) => Generator<Ask, Result | NotApplicable, SeenReply>;
}

/** An answer, and the request that it was given to. */
export interface Given extends SeenReply {
  ask: Ask;
}

/** What came of one member. Whatever is not `done` has found out nothing. */
export type DriveResult<Result> =
  | { kind: 'done'; result: Result; seen: Given[] }
  | { kind: 'not-applicable'; why: string; seen: Given[] }
  | { kind: 'not-done'; why: Refusal | { code: 'stopped' }; seen: Given[] };

/** Runs members of families, and is the only one that asks for them. */
export interface Driver {
  drive: <Subject, Result>(member: Driven<Subject, Result>, subject: Subject) => Promise<DriveResult<Result>>;
}

/**
 * A driver. Members that want the same request share its answer: it is sent once.
 * @param kind what the requests are sent for. Default: what their role says
 */
export function createDriver(conversation: Conversation, signal: AbortSignal, kind?: BudgetKind): Driver {
  const turns = createTurns();
  const numbers = new Map<Conversation, number>();
  const sent = new Map<string, Promise<SeenReply | Refusal>>();
  const numberOf = (of: Conversation): number => {
    const number = numbers.get(of) ?? numbers.size;
    numbers.set(of, number);
    return number;
  };
  const send = async (
    { probe, token, authorization, smallScheme, of = conversation }: Ask,
    atMost: Effect,
  ) => {
    const repeatable = token !== 'invalid' || IDEMPOTENT_METHODS.has(probe.request.method);
    const came = await of.ask(probe, {
      ...{ token, authorization, repeatable, atMost },
      ...(smallScheme ? { smallScheme } : {}),
      ...(kind === undefined ? {} : { kind }),
    });
    return 'withheld' in came ? came.withheld : came;
  };
  const once = (ask: Ask, atMost: Effect): Promise<SeenReply | Refusal> => {
    const { method, url, body = '', headers } = ask.probe.request;
    const key = JSON.stringify([
      ...[numberOf(ask.of ?? conversation), method, url, body, headers],
      ...[ask.token, ask.authorization ?? '', ask.smallScheme ?? ''],
    ]);
    // What could change something is never on its way together with what could see it.
    const inTurn = atMost === 'none' || SAFE_METHODS.has(method) ? turns.together : turns.alone;
    const known = (ask.fresh ? undefined : sent.get(key)) ?? inTurn(() => send(ask, atMost));
    sent.set(key, known);
    return known;
  };
  return {
    drive: async (member, subject) => {
      const seen: Given[] = [];
      const questions = member.run(subject);
      let next = questions.next();
      for (let asked = 0; next.done !== true; asked += 1) {
        if (asked >= member.asks.atMost) {
          throw new Error(`${member.id} asks more than the ${member.asks.atMost} requests that it declares`);
        }
        if (signal.aborted) return { kind: 'not-done', why: { code: 'stopped' }, seen };
        const ask = next.value;
        const { token } = ask;
        // Only credentials that are refused may go with a request that could change something.
        const effect: Effect = token === 'invalid' ? 'route' : 'none';
        const answer = await once(ask, rank(effect) > rank(member.asks.effect) ? member.asks.effect : effect);
        if (!('exchange' in answer)) return { kind: 'not-done', why: answer, seen };
        const { exchange, digest, redirect, reply } = answer;
        // What several share has been asked for each of them.
        const own = { exchange: { ...exchange, ...purposeOf(ask) }, digest, redirect, reply };
        seen.push({ ...own, ask });
        next = questions.next(own);
      }
      return next.value instanceof NotApplicable
        ? { kind: 'not-applicable', why: next.value.why, seen }
        : { kind: 'done', result: next.value, seen };
    },
  };
}

function purposeOf({ probe: { role, purpose } }: Ask) {
  return { role, ...(purpose === undefined ? {} : { purpose }) };
}
