import type { Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { addToGroup } from '../../groups.js';
import type { Probe } from '../../probe/build.js';
import type { Identity } from '../../session/effect.js';
import { isSuccess } from '../../targets/reply.js';
import { inconclusive, passed, type Broken } from '../check.js';
import { hostCheck } from '../host-check.js';
import { count, status } from '../fact.js';

/** A request that cannot succeed, since the contract forbids its body, of an operation that writes. */
export interface Write {
  operation: string;
  probe: Probe;
  /** The scopes that the contract asks for. */
  scopes: readonly string[];
}

/** What a caller who may only read is tried with. */
export interface ReaderTrial {
  /** A read that works with our credentials. */
  read: Probe;
  writes: readonly Write[];
}

/** So many operations are tried. */
export const MOST_WRITES = 10;

interface Tried {
  write: Write;
  heard: SeenReply;
}

export const scopeHolds = hostCheck<ReaderTrial, 'scope-ignored' | 'rights-ignored'>({
  id: 'auth/scope-holds',
  promise: 'Who may only read does not write.',
  source: { kind: 'contract', ref: 'the scopes of the operation, and the caller “reader” of targets.yaml' },
  since: '0.2.0',
  severity: 'error',
  // Where the contract names no scopes, some writes may be meant for everybody.
  warnings: ['rights-ignored'],
  asks: { atMost: 1 + 2 * MOST_WRITES },
  messages: {
    'scope-ignored': ({ came, refused, others }) =>
      `it answers ${came} to a reader whose token lacks the scope, as to us, where ${others} other writes of that scope answer ${refused}: it does not look at the scope`,
    'rights-ignored': ({ came, refused, others }) =>
      `it answers ${came} to a caller who may only read, as to us, where ${others} other writes answer ${refused}: it does not look at the rights of the token`,
  },
  *run({ read, writes }) {
    const known = yield { probe: read, token: 'reader' };
    if (known.reply.kind !== 'answer' || !isSuccess(known.reply.status))
      return inconclusive('the caller who may only read could not read');
    const groups = new Map<string, Tried[]>();
    for (const write of writes.slice(0, MOST_WRITES)) {
      const tried = { write, heard: yield asked(write, 'reader') };
      addToGroup(groups, JSON.stringify([...write.scopes].sort()), tried);
    }
    const all = [...groups.values()].flat();
    if (!all.some(isRefused))
      return inconclusive('it refuses a reader at no write: it may look at bodies before it looks at rights');
    const broken: Broken<'scope-ignored' | 'rights-ignored'>[] = [];
    for (const group of groups.values()) broken.push(...(yield* brokenIn(group)));
    if (broken.length > 0) return { kind: 'failed', broken };
    return all.every(isRefused)
      ? passed
      : inconclusive(
          'not every write refuses a reader, and it is not known which of them looks at rights first',
        );
  },
});

function asked({ probe }: Write, token: Identity): Ask {
  return { probe, token };
}

function isRefused({ heard: { exchange } }: Tried): boolean {
  return exchange.status === 401 || exchange.status === 403;
}

/** Whether the host has looked at the body, and may not have looked at who sends it. */
function isTaken({ heard: { exchange } }: Tried): boolean {
  return exchange.status !== null && (isSuccess(exchange.status) || isAboutBody(exchange.status));
}

function isAboutBody(code: number | null): boolean {
  return code === 400 || code === 422;
}

/**
 * Those of a group of writes that ask for the same scopes which take what the others refuse. The others have to be as
 * many at least, and one of them has to look at the body when we ask: then the host looks at rights first.
 */
function* brokenIn(
  group: readonly Tried[],
): Generator<Ask, Broken<'scope-ignored' | 'rights-ignored'>[], SeenReply> {
  const refused = group.filter(isRefused);
  const taken = group.filter(isTaken);
  if (taken.length === 0 || refused.length < taken.length) return [];
  const first = yield* firstThatLooks(refused);
  if (!first) return [];
  const broken: Broken<'scope-ignored' | 'rights-ignored'>[] = [];
  for (const { write, heard } of taken) {
    const seen = [first.heard, heard];
    if (!isSuccess(heard.exchange.status ?? 0)) {
      const ours = yield asked(write, 'valid');
      const isAlike =
        ours.exchange.status === heard.exchange.status && ours.digest.loose === heard.digest.loose;
      if (!isAlike) continue;
      seen.push(ours);
    }
    broken.push({
      code: write.scopes.length > 0 ? 'scope-ignored' : 'rights-ignored',
      facts: {
        came: status(heard.exchange.status),
        refused: status(first.heard.exchange.status),
        others: count(refused.length),
      },
      at: { operation: write.operation, seen },
    });
  }
  return broken;
}

function* firstThatLooks(refused: readonly Tried[]): Generator<Ask, Tried | undefined, SeenReply> {
  for (const one of refused) {
    const { exchange } = yield asked(one.write, 'valid');
    if (isAboutBody(exchange.status)) return one;
  }
  return undefined;
}
