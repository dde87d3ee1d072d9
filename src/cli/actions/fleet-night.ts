import { join } from 'node:path';
import type { Problem } from '../../problem.js';
import type { Agency, Fleet } from '../../fleet/file.js';
import type { Held } from '../../fleet/nights.js';
import { partName } from '../../fleet/part-records.js';
import { specDirOf, tenantVariable } from '../../fleet/plan.js';
import { stage, type Changes, type StagedFolder } from '../../fleet/staged.js';
import { valueOf } from '../../fleet/values.js';
import type { Pass, Passed } from '../../fleet/work.js';
import { askTarget, ASKING_PARTS, prepareTarget } from '../../library/ask-target.js';
import { learnAddress } from '../../library/known-secrets.js';
import type { NightResult } from '../../nightly/night.js';
import { mergeRuns } from '../../record/merge.js';
import { withRunId } from '../../record/name.js';
import type { Run } from '../../record/run.js';
import { parseRun, writeRun } from '../../record/store.js';
import { openSpec } from '../../spec/open.js';
import { findLayers, folderOf } from '../../spec/find.js';
import type { StoreAddress } from '../../store/address.js';
import { indexRows } from '../../store/index-rows.js';
import { openPostgresFolder } from '../../store/postgres/folder.js';
import { expired } from '../../store/retention.js';
import { Secrets } from '../../targets/secrets.js';
import { findTarget, readHosts } from '../../targets/targets.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { passNightly, silent, type NightlyOptions } from './nightly.js';

/**
 * Passes nights of agencies in this process, as `conform nightly` passes one. Each has a host of its own: the variables, the
 * secrets, the token and the output folder are those of one agency, and end with its night.
 */
export function passOf(
  { file, folder, keepDays }: Pick<Fleet, 'file' | 'folder' | 'keepDays'>,
  options: Pick<CommonOptions, 'specDir' | 'out'>,
  { process, address }: { process: Host; address: StoreAddress },
): Pass {
  return async (held, agency, { database, signal, paceOf }) => {
    const specDir = specDirOf(agency, options.specDir);
    const secrets = new Secrets();
    learnAddress(address.url, secrets);
    const env = await variablesOf(agency, { specDir, folder, file, process, secrets });
    const below = openPostgresFolder(database, agency.name, { secrets, indexOf: indexRows });
    const records = stage(below, secrets);
    const quiet = { ...process, env, secrets, reporters: [], paceOf, stoppedBy: undefined };
    const own: OwnHost = {
      host: silent({ ...quiet, onStop: () => ({ release: () => undefined }) }),
      nightly: {
        ...{ specDir, out: join(options.out, 'agencies', agency.name), color: false, quiet: true },
        ...(agency.target === undefined ? {} : { target: [agency.target] }),
        ...(agency.consumers === undefined ? {} : { consumer: [...agency.consumers] }),
        deadline: Math.max(1, held.leftMs),
        notify: ['none'],
      },
      ...{ records, keepDays, signal },
    };
    return held.job.part > 0 ? await passPart(held, agency, own) : await passWhole(held, own);
  };
}

/** What the night of one agency has for itself. */
interface OwnHost {
  host: Host;
  nightly: NightlyOptions;
  records: StagedFolder;
  /** How many days it keeps what was recorded; undefined for ever. */
  keepDays: number | undefined;
  signal: AbortSignal;
}

/** The variables of one agency, and no other: each value is a secret of its host from the moment it is known. */
async function variablesOf(
  agency: Agency,
  given: { specDir: string; folder: string; file: string; process: Host; secrets: Secrets },
): Promise<Record<string, string>> {
  const { specDir, folder, file, process, secrets } = given;
  const hosts = await readHosts(folderOf('targets.yaml', findLayers(specDir)));
  const tenant = tenantVariable(hosts);
  const sources = [
    ...Object.entries(agency.credentials),
    ...(agency.agencyId && tenant !== undefined ? [[tenant, agency.agencyId] as const] : []),
  ];
  const env: Record<string, string> = {};
  for (const [variable, source] of sources) {
    const value = await valueOf(source, { agency: agency.name, variable, folder, file, env: process.env });
    secrets.add(value);
    env[variable] = value;
  }
  return env;
}

async function passWhole(held: Held, own: OwnHost): Promise<Passed> {
  const { host, nightly, records, signal } = own;
  const faults: Error[] = [];
  const { parts } = held;
  const result = await passNightly(nightly, {
    ...{ host, signal, io: createIo(nightly, host), environment: host.env },
    kept: { ...records, expectations: records },
    runOf: parts > 1 ? () => joined(held, own) : undefined,
    onFault: (error) => faults.push(error),
  });
  if ('heldBy' in result) return passed({ colour: 'NO VERDICT', exitCode: 3, runs: [], why: BUSY }, own);
  await removeExpired(own);
  const { record } = result;
  return passed(
    {
      colour: result.colour,
      exitCode: faults.length > 0 ? 70 : result.exitCode,
      runs: record.runs.map(({ run }) => run),
      why: faults.length > 0 ? 'CONFORM_E_INTERNAL' : whyOf(result),
    },
    own,
  );
}

const BUSY: Problem['code'] = 'CONFORM_E_NIGHT_LOCK_UNUSABLE';

/** The code of the step that decided how the night ended, where that was an error. */
function whyOf({ record, exitCode }: NightResult): string | undefined {
  return record.steps.find((step) => step.exitCode === exitCode && step.error?.code !== undefined)?.error
    ?.code;
}

function passed(outcome: Passed['outcome'], { records, host }: OwnHost): Passed {
  return { outcome, changes: records.changes(), secrets: host.secrets };
}

/** Asks one part of the contract. Of all that is written only the run is kept, until the night is joined. */
async function passPart({ job, parts }: Held, agency: Agency, own: OwnHost): Promise<Passed> {
  const { host, nightly, records, signal } = own;
  const spec = await openSpec(nightly.specDir, ASKING_PARTS);
  const target = findTarget(spec.hosts.targets, agency.target ?? '');
  const selection = { shard: { index: job.part, of: parts } };
  const prepared = await prepareTarget(target, spec, { records, selection }, host);
  const faults: Error[] = [];
  const { run } = await askTarget(prepared, spec, {
    ...{ runtime: host, records, out: nightly.out, environment: host.env },
    ...{ deadlineMs: nightly.deadline, signal, onEvent: () => undefined },
    onFault: (error) => faults.push(error),
  });
  const changes: Changes = new Map([[partName(job.night, job.part), `${JSON.stringify(run)}\n`]]);
  const [fault] = faults;
  if (fault) throw fault;
  const outcome = { colour: undefined, exitCode: undefined, runs: [run.id], why: undefined };
  return { outcome, changes, secrets: host.secrets };
}

/** Joins the runs of the parts to one, which is the run of the night; the parts are removed. */
async function joined({ job, parts }: Held, { records }: OwnHost): Promise<Run> {
  const shards: { file: string; run: Run }[] = [];
  for (let part = 1; part <= parts; part++) {
    const name = partName(job.night, part);
    const text = await records.read(name);
    if (text === undefined) continue;
    shards.push({ file: records.place(name), run: parseRun(text, records.place(name)) });
    await records.remove(name);
  }
  const merged = mergeRuns(shards);
  return withRunId(records, new Date(merged.startedAt), merged.target, async (id) => {
    const run = { ...merged, id };
    await writeRun(run, records);
    return run;
  });
}

const DAY_MS = 24 * 3_600_000;

/** Removes what is older than the fleet keeps it, in the same transaction that records the night. */
async function removeExpired({ keepDays, host, records }: OwnHost): Promise<void> {
  if (keepDays === undefined) return;
  const before = new Date(host.clock.now().getTime() - keepDays * DAY_MS);
  for (const name of await expired(records, before)) await records.remove(name);
}
