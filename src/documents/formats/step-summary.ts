import { renderTemplate } from '../template.js';
import { viewOf } from '../view.js';
import type { ReportFormat } from './format.js';

/** What a CI job shows on its own page, as Markdown: short, the verdict first. */
export const stepSummary: ReportFormat = {
  name: 'step-summary',
  render: async (input) => [
    {
      name: 'step-summary.md',
      text: await renderTemplate('step-summary.md.hbs', viewOf(input), 'markdown'),
    },
  ],
};
