/** How a template writes what it names, by where in the template it stands. */
export type Writer = 'md' | 'line' | 'insideCode' | 'insideCodeInTable';

/** The name of the helper that writes what a block holds. */
export function blockName(writer: Writer): string {
  return `written:${writer}`;
}
