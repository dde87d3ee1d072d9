import type { Contract } from '../contract/contract.js';
import { commentText, jsonLiteral } from './typescript-text.js';

/** A runtime table of the operations of a contract, as TypeScript. */
export function generateOperationTable(contract: Contract): string {
  const rows = contract.operations.map(
    ({ id, operationId, method, path, tag, safe, deprecated, standing, server }) =>
      jsonLiteral({
        id,
        operationId,
        method,
        path,
        tag,
        safe,
        deprecated,
        ...(standing === undefined ? {} : { standing }),
        ...(server?.elsewhere ? { server: server.url } : {}),
      }),
  );
  return `/** One operation of the contract. */
export interface OperationEntry {
  /** Method and path template. */
  readonly id: string;
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  /** Whether asking it changes nothing. */
  readonly safe: boolean;
  readonly deprecated: boolean;
  /** How sure the contract is of it. */
  readonly standing?: string;
  /** The server that it stands on, where that is another host than that of SERVER: pass it as \`baseUrl\` of the call. */
  readonly server?: string;
}

/** Every operation of ${commentText(`"${contract.title}" ${contract.version}`)}, in the order of the contract. */
export const operations: readonly OperationEntry[] = [
${rows.map((row) => `  ${row},`).join('\n')}
];
`;
}
