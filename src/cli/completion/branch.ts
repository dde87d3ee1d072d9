/**
 * The branch of a `case` of the shell for one command: options after a dash, and where it has no arguments; arguments
 * otherwise.
 * @param current what the shell calls the word that is being completed
 * @param given commands of the shell that offer arguments
 * @param options the command of the shell that offers options
 */
export function branchOf(path: string, current: string, given: readonly string[], options: string): string[] {
  return [
    `    ${quoted(path)})`,
    ...(given.length === 0
      ? [`      ${options}`]
      : [
          `      case "$${current}" in`,
          `        -*) ${options} ;;`,
          `        *) ${given.join('; ')} ;;`,
          '      esac',
        ]),
    '      ;;',
  ];
}

/** A text as one word of bash and zsh, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
