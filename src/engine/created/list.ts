import type { Operation } from '../../contract/operation.js';
import type { SeenReply } from '../../drive/seen.js';
import { jsonOf } from '../../exchange/record.js';
import type { Json } from '../../json.js';
import { fill, type Fillers, type Probe } from '../../probe/build.js';
import { listingOf } from '../../probe/creations.js';
import { isSuccess } from '../../targets/reply.js';
import type { Asking } from '../observation.js';
import { sameName, shownAs, valuesOf } from './path-values.js';

/** What a collection holds, as far as it could be listed. */
export interface Listed {
  /** What was asked. */
  probe: Probe;
  heard: SeenReply;
  /** Undefined where the listing failed. */
  body: Json | undefined;
}

/** Asks what lists the things of a collection. */
export async function list(
  { request }: Pick<Probe, 'request'>,
  { operation, fillers, purpose }: { operation: Operation; fillers: Fillers; purpose: string },
  asking: Asking,
): Promise<Listed | undefined> {
  const removal = asking.writes.get(operation.id)?.removal;
  const listing = listingOf(operation, removal, asking.contract.operations);
  if (!listing) return undefined;
  const values = valuesOf(request, operation, asking);
  const filled = fill(listing, {
    ...fillers,
    harvested: (_, parameter) => {
      const sent = values?.get(sameName(listing, operation, parameter) ?? '');
      return sent === undefined ? undefined : shownAs(sent, parameter, [], asking);
    },
  });
  if (!filled.ok || filled.path.sent.includes('{')) return undefined;
  const { baseUrl } = asking.target;
  const came = await asking.conversation.ask(
    {
      operation: listing.id,
      role: 'control',
      purpose,
      request: { method: 'GET', url: baseUrl + filled.path.sent, headers: filled.headers },
      shown: baseUrl + filled.path.shown,
    },
    { token: 'valid', repeatable: true },
  );
  if ('withheld' in came) return undefined;
  const { reply } = came;
  return {
    probe: came.probe,
    heard: came,
    body: reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined,
  };
}
