import type { FeatureVerdict } from '../../gate/feature.js';
import type { GateVerdict } from '../../gate/gate.js';
import type { Override } from '../../gate/override.js';
import type { Proof } from '../../gate/proof.js';
import { readableAge } from '../../impact/consumer.js';
import { addToGroup } from '../../groups.js';
import type { Io } from '../io.js';

/** The first line says all; then feature by feature, and each reason once. */
export function printGate(verdict: GateVerdict, override: Override | undefined, io: Io): void {
  const { bold, green, red, dim, yellow } = io.colours;
  const state = verdict.judged ? (verdict.open ? green('OPEN') : red('SHUT')) : red('NO VERDICT');
  io.out(`${bold(`${verdict.name}: gate ${state}`)}: ${verdict.why}`);
  if (verdict.unasked) {
    const { operations, command } = verdict.unasked;
    const those = `${operations.length} ${operations.length === 1 ? 'operation' : 'operations'}`;
    io.out(`No run that was given has asked ${those} that it needs. To ask: ${command}`);
  }
  if (override) {
    io.out(yellow(`Overridden by ${override.by}: ${override.reason}`));
    io.out(`  recorded in ${override.file}`);
  }
  io.out();
  for (const feature of verdict.features) printFeature(feature, io);
  printReasons(verdict.features, io);
  io.out();
  const { met, of, notProven, percent, band, scenarios } = verdict.readiness;
  const unproven = notProven === 0 ? '' : `, ${notProven} not proven`;
  io.out(`Readiness: ${met} of ${of}${unproven}, ${percent} %: ${band}`);
  if (verdict.judged)
    for (const { id, name, met: isMet, notProven: isOpen, why } of scenarios) {
      if (isMet === true) continue;
      const label = id === name ? name : `${id} ${name}`;
      const result = isMet === null ? 'not counted' : isOpen ? 'not proven' : 'not met';
      const line = io.wrapped(`${result}  ${label}: ${why}`, 2);
      io.out(isMet === null ? dim(line) : line);
    }
  io.out();
  if (verdict.evidence.length === 0) io.out('Evidence: no run.');
  for (const { run, at } of verdict.evidence) io.out(dim(`Evidence: ${run}, begun ${at}`));
}

function printFeature({ name, open, state, critical, reliesOn }: FeatureVerdict, io: Io): void {
  const { green, red, yellow, dim } = io.colours;
  const gate = open ? (state === 'works' ? green('open') : yellow('open')) : red('shut');
  const relied = reliesOn.map((member) => `by “${member}”`).join(', ');
  io.out(
    `  ${gate}  ${state.padEnd(10)}  ${name}${critical ? dim(' (critical)') : ''}${relied === '' ? '' : dim(`: ${relied}`)}`,
  );
}

/** What has to be said of the features: each reason once, with the operations and features that it holds for. */
function printReasons(features: readonly FeatureVerdict[], io: Io): void {
  const { dim } = io.colours;
  const reasons = new Map<string, { operation: string | undefined; feature: string }[]>();
  for (const { name, lacks, proof } of features) {
    // That nobody has asked is said once, above, with the command that asks.
    const unasked = new Set(proof.filter((one) => one.unasked).map(({ operation }) => operation));
    for (const { operation, why, workaround } of lacks) {
      if (operation !== undefined && unasked.has(operation)) continue;
      const reason = workaround === undefined ? why : `${why}; workaround: ${workaround}`;
      addToGroup(reasons, reason, { operation, feature: name });
    }
  }
  if (reasons.size > 0) io.out();
  for (const [reason, places] of reasons) {
    const operations = [...new Set(places.flatMap(({ operation }) => operation ?? []))];
    const names = [...new Set(places.map(({ feature }) => feature))];
    io.out(io.wrapped(`${operations.length === 0 ? '' : `${operations.join(', ')}: `}${reason}`, 2));
    io.out(dim(io.wrapped(`for ${names.join(', ')}`, 6)));
  }
  for (const text of proofTexts(features.flatMap(({ proof }) => proof))) io.out(dim(io.wrapped(text, 2)));
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
