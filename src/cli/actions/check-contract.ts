import { join } from 'node:path';
import { openFolder } from '../../artefact/folder.js';
import { CONTRACT_RULES } from '../../contract-rules/index.js';
import { judgeContract } from '../../contract-rules/judge.js';
import { contractSarif } from '../../documents/contract-findings.js';
import { findContract, findLayers } from '../../spec/find.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { printFindings } from '../tables/contract.js';

export interface CheckContractOptions extends CommonOptions {
  spec?: string | undefined;
  format?: 'sarif' | undefined;
}

/** Judges the contract itself; no target is asked anything. @returns the exit code: 1 when an error was found */
export async function checkContract(options: CheckContractOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const file = options.spec ?? findContract(findLayers(options.specDir));
  const { contract, findings } = await judgeContract(file);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  printFindings({ contract, findings }, io);
  const { title, version, sha256 } = contract;
  io.result({
    contract: { title, version, file, sha256, operations: contract.operations.length },
    rules: CONTRACT_RULES.map(({ id, promise, severity, source }) => ({ id, promise, severity, source })),
    findings,
    errors,
    warnings: findings.length - errors,
  });
  if (options.format === 'sarif') {
    const out = openFolder(options.out, host.secrets);
    const written = await out.write(
      join('latest', 'contract.sarif'),
      contractSarif(findings, CONTRACT_RULES),
    );
    io.out();
    io.out(`SARIF: ${written}`);
  }
  return errors > 0 ? 1 : 0;
}
