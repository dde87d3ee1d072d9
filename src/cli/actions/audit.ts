import { audit } from '../../audit/audit.js';
import type { Reading } from '../../audit/call.js';
import { sitesOf, type Sites } from '../../audit/judge/sites.js';
import { readCalls } from '../../audit/read.js';
import { readFolder } from '../../audit/source/files.js';
import { languageOf, readSource, type ScriptReader, type SourceFile } from '../../audit/source/read.js';
import { checkedBaseUrl } from '../../targets/address.js';
import { Problem, together } from '../../problem.js';
import { readInput } from '../input.js';
import type { Host } from '../host.js';
import { demandPart } from '../installed.js';
import { createIo, type CommonOptions } from '../io.js';
import { reportRepairs } from '../repairs.js';
import { figures, printAudit } from '../tables/audit.js';
import { openWithOrigin } from '../whole-spec.js';

export interface AuditOptions extends CommonOptions {
  source?: string[] | undefined;
  baseUrl?: string[] | undefined;
  strict?: boolean | undefined;
  details?: boolean | undefined;
}

/**
 * Holds the calls of files, and those of code, against the contract.
 * @returns 0 when the contract has every call, 1 when not (with --strict also for a warning), 3 when there is no call
 */
export async function auditCalls(
  files: readonly string[],
  options: AuditOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const folders = options.source ?? [];
  if (files.length === 0 && folders.length === 0) {
    throw new Problem('CONFORM_E_ARGUMENT_MISSING', 'nothing to audit was named', {
      remedy: 'Name files with calls, - for standard input, or a folder of code with --source.',
    });
  }
  const baseUrls = (options.baseUrl ?? []).map((url) => checkedBaseUrl(url));
  const texts = await together(
    files.map(async (file): Promise<SourceFile> => {
      const text = await readInput(file, 'Paste calls, then press Ctrl-D.', io, host);
      return { file: file === '-' ? 'standard input' : file, text };
    }),
  );
  const code = await together(folders.map(readFolder));
  const { contract, hosts } = await openWithOrigin(options.specDir, ['contract', 'hosts'], io);
  const sites = sitesOf(contract, hosts.targets, baseUrls);
  const isCode = ({ file }: SourceFile): boolean => languageOf(file) !== undefined;
  const readings = await together(
    texts.filter((one) => !isCode(one)).map(async ({ file, text }) => Promise.resolve(readCalls(text, file))),
  );
  const sources = [...texts.filter(isCode), ...code.flatMap((folder) => folder.files)];
  if (sources.length > 0) readings.push(await readCode(sources, sites));
  for (const [what, count] of code.flatMap(({ passedOver }) => [...passedOver])) {
    io.note(`Passed over: ${count} × ${what}.`);
  }
  reportRepairs(contract.repairs, io);
  const result = audit(readings, { contract, sites });
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

async function readCode(files: readonly SourceFile[], sites: Sites): Promise<Reading> {
  return readSource(
    files,
    sites,
    files.some(({ file }) => languageOf(file) === 'script') ? await scriptReader() : undefined,
  );
}

/** The compiler is large, and loaded only where there are files for it. */
async function scriptReader(): Promise<ScriptReader> {
  demandPart('code', 'conform audit of JavaScript and TypeScript');
  const [{ default: ts }, { parseTypeScript }] = await Promise.all([
    import('typescript'),
    import('../../audit/source/typescript.js'),
  ]);
  return (file, text) => parseTypeScript(ts, file, text);
}
