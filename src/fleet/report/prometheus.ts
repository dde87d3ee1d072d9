import type { Metric } from './metrics.js';

/**
 * Metrics in the text format of Prometheus, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format). A metric without a point is left out.
 */
export function prometheusText(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, help, kind, points }) =>
    points.length === 0
      ? []
      : [
          `# HELP ${name} ${escaped(help)}`,
          `# TYPE ${name} ${kind}`,
          ...points.map(({ labels, value }) => `${name}{${labelsText(labels)}} ${value}`),
        ],
  );
  return lines.map((line) => `${line}\n`).join('');
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`)
    .join(',');
}

/** In a text a backslash and the end of a line are escaped; a carriage return would end it for some readers. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll(/\r\n?|\n/g, '\\n');
}
