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

/** Every format, in the order in which files are named to the user. */
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
];
