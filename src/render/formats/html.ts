import { renderTemplate } from '../template.js';
import { viewOf } from '../view.js';
import type { ReportFormat } from './format.js';

/** The report as one page that opens from the file system and asks no network for anything. */
export const html: ReportFormat = {
  name: 'html',
  render: async (input) => [
    { name: 'report.html', text: await renderTemplate('report.html.hbs', viewOf(input), 'html') },
  ],
};
