import {
  NOTHING,
  type Argument,
  type Arm,
  type Code,
  type FunctionCode,
  type Parameter,
  type RecordMember,
  type Step,
} from '../code.js';
import { tokensOf, type Token } from './tokens.js';

/**
 * Reads what a Python file does, as far as the audit looks at it. What it does not know it passes over, to the end of the
 * statement; it never throws. Texts that are alone are documentation and no code.
 *
 * @see https://docs.python.org/3/reference/grammar.html
 */
export function parsePython(text: string): Step[] {
  return new Parser(tokensOf(text)).block([], 0);
}

/** Code within code is read to this depth. */
const DEEPEST = 120;

const COMPOUND = new Set([
  'if',
  'elif',
  'else',
  'for',
  'while',
  'try',
  'except',
  'finally',
  'with',
  'match',
  'case',
]);
/** Arms of one statement go on with these. */
const FURTHER = new Set(['elif', 'else', 'except', 'finally', 'case']);
const OPERATORS = new Set('+ - * / // % @ ** | & ^ << >> == != < > <= >= in is and or not'.split(' '));
const ASSIGNMENTS = new Set([
  '=',
  '+=',
  '-=',
  '*=',
  '/=',
  '//=',
  '%=',
  '@=',
  '&=',
  '|=',
  '^=',
  '**=',
  '>>=',
  '<<=',
]);

class Parser {
  private at = 0;
  private depth = 0;
  private statements = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** The steps to the end of a block. */
  block(arms: readonly Arm[], level: number): Step[] {
    const steps: Step[] = [];
    let open: Arm | undefined;
    let decorators: Code[] = [];
    while (!this.isAtEnd()) {
      const token = this.token();
      if (token.is === 'dedent') {
        this.at += 1;
        if (level > 0) return steps;
      } else if (token.is === 'indent') {
        this.at += 1;
        steps.push(...this.block(arms, level + 1));
      } else if (token.is === 'newline' || token.text === ';') this.at += 1;
      else if (token.text === '@' && token.is === 'mark') {
        this.at += 1;
        decorators.push(this.expression());
        this.endStatement();
      } else if (token.is === 'word' && this.isCompound()) {
        if (FURTHER.has(token.text) && open) {
          open = { statement: open.statement, arm: open.arm + 1, otherwise: token.text === 'else' };
        } else open = { statement: (this.statements += 1), arm: 0 };
        steps.push(...this.compound([...arms, open], arms, level));
      } else if (this.is('def') || (this.is('async') && this.peek(1).text === 'def')) {
        if (this.is('async')) this.at += 1;
        steps.push({ is: 'function', function: this.definition(decorators, level), arms });
        decorators = [];
      } else if (this.is('async')) this.at += 1;
      else if (this.is('class')) {
        steps.push(this.classDefinition(arms, level));
        decorators = [];
      } else steps.push(...this.simple(arms));
    }
    return steps;
  }

  /** `match` and `case` are names as well. */
  private isCompound(): boolean {
    const { text } = this.token();
    if (!COMPOUND.has(text)) return false;
    if (text !== 'match' && text !== 'case') return true;
    const next = this.peek(1);
    return next.is !== 'mark' || /^[([{*-]$/.test(next.text) ? this.lineEndsWithColon() : false;
  }

  private lineEndsWithColon(): boolean {
    let at = this.at;
    while (!/^(?:newline|end)$/.test(this.tokens[at]?.is ?? 'end')) at += 1;
    return this.tokens[at - 1]?.text === ':';
  }

  private compound(arms: readonly Arm[], outer: readonly Arm[], level: number): Step[] {
    const word = this.next().text;
    const steps: Step[] = [];
    if (word === 'for') {
      const target = this.target();
      if (this.is('in')) this.at += 1;
      const value = this.expressions();
      steps.push({ is: 'set', target, value: { is: 'item', of: value, key: NOTHING }, arms });
    } else {
      while (!this.is(':') && !this.isLineEnd()) {
        const value = this.expression();
        if (this.is('as')) {
          this.at += 1;
          const target = this.target();
          // What a `with` names is there after it, too.
          if (word === 'with') steps.push({ is: 'set', target, value, arms: outer });
        } else steps.push({ is: 'run', value, arms });
        if (this.is(',') || this.is('from')) this.at += 1;
        else if (!this.is(':') && !this.isLineEnd()) this.at += 1;
      }
    }
    // What a `with` holds is done in any case.
    return [...steps, ...this.suite(word === 'with' ? outer : arms, level)];
  }

  /** What is behind a colon: on the same line, or indented below. */
  private suite(arms: readonly Arm[], level: number): Step[] {
    if (this.is(':')) this.at += 1;
    if (this.token().is === 'newline') {
      this.at += 1;
      if (this.token().is !== 'indent') return [];
      this.at += 1;
      return this.block(arms, level + 1);
    }
    const steps: Step[] = [];
    while (!this.isLineEnd()) {
      if (this.is(';')) this.at += 1;
      else steps.push(...this.simple(arms));
    }
    return steps;
  }

  private definition(decorators: readonly Code[], level: number): FunctionCode {
    this.at += 1;
    const { line, text: name } = this.next();
    const parameters = this.is('(') ? this.parameters(')') : [];
    while (!this.is(':') && !this.isLineEnd()) this.at += 1;
    return { name, parameters, body: this.suite([], level), decorators, line };
  }

  private parameters(closing: string): Parameter[] {
    if (closing === ')') this.at += 1;
    const found: Parameter[] = [];
    while (!this.is(closing) && !this.isAtEnd() && !(closing === ':' && this.isLineEnd())) {
      if (this.token().is === 'word') {
        const rest = this.tokens[this.at - 1]?.text === '**';
        const name = this.next().text;
        if (this.is(':') && closing !== ':') {
          this.at += 1;
          this.expression();
        }
        const fallback = this.is('=') ? this.after(() => this.expression()) : undefined;
        found.push({ name, fallback, rest });
      } else this.at += 1;
    }
    if (closing === ')') this.at += 1;
    return found;
  }

  private classDefinition(arms: readonly Arm[], level: number): Step {
    this.at += 1;
    const { text: name } = this.next();
    const bases = this.is('(') ? this.arguments().map(({ value }) => value) : [];
    while (!this.is(':') && !this.isLineEnd()) this.at += 1;
    return { is: 'class', name, bases, body: this.suite([], level), arms };
  }

  /** A statement of one line. */
  private simple(arms: readonly Arm[]): Step[] {
    const begin = this.at;
    const { is, text } = this.token();
    const steps: Step[] = [];
    if (is === 'word' && text === 'return') {
      this.at += 1;
      steps.push({ is: 'return', value: this.isLineEnd() ? NOTHING : this.expressions(), arms });
    } else if (is === 'word' && /^(?:import|global|nonlocal|pass|break|continue)$/.test(text)) {
      this.skipLine();
    } else if (is === 'word' && text === 'from') {
      steps.push(...this.fromImport(arms));
    } else if (is === 'word' && /^(?:raise|assert|del)$/.test(text)) {
      this.at += 1;
      if (!this.isLineEnd())
        steps.push({ is: 'run', value: { is: 'other', inner: [this.expressions()] }, arms });
    } else steps.push(...this.assignment(arms));
    this.endStatement();
    if (this.at === begin) this.at += 1;
    return steps;
  }

  /** `from config import BASE as ROOT` gives a name another one. */
  private fromImport(arms: readonly Arm[]): Step[] {
    const steps: Step[] = [];
    while (!this.isLineEnd()) {
      const { text } = this.next();
      if (!this.is('as')) continue;
      this.at += 1;
      const target: Code = { is: 'name', name: this.next().text };
      steps.push({ is: 'set', target, value: { is: 'name', name: text }, arms });
    }
    return steps;
  }

  private assignment(arms: readonly Arm[]): Step[] {
    const values = [this.expressions()];
    const steps: Step[] = [];
    if (this.is(':')) {
      this.at += 1;
      this.expression();
    }
    let operator = '=';
    while (this.token().is === 'mark' && ASSIGNMENTS.has(this.token().text)) {
      operator = this.next().text;
      values.push(this.expressions());
    }
    const value = values.pop();
    if (value === undefined) return steps;
    if (values.length === 0) {
      // A text alone is documentation.
      if (value.is !== 'text') steps.push({ is: 'run', value, arms });
      return steps;
    }
    for (const target of values) steps.push(...assigned(target, value, operator, arms));
    return steps;
  }

  /** What is assigned in a `for` or a `with`. */
  private target(): Code {
    const targets: Code[] = [this.postfix()];
    while (this.is(',')) {
      this.at += 1;
      if (!this.is('in')) targets.push(this.postfix());
    }
    const [only] = targets;
    return targets.length === 1 && only ? only : { is: 'list', items: targets };
  }

  /** One expression, or several as a list. */
  private expressions(): Code {
    const first = this.expression();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.is(',')) {
      this.at += 1;
      if (this.isLineEnd() || this.is('=') || this.is(':')) break;
      items.push(this.expression());
    }
    return { is: 'list', items };
  }

  private expression(): Code {
    this.depth += 1;
    const begin = this.at;
    const found = this.depth > DEEPEST ? this.passOver() : this.conditional();
    this.depth -= 1;
    if (this.at === begin && !this.isLineEnd() && !/^[)\]}:,;=]$/.test(this.token().text)) this.at += 1;
    return found;
  }

  private passOver(): Code {
    this.at += 1;
    return NOTHING;
  }

  private conditional(): Code {
    const value = this.binary();
    if (!this.is('if')) {
      if (this.is(':=')) return this.after(() => this.expression());
      return value;
    }
    this.at += 1;
    const condition = this.binary();
    if (!this.is('else')) return { is: 'other', inner: [value, condition] };
    this.at += 1;
    const otherwise = this.expression();
    return { is: 'either', options: [value, otherwise, { is: 'other', inner: [condition] }] };
  }

  /** Operands and operators, without regard to which binds closer: only `+`, `%` and `or` are of interest. */
  private binary(): Code {
    const operands = [this.unary()];
    const operators: string[] = [];
    while (OPERATORS.has(this.token().text) && /^(?:mark|word)$/.test(this.token().is)) {
      let operator = this.next().text;
      if ((operator === 'not' && this.is('in')) || (operator === 'is' && this.is('not')))
        operator += this.next().text;
      operators.push(operator);
      operands.push(this.unary());
    }
    return combined(operands, operators);
  }

  private unary(): Code {
    const { is, text } = this.token();
    if (is === 'word' && text === 'lambda') return this.lambda();
    if (
      (is === 'word' && /^(?:await|not|yield)$/.test(text)) ||
      (is === 'mark' && /^(?:[-+~]|\*\*?)$/.test(text))
    ) {
      this.at += 1;
      if (text === 'yield' && this.is('from')) this.at += 1;
      if (this.isLineEnd() || /^[)\]}]$/.test(this.token().text)) return NOTHING;
      this.depth += 1;
      const inner = this.depth > DEEPEST ? this.passOver() : this.unary();
      this.depth -= 1;
      return text === 'await' ? inner : { is: 'other', inner: [inner] };
    }
    return this.postfix();
  }

  private lambda(): Code {
    const { line } = this.next();
    const parameters = this.parameters(':');
    if (this.is(':')) this.at += 1;
    const value = this.expression();
    const body: Step[] = [{ is: 'return', value, arms: [] }];
    return { is: 'function', function: { name: '', parameters, body, decorators: [], line } };
  }

  private postfix(): Code {
    let value = this.atom();
    for (;;) {
      const { text, line } = this.token();
      if (this.token().is !== 'mark') return value;
      if (text === '.') {
        this.at += 1;
        value = { is: 'member', of: value, name: this.token().is === 'word' ? this.next().text : '' };
      } else if (text === '(') value = { is: 'call', callee: value, arguments: this.arguments(), line };
      else if (text === '[') {
        this.at += 1;
        const key = this.items(']');
        value = {
          is: 'item',
          of: value,
          key: key.length === 1 ? (key[0] ?? NOTHING) : { is: 'other', inner: key },
        };
      } else return value;
    }
  }

  private atom(): Code {
    const token = this.token();
    if (token.is === 'text') return this.texts();
    if (token.is === 'number') {
      this.at += 1;
      return NOTHING;
    }
    if (token.is === 'word') {
      if (/^(?:if|else|for|in|as|from|import|and|or|not|is)$/.test(token.text)) return NOTHING;
      this.at += 1;
      return /^(?:None|True|False)$/.test(token.text) ? NOTHING : { is: 'name', name: token.text };
    }
    if (token.text === '(' || token.text === '[') {
      this.at += 1;
      const from = this.at;
      const items = this.items(token.text === '(' ? ')' : ']');
      const isTuple = this.tokens.slice(from, this.at).some(({ text }) => text === ',');
      const [only] = items;
      if (token.text === '(' && items.length === 1 && only && !isTuple) return only;
      if (token.text === '(' && items.length === 1 && only && !(this.tokens[this.at - 2]?.text === ','))
        return only;
      return { is: 'list', items };
    }
    if (token.text === '{') return this.braces();
    if (token.text === '...') this.at += 1;
    return NOTHING;
  }

  /** What is between brackets, to the closing one. */
  private items(closing: string): Code[] {
    const items: Code[] = [];
    while (!this.is(closing) && !this.isAtEnd()) {
      if (this.is(',') || this.is(':')) this.at += 1;
      else if (this.is('for') || (this.is('async') && this.peek(1).text === 'for')) {
        items.push(...this.comprehension(closing));
      } else {
        const begin = this.at;
        items.push(this.expression());
        if (this.at === begin) this.at += 1;
      }
    }
    this.at += 1;
    return items;
  }

  private comprehension(closing: string): Code[] {
    const inner: Code[] = [];
    while (!this.is(closing) && !this.isAtEnd()) {
      const begin = this.at;
      if (/^(?:for|in|if|async|,)$/.test(this.token().text)) this.at += 1;
      else inner.push(this.binary());
      if (this.at === begin) this.at += 1;
    }
    return [{ is: 'other', inner }];
  }

  /** A dictionary, or a set. */
  private braces(): Code {
    this.at += 1;
    const members: RecordMember[] = [];
    const items: Code[] = [];
    while (!this.is('}') && !this.isAtEnd()) {
      const begin = this.at;
      if (this.is(',')) this.at += 1;
      else if (this.is('**')) {
        this.at += 1;
        members.push({ name: undefined, value: this.expression() });
      } else if (this.is('for') || this.is('async')) items.push(...this.comprehension('}'));
      else {
        const key = this.expression();
        if (this.is(':')) {
          this.at += 1;
          const [only] = key.is === 'text' ? key.parts : [];
          const name =
            key.is === 'text' && key.parts.length <= 1 && typeof only !== 'object' ? (only ?? '') : undefined;
          members.push({ name, value: this.expression() });
        } else items.push(key);
      }
      if (this.at === begin) this.at += 1;
    }
    this.at += 1;
    if (items.length === 0) return { is: 'record', members };
    return { is: 'list', items: [...items, ...members.map(({ value }) => value)] };
  }

  private arguments(): Argument[] {
    this.at += 1;
    const found: Argument[] = [];
    while (!this.is(')') && !this.isAtEnd()) {
      const begin = this.at;
      if (this.is(',')) this.at += 1;
      else if (this.is('**')) {
        this.at += 1;
        found.push({ name: '**', value: this.expression() });
      } else if (this.token().is === 'word' && this.peek(1).text === '=' && this.peek(1).is === 'mark') {
        const name = this.next().text;
        this.at += 1;
        found.push({ name, value: this.expression() });
      } else if (this.is('for') || this.is('async')) {
        found.push(...this.comprehension(')').map((value) => ({ value })));
      } else found.push({ value: this.expression() });
      if (this.at === begin) this.at += 1;
    }
    this.at += 1;
    return found;
  }

  /** Texts that stand side by side are one. */
  private texts(): Code {
    const { line } = this.token();
    const parts: (string | Code)[] = [];
    for (;;) {
      const token = this.token();
      if (token.is !== 'text') break;
      this.at += 1;
      if (token.prefix.includes('f') || token.prefix.includes('t'))
        parts.push(...this.filled(token.text, token.line));
      else parts.push(token.prefix.includes('r') ? token.text : unescaped(token.text));
    }
    return { is: 'text', parts: joinedTexts(parts), line };
  }

  /** The parts of an f-string: `{{` is a brace, `{value!r:format}` is filled in. */
  private filled(text: string, line: number): (string | Code)[] {
    const parts: (string | Code)[] = [];
    let plain = '';
    for (let at = 0; at < text.length; at++) {
      const character = text.charAt(at);
      if ((character === '{' || character === '}') && text.charAt(at + 1) === character) {
        plain += character;
        at += 1;
      } else if (character === '{') {
        const end = endOfHole(text, at + 1);
        const inner = text.slice(at + 1, end);
        parts.push(unescaped(plain), this.hole(inner, line));
        plain = '';
        at = end;
      } else if (character !== '}') plain += character;
    }
    return [...parts, unescaped(plain)];
  }

  private hole(text: string, line: number): Code {
    if (this.depth > DEEPEST) return NOTHING;
    const inner = new Parser(tokensOf(`(${text.replace(/![rsa]\s*(?::.*)?$|=\s*$/s, '')})`, line));
    inner.depth = this.depth + 1;
    return inner.expression();
  }

  private token(): Token {
    return this.tokens[this.at] ?? END;
  }

  private peek(ahead: number): Token {
    return this.tokens[this.at + ahead] ?? END;
  }

  private next(): Token {
    const token = this.token();
    this.at += 1;
    return token;
  }

  private after<T>(read: () => T): T {
    this.at += 1;
    return read();
  }

  private is(text: string): boolean {
    const token = this.token();
    return token.text === text && (token.is === 'word' || token.is === 'mark');
  }

  private isAtEnd(): boolean {
    return this.token().is === 'end';
  }

  private isLineEnd(): boolean {
    return /^(?:newline|end)$/.test(this.token().is) || this.is(';');
  }

  private skipLine(): void {
    while (!this.isLineEnd()) this.at += 1;
  }

  private endStatement(): void {
    this.skipLine();
    if (this.token().is === 'newline' || this.is(';')) this.at += 1;
  }
}

const END: Token = { is: 'end', text: '', line: 0 };

function assigned(target: Code, value: Code, operator: string, arms: readonly Arm[]): Step[] {
  if (target.is === 'list') {
    const items = value.is === 'list' && value.items.length === target.items.length ? value.items : undefined;
    return target.items.map((one, index) => ({
      ...{ is: 'set', target: one, arms },
      value: items?.[index] ?? { is: 'other', inner: index === 0 ? [value] : [] },
    }));
  }
  if (operator === '+=') return [{ is: 'set', target, value: { is: 'join', parts: [target, value] }, arms }];
  return [{ is: 'set', target, value: operator === '=' ? value : { is: 'other', inner: [value] }, arms }];
}

/** Operands by what is between them: texts that are joined, formats that are filled, alternatives. */
function combined(operands: readonly Code[], operators: readonly string[]): Code {
  const [first = NOTHING, ...rest] = operands;
  if (rest.length === 0) return first;
  if (operators.every((one) => one === 'or')) return { is: 'first', options: operands };
  if (!operators.every((one) => one === '+' || one === '%')) return { is: 'other', inner: operands };
  const groups: Code[] = [first];
  for (const [index, operand] of rest.entries()) {
    const last = groups.pop() ?? NOTHING;
    if (operators[index] === '+') groups.push(last, operand);
    else
      groups.push({
        is: 'call',
        callee: { is: 'member', of: last, name: '%' },
        arguments: [{ value: operand }],
        line: 0,
      });
  }
  const [only] = groups;
  return groups.length === 1 && only ? only : { is: 'join', parts: groups };
}

/** Where what is filled in ends: at its brace, or before the format that is behind a colon. */
function endOfHole(text: string, begin: number): number {
  let depth = 0;
  let quote = '';
  for (let at = begin; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (/[([{]/.test(character)) depth += 1;
    else if (character === '}' && depth === 0) return at;
    else if (/[)\]}]/.test(character)) depth -= 1;
  }
  return text.length;
}

function joinedTexts(parts: readonly (string | Code)[]): (string | Code)[] {
  const joined: (string | Code)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
}

/** The escapes that can be in a URL; a line that is continued has no end. */
function unescaped(text: string): string {
  return text.replace(/\\(\r?\n|[^\n])/g, (_, escaped: string) => {
    if (/^[\r\n]/.test(escaped)) return '';
    return { n: '\n', t: '\t', r: '\r' }[escaped] ?? (/^["'\\/{}]$/.test(escaped) ? escaped : `\\${escaped}`);
  });
}
