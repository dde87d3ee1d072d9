import { audit } from '../../audit/audit.js';
import { readCalls } from '../../audit/calls.js';
import { readInput } from '../input.js';
import { openSpec } from '../../spec/open.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { tellRepairs } from '../repairs.js';

/** @returns 0 when the contract has every call, 1 when not */
export async function auditCalls(file: string, options: CommonOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const text = await readInput(file, 'Write lines of METHOD URL, then press Ctrl-D.', io, host);
  const calls = readCalls(text, file);
  const { contract } = await openSpec(options.specDir, ['contract']);
  tellRepairs(contract.repairs, io);
  const audited = audit(calls, contract.operations);
  const unknown = audited.filter(({ known }) => !known);
  for (const { method, url, nearest } of unknown) {
    io.out(`${io.colours.red('not in the contract')}  ${method} ${url}`);
    io.out(nearest === undefined ? '    nothing like it is' : `    probably meant: ${nearest}`);
  }
  io.out(`${audited.length - unknown.length} of ${audited.length} calls are in the contract.`);
  io.result(audited);
  return unknown.length === 0 ? 0 : 1;
}
