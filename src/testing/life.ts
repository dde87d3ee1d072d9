import { NOT_TRIED, emptyLife, type Life, type LifeCheck } from '../checks/life.js';
import { NotApplicable } from '../drive/drive.js';
import type { SeenReply } from '../drive/seen.js';
import type { JsonObject } from '../json.js';
import { contractOf, exchangeOf, seenOf } from './host.js';
import { BOATS } from './keeper.js';

const contract = contractOf(BOATS);

function operation(id: string) {
  const found = contract.operations.find((one) => one.id === id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
}

/** An answer with a status. */
export function heard(status: number | null): SeenReply {
  return seenOf(exchangeOf({ status }));
}

/** The record that a life is about. */
export const BOAT: JsonObject = { id: 'k1', name: 'Gull', length: 9, marks: ['a'], call: '5550142' };

/** A life in which everything went well and nothing further was tried. */
export function lifeOf(given: Partial<Life> = {}): Life {
  return {
    creation: operation('POST /boats'),
    reading: operation('GET /boats/{boat_id}'),
    remover: operation('DELETE /boats/{boat_id}'),
    declared: new Set(['id', 'name', 'length', 'marks', 'call']),
    created: { sent: { name: 'Gull', length: 9, marks: ['a'], call: '555-0142' }, heard: heard(201) },
    read: { heard: heard(200), record: BOAT },
    defaults: new Map(),
    ...emptyLife(),
    ...given,
  };
}

/** A change that went well. */
export function changedOf(
  method: 'PUT' | 'PATCH',
  given: Partial<Life['changes'][0]> = {},
): Life['changes'][0] {
  return {
    operation: operation(`${method} /boats/{boat_id}`),
    before: BOAT,
    readBefore: heard(200),
    came: { sent: { length: 10 }, heard: heard(200) },
    after: { heard: heard(200), record: { ...BOAT, length: 10 } },
    ...NOT_TRIED,
    ...given,
  };
}

/** What a check makes of a life, or of the change in it: its result, or the codes of what is broken. */
export function judgedBy(check: LifeCheck, life: Life): string {
  const [change] = life.changes;
  if (check.of === 'change' && !change) throw new Error('the life has no change');
  const result = check.of === 'change' && change ? check.judge(change, life) : judgeWhole(check, life);
  if ('why' in result && !isWhole(result.why)) throw new Error('it does not say why');
  if (result instanceof NotApplicable) return 'not-applicable';
  if (result.kind !== 'failed') return result.kind;
  for (const { code, facts } of result.broken)
    if (!isWhole(check.messages[code]?.(facts))) throw new Error(`no whole sentence for ${code}`);
  // Whoever reads the finding wants to see what came.
  if (result.at?.length === 0) throw new Error('no answer shows it');
  return result.broken.map(({ code }) => code).join(', ');
}

/** Whether a sentence has all that it speaks of. */
export function isWhole(sentence: string | undefined): boolean {
  return sentence !== undefined && sentence !== '' && !/undefined|null/.test(sentence);
}

function judgeWhole(check: LifeCheck, life: Life) {
  if (check.of === 'change') throw new Error('it is about a change');
  return check.judge(life);
}
