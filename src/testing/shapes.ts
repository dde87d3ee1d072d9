/**
 * What is left of a text of a format when every text in it is taken away. Two texts that differ only in their words have
 * one shape; what is at work in one of them and not in the other makes another shape.
 */

/** Elements with the names of their attributes, and where they lead, of HTML, SVG or XML whose values are in double quotes. */
export function markupShape(markup: string): string[] {
  const shape: string[] = [];
  let rest = markup;
  for (;;) {
    const start = rest.indexOf('<');
    if (start < 0) return shape;
    rest = rest.slice(start);
    const [tag] =
      /^<(?:\/?[a-z][\w:-]*(?:\s+[\w:-]+(?:="[^"<]*")?)*\s*\/?|!doctype html|\?xml [^<>]*\?)>/i.exec(rest) ??
      [];
    if (tag === undefined) {
      shape.push(`no tag: ${rest.slice(0, 40)}`);
      rest = rest.slice(1);
      continue;
    }
    shape.push(tag.replace(/(?<!\s(?:href|src|action))="[^"]*"/g, () => '=""'));
    rest = rest.slice(tag.length);
    if (!/^<(?:script|style)\b/.test(tag)) continue;
    const end = rest.search(/<\/(?:script|style)/i);
    shape.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
}

/** Blocks of Markdown (CommonMark and the tables of GFM), and what is at work in each line of them. */
export function markdownShape(markdown: string): string[] {
  let isParagraph = false;
  const lines = markdown.split(/\r\n|\r|\n/).map((line) => {
    // Four blanks begin no code where they go on with a paragraph.
    const kind = kindOf(line, isParagraph);
    isParagraph = ['text', 'item'].includes(kind) || (isParagraph && kind === 'code within a paragraph');
    if (kind === 'code') return kind;
    const cells = kind === 'row' ? ` ${(line.replace(/\\./g, '').match(/\|/g) ?? []).length}` : '';
    return `${kind}${cells} ${marksOf(line)}`;
  });
  // How many lines of code there are is no matter of what is at work.
  return lines.filter((line, index) => {
    const before = lines.slice(0, index).findLast((one) => one !== 'blank ');
    const isOfCode =
      line === 'code' || (line === 'blank ' && lines.slice(index).find((one) => one !== 'blank ') === 'code');
    return !(isOfCode && before === 'code') && !(line === 'blank ' && lines[index - 1] === 'blank ');
  });
}

function kindOf(line: string, isParagraph: boolean): string {
  if (/^\s*$/.test(line)) return 'blank';
  if (/^ {4}|^\t/.test(line)) return isParagraph ? 'code within a paragraph' : 'code';
  const [, heading] = /^ {0,3}(#{1,6})(?:\s|$)/.exec(line) ?? [];
  if (heading !== undefined) return heading;
  if (/^ {0,3}(?:-\s*){3,}$|^ {0,3}(?:\*\s*){3,}$|^ {0,3}=+\s*$/.test(line)) return 'rule';
  // What is behind the backticks of a fence has none itself.
  if (/^ {0,3}(?:`{3,}[^`]*$|~~~)/.test(line)) return 'fence';
  if (/^ {0,3}>/.test(line)) return 'quote';
  if (/^\s*(?:[-+*]|\d+[.)])(?:\s|$)/.test(line)) return 'item';
  if (line.startsWith('|')) return 'row';
  return /^ {0,3}<[a-z/!?]/i.test(line) ? 'html' : 'text';
}

/** The marks of a line that are at work: outside of code and not escaped. */
function marksOf(line: string): string {
  return withoutCode(line)
    .replace(/\\[!-/:-@[-`{-~]/g, '')
    .replace(/&(?:amp);/g, '')
    .replace(/[^*_`[\]<>~&\\$]/g, '');
}

/** A line without its code spans: a run of backticks up to the next run of just as many. */
function withoutCode(line: string): string {
  let written = '';
  let rest = line;
  for (;;) {
    const [before] = /^(?:\\.|[^`\\])*/.exec(rest) ?? [''];
    written += before;
    rest = rest.slice(before.length);
    const [open] = /^`+/.exec(rest) ?? [];
    if (open === undefined) return written + rest;
    const inside = rest.slice(open.length);
    const close = [...inside.matchAll(/`+/g)].find(([run]) => run.length === open.length);
    if (!close) return `${written}${rest} no end of code`;
    written += '()';
    rest = inside.slice(close.index + open.length);
  }
}

/** Members and types of JSON. Names of members that are texts are given by `isText`. */
export function jsonShape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonShape);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([name, member]) => [name, jsonShape(member)]);
}

/** The texts of all members of a JSON document whose names match. */
export function stringsOf(json: string, name: RegExp): string[] {
  const found: string[] = [];
  JSON.parse(json, (key, value: unknown) => {
    if (typeof value === 'string' && name.test(key)) found.push(value);
    return value;
  });
  return found;
}
