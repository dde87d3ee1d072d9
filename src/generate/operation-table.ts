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
  /** The server that it is on, where that is another host than that of SERVER: pass it as \`baseUrl\` of the call. */
  readonly server?: string;
}

${listOf(rows, commentText(`"${contract.title}" ${contract.version}`))}`;
}

/** The compiler infers the type of a list from all of its entries, and gives up at some ten thousand of them. */
const MOST_ENTRIES = 5_000;

function listOf(rows: readonly string[], contract: string): string {
  const about = `/** Every operation of ${contract}, in the order of the contract. */\n`;
  if (rows.length <= MOST_ENTRIES)
    return `${about}export const operations: readonly OperationEntry[] = ${literal(rows)};\n`;
  const names: string[] = [];
  const parts: string[] = [];
  for (let from = 0; from < rows.length; from += MOST_ENTRIES) {
    const name = `part${names.length + 1}`;
    names.push(name);
    parts.push(
      `const ${name}: readonly OperationEntry[] = ${literal(rows.slice(from, from + MOST_ENTRIES))};\n`,
    );
  }
  return `${parts.join('')}\n${about}export const operations: readonly OperationEntry[] = [${names.join(', ')}].flat();\n`;
}

function literal(rows: readonly string[]): string {
  return `[\n${rows.map((row) => `  ${row},\n`).join('')}]`;
}
