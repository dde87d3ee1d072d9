import { isProvenToWork } from '../../record/proof.js';
import { verdictOf } from '../../record/success.js';
import type { Run } from '../../record/run.js';
import { type ReportFormat, stemOf } from './format.js';
import { escapeXml } from './xml.js';

const COLOURS = { good: '#116329', mixed: '#7a4b00', bad: '#a40e26', unknown: '#57606a' };

/** A badge for each run, to be shown in a README: an SVG that needs nothing from a network. */
export const badge: ReportFormat = {
  name: 'badge',
  render: ({ runs }) => runs.map((run) => ({ name: `badge-${stemOf(run, runs)}.svg`, text: badgeOf(run) })),
};

function badgeOf(run: Run): string {
  const asked = run.operations.filter(({ outcome }) => outcome !== 'skipped').length;
  const works = run.operations.filter(isProvenToWork).length;
  const label = run.world === undefined ? run.target : `${run.target} ${run.world}`;
  const verdict = verdictOf(run);
  const value = verdict === 'nothing proven' ? verdict : `${works} of ${asked} work`;
  const colour =
    verdict === 'nothing proven'
      ? COLOURS.unknown
      : verdict === 'not as expected'
        ? COLOURS.bad
        : works === asked
          ? COLOURS.good
          : COLOURS.mixed;
  const left = widthOf(label);
  const right = widthOf(value);
  const whole = `${label}: ${value}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${escapeXml(whole)}">
<title>${escapeXml(whole)}, ${escapeXml(run.startedAt.slice(0, 10))}</title>
<rect width="${left + right}" height="20" rx="3" fill="#444"/>
<path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${left}z" fill="${colour}"/>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="${left / 2}" y="14" textLength="${left - 12}">${escapeXml(label)}</text>
<text x="${left + right / 2}" y="14" textLength="${right - 12}">${escapeXml(value)}</text>
</g>
</svg>
`;
}

/** Nobody can measure a font here; `textLength` makes the text fit what was reserved. */
function widthOf(text: string): number {
  return Math.ceil(Array.from(text).length * 6.6) + 12;
}
