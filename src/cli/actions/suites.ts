import { openSpec, type Spec } from '../../spec/open.js';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { operations } from '../../../generated/operations.js';
import { temporaryFolder } from '../../artefact/drafts.js';
import { openFolder } from '../../artefact/folder.js';
import { IS_BUILT, PACKAGE_ROOT } from '../../package.js';
import { journalFolder } from '../../engine/journal.js';
import type { Run } from '../../record/run.js';
import { latestName, readNamedRun, readRecordedRun } from '../../record/store.js';
import { chooseWritePolicy, limitsOf } from '../../session/policy.js';
import { findTarget } from '../../targets/targets.js';
import { planFlows } from '../../workflow/plan.js';
import type { Host } from '../host.js';
import { createIo } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import type { Terminal } from '../terminal.js';
import { located, serve, type Served } from '../../library/serve.js';
import { check } from './check.js';

export interface SuitesOptions extends KeptOptions {
  target?: string | undefined;
  run?: string | undefined;
  writes?: string | undefined;
}

const PARTS = ['contract', 'hosts', 'worlds', 'workflows'] as const;

/** Runs the Vitest suites over a run. @returns 0 when every promise holds, 1 when one does not */
export async function suites(options: SuitesOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const { target } = options;
  const spec = target === undefined ? undefined : await openSpec(options.specDir, PARTS);
  // What is wrong in a flow is said before anything is asked.
  if (spec) planFlows(spec.workflows, spec.contract);
  if (target !== undefined) {
    const code = await check({ ...options, json: false, quiet: true, target: [target] }, host);
    if (code === 2 || code === 3) return code;
  }
  const run = await runUnderTest(options, host);
  // The workers of Vitest read it from a file, wherever it is kept.
  const folder = await temporaryFolder('conform-run');
  let live: Served | undefined;
  try {
    process.env['CONFORM_RUN'] = await openFolder(folder, host.secrets).write(
      'run.json',
      JSON.stringify(run),
    );
    if (target !== undefined && spec) live = await serveLive(spec, { ...options, target }, host);
    const { failed, junit } = await runVitest(options.json ? 'json' : 'tree', host);
    const out = openFolder(resolve(options.out), host.secrets);
    io.note(`JUnit: ${await out.write(join('latest', `suites-${run.target}.xml`), junit)}`);
    return failed ? 1 : 0;
  } finally {
    await live?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runUnderTest({ target, ...options }: SuitesOptions, host: Host): Promise<Run> {
  await using kept = await openKept(options, host);
  return options.run === undefined
    ? await readRecordedRun(kept, latestName(target ?? 'mock'))
    : await readNamedRun(options.run, kept);
}

/**
 * Runs the suites. What Vitest prints is printed through the terminals of the host, and what it would write is returned:
 * titles of a contract and messages of a run are in both.
 */
async function runVitest(
  reporter: string,
  { stdout, stderr }: Pick<Host, 'stdout' | 'stderr'>,
): Promise<{ failed: boolean; junit: string }> {
  const { startVitest } = await import('vitest/node');
  const root = join(PACKAGE_ROOT, IS_BUILT ? 'dist/bin/suites' : 'suites');
  const folder = await temporaryFolder('conform-suites');
  try {
    const outputFile = join(folder, 'junit.xml');
    const vitest = await startVitest(
      'test',
      [],
      {
        root,
        config: join(root, IS_BUILT ? 'vitest.config.js' : 'vitest.config.ts'),
        watch: false,
        reporters: [reporter, ['junit', { outputFile }]],
      },
      {},
      { stdout: new TerminalStream(stdout), stderr: new TerminalStream(stderr) },
    );
    const failed = vitest.state.getCountOfFailedTests() > 0 || vitest.state.getUnhandledErrors().length > 0;
    await vitest.close();
    return { failed, junit: await readFile(outputFile, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A stream into a terminal, without the colours of who writes to it: the terminal prints only our own. */
class TerminalStream extends Writable {
  constructor(terminal: Terminal) {
    super({
      write: (chunk: Buffer, _, done) => {
        const text = stripVTControlCharacters(chunk.toString());
        // Where the file of JUnit is in the end, we say ourselves.
        if (!text.startsWith('JUNIT report written')) terminal.write(text);
        done();
      },
    });
  }

  /** Every worker of Vitest ends its output when it is done; the summary comes after that. */
  override end(): this {
    return this;
  }
}

/**
 * Serves the target for the suites that talk to it, and says to them in the environment where it is and how far they may
 * write there. The mock is none: one answer of it knows nothing of another.
 * @returns undefined where there is nothing to run
 */
async function serveLive(
  { layers, contract, hosts, worlds, workflows }: Spec<(typeof PARTS)[number]>,
  { target: name, writes, out }: SuitesOptions & { target: string },
  host: Host,
): Promise<Served | undefined> {
  const target = findTarget(hosts.targets, name);
  const there = new Set(contract.operations.map(({ id }) => id));
  // The generated client can ask nothing of another contract than it was made from.
  const fits = operations.every(({ id }) => there.has(id));
  if (target.serve === 'mock' || (workflows.length === 0 && !fits)) return undefined;
  const limits = limitsOf(target, hosts.targets, undefined);
  const policy = chooseWritePolicy({ name, limits }, writes, host.env);
  const place = located(contract, target, hosts);
  const served = await serve(place, { worlds }, host);
  Object.assign(process.env, {
    CONFORM_SUITE_TARGET: name,
    CONFORM_SUITE_URL: served.target.baseUrl + place.contract.servers[0].path,
    CONFORM_SUITE_SPEC: resolve(layers.own),
    CONFORM_SUITE_WRITES: policy,
    CONFORM_SUITE_JOURNALS: resolve(journalFolder(out)),
    ...(fits ? { CONFORM_SUITE_CLIENT: 'fits' } : {}),
    // What a world holds is of its day.
    ...(served.world ? { CONFORM_SUITE_DAY: `${served.world.date}T09:00:00Z` } : {}),
  });
  return served;
}
