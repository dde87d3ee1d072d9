import { isServerFault } from '../checks/input/server-fault.js';
import type { Asked, Withheld } from '../drive/conversation.js';
import { isSuccess } from '../target/reply.js';
import type { Capability } from './run.js';

/**
 * Asks once more what has failed with an error of the server: what then works is flaky, and not broken. What fails again is
 * left with its first answer.
 */
export async function askedAgain(came: Asked, again: () => Promise<Asked | Withheld>): Promise<Asked> {
  if (!isServerFault(came.exchange.status)) return came;
  const second = await again();
  if ('withheld' in second || !isSuccess(second.exchange.status)) return came;
  return { ...second, before: [...came.before, came.exchange, ...second.before] };
}

/** The failures that came before an operation worked in the same run: statuses, or why no answer came. */
export function failuresBefore({ exchanges }: Pick<Capability, 'exchanges'>): string[] {
  const own = exchanges.filter(({ role }) => role === 'operation');
  if (!isSuccess(own.at(-1)?.status ?? null)) return [];
  return own
    .slice(0, -1)
    .flatMap(({ status, failure }) =>
      status === null || status >= 500 || failure !== undefined ? [failure ?? String(status)] : [],
    );
}
