import Handlebars from 'handlebars';

/** How a template writes what it names, by where in the template it stands. */
export type Writer = 'md' | 'line' | 'code' | 'codeInTable' | 'insideCode' | 'insideCodeInTable';

type Block = hbs.AST.Program;

/**
 * Says of everything that a template writes how it is written, so that no author of a template can forget it: `{{name}}`
 * becomes `{{md name}}`, or `{{line name}}` where a line is code. What a helper writes that knows how is left to it.
 * @param usual how a value is written where nothing else is said
 */
export function withWriters(source: string, usual: 'md' | 'line'): Block {
  const program = Handlebars.parse(source);
  const lines = source.split('\n');
  const visitor = new Handlebars.Visitor();
  visitor.MustacheStatement = (mustache: hbs.AST.MustacheStatement) => {
    if (!mustache.escaped) return;
    const line = lines[mustache.loc.start.line - 1] ?? '';
    const place = usual === 'line' ? undefined : placeOf(line, mustache.loc.start.column);
    const name = nameOf(mustache);
    if (name === 'code' || name === 'command') {
      if (place?.inTable) rename(mustache, `${name}InTable`);
      return;
    }
    if (name !== undefined && KNOWING.has(name)) return;
    writeBy(mustache, place?.writer ?? 'line');
  };
  visitor.accept(program);
  return program;
}

/** Helpers that know how they write. */
const KNOWING: ReadonlySet<string> = new Set(['md', 'indent', 'line']);

function placeOf(line: string, column: number): { writer: Writer; inTable: boolean } {
  const inTable = line.startsWith('|');
  if (line.startsWith('    ')) return { writer: 'line', inTable: false };
  const isCode = (line.slice(0, column).match(/`/g) ?? []).length % 2 === 1;
  if (!isCode) return { writer: 'md', inTable };
  return { writer: inTable ? 'insideCodeInTable' : 'insideCode', inTable };
}

/** The helper that a value is written by; undefined for a value as it is. */
function nameOf({ path, params }: hbs.AST.MustacheStatement): string | undefined {
  return params.length > 0 && 'original' in path ? String(path.original) : undefined;
}

function rename(mustache: hbs.AST.MustacheStatement, name: string): void {
  mustache.path = helper(name, mustache.loc);
}

/** Puts a helper around what is written. */
function writeBy(mustache: hbs.AST.MustacheStatement, writer: Writer): void {
  const { path, params, hash, loc } = mustache;
  const inner: hbs.AST.Expression = params.length === 0 ? path : subExpression({ path, params, hash, loc });
  mustache.params = [inner];
  mustache.path = helper(writer, loc);
}

function subExpression({
  path,
  params,
  hash,
  loc,
}: Pick<hbs.AST.MustacheStatement, 'path' | 'params' | 'hash' | 'loc'>): hbs.AST.Expression {
  const expression = { type: 'SubExpression', path, params, hash, loc };
  return expression;
}

function helper(name: string, loc: hbs.AST.SourceLocation): hbs.AST.PathExpression {
  return { type: 'PathExpression', data: false, depth: 0, parts: [name], original: name, loc };
}
