import { HOLE } from '../exchange/shown-url.js';

/** One command with its words, as a shell reads them; what it does not know is a `HOLE`. */
export interface ShellCommand {
  words: string[];
  /** Of its first word, from 1. */
  line: number;
  /** What it is given on standard input by a here-document. */
  input?: string;
}

export interface ShellReading {
  commands: ShellCommand[];
  /** How many lines were read. */
  lines: number;
  /** Whether a quote or a bracket was open when the text ended. */
  unclosed: boolean;
}

/**
 * Reads the commands of a POSIX shell, also those whose output stands for a word, `$( … )`. It runs nothing: loops and
 * conditions are read once, from top to bottom, and variables have the value that they were given last.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 * @param variables is read and changed
 * @param extent `line` to stop where the first line ends that is not continued
 */
export function readShell(
  text: string,
  variables: Map<string, string>,
  extent: 'all' | 'line' = 'all',
): ShellReading {
  const reader = new ShellReader(text, variables);
  const commands = reader.commands(extent === 'line' ? 'newline' : 'end', 0);
  return { commands, lines: reader.line - (text[reader.at - 1] === '\n' ? 1 : 0), unclosed: reader.unclosed };
}

type Until = 'end' | 'newline' | ')' | '`';

/** Substitutions within substitutions: nobody nests them deeper. */
const DEEPEST = 20;

class ShellReader {
  at = 0;
  line = 1;
  unclosed = false;
  /** Here-documents whose text comes after the end of the line. */
  private waiting: { delimiter: string; command: ShellCommand }[] = [];
  /** What ends the substitutions that are open, the innermost last. */
  private readonly closing: Until[] = [];

  constructor(
    private readonly text: string,
    private readonly variables: Map<string, string>,
  ) {}

  commands(until: Until, depth: number): ShellCommand[] {
    const found: ShellCommand[] = [];
    let current: ShellCommand = { words: [], line: this.line };
    const end = (): void => {
      if (current.words.length > 0 || current.input !== undefined) {
        this.assign(current);
        found.push(current);
      }
      current = { words: [], line: this.line };
    };
    while (this.at < this.text.length) {
      const character = this.text.charAt(this.at);
      if (character === until) {
        this.at += 1;
        end();
        return found;
      }
      if (character === '\n') {
        this.advance();
        this.readWaiting();
        end();
        if (until === 'newline') return found;
      } else if (character === '\\' && /^\\\r?\n/.test(this.text.slice(this.at, this.at + 3))) {
        this.skipThrough('\n');
      } else if (/\s/.test(character)) this.at += 1;
      else if (character === '#') this.skipTo('\n');
      else if (/^(?:[;&|()]|[{}](?![^\s;]))/.test(this.text.slice(this.at, this.at + 2))) {
        this.at += 1;
        end();
      } else if (character === '<' || character === '>') this.redirection(current, depth);
      else {
        if (current.words.length === 0) current.line = this.line;
        const from = this.at;
        const word = this.word(found, depth);
        if (this.at === from) this.at += 1;
        if (/^\d+$/.test(word) && /[<>]/.test(this.text.charAt(this.at))) continue;
        current.words.push(word);
      }
    }
    if (until === ')' || until === '`') this.unclosed = true;
    end();
    return found;
  }

  /** Variables that a command sets: `NAME=value`, `export NAME=value`. */
  private assign(command: ShellCommand): void {
    const { words } = command;
    while (words.length > 0) {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[0] ?? '') ?? [];
      if (name === undefined || value === undefined) break;
      this.variables.set(name, value);
      words.shift();
    }
    if (!/^(?:export|local|readonly|declare|typeset|set)$/.test(words[0] ?? '')) return;
    for (const word of words.slice(1)) {
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
      if (name !== undefined && value !== undefined) this.variables.set(name, value);
    }
  }

  private redirection(command: ShellCommand, depth: number): void {
    const [operator = ''] = /^[<>]+[-&|]?/.exec(this.text.slice(this.at, this.at + 4)) ?? [];
    this.at += Math.max(operator.length, 1);
    while (/[ \t]/.test(this.text.charAt(this.at))) this.at += 1;
    if (/[\n)]/.test(this.text.charAt(this.at)) || this.at >= this.text.length) return;
    if (this.text.charAt(this.at) === '(') return;
    const word = this.word([], depth);
    if (operator === '<<<') command.input = word;
    else if (operator.startsWith('<<')) this.waiting.push({ delimiter: word, command });
  }

  private readWaiting(): void {
    for (const { delimiter, command } of this.waiting) {
      const begin = this.at;
      let end = this.text.length;
      while (this.at < this.text.length) {
        const from = this.at;
        this.skipThrough('\n');
        if (this.text.slice(from, this.at).trim() !== delimiter) continue;
        end = from;
        break;
      }
      command.input = this.text.slice(begin, end);
    }
    this.waiting = [];
  }

  /** One word. Commands whose output is a part of it come before the one that it belongs to. */
  private word(before: ShellCommand[], depth: number): string {
    let word = '';
    while (this.at < this.text.length) {
      const character = this.text.charAt(this.at);
      if (/[\s;&|<>()]/.test(character)) break;
      if (character === '`' && this.closing.at(-1) === '`') break;
      word += this.piece(character, before, depth, false);
    }
    return word;
  }

  private piece(character: string, before: ShellCommand[], depth: number, quoted: boolean): string {
    if (character === '\\') {
      const next = this.text.charAt(this.at + 1);
      this.at += 1;
      if (next === '\r' && this.text.charAt(this.at + 1) === '\n') this.at += 1;
      if (this.at >= this.text.length) return '';
      this.advance();
      if (next === '\n' || next === '\r') return '';
      return quoted && !/["\\$`]/.test(next) ? `\\${next}` : next;
    }
    if (character === '$') return this.dollar(before, depth, quoted);
    if (character === '`') {
      this.at += 1;
      this.nested('`', before, depth);
      return HOLE;
    }
    if (!quoted && character === "'") return this.verbatim();
    if (!quoted && character === '"') return this.quoted(before, depth);
    this.advance();
    return character;
  }

  private verbatim(): string {
    const end = this.text.indexOf("'", this.at + 1);
    const stop = end < 0 ? this.text.length : end;
    if (end < 0) this.unclosed = true;
    const inner = this.text.slice(this.at + 1, stop);
    this.move(Math.min(stop + 1, this.text.length));
    return inner;
  }

  private quoted(before: ShellCommand[], depth: number): string {
    this.at += 1;
    let inner = '';
    while (this.at < this.text.length) {
      const character = this.text.charAt(this.at);
      if (character === '"') {
        this.at += 1;
        return inner;
      }
      inner += this.piece(character, before, depth, true);
    }
    this.unclosed = true;
    return inner;
  }

  /** `$name`, `${name}`, `${name:-default}`, `$( … )`, `$'…'`. */
  private dollar(before: ShellCommand[], depth: number, quoted: boolean): string {
    const rest = this.text.slice(this.at, this.at + LONGEST_NAME);
    if (!quoted && rest.startsWith("$'")) return this.escaped();
    if (rest.startsWith('$((')) {
      const end = this.text.indexOf('))', this.at);
      if (end < 0) this.unclosed = true;
      this.move(end < 0 ? this.text.length : end + 2);
      return HOLE;
    }
    if (rest.startsWith('$(')) {
      this.at += 2;
      this.nested(')', before, depth);
      return HOLE;
    }
    const [whole = '', name = '', fallback] =
      /^\$\{([A-Za-z_]\w*|[\d@*#?!-])(?::?-([^{}]*))?\}/.exec(rest) ?? [];
    if (whole !== '') {
      this.move(this.at + whole.length);
      return this.variables.get(name) ?? (fallback === undefined ? HOLE : unquoted(fallback));
    }
    if (rest.startsWith('${')) {
      const end = this.text.indexOf('}', this.at);
      if (end < 0) this.unclosed = true;
      this.move(end < 0 ? this.text.length : end + 1);
      return HOLE;
    }
    const [plain = ''] = /^\$(?:[A-Za-z_]\w*|[\d@*#?!$-])/.exec(rest) ?? [];
    if (plain === '') {
      this.at += 1;
      return '$';
    }
    this.at += plain.length;
    return this.variables.get(plain.slice(1)) ?? HOLE;
  }

  /** `$'…'`, with the escapes of C. */
  private escaped(): string {
    this.at += 2;
    let inner = '';
    while (this.at < this.text.length) {
      const character = this.text.charAt(this.at);
      this.advance();
      if (character === "'") return inner;
      if (character !== '\\') {
        inner += character;
        continue;
      }
      const next = this.text.charAt(this.at);
      const [, code] = /^u([\da-f]{1,4})/i.exec(this.text.slice(this.at, this.at + 5)) ?? [];
      if (code !== undefined) {
        this.at += code.length + 1;
        inner += String.fromCharCode(Number.parseInt(code, 16));
        continue;
      }
      this.advance();
      inner += { n: '\n', t: '\t', r: '\r' }[next] ?? next;
    }
    this.unclosed = true;
    return inner;
  }

  private nested(until: ')' | '`', before: ShellCommand[], depth: number): void {
    if (depth >= DEEPEST) {
      this.skipTo('\n');
      return;
    }
    this.closing.push(until);
    before.push(...this.commands(until, depth + 1));
    this.closing.pop();
  }

  private advance(): void {
    if (this.text.charAt(this.at) === '\n') this.line += 1;
    this.at += 1;
  }

  private move(to: number): void {
    for (; this.at < to;) this.advance();
  }

  private skipTo(character: string): void {
    const end = this.text.indexOf(character, this.at);
    this.move(end < 0 ? this.text.length : end);
  }

  private skipThrough(character: string): void {
    this.skipTo(character);
    if (this.at < this.text.length) this.advance();
  }
}

const LONGEST_NAME = 400;

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}
