import { CAUSES } from '../../verdict/causes.js';
import type { Explained } from '../../explain/describe.js';
import type { Worded } from '../../verdict/worded.js';
import type { Io } from '../io.js';

/** Prints what the last refusal means, and all else in a line each. */
export function printExplained(all: readonly Explained[], headline: number, io: Io): void {
  const first = all[headline];
  if (first?.verdict) printVerdict(first, first.verdict, io);
  const others = all.filter((one) => one !== first);
  if (others.length === 0) return;
  io.out();
  io.out('Also in this text:');
  for (const one of others) io.out(`  ${lineOf(one)}`);
  if (all.some(({ count }) => count > 1)) io.out('  --details shows each by itself.');
}

function printVerdict(explained: Explained, verdict: Worded, io: Io): void {
  const { outcome, layer, cause, confidence, side, explanation, fix, evidence } = verdict;
  const { request, contract, next = [], count } = explained;
  const times = count > 1 ? ` (${count} times)` : '';
  io.out(io.colours.bold(`${outcome}${cause === undefined ? '' : `: ${CAUSES[cause]}`}`) + times);
  if (layer !== undefined) {
    io.out(`  layer ${layer}, cause ${cause ?? 'none'}${confidence === undefined ? '' : `, ${confidence}`}`);
  }
  if (side !== undefined) io.out(`  who can change it: ${side}`);
  io.out(io.wrapped(explanation, 2));
  if (fix !== undefined) io.out(io.wrapped(`What to do: ${fix}`, 2));
  const says = [...evidence, ...credentialsOf(request), ...contractSays(contract)];
  for (const sentence of says) io.out(io.wrapped(sentence, 2));
  if (next.length === 0) return;
  io.out('  What would prove it or rule it out:');
  for (const { shows, command } of next) {
    io.out(io.wrapped(`${shows}:`, 4));
    io.out(`      ${command}`);
  }
}

function credentialsOf({ credentials }: Explained['request']): string[] {
  if (credentials === 'unknown') return [];
  return [credentials === 'sent' ? 'Credentials were sent.' : 'No credentials were sent.'];
}

function contractSays(contract: Explained['contract']): string[] {
  if (!contract) return [];
  const { operation, nearest, unknownParameters, newestRun } = contract;
  if (operation === undefined) {
    return [
      nearest === undefined
        ? 'The contract has nothing like it.'
        : `The contract does not have it; ${nearest} is like it.`,
    ];
  }
  const names = unknownParameters.map((name) => `“${name}”`).join(', ');
  return [
    `The contract has it: ${operation}.`,
    ...(names === '' ? [] : [`The contract has no query parameter ${names} for it.`]),
    ...(newestRun ? [ranOf(newestRun)] : []),
  ];
}

function ranOf({
  target,
  at,
  outcome,
  cause,
}: NonNullable<NonNullable<Explained['contract']>['newestRun']>): string {
  const why = cause === undefined || outcome === 'works' ? '' : ` (${CAUSES[cause]})`;
  return `When ${target} was last checked, at ${at}, it was found to be: ${outcome}${why}.`;
}

function lineOf({ verdict, request, status, count }: Explained): string {
  const came = status === null ? 'no answer' : (status ?? 'a body without its status');
  const means = verdict
    ? `${verdict.outcome}${verdict.cause === undefined ? '' : `: ${CAUSES[verdict.cause]}`}`
    : 'nothing is known of it';
  const asked = [request.method, request.url?.replace(/^\/\//, '')]
    .filter((part) => part !== undefined)
    .join(' ');
  return `${count} × ${came}, ${means}${asked === '' ? '' : ` (${count > 1 ? 'the last: ' : ''}${asked})`}`;
}

/** Says that there is nothing to be explained, and what would help. */
export function printNothing({ isRead, forms }: { isRead: boolean; forms: readonly string[] }, io: Io): void {
  if (isRead) {
    io.out('An answer was found in this text, but not its status, and its words are not known.');
    io.out('  --status gives the status that it came with.');
    return;
  }
  io.out('No answer was found in this text.');
  io.out(
    io.wrapped(
      'What would help: what curl -i prints for the request, a HAR file of the browser, or the whole text of the error. A text that came as a body is explained with --status.',
      2,
    ),
  );
  io.out('  What was looked for:');
  for (const form of forms) io.out(io.wrapped(`- ${form}`, 4));
}
