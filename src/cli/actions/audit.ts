import { audit } from '../../audit/audit.js';
import type { Reading } from '../../audit/call.js';
import { sitesOf } from '../../audit/judge/sites.js';
import { readCalls } from '../../audit/read.js';
import { openSpec } from '../../spec/open.js';
import { checkedBaseUrl } from '../../target/address.js';
import { Problem, together } from '../../problem.js';
import { readInput } from '../input.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { tellRepairs } from '../repairs.js';
import { figures, printAudit } from '../tables/audit.js';

export interface AuditOptions extends CommonOptions {
  baseUrl?: string[] | undefined;
  strict?: boolean | undefined;
  details?: boolean | undefined;
}

/**
 * Holds the calls of files against the contract.
 * @returns 0 when the contract has every call, 1 when not (with --strict also for a warning), 3 when there is no call
 */
export async function auditCalls(
  files: readonly string[],
  options: AuditOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  if (files.length === 0) {
    throw new Problem('nothing to audit was named', {
      remedy: 'Name files with calls, or - for standard input.',
    });
  }
  const baseUrls = (options.baseUrl ?? []).map((url) => checkedBaseUrl(url));
  const readings = await together(
    files.map(async (file): Promise<Reading> => {
      const text = await readInput(file, 'Paste calls, then press Ctrl-D.', io, host);
      return readCalls(text, file === '-' ? 'standard input' : file);
    }),
  );
  const { contract, hosts } = await openSpec(options.specDir, ['contract', 'hosts']);
  tellRepairs(contract.repairs, io);
  const result = audit(readings, { contract, sites: sitesOf(contract, hosts.targets, baseUrls) });
  printAudit(result, options.details ?? false, io);
  if (io.json) io.note(figures(result));
  io.result(result.calls);
  if (result.calls.length === 0) {
    io.note('No call of this API was found, so nothing could be judged.');
    return 3;
  }
  return result.calls.some((call) => isRefused(call, options.strict ?? false)) ? 1 : 0;
}

function isRefused(
  { known, findings }: { known: boolean; findings: readonly { severity: string }[] },
  strict: boolean,
): boolean {
  return !known || findings.some(({ severity }) => strict || severity === 'error');
}
