import type { Operation } from '../contract/operation.js';
import { readingOf, type RealWrite } from '../probe/creations.js';
import type { Removal } from '../probe/removers.js';
import { fitTemplate, isKeptByUrl, isTakenBefore, segmentsOf } from '../probe/segments.js';
import type { Target } from '../targets/targets.js';
import type { RemovalEntry, Unsettled } from './journal.js';

/**
 * Why a journal is not obeyed, or undefined when it is. It is bound to the address that it was written for: that has to
 * be the target's own, or the one that a person names now, and the target has to allow that things are removed.
 */
export function whyNotObeyed(
  journal: Pick<Unsettled, 'baseUrl'>,
  target: Pick<Target, 'baseUrl' | 'serve' | 'writes'>,
  address: string | undefined,
): string | undefined {
  if (target.writes.unlocked !== 'full') return 'nothing is ever removed on this target';
  if (address !== undefined && address !== journal.baseUrl)
    return 'it was written for another address than the one of --base-url';
  if (address === undefined && (target.serve !== undefined || journal.baseUrl !== target.baseUrl))
    return 'it was written for another address than that of the target; name it with --base-url';
  return undefined;
}

/**
 * The removal that an entry of a journal would ask, when the contract (with what the samples say) knows it as that of
 * what was created: method and path have to fit, with one sane segment for each parameter, and no other operation may
 * take that path. Undefined when the entry asks for something else.
 * @param creation the operation that has created what is to be removed
 */
export function removalFor(
  { method, path, operation }: RemovalEntry,
  creation: string,
  baseUrl: string,
  { operations, writes }: { operations: readonly Operation[]; writes: ReadonlyMap<string, RealWrite> },
): Removal | undefined {
  const removal = writes.get(creation)?.removal;
  const remover = removal?.remover;
  if (remover?.id !== operation || remover.method !== method) return undefined;
  const [bare = '', ...queries] = path.split('?');
  if (queries.length > 1 || path.includes('#')) return undefined;
  if (fitTemplate(remover.path, bare) === undefined || !isKeptByUrl(baseUrl, bare)) return undefined;
  const others = operations.filter((other) => other.method === method).map((other) => other.path);
  return isTakenBefore(remover.path, bare, others) ? undefined : removal;
}

/**
 * The operation that reads the thing of a removal, and the path under which it is there. Undefined where nothing
 * reads it.
 */
export function readingFor(
  { remover, id }: Removal,
  { path }: Pick<RemovalEntry, 'path'>,
  operations: readonly Operation[],
): { operation: Operation; path: string } | undefined {
  const operation = readingOf(remover.path, id, operations);
  if (!operation) return undefined;
  // Its path is that of the remover, or begins it.
  const segments = segmentsOf(path.replace(/\?.*$/, '')).slice(0, segmentsOf(operation.path).length);
  return { operation, path: `/${segments.join('/')}${operation.path.endsWith('/') ? '/' : ''}` };
}
