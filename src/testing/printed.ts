import { textOf } from '../artefact/content.js';
import { createIo, type Io } from '../cli/io.js';
import { createMarks, type Terminal } from '../cli/terminal.js';

/**
 * What a command prints on standard output, without colours.
 * @param columns how many characters a line of the terminal has
 */
export function printed(print: (io: Io) => void, columns = 80): string {
  let text = '';
  const terminal = (write: (text: string) => void): Terminal => ({
    ...{ columns, isTTY: false },
    write: (content) => {
      write(textOf(content));
    },
    clearLine: () => undefined,
    hasWritten: false,
  });
  const stdout = terminal((piece) => (text += piece));
  const marks = createMarks(() => '5e');
  print(createIo({ color: false }, { stdout, stderr: terminal(() => undefined), env: {}, marks }));
  return text;
}
