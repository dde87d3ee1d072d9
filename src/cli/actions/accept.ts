import { openFolder, openRecords, type Records } from '../../artefact/folder.js';
import { parseTypedDocument } from '../../document/read.js';
import { author } from '../../author.js';
import { accept as acceptRun, type Acceptance, type Accepted } from '../../drift/accept.js';
import { Problem } from '../../problem.js';
import { changedSince, logged } from '../../record/acceptance-log.js';
import { acceptanceLogName, ExpectedFile, expectedName, readExpectedFile } from '../../record/expected.js';
import type { Capability, Run } from '../../record/run.js';
import { latestName, readNamedRun, readRecordedRun } from '../../record/store.js';
import { provedAnything } from '../../record/success.js';
import type { Host } from '../host.js';
import { createIo, type Io } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { findLayers } from '../../spec/find.js';

export interface AcceptOptions extends KeptOptions {
  run?: string | undefined;
  target?: string | undefined;
  only?: string[] | undefined;
  reason?: string | undefined;
  owner?: string | undefined;
  until?: string | undefined;
  ticket?: string | undefined;
  by?: string | undefined;
}

/** Writes what a run shows as the new expectation. @returns the exit code */
export async function accept(options: AcceptOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const { own: specDir } = findLayers(options.specDir);
  await using kept = await openKept(options, host);
  const run = await runOf(options, kept);
  if (options.target !== undefined && run.target !== options.target) {
    throw new Problem(
      'CONFORM_E_OPTION_CONFLICT',
      `the run ${run.id} is of “${run.target}”, not of “${options.target}”`,
      {
        remedy: 'Give --run or --target, not both.',
      },
    );
  }
  checkUsable(run);
  const by = options.by ?? author();
  const at = host.clock.now().toISOString();
  const acceptance = acceptanceOf(options, run, { by, on: at.slice(0, 10) });
  const only = selectionOf(options.only, run);
  const folder = kept.expectations ?? openFolder(specDir, host.secrets, 'shared');
  const { file, text, log } = await readExpectedFile(folder, run.target);
  const before = parsed(file, text) ?? (await inherited(kept.expectations && specDir, run.target));
  const accepted = acceptRun(run, before, only, acceptance);
  // A file that the store takes over from the spec folder has no log there yet.
  const since = text === undefined ? undefined : changedSince(log, text);
  if (since)
    io.note(
      `${file} was changed by hand since ${since.at.slice(0, 10)}; that is recorded with this acceptance.`,
    );
  if (accepted.text !== before?.text || since) {
    await folder.write(expectedName(run.target), accepted.text);
    const reason = options.reason === undefined ? {} : { reason: options.reason };
    const entry = { at, by, run: run.id, ...reason, changes: accepted.changes };
    await folder.write(acceptanceLogName(run.target), logged(log, accepted.text, entry));
  }
  print(accepted, file, io);
  io.result({ file, run: run.id, changes: accepted.changes });
  return 0;
}

type Before = { data: ExpectedFile; text: string } | undefined;

function parsed(file: string, text: string | undefined): Before {
  return text === undefined ? undefined : { data: parseTypedDocument(text, file, ExpectedFile).value, text };
}

/** The first acceptance in a store goes on from what the spec folder expects. */
async function inherited(specDir: string | undefined, target: string): Promise<Before> {
  if (specDir === undefined) return undefined;
  const { file, text } = await readExpectedFile(openRecords(specDir), target);
  return parsed(file, text);
}

async function runOf({ run, target }: AcceptOptions, kept: Records): Promise<Run> {
  if (run !== undefined) return readNamedRun(run, kept);
  if (target !== undefined) return readRecordedRun(kept, latestName(target));
  throw new Problem('CONFORM_E_OPTION_REQUIRED', 'no run was named', {
    remedy: 'Name it with --run FILE, or its target with --target NAME.',
  });
}

function checkUsable(run: Run): void {
  if (run.world !== undefined) {
    throw new Problem(
      'CONFORM_E_ACCEPT_OF_WORLD',
      `the file of the world ${run.world} says what is expected of it`,
      {
        remedy: `Change “expect” in worlds/${run.world}.yaml of the spec folder.`,
      },
    );
  }
  if (!provedAnything(run)) {
    throw new Problem(
      'CONFORM_E_RUN_PROVES_NOTHING',
      `the run ${run.id} proves nothing, so there is nothing to accept`,
      {
        remedy: 'conform report says why. Check again after that.',
      },
    );
  }
}

function acceptanceOf(
  options: AcceptOptions,
  run: Run,
  who: Pick<Acceptance, 'by' | 'on'>,
): Acceptance | undefined {
  const { reason, owner, until, ticket, only } = options;
  if (owner === undefined && until === undefined && ticket === undefined) return undefined;
  if (reason === undefined)
    throw new Problem('CONFORM_E_OPTION_REQUIRED', 'a known defect needs a reason', {
      remedy: 'Give one with --reason.',
    });
  if (owner === undefined || until === undefined || only === undefined) {
    throw new Problem(
      'CONFORM_E_OPTION_REQUIRED',
      'a known defect needs an owner, a last day, and the operations that have it',
      {
        remedy: 'Give --owner NAME, --until YYYY-MM-DD and --only TEXT.',
      },
    );
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until))) {
    throw new Problem('CONFORM_E_VALUE_INVALID', `“${until}” is not a date`, {
      remedy: 'Write it like 2027-01-31.',
    });
  }
  if (until < run.startedAt.slice(0, 10)) {
    throw new Problem(
      'CONFORM_E_VALUE_INVALID',
      `${until} is before the run, so the acceptance would end at once`,
      { remedy: 'Give a later day with --until.' },
    );
  }
  return { reason, owner, until, ...(ticket === undefined ? {} : { ticket }), ...who };
}

function selectionOf(only: readonly string[] | undefined, run: Run): (capability: Capability) => boolean {
  if (only === undefined) return () => true;
  const wanted = only.map((text) => text.toLowerCase());
  const fits = ({ id, operationId, tag }: Capability) =>
    wanted.some((text) => [id, operationId, tag].some((name) => name.toLowerCase().includes(text)));
  if (run.operations.some(fits)) return fits;
  throw new Problem('CONFORM_E_OPERATION_UNKNOWN', `no operation of the run fits --only ${only.join(', ')}`, {
    remedy: 'Give a part of a path, an operationId or a tag.',
  });
}

function print({ changes, runOut }: Accepted, file: string, io: Io): void {
  const { green, yellow, red } = io.colours;
  io.out(
    changes.length === 0
      ? `Nothing changes: ${file} already says so.`
      : `${changes.length} ${changes.length === 1 ? 'expectation changes' : 'expectations change'} in ${file}:`,
  );
  for (const { operation, from, to } of changes) {
    if (from === undefined) io.out(green(`  + ${operation}: ${to ?? ''}`));
    else if (to === undefined) io.out(red(`  - ${operation}: ${from}`));
    else io.out(yellow(`  ~ ${operation}: ${from} → ${to}`));
  }
  for (const operation of runOut) {
    io.out(
      io.wrapped(
        `The acceptance of ${operation} has expired. To renew it, give --reason, --owner and --until.`,
        2,
      ),
    );
  }
}
