import { callsOfCurl, isCurl } from '../curl.js';
import { emptyReading } from '../call.js';
import { readShell, type ShellReading } from '../shell.js';
import type { LineForm } from './form.js';

/**
 * Command lines of curl, as they are typed and as browsers copy them: for a POSIX shell, with `\` at the ends of lines, and
 * for the command line of Windows, with `^`. Lines that only set variables belong to them.
 */
export const curlLine: LineForm = {
  name: 'curl command lines',
  take: ({ file, lines, variables }, index) => {
    const first = lines[index] ?? '';
    if (!BEGINS.test(first) && !ASSIGNS.test(first)) return undefined;
    const isWindows = /\^\s*$|\^"/.test(first);
    const { text, taken } = isWindows ? withoutCarets(lines, index) : { text: undefined, taken: 0 };
    // A quote that is never closed would take all lines that follow, so it takes only its own.
    const whole = text ?? lines.slice(index, index + LONGEST).join('\n');
    const before = new Map(variables);
    let shell = readShell(withoutPrompt(whole), variables, 'line');
    let count = isWindows ? taken : shell.lines;
    const reading = emptyReading();
    if (shell.unclosed) {
      const own = ownLines(lines, index);
      count = own.length;
      restore(variables, before);
      shell = readShell(withoutPrompt(own.join('\n')), variables, 'line');
      if (shell.unclosed) {
        reading.notUnderstood.push({ place: { file, line: index + 1 }, why: 'a quote is not closed' });
        return { ...reading, lines: count };
      }
    }
    addCalls(shell, index, isWindows);
    return { ...reading, lines: Math.max(count, 1) };

    function addCalls({ commands }: ShellReading, from: number, onOneLine: boolean): void {
      for (const command of commands.filter(isCurl)) {
        const place = { file, line: from + (onOneLine ? 1 : command.line) };
        const calls = callsOfCurl(command);
        for (const call of calls) reading.calls.push({ ...call, place });
        if (calls.length === 0) reading.notUnderstood.push({ place, why: 'the command names no URL' });
      }
    }
  },
};

/** No command is longer. */
const LONGEST = 2000;
const PROMPT = String.raw`(?:\S*[$%>#]\s+)?(?:(?:sudo|time|env)\s+)*`;
const BEGINS = new RegExp(String.raw`^\s*${PROMPT}(?:[\w./\\-]*[/\\])?curl(?:\.exe)?\s`, 'i');
const ASSIGNS = /^\s*(?:export\s+)?[A-Za-z_]\w*=(?:\$\(|["'`]|\S*\s*$)/;

function withoutPrompt(text: string): string {
  return text.replace(new RegExp(`^\\s*${PROMPT}(?=\\S)`), (prompt) => prompt.replace(/[^\n]/g, ' '));
}

/** A line, and those that continue it. */
function ownLines(lines: readonly string[], index: number): readonly string[] {
  let end = index;
  while (/[\\`]\s*$/.test(lines[end] ?? '') && end + 1 < lines.length) end += 1;
  return lines.slice(index, end + 1);
}

/** A command of the Windows command line as one line of a POSIX shell: `^` escapes what follows it, also the end of a line. */
function withoutCarets(lines: readonly string[], index: number): { text: string; taken: number } {
  let end = index;
  while (/\^\s*$/.test(lines[end] ?? '') && end + 1 < lines.length) end += 1;
  const text = lines
    .slice(index, end + 1)
    .map((line) => line.replace(/\^\s*$/, ' '))
    .join(' ')
    .replace(/\^(.)/g, '$1')
    .replaceAll('$', '\\$');
  return { text, taken: end + 1 - index };
}

function restore(variables: Map<string, string>, to: ReadonlyMap<string, string>): void {
  variables.clear();
  for (const [name, value] of to) variables.set(name, value);
}
