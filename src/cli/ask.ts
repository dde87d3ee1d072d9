import type { Host } from './host.js';

/**
 * Asks a person something, where one sits before the command: standard input and standard error are terminals, and it is no
 * build server.
 * @returns the line that was typed; undefined where there is nobody to ask
 */
export async function ask(
  question: string,
  { stdin, stderr, env }: Pick<Host, 'stdin' | 'stderr' | 'env'>,
): Promise<string | undefined> {
  if (stdin.isTTY !== true || !stderr.isTTY || (env['CI'] ?? '') !== '') return undefined;
  stderr.write(question);
  let typed = '';
  for await (const chunk of stdin) {
    typed += String(chunk);
    if (typed.includes('\n')) break;
  }
  return typed.split('\n', 1)[0]?.trim();
}
