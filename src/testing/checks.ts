import { createDriver, type Ask } from '../drive/drive.js';
import { remembering } from '../drive/remember.js';
import type { SeenReply } from '../drive/seen.js';
import { createPseudonyms } from '../exchange/pseudonyms.js';
import type { Broken, Check } from '../checks/check.js';
import { isOfNote } from '../checks/of-note.js';
import type { StatedLists } from '../checks/stated/lists.js';
import { subjectOf, type Subject } from '../checks/subject.js';
import { createAbsentIds } from '../session/absent-ids.js';
import type { Identity } from '../session/effect.js';
import type { Answer, NoAnswer } from '../targets/reply.js';
import type { OtherCaller } from '../targets/targets.js';
import { systemChance } from '../chance.js';
import { contractOf, converseWith, type Sent } from './host.js';
import { isWhole } from './life.js';

/** A host for a check: the paths of its contract, what was asked of it, and how it answers. */
export interface CheckedHost {
  /** The Paths Object in YAML. */
  paths: string;
  /** The operation that the check is about: `GET /things`. */
  operation: string;
  /** The path and query of the request that the run has sent of it. Default: the path of the operation. */
  path?: string;
  /** What its addresses begin with. Default: a name, over TLS. */
  base?: string;
  /** Headers of that request, besides the one for JSON. */
  headers?: Record<string, string>;
  /** Whether the operation asks for credentials. Default: it does. */
  secured?: boolean;
  /** The token that it was asked with. Default: the good one, where the operation asks for credentials. */
  token?: Identity;
  /** The other callers that the target names. Default: none. */
  callers?: readonly OtherCaller[];
  /**
   * Other reads that have worked in the same run: their operations, the paths that were asked, and the token where it was
   * another one.
   */
  others?: readonly { operation: string; path: string; token?: Identity }[];
  /** What somebody has stated of its lists. */
  lists?: StatedLists;
  /** What somebody has stated of how long a read may take. */
  latencyLimitOf?: (operation: string) => number | undefined;
  /** How often the check is run, as if others had asked the same before. What is given is what came of the last time. */
  times?: number;
  host: (sent: Sent) => Answer | NoAnswer;
}

const BASE = 'https://api.shop.example';

/** What came of a check. */
export interface Came {
  /** `passed`, `inconclusive`, `not-applicable`, or the codes of what is broken, joined by a comma. */
  gives: string;
  /** Why it is not known, or not asked. */
  why: string | undefined;
  broken: readonly Broken[];
  /** One for each of what is broken. */
  messages: string[];
  calls: string[];
  sent: readonly Sent[];
}

/** A read as a check is given it, and the conversation with its host. */
export async function subjectOn({
  paths,
  operation,
  path,
  base = BASE,
  headers,
  secured = true,
  token = secured ? 'valid' : 'none',
  callers = [],
  others = [],
  lists,
  latencyLimitOf,
  host,
}: CheckedHost) {
  const contract = contractOf(paths, secured ? undefined : '[]');
  const conversation = remembering(converseWith(host), isOfNote);
  const reads = new Map<string, Subject>();
  const shared = {
    contract,
    absent: createAbsentIds(systemChance),
    chance: systemChance,
    pseudonyms: createPseudonyms(),
    takesCredentials: () => secured,
    whyNotAs: (caller: OtherCaller) => (callers.includes(caller) ? undefined : 'nobody has named one'),
    reads,
    past: conversation.past,
    ...(lists ? { lists } : {}),
    ...(latencyLimitOf ? { latencyLimitOf } : {}),
  };
  const ask = async (id: string, at: string | undefined, as: Identity): Promise<Subject> => {
    const found = contract.operations.find((one) => one.id === id);
    if (!found) throw new Error(`there is no ${id}`);
    const url = base + (at ?? found.path);
    const body = found.method === 'POST' ? { body: '{}' } : {};
    const probe = {
      ...{ operation: id, role: 'operation' as const, shown: url },
      request: { method: found.method, url, headers: { accept: 'application/json', ...headers }, ...body },
    };
    const own = await conversation.ask(probe, { token: as, repeatable: true });
    if ('withheld' in own || own.reply.kind !== 'answer') throw new Error('the host did not answer');
    return subjectOf({ operation: found, probe, token: as }, { ...own, reply: own.reply }, shared);
  };
  const subject = await ask(operation, path, token);
  reads.set(operation, subject);
  for (const other of others)
    reads.set(other.operation, await ask(other.operation, other.path, other.token ?? token));
  return { subject, conversation };
}

/** What a function that asks questions of a read gives, and what it has asked; undefined where it was not done. */
export async function resultOn<Result>(
  run: (subject: Subject) => Generator<Ask, Result, SeenReply>,
  given: CheckedHost,
) {
  const { subject, conversation } = await subjectOn(given);
  conversation.sent.length = 0;
  const driven = { id: 'a question', asks: { atMost: 50, effect: 'none' as const }, run };
  const came = await createDriver(conversation, new AbortController().signal, 'checks').drive(
    driven,
    subject,
  );
  return { result: came.kind === 'done' ? came.result : undefined, calls: conversation.calls() };
}

/** Runs a check on a host: what it makes of it, and what it has asked. */
export async function checkOn(check: Check, given: CheckedHost): Promise<Came> {
  const { subject, conversation } = await subjectOn(given);
  const driver = createDriver(conversation, new AbortController().signal, 'checks');
  const driven = { id: check.id, asks: { atMost: check.asks.atMost, effect: 'none' as const } };
  const once = async () => {
    conversation.sent.length = 0;
    return await driver.drive({ ...driven, run: (one: typeof subject) => check.run(one) }, subject);
  };
  let came = await once();
  for (let time = 1; time < (given.times ?? 1); time += 1) came = await once();
  if (conversation.sent.some(({ purpose }) => !purpose)) throw new Error('a request is for no purpose');
  const nothing = { broken: [], messages: [], calls: conversation.calls(), sent: conversation.sent };
  if (came.kind === 'not-done') return { ...nothing, gives: came.kind, why: came.why.code };
  if (came.kind === 'not-applicable') return { ...nothing, gives: came.kind, why: came.why };
  const { result } = came;
  if (result.kind !== 'failed')
    return { ...nothing, gives: result.kind, why: result.kind === 'inconclusive' ? result.why : undefined };
  const { broken } = result;
  const messages = broken.map(({ code, facts }) => check.messages[code]?.(facts) ?? '');
  if (!messages.every(isWhole)) throw new Error(`no whole sentence: ${messages.join(', ')}`);
  return { ...nothing, gives: broken.map(({ code }) => code).join(', '), why: undefined, broken, messages };
}
