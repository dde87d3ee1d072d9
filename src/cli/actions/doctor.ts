import { existsSync } from 'node:fs';
import { readDocument } from '../../document/read.js';
import { join } from 'node:path';
import { examineDatabase } from '../../doctor/database.js';
import { examineEnvironment, type Variables } from '../../doctor/environment.js';
import { isInClear } from '../../doctor/hosts/address.js';
import { examineHost } from '../../doctor/hosts/index.js';
import { examineFleet } from '../../doctor/fleet.js';
import { errorOf, exitCodeOf, notTried, type Group, type Line } from '../../doctor/line.js';
import { systemNetwork } from '../../doctor/network.js';
import { examinePlan } from '../../doctor/plan.js';
import { examineStore } from '../../doctor/store.js';
import { examineSpec, type WholeSpec } from '../../doctor/spec-folder.js';
import { openSurvey, surveyBudget } from '../../doctor/survey.js';
import { Problem } from '../../problem.js';
import { variablesIn } from '../../probe/samples.js';
import { folderOf, originOf } from '../../spec/find.js';
import { total } from '../../session/budget.js';
import { storeAddress } from '../../store/address.js';
import { openTrial } from '../../store/trial.js';
import { variablesOf } from '../../targets/credential-entry.js';
import { readEnvironment } from '../../targets/credentials.js';
import { findTarget, type Target } from '../../targets/targets.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { located, serve } from '../../library/serve.js';
import { stopSignal } from '../signals.js';
import { doctorPrinter } from '../tables/doctor.js';

interface DoctorOptions extends CommonOptions {
  target?: string | undefined;
  offline?: true | undefined;
  store?: string | undefined;
}

const ENV_FILE = '.env';
const LATER: readonly Group[] = ['configuration', 'store', 'hosts', 'plan'];

/** Says what is wrong with the set-up. @returns the exit code */
export async function doctor(options: DoctorOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const print = doctorPrinter(io);
  const lines: Line[] = [];
  const add = (...some: Line[]): void => {
    for (const line of some) {
      lines.push(line);
      print.line(line);
    }
  };
  const end = (code: 0 | 1 | 2 | 3): number => {
    print.end(lines);
    const checks = lines.map(({ group, name, target, state, code, found, remedy }) => ({
      ...{ group, name },
      ...(target === undefined ? {} : { target }),
      ...{ state, found },
      ...(code === undefined ? {} : { code }),
      ...(remedy === undefined ? {} : { remedy }),
    }));
    io.result({ ok: code === 0, checks });
    return code;
  };

  const stop = stopSignal(host);
  try {
    const { lines: ofSpec, origins, spec } = await examineSpec(options.specDir);
    print.origins(origins);
    add(...ofSpec);
    if (!spec) {
      for (const group of LATER)
        add({ group, name: group, ...notTried('the spec folder has faults that stop every command') });
      return end(exitCodeOf(lines, undefined));
    }
    const { targets } = spec.hosts;
    const chosen = chooseTargets(options.target, targets);
    const variables: Variables = {
      process: host.env,
      file: existsSync(ENV_FILE) ? readEnvironment({}, ENV_FILE) : undefined,
    };
    const ofSamples = await variablesOfSamples(folderOf('samples.yaml', spec.layers));
    const areNeeded = options.offline !== true;
    add(...examineEnvironment(chosen, variables, ofSamples, { areNeeded, secrets: host.secrets }));
    add(...(await ofStore(options, spec, variables, host)));
    if (options.offline) {
      add({ group: 'hosts', name: 'hosts', ...notTried('of --offline') });
    } else {
      const unusable = new Set(lines.flatMap(({ exit, target }) => (exit === 2 ? [target] : [])));
      for (const target of chosen) {
        print.bound(target.name, total(surveyBudget(target)));
        if (unusable.has(target.name)) {
          const found = notTried('a variable holds what cannot be sent');
          add({ group: 'hosts', name: 'hosts', target: target.name, ...found });
          continue;
        }
        await tryHost(target, { spec, variables, signal: stop.signal }, host, {
          onLine: add,
          onBegin: (name) => {
            io.progress(`${target.name}: ${name}`);
          },
        });
      }
      if (chosen.length === 0)
        add({ group: 'hosts', name: 'hosts', ...notTried('no target is a live host') });
      const url = { ...variables.file, ...variables.process }['DATABASE_URL'];
      if (!stop.signal.aborted) add(await examineDatabase(url, () => connectToDatabase(host)));
    }
    for (const target of chosen) add(...examinePlan(target, { ...spec, targets, env: host.env }));
    const names = options.offline ? undefined : chosen.map(({ name }) => name);
    return end(exitCodeOf(lines, names));
  } finally {
    stop.release();
  }
}

/** The store, and the fleet file of the spec folder, where there is one. */
async function ofStore(
  { store, offline, specDir }: DoctorOptions,
  { layers }: WholeSpec,
  variables: Variables,
  host: Host,
): Promise<Line[]> {
  const environment = { ...variables.file, ...variables.process };
  const ofDatabase = await examineStore(
    () => storeAddress(store, environment),
    offline ? undefined : (address) => openTrial(address, host.clock),
  );
  if (originOf('fleet.yaml', layers) === 'nowhere') return ofDatabase;
  const file = join(folderOf('fleet.yaml', layers), 'fleet.yaml');
  const night = host.clock.now().toISOString().slice(0, 10);
  return [
    ...ofDatabase,
    ...(await examineFleet(file, { specDir, night, env: host.env, listing: environment, mayRun: !offline })),
  ];
}

function chooseTargets(wanted: string | undefined, targets: readonly Target[]): Target[] {
  if (wanted !== undefined) return [findTarget(targets, wanted)];
  return targets.filter(({ serve: served }) => served === undefined);
}

/** The variables that samples.yaml names. */
async function variablesOfSamples(dir: string): Promise<string[]> {
  const file = join(dir, 'samples.yaml');
  return existsSync(file) ? [...new Set(variablesIn((await readDocument(file)).value))] : [];
}

async function tryHost(
  chosen: Target,
  { spec, variables, signal }: { spec: WholeSpec; variables: Variables; signal: AbortSignal },
  host: Host,
  { onLine, onBegin }: { onLine: (line: Line) => void; onBegin: (name: string) => void },
): Promise<void> {
  const { contract, hosts, samples, signatures, worlds } = spec;
  const environment = { ...variables.file, ...variables.process };
  const place = located(contract, chosen, { targets: hosts.targets });
  const group = 'hosts';
  const isOurs = chosen.serve !== undefined;
  const missing = isOurs
    ? []
    : [...new Set(chosen.credentials.flatMap(variablesOf))].filter((name) => !environment[name]);
  try {
    const served = await serve(place, { worlds }, host);
    try {
      const survey = openSurvey({
        ...{ samples, signatures, signal },
        contract: place.contract,
        target: served.target,
        invented: isOurs,
        withCredentials: missing.length === 0 && !isInClear(served.target.baseUrl),
        environment: { ...environment, ...chosen.environment },
        secrets: host.secrets,
        clock: host.clock,
        chance: host.chance,
      });
      try {
        await examineHost(
          {
            target: served.target,
            written: await baseUrlAsWritten(folderOf('targets.yaml', spec.layers), chosen.name),
            ...{ missing, survey, signal },
            network: systemNetwork,
            clock: host.clock,
          },
          (name, found) => {
            onLine({ group, name, target: chosen.name, ...found });
          },
          onBegin,
        );
      } finally {
        await survey.close();
      }
    } finally {
      await served.close();
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    onLine({ group, name: 'address', target: chosen.name, ...errorOf(error, error.exitCode) });
  }
}

/** The base URL with what is taken away from it when it is read. */
async function baseUrlAsWritten(dir: string, target: string): Promise<string | undefined> {
  const file = join(dir, 'targets.yaml');
  if (!existsSync(file)) return undefined;
  let found: unknown = (await readDocument(file)).value;
  for (const step of ['targets', target, 'baseUrl']) {
    found =
      typeof found === 'object' && found !== null
        ? Object.entries(found).find(([name]) => name === step)?.[1]
        : undefined;
  }
  return typeof found === 'string' ? found : undefined;
}

async function connectToDatabase(host: Host): Promise<void> {
  const { withCache } = await import('./cache-access.js');
  await withCache(host, undefined, async (client) => {
    await client.query('SELECT 1');
  });
}
