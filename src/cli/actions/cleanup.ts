import { openSpec } from '../../spec/open.js';
import { rm } from 'node:fs/promises';
import { converse, exchangeOf } from '../../run/conversation.js';
import { journalFolder, readJournals, settleEntry, type Unsettled } from '../../run/journal.js';
import { redactionFor } from '../../run/redaction.js';
import { readCredentials, readEnvironment } from '../../target/credentials.js';
import { Secrets } from '../../target/secrets.js';
import { findTarget, type Target } from '../../target/targets.js';
import { createBudget, NOTHING } from '../../session/budget.js';
import { openTarget } from '../../session/open.js';
import type { Contract } from '../../contract/contract.js';
import { operationAt } from '../../contract/operation-at.js';
import { type Signatures } from '../../verdict/signatures.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { checkedAddress } from '../serve.js';

interface CleanupOptions extends CommonOptions {
  target?: string | undefined;
  baseUrl?: string | undefined;
  forget?: true | undefined;
}

/** @returns 0 when nothing is left, 1 when something is */
export async function cleanup(options: CleanupOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const { contract, hosts, signatures } = await openSpec(options.specDir, [
    'contract',
    'hosts',
    'signatures',
  ]);
  const { targets } = hosts;
  const wanted = options.target === undefined ? undefined : findTarget(targets, options.target).name;
  const journals = await readJournals(journalFolder(options.out));
  const left: { target: string; operation: string; file: string }[] = [];
  let removed = 0;
  for (const journal of journals.filter(({ target }) => wanted === undefined || target === wanted)) {
    const target = findTarget(targets, journal.target);
    const address =
      options.baseUrl === undefined ? undefined : checkedAddress(options.baseUrl, target, targets);
    const remaining = await settle(journal, target, address, { contract, signatures }, io, host);
    removed += journal.removals.length - remaining.length;
    const unknown = options.forget ? [] : journal.unknown;
    for (const { operation, at } of unknown) {
      io.out(
        `${journal.target}: ${operation} was sent at ${at}, and what came of it is not known. Look for it by hand; then run this again with --forget.`,
      );
    }
    if (remaining.length + unknown.length === 0) await rm(journal.file, { force: true });
    for (const { operation } of [...remaining, ...unknown])
      left.push({ target: journal.target, operation, file: journal.file });
  }
  io.out(
    left.length === 0 ? `Nothing is left behind; ${removed} removed now.` : `${left.length} left; see above.`,
  );
  io.result({ removed, left });
  return left.length === 0 ? 0 : 1;
}

/** Removes what one journal names. @returns what could not be removed */
async function settle(
  journal: Unsettled,
  target: Target,
  address: string | undefined,
  { contract, signatures }: { contract: Contract; signatures: Signatures },
  io: Io,
  host: Host,
): Promise<Unsettled['removals']> {
  if (journal.removals.length === 0) return [];
  if (target.serve !== undefined && address === undefined) {
    io.out(`${target.name}: the server that held it ended with its run; nothing is left there.`);
    return [];
  }
  const environment = readEnvironment(host.env);
  const secrets = new Secrets();
  const credentials = readCredentials(target, environment, secrets);
  const signal = AbortSignal.timeout(10 * 60_000);
  const baseUrl = address ?? journal.baseUrl;
  const { session, created } = openTarget({
    contract,
    target: { ...target, baseUrl },
    ...{ credentials, secrets, signal },
    policy: 'full',
    budget: createBudget({
      ...NOTHING,
      removal: journal.removals.length,
      retries: journal.removals.length,
      token: 4,
    }),
    ...host,
  });
  const conversation = converse(session, redactionFor(signatures, secrets));
  const remaining: Unsettled['removals'] = [];
  try {
    // The newest first: what was created later may stand on what was created before.
    for (const removal of journal.removals.toReversed()) {
      const { operation, path, entry } = removal;
      const request = { method: 'DELETE', url: baseUrl + path, headers: { accept: 'application/json' } };
      const probe = { operation, role: 'control', purpose: 'removal', request, shown: baseUrl } as const;
      for (const id of operationAt('DELETE', path, contract.operations)?.ids ?? []) created.add(id);
      const exchange = exchangeOf(
        await conversation.ask(probe, { token: 'valid', repeatable: true, kind: 'removal', atMost: 'full' }),
      );
      const { status, failure } = exchange ?? { status: null, failure: 'not sent' };
      const gone = status !== null && ((status >= 200 && status < 300) || status === 404 || status === 410);
      if (gone) await settleEntry(journal.file, entry);
      else remaining.push(removal);
      io.out(
        `${target.name}: what ${operation} created ${gone ? 'is removed' : `is still there (${status ?? failure ?? ''})`}.`,
      );
    }
  } finally {
    await conversation.close();
  }
  return remaining;
}
