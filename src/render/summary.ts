import type { Capability, Run } from '../run/run.js';

/**
 * What a run means, in a few sentences that somebody who has never seen an API can read on a phone: what works,
 * what does not, who has to act, and what is not proven.
 */
export function summarise(runs: readonly Run[]): string[] {
  return runs.flatMap((run) => {
    const name =
      run.world === undefined ? `On ${run.target}` : `On ${run.target} (the hosts as on ${run.world})`;
    const asked = run.operations.filter(({ outcome }) => outcome !== 'skipped');
    const good = asked.filter(({ outcome }) => outcome === 'works');
    if (asked.length === 0) {
      return [
        `${name} nothing could be asked: ${run.operations[0]?.explanation ?? 'there was nothing to ask.'}`,
      ];
    }
    const lines = [
      good.length === asked.length
        ? `${name} all ${asked.length} operations that were asked do what the contract says.`
        : `${name} ${good.length} of ${asked.length} operations that were asked do what the contract says.`,
    ];
    const ours = asked.filter((operation) => whoseTurn(operation) === 'us');
    const theirs = asked.filter((operation) => whoseTurn(operation) === 'vendor');
    if (theirs.length > 0) lines.push(`The vendor has to act on ${listed(theirs)}.`);
    if (ours.length > 0) lines.push(`We have to act on ${listed(ours)}.`);
    const surprises = run.operations.filter(({ expected }) => expected?.met === false);
    if (surprises.length > 0) lines.push(`Not as expected: ${listed(surprises)}.`);
    if (run.unproven.length > 0) {
      lines.push(
        `Of ${run.unproven.length} operations this run does not prove what a real request would do.`,
      );
    }
    return lines;
  });
}

/** Who can put right that an operation does not work; nobody, when it works or was guarded as it should be. */
export function whoseTurn(operation: Capability): 'us' | 'vendor' | undefined {
  switch (operation.outcome) {
    case 'broken':
    case 'deviates':
    case 'gone':
      return 'vendor';
    case 'unrouted':
    case 'rejects':
    case 'absent':
    case 'unreachable':
      return 'us';
    case 'denied':
      return operation.layer === 'token' ? undefined : 'vendor';
    default:
      return undefined;
  }
}

function listed(operations: readonly Capability[]): string {
  const [first, ...rest] = operations.map(({ id }) => id);
  if (rest.length === 0) return first ?? '';
  if (rest.length === 1) return `${first ?? ''} and ${rest[0] ?? ''}`;
  return `${first ?? ''} and ${rest.length} more`;
}
