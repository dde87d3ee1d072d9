import type { Contract } from '../contract/contract.js';
import { contractFrom } from '../contract/load.js';
import { readContractSource } from '../contract/source.js';
import { copyOfObject } from '../json.js';
import { CONTRACT_RULES } from './index.js';
import type { ContractFinding } from './rule.js';
import { subjectOf } from './subject.js';

/** A contract, and what is wrong with it. */
export interface Judged {
  contract: Contract;
  /** By rule, in the order of the rules; of one rule in the order of the file. */
  findings: ContractFinding[];
}

/**
 * Holds a contract against every rule. No target is asked anything.
 * @throws Problem for a file that cannot be read as a contract
 */
export async function judgeContract(file: string): Promise<Judged> {
  const source = await readContractSource(file);
  // What is repaired to be used is judged as it is in the file.
  const written = copyOfObject(source.document);
  const contract = await contractFrom(source);
  const subject = subjectOf(written, contract);
  const findings: ContractFinding[] = [];
  for (const { id, severity, judge } of CONTRACT_RULES) {
    // What several operations share is one place.
    const found = new Map<string, ContractFinding>();
    for (const fault of await judge(subject)) {
      const place = fault.place ?? source.locate(fault.pointer);
      const key = `${fault.code} ${fault.pointer} ${place.file}`;
      if (!found.has(key)) found.set(key, { rule: id, severity, ...fault, place });
    }
    findings.push(...found.values());
  }
  return { contract, findings };
}
