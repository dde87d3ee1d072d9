import { join } from 'node:path';
import type { Folder } from '../../artefact/folder.js';
import { renderTemplate } from '../../documents/template.js';
import { FLEET_FOLDER } from './ticket.js';
import { fleetView, type FleetReport } from './view.js';

/** The formats in which a report of a fleet is written to files. */
export const FILE_FORMATS = ['html', 'md', 'json'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** Writes a report as one page, as Markdown, and as the document that `--json` prints. @returns the files */
export async function writeFleetReport(
  report: FleetReport,
  formats: readonly FileFormat[],
  out: Folder,
): Promise<string[]> {
  const files: string[] = [];
  for (const format of formats)
    files.push(await out.write(join(FLEET_FOLDER, `report.${format}`), await TEXTS[format](report)));
  return files;
}

const TEXTS: Record<FileFormat, (report: FleetReport) => Promise<string> | string> = {
  html: (report) => renderTemplate('fleet.html.hbs', fleetView(report), 'html'),
  md: (report) => renderTemplate('fleet.md.hbs', fleetView(report), 'markdown'),
  json: (report) => `${JSON.stringify(fleetDocument(report), null, 2)}\n`,
};

/** A report as one document, format `conform-fleet-report/1`: members may be added, none may change its meaning. */
export function fleetDocument({ facts, summary, causes, tickets }: FleetReport) {
  const { fleet, night, now, from, nights, agencies, jobs, workers, faultsLeftOut } = facts;
  return {
    format: 'conform-fleet-report/1',
    ...{ fleet, night, now, from },
    asked: summary.asked,
    recorded: summary.recorded,
    colours: summary.colours,
    causes: causes.map((one) => ({
      id: one.id,
      ...{ cause: one.cause, side: one.side, what: one.what, todo: one.todo },
      ...{ operations: one.operations, agencies: one.agencies },
      ...{ earliest: one.earliest, median: one.median, sinceFirst: one.sinceFirst },
      evidence: one.shown ? { agency: one.shown.agency, run: one.shown.run.id } : null,
      tickets: tickets.get(one.id) ?? [],
    })),
    causesLeftOut: faultsLeftOut,
    changes: summary.changes.map(({ kind, cause, since, notRecorded, agencies: names }) => ({
      kind,
      id: cause.id,
      ...{ cause: cause.cause, side: cause.side, operations: cause.operations },
      ...{ agencies: names, since, notRecorded },
    })),
    nights,
    notRecorded: agencies.filter(({ state }) => state !== 'recorded'),
    ...{ jobs, workers },
  };
}
