import { rm } from 'node:fs/promises';
import type { Contract } from '../../contract/contract.js';
import type { Operation } from '../../contract/operation.js';
import { fill } from '../../probe/build.js';
import { realWrites } from '../../probe/creations.js';
import { isFrom, type Samples } from '../../probe/samples.js';
import { converse, exchangeOf, type Conversation } from '../../drive/conversation.js';
import { readBack, type ReadBack } from '../../engine/creation.js';
import { journalFolder, readJournals, settleEntry, type Unsettled } from '../../engine/journal.js';
import { readingFor, removalFor, whyNotObeyed } from '../../engine/obey-journal.js';
import { textOf } from '../../engine/created/texts.js';
import { redactionFor } from '../../engine/redaction.js';
import { openSpec } from '../../spec/open.js';
import { readEnvironment } from '../../targets/credentials.js';
import { sitesOf } from '../../targets/addresses.js';
import { findTarget, type Target } from '../../targets/targets.js';
import { isSuccess, type HttpRequest } from '../../targets/reply.js';
import { createBudget, NOTHING } from '../../session/budget.js';
import { openTarget } from '../../session/open.js';
import { IDEMPOTENT_METHODS } from '../../contract/methods.js';
import { operationAt, pathBelow } from '../../contract/operation-at.js';
import type { Signatures } from '../../verdict/signatures.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { located, type Located } from '../../library/serve.js';

interface CleanupOptions extends CommonOptions {
  target?: string | undefined;
  baseUrl?: string | undefined;
  forget?: true | undefined;
}

/** What every journal is settled with. */
interface Settling {
  samples: Samples;
  signatures: Signatures;
  io: Io;
  host: Host;
}

/** What came of one journal. */
interface Settled {
  /** Removed now. */
  removed: number;
  /** Not there any more when it was to be removed. */
  gone: number;
  /** The operations that created what is still there. */
  left: string[];
}

/** @returns 0 when nothing is left, 1 when something is */
export async function cleanup(options: CleanupOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const { hosts, signatures, contract, samples } = await openSpec(options.specDir, [
    'hosts',
    'signatures',
    'contract',
    'samples',
  ]);
  const { targets } = hosts;
  const wanted = options.target === undefined ? undefined : findTarget(targets, options.target).name;
  const left: { target: string; operation: string; file: string }[] = [];
  const skipped: { file: string; why: string }[] = [];
  const skip = (file: string, why: string): void => {
    skipped.push({ file, why });
    io.out(`${file} is skipped: ${why}.`);
  };
  const total = { removed: 0, gone: 0 };
  for (const read of await readJournals(journalFolder(options.out))) {
    if (!read.ok) {
      skip(read.file, read.why);
      continue;
    }
    const { journal } = read;
    if (wanted !== undefined && journal.target !== wanted) continue;
    const target = targets.find(({ name }) => name === journal.target);
    if (!target) {
      skip(journal.file, `there is no target “${journal.target}”`);
      continue;
    }
    const place = located(contract, target, { targets, baseUrl: options.baseUrl });
    if (target.serve !== undefined && journal.passing) {
      io.out(
        `${target.name}: the server that held it ended with its run; nothing is left there, nothing was removed now.`,
      );
      await rm(journal.file, { force: true });
      continue;
    }
    const open: string[] = [];
    for (const part of partsOf(journal)) {
      const settled = await settle(part, target, place, { samples, signatures, io, host });
      total.removed += settled.removed;
      total.gone += settled.gone;
      open.push(...settled.left);
    }
    open.push(...reportUnsendable(journal, options.forget ?? false, io));
    if (open.length === 0) await rm(journal.file, { force: true });
    for (const operation of open) left.push({ target: journal.target, operation, file: journal.file });
  }
  const counts = `${total.removed} removed now${total.gone === 0 ? '' : `, ${total.gone} not there any more`}`;
  const open = left.length + skipped.length;
  io.out(
    open === 0
      ? `Nothing is left behind; ${counts}.`
      : `${left.length} left${skipped.length === 0 ? '' : `, ${skipped.length} journals skipped`}; ${counts}. See above.`,
  );
  io.result({ ...total, left, skipped });
  return open === 0 ? 0 : 1;
}

/** Tells what only a person can look for. @returns the operations that stay open */
function reportUnsendable({ target, unknown, unbound }: Unsettled, forget: boolean, io: Io): string[] {
  if (forget) return [];
  for (const { operation, at } of unknown) {
    io.out(
      `${target}: ${operation} was sent at ${at}, and its result is not known. Look for it by hand; then run this again with --forget.`,
    );
  }
  for (const { operation } of unbound) {
    io.out(
      `${target}: what ${operation} created is named in a journal of an older form, which is not obeyed. Remove it by hand; then run this again with --forget.`,
    );
  }
  return [...unknown, ...unbound].map(({ operation }) => operation);
}

/** A journal by the addresses at which things were created, the newest first. */
function partsOf(journal: Unsettled): Unsettled[] {
  const addressOf = ({ removal }: Unsettled['removals'][number]) => removal.baseUrl ?? journal.baseUrl;
  const addresses = new Set(journal.removals.toReversed().map(addressOf));
  return [...addresses].map((baseUrl) => ({
    ...{ ...journal, baseUrl },
    removals: journal.removals.filter((one) => addressOf(one) === baseUrl),
  }));
}

/** Removes what a journal names at one address, after all of it was found to be what the contract knows as a removal. */
async function settle(
  journal: Unsettled,
  target: Target,
  place: Located,
  settling: Settling,
): Promise<Settled> {
  const { io, samples, signatures, host } = settling;
  const { removals, baseUrl } = journal;
  const sites = sitesOf(place.contract, { ...place.target, baseUrl: place.target.baseUrl ?? '' });
  const site = sites.find((one) => one.baseUrl === baseUrl);
  const contract = { ...place.contract, operations: [...(site?.operations ?? [])] };
  const writes = realWrites(contract.operations, samples);
  const address = place.address === undefined ? undefined : (place.target.baseUrl ?? '');
  const refused = whyNotObeyed(journal, { ...target, baseUrl: site?.baseUrl }, address);
  if (refused !== undefined) {
    io.out(`${target.name}: ${journal.file} is not obeyed: ${refused}.`);
    return { removed: 0, gone: 0, left: removals.map(({ operation }) => operation) };
  }
  if (journal.contract !== contract.sha256)
    io.note(`${journal.file} was written with another version of the contract.`);
  const environment = readEnvironment(host.env);
  const left: string[] = [];
  const filling = { contract, samples, environment: { ...environment, ...target.environment } };
  const ready: Ready[] = [];
  // The newest first: what was created later may be on what was created before.
  for (const { entry, operation, removal } of removals.toReversed()) {
    const known = removalFor(removal, operation, baseUrl, {
      operations: contract.operations,
      writes,
    });
    const rest = known && restOf(known.remover, filling);
    if (!known || !rest) {
      io.out(`${target.name}: what ${operation} created is not removed: the contract knows no such removal.`);
      left.push(operation);
      continue;
    }
    const { headers, body } = rest;
    const request = { method: removal.method, url: baseUrl + removal.path, headers, ...body };
    const reading = readingFor(known, removal, contract.operations);
    const read = reading && restOf(reading.operation, filling);
    ready.push({
      ...{ entry, operation, request, remover: known.remover.id, shows: removal.shows ?? [] },
      reading: read && {
        operation: reading.operation.id,
        request: { method: 'GET', url: baseUrl + reading.path + read.query, headers: read.headers },
      },
    });
  }
  if (ready.length === 0) return { removed: 0, gone: 0, left };
  const { secrets } = host;
  const signal = AbortSignal.timeout(10 * 60_000);
  const { session, sites: opened } = openTarget({
    ...{ contract, environment, secrets, signal },
    // A token is asked for at the target's own address, wherever what was created is.
    target: { ...place.target, baseUrl: place.target.baseUrl ?? baseUrl, serve: undefined },
    invented: target.serve !== undefined,
    policy: 'full',
    budget: createBudget({
      ...{ ...NOTHING, controls: ready.length, removal: ready.length, retries: 2 * ready.length, token: 4 },
    }),
    ...host,
  });
  const { created } = opened.find((one) => one.baseUrl === baseUrl) ?? opened[0];
  const conversation = converse(session, redactionFor(signatures, secrets), host.chance);
  const counts = { removed: 0, gone: 0 };
  try {
    for (const one of ready) {
      const { entry, operation, request } = one;
      const proof = await lookAt(one, conversation, baseUrl);
      if (proof === 'not proven') {
        io.out(
          `${target.name}: what ${operation} created is not removed: what is in its place does not show what was sent, so it may be another thing.`,
        );
        left.push(operation);
        continue;
      }
      const probe = {
        operation: one.remover,
        role: 'control',
        purpose: 'removal',
        request,
        shown: baseUrl,
      } as const;
      const repeatable = IDEMPOTENT_METHODS.has(request.method);
      const path = pathBelow(request.url, baseUrl);
      for (const id of operationAt(request.method, path, contract.operations)?.ids ?? []) created.add(id);
      const came = await conversation.ask(probe, {
        token: 'valid',
        repeatable,
        kind: 'removal',
        atMost: 'full',
      });
      const { status, failure } = exchangeOf(came) ?? { status: null, failure: 'it was not sent' };
      const isRemoved = isSuccess(status);
      const wasGone = status === 404 || status === 410;
      if (isRemoved) counts.removed += 1;
      else if (wasGone) counts.gone += 1;
      else left.push(operation);
      if (isRemoved || wasGone) await settleEntry(journal.file, entry);
      const what = isRemoved
        ? 'is removed'
        : wasGone
          ? `was not there any more (${status})`
          : `is still there (${status ?? failure ?? ''})`;
      io.out(`${target.name}: what ${operation} created ${what}.`);
    }
  } finally {
    await conversation.close();
  }
  return { ...counts, left };
}

/** What is known of one thing that is to be removed. */
interface Ready {
  entry: number;
  /** The operation that created it. */
  operation: string;
  request: HttpRequest;
  /** The operation that removes it. */
  remover: string;
  /** Texts of which a read of it shows one. */
  shows: readonly string[];
  /** Undefined where nothing reads it. */
  reading: { operation: string; request: HttpRequest } | undefined;
}

/** Whether a thing is still the one that was created: ids are given again, and journals can be old. */
async function lookAt(
  { reading, shows }: Ready,
  conversation: Conversation,
  baseUrl: string,
): Promise<ReadBack> {
  if (!reading) return 'not readable';
  const { operation, request } = reading;
  const came = await conversation.ask(
    { operation, role: 'control', purpose: 'is it ours', request, shown: baseUrl },
    { token: 'valid', repeatable: true },
  );
  if ('withheld' in came) return 'not proven';
  const { reply } = came;
  return reply.kind === 'answer' ? readBack(reply.status, textOf(reply), shows) : readBack(null, '', shows);
}

/** All of a request but its path; undefined when it holds ids of the run, which nobody knows any more. */
function restOf(
  asked: Operation,
  given: { contract: Contract; samples: Samples; environment: Record<string, string | undefined> },
): { headers: Record<string, string>; query: string; body: Pick<HttpRequest, 'body'> } | undefined {
  if (refers(given.samples.body(asked.id))) return undefined;
  // Only what is not in the path is taken: an invented id goes nowhere.
  const filled = fill(asked, {
    ...given,
    inventIds: true,
    harvested: () => undefined,
    found: () => undefined,
  });
  if (!filled.ok) return undefined;
  return {
    headers: filled.headers,
    query: /\?.*$/.exec(filled.path.sent)?.[0] ?? '',
    body: filled.body === undefined ? {} : { body: filled.body },
  };
}

function refers(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isFrom(value) || Object.values(value).some(refers);
}
