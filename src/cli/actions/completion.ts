import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { SCRIPTS, type Shell } from '../completion/scripts.js';
import { wordsOf } from '../completion/words.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';

/** Prints the script by which a shell completes a command line. @param program the whole of it */
export function completion(
  program: CommandUnknownOpts,
  shell: Shell,
  options: CommonOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const script = SCRIPTS[shell](wordsOf(program));
  io.out(script.trimEnd());
  io.result({ shell, script });
  return Promise.resolve(0);
}
