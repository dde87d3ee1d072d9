import Handlebars from 'handlebars';

/**
 * Says of everything that a template writes how it is written, so that no author of a template can forget it: around
 * `{{name}}` stands a block that writes what is in it as Markdown, or as it is where a line is code. What a helper writes
 * that knows how is left to it.
 * @param usual how a value is written where nothing else is said
 */
export function withWriters(source: string, usual: 'md' | 'line'): hbs.AST.Program {
  const program = Handlebars.parse(source);
  const lines = source.split('\n');
  const visitor = Object.assign(new Handlebars.Visitor(), { mutating: true });
  visitor.MustacheStatement = (mustache: hbs.AST.MustacheStatement) => {
    if (!mustache.escaped) return undefined;
    const { line, column } = mustache.loc.start;
    const { writer, inTable } = usual === 'line' ? LITERAL : placeOf(lines[line - 1] ?? '', column);
    const name = nameOf(mustache);
    if (name === undefined || !KNOWING.has(name)) return blockAround(mustache, writer);
    if (inTable && IN_TABLES.has(name)) mustache.path = helper(`${name}InTable`, mustache.loc);
    return undefined;
  };
  visitor.accept(program);
  return program;
}

/** Helpers that know how they write, and those of them that write in another way in a table. */
const KNOWING: ReadonlySet<string> = new Set(['md', 'indent', 'line', 'code', 'command']);
const IN_TABLES: ReadonlySet<string> = new Set(['code', 'command']);

const LITERAL = { writer: 'line', inTable: false } as const;

function placeOf(line: string, column: number): { writer: Writer; inTable: boolean } {
  if (line.startsWith('    ')) return LITERAL;
  const inTable = line.startsWith('|');
  const isCode = (line.slice(0, column).match(/`/g) ?? []).length % 2 === 1;
  if (!isCode) return { writer: 'md', inTable };
  return { writer: inTable ? 'insideCodeInTable' : 'insideCode', inTable };
}

/** The helper that a value is written by; undefined for a value as it is. */
function nameOf({ path, params }: hbs.AST.MustacheStatement): string | undefined {
  return params.length > 0 && 'original' in path ? path.original : undefined;
}

function blockAround(mustache: hbs.AST.MustacheStatement, writer: Writer): hbs.AST.BlockStatement {
  const { loc } = mustache;
  const strip = { open: false, close: false };
  return {
    type: 'BlockStatement',
    path: helper(blockName(writer), loc),
    params: [],
    hash: { type: 'Hash', pairs: [], loc },
    program: { type: 'Program', body: [mustache], blockParams: [], loc },
    inverse: { type: 'Program', body: [], blockParams: [], loc },
    ...{ openStrip: strip, inverseStrip: strip, closeStrip: strip },
    loc,
  };
}

function helper(name: string, loc: hbs.AST.SourceLocation): hbs.AST.PathExpression {
  return { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name, loc };
}

/** How a template writes what it names, by where in the template it is. */
export type Writer = 'md' | 'line' | 'insideCode' | 'insideCodeInTable';

/** The name of the helper that writes what a block holds. */
export function blockName(writer: Writer): string {
  return `written:${writer}`;
}
