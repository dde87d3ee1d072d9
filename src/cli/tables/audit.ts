import type { Audit } from '../../audit/audit.js';
import type { CallPlace, NotUnderstood } from '../../audit/call.js';
import { groupsOf, type Group } from '../../audit/groups.js';
import type { Finding } from '../../audit/judge/finding.js';
import { addToGroup } from '../../groups.js';
import { formatPlace } from '../../problem.js';
import type { Io } from '../io.js';

/** So many findings, hosts and reasons are printed; `--details` prints all. */
const LISTED = 12;

/** Prints what calls come to: each finding once, with how often and where; other hosts; and one line of figures. */
export function printAudit(audit: Audit, details: boolean, io: Io): void {
  const { dim } = io.colours;
  const groups = groupsOf(audit.calls);
  const most = details ? Infinity : LISTED;
  for (const group of groups.slice(0, most)) printGroup(group, details, io);
  if (groups.length > most) io.out(dim(`… and ${groups.length - most} more findings; --details lists all`));
  const hosts = [...audit.elsewhere].sort(([, one], [, other]) => other - one);
  if (hosts.length > 0) io.out('Calls to other hosts, which are not part of this API:');
  for (const [host, count] of hosts.slice(0, most)) io.out(dim(`    ${count} × ${host}`));
  if (hosts.length > most) io.out(dim(`    … and ${hosts.length - most} more hosts`));
  printReasons(audit.notUnderstood, details, io);
  io.out(figures(audit));
}

function printGroup({ method, url, finding, nearest, places }: Group, details: boolean, io: Io): void {
  const { red, yellow, dim } = io.colours;
  const paint = finding.severity === 'error' ? red : yellow;
  const [first] = places;
  const often = places.length === 1 ? '' : `${places.length} times, first `;
  const where = first === undefined ? '' : `  (${often}${placeText(first)})`;
  io.out(`${paint(finding.severity)}  ${method ?? 'any method'} ${url}${dim(where)}`);
  io.out(`    ${sentence(finding)}${suggestion(finding, nearest)}`);
  if (details) for (const place of places.slice(1)) io.out(dim(`    ${placeText(place)}`));
}

function printReasons(notUnderstood: readonly NotUnderstood[], details: boolean, io: Io): void {
  const byReason = new Map<string, NotUnderstood[]>();
  for (const one of notUnderstood) addToGroup(byReason, one.why, one);
  if (byReason.size > 0) io.out('Not understood:');
  for (const [why, all] of byReason) {
    const [first] = all;
    if (first === undefined) continue;
    io.out(
      io.colours.dim(
        `    ${all.length} × ${why} (${all.length > 1 ? 'first ' : ''}${placeText(first.place)})`,
      ),
    );
    if (details) for (const { place } of all.slice(1)) io.out(io.colours.dim(`      ${placeText(place)}`));
  }
}

/** One line: how many calls there are, and the verdict on each. */
export function figures({ calls, passedOver, elsewhere, notUnderstood }: Audit): string {
  const known = calls.filter((call) => call.known);
  const having = (severity: Finding['severity']): number =>
    known.filter(({ findings }) => findings.some((finding) => finding.severity === severity)).length;
  const [faulty, warned] = [having('error'), having('warning')];
  const others = sum(elsewhere.values());
  const passed = [...passedOver].map(([what, count]) => `${count} × ${what}`);
  return (
    [
      `${known.length} of ${calls.length} ${calls.length === 1 ? 'call is' : 'calls are'} in the contract` +
        (faulty === 0 ? '' : `, ${faulty} of them with an error`) +
        (warned === 0 ? '' : `, ${warned} with a warning`),
      ...(others === 0 ? [] : [`${others} to other hosts`]),
      ...(passed.length === 0 ? [] : [`passed over: ${passed.join(', ')}`]),
      ...(notUnderstood.length === 0 ? [] : [`not understood: ${notUnderstood.length}`]),
    ].join('; ') + '.'
  );
}

function sum(counts: Iterable<number>): number {
  return [...counts].reduce((total, count) => total + count, 0);
}

/** `calls.har, entry 3` or `service.py:12`. */
function placeText({ file, line, entry }: CallPlace): string {
  return entry === undefined ? formatPlace({ file, line }) : `${file}, entry ${entry}`;
}

function sentence(finding: Finding): string {
  switch (finding.code) {
    case 'unknown-path':
      return 'not in the contract';
    case 'unknown-method':
      return `not in the contract: this path has ${finding.methods.join(', ')} only`;
    case 'retired-host':
      return `${finding.host} is retired: ${finding.known}`;
    case 'other-host':
      return `the contract has this path, but ${finding.host} is not one of its hosts (--base-url adds one)`;
    case 'placeholder-in-path':
      return `the path holds ${valueText(finding.value)} where a value belongs`;
    case 'placeholder-in-query':
      return `the query parameter ${finding.name} holds ${valueText(finding.value)} where a value belongs`;
    case 'unknown-query-parameter': {
      const near = finding.nearest === undefined ? '' : `; the nearest is ${finding.nearest}`;
      return `the query parameter ${finding.name} is not in the contract${near}`;
    }
    case 'missing-query-parameter':
      return `the contract requires the query parameter ${finding.name}`;
    case 'unknown-body-member':
      return `the body member ${finding.name} is not in the contract`;
    case 'missing-body-member':
      return `the contract requires the body member ${finding.name}`;
  }
}

function valueText(value: string): string {
  if (value === 'nothing') return 'nothing';
  return value === 'a template' ? 'a template that was not filled in' : `“${value}”`;
}

function suggestion({ code }: Finding, nearest: string | undefined): string {
  if (nearest === undefined) return '';
  const intended = code === 'unknown-path' || code === 'unknown-method' || code === 'retired-host';
  return intended ? `; probably intended: ${nearest}` : '';
}
