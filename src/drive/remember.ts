import type { Identity } from '../session/effect.js';
import type { Answer } from '../targets/reply.js';
import type { ProbeResult, Conversation } from './conversation.js';

/** An answer that came in a conversation, and with which credentials it was asked for. */
export interface Remembered extends ProbeResult {
  reply: Answer;
  token: Identity;
}

/** So many answers of one status are remembered: more of them say nothing new. */
const MOST_OF_STATUS = 20;

/**
 * A conversation that remembers what came in it, whoever has asked for what reason: what a host says seldom need not be
 * asked for again.
 * @param isWanted which answers; all others are forgotten at once
 */
export function remembering<Own extends Conversation>(
  conversation: Own,
  isWanted: (came: ProbeResult & { reply: Answer }) => boolean,
): Own & { past: () => readonly Remembered[] } {
  const byStatus = new Map<number, Remembered[]>();
  return {
    ...conversation,
    ask: async (probe, options) => {
      const came = await conversation.ask(probe, options);
      if ('withheld' in came || came.reply.kind !== 'answer') return came;
      const answered = { ...came, reply: came.reply };
      const known = byStatus.get(came.reply.status) ?? [];
      byStatus.set(came.reply.status, known);
      if (known.length < MOST_OF_STATUS && isWanted(answered))
        known.push({ ...answered, token: options.token });
      return came;
    },
    past: () => [...byStatus.values()].flat(),
  };
}
