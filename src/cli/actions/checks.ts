import { ANSWER_CHECKS } from '../../checks/answer-checks.js';
import { allPromises } from '../../checks/own.js';
import { ON_BY_DEFAULT, settleChoices } from '../../checks/select.js';
import { openSpec } from '../../spec/open.js';
import { findTarget } from '../../targets/targets.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';

export interface ChecksOptions extends CommonOptions {
  target?: string | undefined;
}

/** Lists the checks, and which of them are on. @returns the exit code */
export async function listChecks(options: ChecksOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const { choices, severityOf } = await settingsOf(options);
  const { reads, lives, access } = settleChoices({ on: ON_BY_DEFAULT }, ...choices);
  const on = new Set([...ANSWER_CHECKS, ...reads, ...lives, ...access].map(({ id }) => id));
  const listed = allPromises().map(({ id, promise, source, since, severity, asks, messages }) => ({
    ...{ id, promise, source, since, on: on.has(id) },
    severity: severityOf(id) ?? severity,
    asks,
    codes: Object.keys(messages),
  }));
  for (const one of listed) {
    const { id, promise, source, severity, asks, codes } = one;
    io.out(`${io.colours.bold(id)}  ${one.on ? io.colours.green('on') : io.colours.dim('off')}`);
    io.out(io.wrapped(promise, 2));
    const how = asks.atMost === 0 ? 'asks nothing' : `at most ${asks.atMost} requests`;
    io.out(io.wrapped(`${severity}, by the ${source.kind}: ${source.ref}; ${how}`, 2));
    io.out(io.wrapped(`finds: ${codes.join(', ')}`, 2));
  }
  io.result(listed);
  return 0;
}

/** What the spec folder says of checks: of one target, or of all. */
async function settingsOf({ specDir, target }: ChecksOptions) {
  if (target === undefined) return (await openSpec(specDir, ['checks'])).checks.all;
  const { hosts, checks } = await openSpec(specDir, ['hosts', 'checks']);
  return checks.of(findTarget(hosts.targets, target).name);
}
