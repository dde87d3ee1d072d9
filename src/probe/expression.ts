import { at, type Json } from '../json.js';

/** What a runtime expression can speak of: one request and its answer. */
export interface Spoken {
  body: Json | undefined;
  /** A header of the answer, by its name in lower case. */
  header: (name: string) => string | undefined;
  /** The values that the path of the request had, by parameter. */
  path: ReadonlyMap<string, string>;
}

/**
 * The value of a runtime expression (OpenAPI 3.0.3, section 4.7.20.4), bare or in braces within a text. Undefined where
 * it speaks of nothing that is there, or of what no id comes from (`$method`, `$statusCode`, a query).
 */
export function evaluate(expression: string, spoken: Spoken): Json | undefined {
  if (expression.startsWith('$')) return bare(expression, spoken);
  const braced = [...expression.matchAll(/\{(\$[^{}]*)\}/g)];
  if (braced.length === 0) return undefined;
  let text = expression;
  for (const [whole, inner = ''] of braced) {
    const value = bare(inner, spoken);
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    text = text.replace(whole, () => String(value));
  }
  return text;
}

function bare(expression: string, { body, header, path }: Spoken): Json | undefined {
  if (expression === '$response.body') return body;
  if (expression.startsWith('$response.body#')) return at(body, expression.slice('$response.body'.length));
  const named = /^\$response\.header\.(.+)$/i.exec(expression)?.[1];
  if (named !== undefined) return header(named.toLowerCase());
  const parameter = /^\$request\.path\.(.+)$/.exec(expression)?.[1];
  return parameter === undefined ? undefined : path.get(parameter);
}
