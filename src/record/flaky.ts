import { isSuccess } from '../targets/reply.js';
import type { Capability } from './run.js';

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
