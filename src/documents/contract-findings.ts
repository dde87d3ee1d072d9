import type { ContractFinding, ContractRule } from '../contract-rules/rule.js';
import { sarifText } from './sarif-text.js';

/** The findings about a contract in SARIF, each at its place in the file, with the section that its rule goes by. */
export function contractSarif(findings: readonly ContractFinding[], rules: readonly ContractRule[]): string {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return sarifText(
    findings.map(({ rule, severity, code, message, pointer, place }) => ({
      rule,
      about: known.get(rule)?.promise ?? rule,
      help: known.get(rule)?.source.url,
      level: severity,
      message,
      file: place.file,
      line: place.line,
      column: place.column,
      pointer,
      identity: `${rule} ${code} ${pointer} ${message}`,
    })),
  );
}
