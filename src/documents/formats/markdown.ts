import { renderTemplate } from '../template.js';
import { viewOf } from '../view.js';
import type { ReportFormat } from './format.js';

/** The report as Markdown. */
export const markdown: ReportFormat = {
  name: 'md',
  render: async (input) => [
    { name: 'report.md', text: await renderTemplate('report.md.hbs', viewOf(input), 'markdown') },
  ],
};
