import { renderTemplate } from '../template.js';
import { viewOf } from '../view.js';
import type { ReportFormat } from './format.js';

/** The report as one page that opens from the file system and asks no network for anything. */
export const html: ReportFormat = {
  name: 'html',
  render: async (input) => [
    { name: 'report.html', text: inAscii(await renderTemplate('report.html.hbs', viewOf(input), 'html')) },
  ],
};

/**
 * The page with character references for all that is not ASCII: a browser reads such a page in half of the time. In
 * `style` and `script` references mean nothing, and the template has ASCII there.
 */
function inAscii(page: string): string {
  return page.replace(/[^\0-\x7f]/gu, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`);
}
