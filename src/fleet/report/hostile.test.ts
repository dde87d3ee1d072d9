import { describe, expect, test } from 'vitest';
import { renderTemplate } from '../../documents/template.js';
import { fleetReportOf } from '../../testing/fleet-report.js';
import { HOSTILE_TEXTS } from '../../testing/hostile.js';
import { markdownShape, markupShape } from '../../testing/shapes.js';
import { fleetMetrics } from './metrics.js';
import { prometheusText } from './prometheus.js';
import { fleetView } from './view.js';

const AGENCIES = 60;

/** The documents of a fleet in which every foreign text is this one. */
async function documentsOf(word: string) {
  const report = fleetReportOf(AGENCIES, word);
  const view = fleetView(report);
  return {
    html: markupShape(await renderTemplate('fleet.html.hbs', view, 'html')),
    markdown: markdownShape(await renderTemplate('fleet.md.hbs', view, 'markdown')),
    metrics: prometheusText(fleetMetrics(report.facts, report.summary, report.causes, true))
      .split('\n')
      .map((line) => line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')),
  };
}

describe('a report over agencies with hostile names has the shape of one over harmless ones', async () => {
  const plain = await documentsOf('word');
  test.each(
    HOSTILE_TEXTS.filter((text) => text.trim() !== '').map((text) => [
      JSON.stringify(text).slice(0, 60),
      text,
    ]),
  )('%s', async (_, text) => {
    expect(await documentsOf(text)).toEqual(plain);
  });
});
