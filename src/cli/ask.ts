import type { Host } from './host.js';

/** A person before the command, who can be asked one thing after another. */
export interface Asker {
  /** @returns the line that was typed; undefined when no more comes */
  ask: (question: string) => Promise<string | undefined>;
  /** Lets go of standard input: until then the process does not end. */
  close: () => Promise<void>;
}

type Streams = Pick<Host, 'stdin' | 'stderr' | 'env'>;

/**
 * A person, where one sits before the command: standard input and standard error are terminals, and it is no build server.
 * @returns undefined where there is nobody to ask
 */
export function askerOf({ stdin, stderr, env }: Streams): Asker | undefined {
  if (stdin.isTTY !== true || !stderr.isTTY || (env['CI'] ?? '') !== '') return undefined;
  const chunks: AsyncIterator<unknown, unknown> = stdin[Symbol.asyncIterator]();
  let typed = '';
  let isOpen = true;
  return {
    ask: async (question) => {
      stderr.write(question);
      while (isOpen && !typed.includes('\n')) {
        const chunk = await chunks.next();
        if (chunk.done === true) isOpen = false;
        else typed += String(chunk.value);
      }
      if (typed === '' && !isOpen) return undefined;
      const [line = ''] = typed.split('\n', 1);
      typed = typed.slice(line.length + 1);
      return line.trim();
    },
    close: async () => {
      await chunks.return?.();
    },
  };
}

/**
 * Asks a person one thing.
 * @returns the line that was typed; undefined where there is nobody to ask
 */
export async function ask(question: string, streams: Streams): Promise<string | undefined> {
  const asker = askerOf(streams);
  if (!asker) return undefined;
  try {
    return await asker.ask(question);
  } finally {
    await asker.close();
  }
}
