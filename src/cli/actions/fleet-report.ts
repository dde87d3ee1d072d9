import { openFolder } from '../../artefact/folder.js';
import { readFleet } from '../../fleet/file.js';
import { showCauses, type ShownCause } from '../../fleet/report/evidence.js';
import type { FleetFacts } from '../../fleet/report/facts.js';
import { fleetMetrics, type Metric } from '../../fleet/report/metrics.js';
import { otlpRequest } from '../../fleet/report/otlp.js';
import { prometheusText } from '../../fleet/report/prometheus.js';
import { fleetsIn, readFacts } from '../../fleet/report/read.js';
import { exitCodeOf, summaryOf } from '../../fleet/report/summary.js';
import { writeFleetTickets } from '../../fleet/report/ticket.js';
import type { FleetReport } from '../../fleet/report/view.js';
import { FILE_FORMATS, fleetDocument, writeFleetReport } from '../../fleet/report/write.js';
import { Problem } from '../../problem.js';
import { storeAddress } from '../../store/address.js';
import { openFleetStore, type FleetStore } from '../../store/fleet.js';
import { readEnvironment } from '../../targets/credentials.js';
import type { FleetReportFormat } from '../commands/fleet-report.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { printFleetReport } from '../tables/fleet-report.js';
import { readTicketSources } from './ticket.js';

export interface FleetReportOptions extends CommonOptions {
  store?: string | undefined;
  night?: string | undefined;
  days: number;
  format?: FleetReportFormat[] | undefined;
  perAgency?: true | undefined;
}

/** Sums up a night of a fleet. @returns the exit code */
export async function fleetReport(
  file: string | undefined,
  options: FleetReportOptions,
  host: Host,
): Promise<number> {
  const environment = readEnvironment(host.env);
  const address = storeAddress(options.store, environment);
  if (!address)
    throw new Problem('CONFORM_E_OPTION_REQUIRED', 'no store is named', {
      remedy: 'Name it with --store postgres://user@host/database, or set CONFORM_STORE.',
    });
  const { format = FILE_FORMATS } = options;
  const metrics = format.filter((one) => one === 'prometheus' || one === 'otlp');
  if (metrics.length > 0 && format.length > 1)
    throw new Problem('CONFORM_E_OPTION_CONFLICT', `${metrics[0] ?? ''} goes with no other format`, {
      remedy: 'It is printed on standard output, alone: call the command twice.',
    });
  const store = await openFleetStore(address, host);
  try {
    const fleet =
      file === undefined ? await onlyFleet(store, address.shown) : (await readFleet(file, environment)).name;
    const facts = await readFacts(store, { fleet, night: options.night, days: options.days });
    if (metrics[0] !== undefined) return await printMetrics(metrics[0], facts, store, options, host);
    return await writeReport(fleet, facts, store, options, host);
  } finally {
    await store.close();
  }
}

/** The fleet of a store that has one. @throws Problem where there are several */
async function onlyFleet(store: FleetStore, shown: string): Promise<string> {
  const [fleet, ...others] = await fleetsIn(store);
  if (fleet === undefined)
    throw new Problem('CONFORM_E_RUN_MISSING', 'the store has no night of any fleet', {
      place: { file: shown },
      remedy: 'Start one with conform fleet run, and workers with conform fleet work.',
    });
  if (others.length === 0) return fleet;
  throw new Problem(
    'CONFORM_E_OPTION_REQUIRED',
    `the store has several fleets: ${[fleet, ...others].join(', ')}`,
    {
      remedy: 'Name the fleet file of the one that is meant.',
    },
  );
}

async function writeReport(
  fleet: string,
  facts: FleetFacts | undefined,
  store: FleetStore,
  options: FleetReportOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  if (!facts) {
    io.note(
      options.night === undefined
        ? `The fleet “${fleet}” has no night.`
        : `The fleet “${fleet}” has no night of ${options.night}. conform fleet status lists those that it has.`,
    );
    io.result(null);
    return 3;
  }
  const summary = summaryOf(facts);
  io.progress(`Reading one run for each of ${summary.causes.length} causes`);
  const causes = await showCauses(summary.causes, store.recordsOf);
  io.progress('');
  const out = openFolder(options.out, host.secrets);
  const sources = await readTicketSources(options.specDir, [], io);
  const tickets = await writeFleetTickets(causes, { facts, summary }, sources, out);
  const report: FleetReport = { facts, summary, causes, tickets };
  const wanted = options.format ?? FILE_FORMATS;
  const files = await writeFleetReport(
    report,
    FILE_FORMATS.filter((one) => wanted.includes(one)),
    out,
  );
  printFleetReport(report, files, io);
  io.result(fleetDocument(report));
  return exitCodeOf(summary, facts);
}

async function printMetrics(
  format: 'prometheus' | 'otlp',
  facts: FleetFacts | undefined,
  store: FleetStore,
  options: FleetReportOptions,
  host: Host,
): Promise<number> {
  const metrics = facts ? await metricsOf(facts, store, options.perAgency ?? false) : [];
  const text =
    format === 'prometheus'
      ? prometheusText(metrics)
      : `${JSON.stringify(otlpRequest(metrics, { now: facts?.now ?? '', since: `${facts?.from ?? ''}T00:00:00Z` }))}\n`;
  host.stdout.write(text);
  return facts ? 0 : 3;
}

async function metricsOf(facts: FleetFacts, store: FleetStore, perAgency: boolean): Promise<Metric[]> {
  const summary = summaryOf(facts);
  const causes: ShownCause[] = await showCauses(summary.causes, store.recordsOf);
  return fleetMetrics(facts, summary, causes, perAgency);
}
