import type { Clock } from '../clock.js';
import { record, type Redaction } from '../exchange/record.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Probe } from '../probe/build.js';
import { createPace } from '../target/pace.js';
import { header, type HttpRequest, type Reply } from '../target/reply.js';
import { createSender, type Sender } from '../target/send.js';
import type { Target } from '../target/targets.js';
import type { TokenSource } from '../target/token.js';
import type { TokenUsed } from '../verdict/question.js';

/** A probe, what the host replied, and what may be kept of both. */
export interface Asked {
  probe: Probe;
  reply: Reply;
  exchange: Exchange;
  /** What the first tries gave, when it took more than one. */
  before: Exchange[];
}

/** Asks one target: with its pace, its token, and patience where that is safe. */
export interface Conversation {
  ask: (
    probe: Probe,
    options: {
      token: TokenUsed;
      repeatable: boolean;
      /** Asked also when the run has been stopped: to remove what it created. */
      evenWhenStopped?: boolean;
    },
  ) => Promise<Asked>;
  /** Without pace and token: for the token endpoint itself. */
  sendPlain: (request: HttpRequest, signal?: AbortSignal) => Promise<Reply>;
  close: () => Promise<void>;
}

/** Sent where a token has to be refused. No host can have issued it. */
const INVALID_TOKEN = 'conform-deliberately-invalid-token';

const PATIENCE = { throttled: 3, broken: 1, longestWaitMs: 30_000 };

export function converse(options: {
  target: Target;
  redaction: Redaction;
  signal: AbortSignal;
  tokens: () => TokenSource;
  clock: Clock;
  /** What requests go out by. Default: HTTP. */
  sender?: Sender;
}): Conversation {
  const { target, redaction, signal, clock, sender = createSender(target, clock) } = options;
  const pace = createPace(target.requestsPerSecond, clock);

  const inTurn = async (request: HttpRequest, signal: AbortSignal): Promise<Reply> => {
    try {
      await pace.turn(signal);
    } catch {
      return { kind: 'silence', at: clock.now(), durationMs: 0, code: 'ABORTED', phase: 'aborted' };
    }
    return sender.send(request, signal);
  };
  const once = async (
    probe: Probe,
    token: TokenUsed,
    signal: AbortSignal,
  ): Promise<{ reply: Reply; probe: Probe }> => {
    const authorization = await authorizationFor(target, token, options.tokens, signal);
    const headers = { ...probe.request.headers, ...(authorization === undefined ? {} : { authorization }) };
    const sent = { ...probe, request: { ...probe.request, headers } };
    return { reply: await inTurn(sent.request, signal), probe: sent };
  };

  return {
    ask: async (probe, { token, repeatable, evenWhenStopped = false }) => {
      const until = evenWhenStopped ? AbortSignal.timeout(PATIENCE.longestWaitMs) : signal;
      const before: Exchange[] = [];
      const tries = { throttled: 0, broken: 0 };
      let renewed = false;
      for (;;) {
        const { reply, probe: sent } = await once(probe, token, until);
        if (!renewed && reply.kind === 'answer' && reply.status === 401) {
          // A token that ran out while the request waited or travelled is refused before anything is done with
          // the request, and that tells nothing of the operation.
          const now = await authorizationFor(target, token, options.tokens, until);
          renewed = now !== sent.request.headers.authorization;
          if (renewed) continue;
        }
        const exchange = record(sent, reply, redaction);
        const wait = repeatable ? waitBeforeRetry(reply, tries, clock) : undefined;
        if (wait === undefined || signal.aborted) return { probe: sent, reply, exchange, before };
        before.push(exchange);
        if (reply.kind === 'answer' && reply.status === 429) pace.pause(wait);
        else await clock.sleep(wait, signal).catch(() => undefined);
      }
    },
    sendPlain: (request, own) => inTurn(request, own ?? signal),
    close: () => sender.close(),
  };
}

async function authorizationFor(
  target: Target,
  token: TokenUsed,
  tokens: () => TokenSource,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (token === 'none') return undefined;
  const template = target.authorization;
  if (token === 'invalid') return withInvalidToken(template);
  if (!target.oauth) return template;
  return template.replace('{token}', (await tokens().get(signal)) ?? INVALID_TOKEN);
}

/** Of a value that is fixed only the scheme is kept: what comes after it is a good token. */
function withInvalidToken(template: string): string {
  if (template.includes('{token}')) return template.replace('{token}', INVALID_TOKEN);
  return template.replace(/\S+$/, INVALID_TOKEN);
}

/** How long to wait before a safe request is repeated, or undefined when its reply stands. */
function waitBeforeRetry(
  reply: Reply,
  tries: { throttled: number; broken: number },
  clock: Clock,
): number | undefined {
  if (reply.kind === 'answer' && reply.status === 429) {
    tries.throttled += 1;
    if (tries.throttled > PATIENCE.throttled) return undefined;
    return Math.min(
      retryAfterMs(header(reply, 'retry-after'), clock) ?? 1000 * tries.throttled,
      PATIENCE.longestWaitMs,
    );
  }
  const passing =
    reply.kind === 'silence'
      ? ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'].includes(reply.code)
      : [502, 503, 504].includes(reply.status) || reply.incomplete === 'cut off';
  if (!passing) return undefined;
  tries.broken += 1;
  return tries.broken > PATIENCE.broken ? undefined : 200;
}

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfterMs(value: string | undefined, clock: Clock): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now().getTime());
}
