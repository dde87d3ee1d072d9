import { createDriver } from '../drive/drive.js';
import { createPseudonyms } from '../exchange/pseudonyms.js';
import type { Check } from '../checks/check.js';
import { subjectOf } from '../checks/subject.js';
import { createAbsentIds } from '../session/absent-ids.js';
import type { Answer, Silence } from '../target/reply.js';
import type { OtherCaller } from '../target/targets.js';
import { systemChance } from '../chance.js';
import { contractOf, converseWith, type Sent } from './host.js';

/** A host for a check: the paths of its contract, what was asked of it, and how it answers. */
export interface CheckedHost {
  /** The Paths Object in YAML. */
  paths: string;
  /** The operation that the check is about: `GET /things`. */
  operation: string;
  /** The path and query of the request that the run has sent of it. Default: the path of the operation. */
  path?: string;
  /** Headers of that request, besides the one for JSON. */
  headers?: Record<string, string>;
  /** Whether the operation asks for credentials. Default: it does. */
  secured?: boolean;
  /** The other callers that the target names. Default: none. */
  callers?: readonly OtherCaller[];
  host: (sent: Sent) => Answer | Silence;
}

const BASE = 'https://api.shop.example';

/**
 * What a check makes of a host: `passed`, `inconclusive`, `not-applicable`, or the codes of what is broken, joined by a
 * comma; and what it has asked.
 */
export async function checkOn(
  check: Check,
  { paths, operation: id, path, headers, secured = true, callers = [], host }: CheckedHost,
): Promise<{ gives: string; calls: string[]; messages: string[] }> {
  const contract = contractOf(paths, secured ? undefined : '[]');
  const operation = contract.operations.find((one) => one.id === id);
  if (!operation) throw new Error(`there is no ${id}`);
  const conversation = converseWith(host);
  const url = BASE + (path ?? operation.path);
  const body = operation.method === 'POST' ? { body: '{}' } : {};
  const probe = {
    ...{ operation: id, role: 'operation' as const, shown: url },
    request: { method: operation.method, url, headers: { accept: 'application/json', ...headers }, ...body },
  };
  const token = secured ? 'valid' : 'none';
  const own = await conversation.ask(probe, { token, repeatable: true });
  if ('withheld' in own || own.reply.kind !== 'answer') throw new Error('the host did not answer');
  const shared = {
    contract,
    absent: createAbsentIds(systemChance),
    chance: systemChance,
    pseudonyms: createPseudonyms(),
    takesCredentials: () => secured,
    whyNotAs: (caller: OtherCaller) => (callers.includes(caller) ? undefined : 'nobody has named one'),
  };
  const subject = subjectOf({ operation, probe, token }, { ...own, reply: own.reply }, shared);
  conversation.sent.length = 0;
  const driver = createDriver(conversation, new AbortController().signal, 'checks');
  const driven = { id: check.id, asks: { atMost: check.asks.atMost, effect: 'none' as const } };
  const came = await driver.drive({ ...driven, run: (one: typeof subject) => check.run(one) }, subject);
  const calls = conversation.calls();
  if (came.kind !== 'done') return { gives: came.kind, calls, messages: [] };
  if (came.result.kind !== 'failed') return { gives: came.result.kind, calls, messages: [] };
  const { broken } = came.result;
  return {
    gives: broken.map(({ code }) => code).join(', '),
    calls,
    messages: broken.map(({ code, facts }) => check.messages[code]?.(facts) ?? ''),
  };
}
