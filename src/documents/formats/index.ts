import { badge } from './badge.js';
import { capabilityStatement } from './capability-statement.js';
import { coverage } from './coverage.js';
import { ctrf } from './ctrf.js';
import type { ReportFormat } from './format.js';
import { html } from './html.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';
import { stepSummary } from './step-summary.js';
import { testReport } from './test-report.js';
import { wfc } from './wfc.js';
import { Problem } from '../../problem.js';

/** The formats of this program, in the order in which files are named to the user. */
export const FORMATS: readonly ReportFormat[] = [
  html,
  markdown,
  junit,
  sarif,
  capabilityStatement,
  testReport,
  stepSummary,
  badge,
  coverage,
  ctrf,
  wfc,
];

/** Formats that somebody has added to this process, by name. */
const OWN = new Map<string, ReportFormat>();

/** Every format: those of this program, then those that were added. */
export function allFormats(): readonly ReportFormat[] {
  return [...FORMATS, ...OWN.values()];
}

/**
 * Adds formats that do not come with this program.
 * @throws Problem for what is no format, and for a second one with the name of another
 */
export function addFormats(formats: readonly unknown[], from: string): void {
  for (const format of formats) {
    const place = { file: from };
    if (!isFormat(format)) {
      throw new Problem(
        'CONFORM_E_PLUGIN_INVALID',
        'a format needs a “name” in small letters and a function “render”',
        {
          place,
          remedy: 'docs/library.md shows a format.',
        },
      );
    }
    const other = allFormats().find(({ name }) => name === format.name);
    if (other !== undefined && other !== format)
      throw new Problem('CONFORM_E_PLUGIN_INVALID', `there are two formats “${format.name}”`, {
        place,
        remedy: 'Give one of them another name.',
      });
    OWN.set(format.name, format);
  }
}

/** Takes away what was added: for tests. */
export function removeFormats(): void {
  OWN.clear();
}

function isFormat(value: unknown): value is ReportFormat {
  if (typeof value !== 'object' || value === null) return false;
  const name: unknown = Reflect.get(value, 'name');
  return (
    typeof name === 'string' &&
    /^[a-z][a-z0-9-]*$/.test(name) &&
    typeof Reflect.get(value, 'render') === 'function'
  );
}
