import { inspect } from 'node:util';
import { chunksOf, type Content } from '../artefact/content.js';
import { inertText } from '../artefact/inert.js';
import type { Chance } from '../chance.js';
import { Problem } from '../problem.js';
import type { Secrets } from '../targets/secrets.js';

/** Where text is written to. */
export interface Output {
  write: (text: string) => unknown;
  /** Whether a person sits before it. */
  isTTY: boolean;
  /** How many characters a line has; known only where a person sits before it. */
  columns?: number | undefined;
}

/** A stream that a person or a build log reads. All that the program prints goes through one. */
export interface Terminal extends Output {
  /** Writes a text. What is in pieces is searched for secrets to its end before the first of them is written. */
  write: (content: Content) => void;
  /** Takes away the line that is being written, where a person sits before it. */
  clearLine: () => void;
  /** Whether anything was written. */
  readonly hasWritten: boolean;
}

/** What a mark begins and ends with. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];

/** How many characters of a text are seen: marks of colours are not. */
export function markedLength(text: string): number {
  return text.replaceAll(new RegExp(`${OPEN}[^${CLOSE}]*${CLOSE}`, 'g'), '').length;
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
export type Colours = Record<Style, (text: string) => string>;

/**
 * Colours are marks until they are printed: the terminal turns the marks of this process into escape sequences and
 * no others, so that foreign text can neither colour nor hide anything.
 */
export interface Marks {
  colours: (wanted: boolean) => Colours;
  /** A text with escape sequences in the place of marks. */
  print: (text: string) => string;
}

export function createMarks(chance: Chance): Marks {
  // Nobody outside of the process can know it.
  const own = chance(12);
  const [open, close] = [OPEN + own, CLOSE];
  const mark = (code: number): string => `${open}${code}${close}`;
  const style =
    (name: Style, wanted: boolean) =>
    (text: string): string => {
      const [on, off] = inspect.colors[name] ?? [0, 0];
      return wanted ? mark(on) + text + mark(off) : text;
    };
  return {
    colours: (wanted) => ({
      bold: style('bold', wanted),
      dim: style('dim', wanted),
      red: style('red', wanted),
      green: style('green', wanted),
      yellow: style('yellow', wanted),
    }),
    print: (text) =>
      text.replace(new RegExp(`${open}(\\d+)${close}`, 'g'), (_, code: string) => `\u001b[${code}m`),
  };
}

/**
 * What is between the program and a stream. Control characters become pictures of themselves, and what a build
 * server would take for a command no longer begins like one.
 * @param onSecret what happens to a text that holds a secret of this process: results are refused (a Problem is
 *   thrown), remarks and errors are replaced, because nobody is left who could report that
 */
export function createTerminal(
  output: Output,
  given: { secrets: Secrets; marks: Marks; onSecret: 'refuse' | 'replace' },
): Terminal {
  const { secrets, marks, onSecret } = given;
  let hasWritten = false;
  return {
    isTTY: output.isTTY,
    columns: output.columns,
    write: (content) => {
      if (!secrets.foundInPieces(chunksOf(content))) {
        hasWritten = true;
        for (const chunk of chunksOf(content)) output.write(marks.print(withoutCommands(inertText(chunk))));
        return;
      }
      if (onSecret === 'replace') {
        output.write(`${WITHHELD}\n`);
        return;
      }
      throw new Problem(
        'CONFORM_E_SECRET_IN_OUTPUT',
        'the output would hold a secret of this process; nothing was printed',
        {
          remedy:
            'Search the contract, the samples and the runs for it. If it is in none of them, please report this.',
        },
      );
    },
    clearLine: () => {
      if (output.isTTY) output.write('\r\u001b[2K');
    },
    get hasWritten() {
      return hasWritten;
    },
  };
}

const WITHHELD = 'conform: a message that holds a secret of this process is not shown';

/**
 * A text that holds no command for GitHub Actions (`::error::…` at the beginning of a line, `##[…]`), Azure Pipelines
 * (`##vso[…]`) or TeamCity (`##teamcity[…]`).
 */
function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1: ').replace(/#(?=#(?:\[|vso\[|teamcity\[))/gi, '# ');
}
