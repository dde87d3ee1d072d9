import type { FeatureVerdict } from '../../gate/feature.js';
import type { GateVerdict } from '../../gate/gate.js';
import type { Override } from '../../gate/override.js';
import { readableAge, type Proof } from '../../gate/proof.js';
import type { Io } from '../io.js';
import { wrapped } from './wrapped.js';

/** The first line tells all; then feature by feature. */
export function printGate(verdict: GateVerdict, override: Override | undefined, io: Io): void {
  const { bold, green, red, dim, yellow } = io.colours;
  const state = verdict.judged ? (verdict.open ? green('open') : red('shut')) : red('no verdict');
  io.out(`${bold(`${verdict.name}: gate ${state}`)}: ${verdict.why}`);
  if (override) {
    io.out(yellow(`Overridden by ${override.by}: ${override.reason}`));
    io.out(`  recorded in ${override.file}`);
  }
  io.out();
  for (const feature of verdict.features) printFeature(feature, io);
  io.out();
  const { met, of, percent, band, scenarios } = verdict.readiness;
  io.out(`Readiness: ${met} of ${of}, ${percent} %: ${band}`);
  for (const { id, name, met: isMet, why } of scenarios) {
    if (isMet === true) continue;
    const label = id === name ? name : `${id} ${name}`;
    const line = wrapped(`${isMet === null ? 'not counted' : 'not met'}  ${label}: ${why}`, 2);
    io.out(isMet === null ? dim(line) : line);
  }
  io.out();
  if (verdict.evidence.length === 0) io.out('Evidence: no run.');
  for (const { run, at } of verdict.evidence) io.out(dim(`Evidence: ${run}, begun ${at}`));
}

function printFeature(feature: FeatureVerdict, io: Io): void {
  const { green, red, yellow, dim } = io.colours;
  const { name, open, critical, losses } = feature;
  const state = open ? (losses.length > 0 ? yellow('open  ') : green('open  ')) : red('shut  ');
  io.out(`  ${state} ${name}${critical ? dim(' (critical)') : ''}`);
  if (!open || losses.length > 0) io.out(wrapped(`${feature.why}.`, 9));
  for (const text of proofTexts(feature.proof)) io.out(dim(wrapped(text, 9)));
}

/** `writes proven: full on sandbox, 6 h old (2 operations)`: what a deploy relies on without having been done. */
function proofTexts(proofs: readonly Proof[]): string[] {
  const groups = new Map<string, Set<string>>();
  for (const { operation, kind, target, ageHours, stale } of proofs) {
    if (kind === 'read' || kind === 'none') continue;
    const age = ageHours === undefined ? '' : `, ${readableAge(ageHours * 3_600_000)} old`;
    const text = `${kind} on ${target ?? 'nothing'}${age}${stale ? ' (too old)' : ''}`;
    groups.set(text, (groups.get(text) ?? new Set()).add(operation));
  }
  return [...groups].map(([text, operations]) => `proof of writes: ${text}: ${[...operations].join(', ')}`);
}
