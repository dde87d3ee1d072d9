import type { Call } from '../call.js';
import { HOLE } from '../../exchange/shown-url.js';
import { lastName, textsWithin, within, type Code } from './code.js';
import type { Program } from './scopes.js';
import { PARAMETER, type Located, type Values } from './values.js';

/**
 * The texts of code that are URLs or paths and are given to nothing that is known to make requests: tables of paths,
 * constants, what other libraries are called with. Their method is not known.
 * @param values has looked at all that makes requests: what it has used is no text of its own
 */
export function urlsInCode({ roots, filledIn }: Program, values: Values): Call[] {
  const calls: Call[] = [];
  const look = (located: Located, isPart: boolean): void => {
    const { code } = located;
    if (code.is === 'function') return;
    if (code.is === 'call' && IGNORED.test(lastName(code.callee) ?? '')) return;
    const isText = code.is === 'text' || code.is === 'join';
    if (isText && !isPart) {
      const line = lineOf(code);
      const wasUsed = textsWithin(code).some((text) => values.used.has(text));
      if (!wasUsed && line !== undefined) {
        values.start();
        const [url] = values.textsOf(located).map((text) => text.replaceAll(PARAMETER, () => HOLE));
        if (url !== undefined && IS_URL.test(url)) {
          const place = { file: located.scope.unit.file, line };
          calls.push({ method: undefined, url, complete: { query: false, body: false }, place });
        }
      }
    }
    for (const inner of within(code)) {
      look(
        { ...located, code: inner },
        (isText && (inner.is === 'text' || inner.is === 'join')) || code.is === 'item' || code.is === 'other',
      );
    }
  };
  // What is a part of other texts is judged with them.
  const scopes = new Set(roots.map(({ scope }) => scope));
  const sets = [...scopes].flatMap((scope) => [...scope.sets]).filter(([name]) => filledIn.has(name));
  const parts = new Set(sets.flatMap(([, values]) => values.map(({ code }) => code)));
  for (const root of roots) if (!parts.has(root.code)) look({ ...root, frame: undefined }, false);
  return calls;
}

/** A whole URL with a path, or a path of at least two steps, and nothing else. */
const IS_URL = /^(?:https?:\/\/[^\s/<>"']+\/[^\s<>"']*|\/[\w.~\uFFFF-]+\/[\w.~/\uFFFF:-]*(?:\?[^\s]*)?)$/i;
/** What compares texts, serves paths, finds files, speaks to people. */
const IGNORED =
  /^(?:startsWith|startswith|endsWith|endswith|includes|match|test|search|replace|replaceAll|split|indexOf|sub|fullmatch|compile|RegExp|log|debug|info|warn|warning|error|exception|print|path|re_path|Route|Mount|mount|route|use|add_url_rule|add_api_route|register|include_router|open|readFile|readFileSync|writeFile|writeFileSync|existsSync|exists|join|resolve|Path|require|import|redirect|navigate|push|Link|href|describe|it|expect|assert\w*|patch|mock|skip|Error|\w*Error|\w*Exception|getLogger|static|sendFile|StaticFiles)$/;

function lineOf(code: Code): number | undefined {
  return textsWithin(code)[0]?.line;
}
