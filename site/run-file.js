// The reference of the run file, from its JSON Schema; what members mean is said beside their definitions in the code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './documents.js';

/** The files that define members of the run file. */
const DEFINED_IN = ['src/record/run.ts', 'src/exchange/exchange.ts', 'src/contract-coverage/seen.ts'];
/** An alternative of more values than these is shown by the first of them. */
const MANY = 20;

/** The reference of the run file, as Markdown. */
export function runFilePage() {
  const schema = JSON.parse(readFileSync(join(ROOT, 'src/record/run.schema.json'), 'utf8'));
  const meanings = meaningsIn(DEFINED_IN.map((name) => readFileSync(join(ROOT, name), 'utf8')));
  return [
    '# Run file',
    '',
    'A run is one JSON document, `reports/runs/<start>-<target>.json`, and `reports/latest/<target>.json` is its copy. The',
    'format is `conform-run/1`: members may be added to it, and none changes its meaning. Its JSON Schema is published with the',
    'package: `wellsky-conform/run.schema.json`.',
    ...sectionsOf(schema, { path: '', title: 'The document' }, meanings),
  ].join('\n');
}

/** A section for an object, and one for each object below it. */
function sectionsOf(schema, { path, title }, meanings) {
  const names = Object.keys(schema.properties);
  const required = new Set(schema.required ?? []);
  const rows = names.map((name) => {
    const member = schema.properties[name];
    const meaning = (meanings.get(keyOf(names, name)) ?? '').replaceAll(
      /docs\/([\w-]+)\.md/g,
      '[$1](./$1.md)',
    );
    const below = objectIn(member);
    const shown = below ? `[\`${name}\`](#${anchorOf(path + name)})` : `\`${name}\``;
    return `| ${shown} | ${typeOf(member)} | ${required.has(name) ? 'always' : ''} | ${meaning} |`;
  });
  const below = names.flatMap((name) => {
    const member = objectIn(schema.properties[name]);
    return member
      ? sectionsOf(member, { path: `${path}${name}.`, title: `\`${path}${name}\`` }, meanings)
      : [];
  });
  const heading = path === '' ? `## ${title}` : `## ${title} {#${anchorOf(path.slice(0, -1))}}`;
  return [
    '',
    heading,
    '',
    '| member | type | there | meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...below,
  ];
}

function anchorOf(path) {
  return path.replaceAll('.', '-').toLowerCase();
}

/** The object with members of its own that a schema describes, by itself or for each item. */
function objectIn(schema) {
  const one = schema.anyOf?.find(({ type }) => type === 'object') ?? schema.items ?? schema;
  return one.properties ? one : undefined;
}

function typeOf(schema) {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) {
    const types = [...new Set(schema.anyOf.map(typeOf))];
    return types.length > MANY ? `one of ${types.length} names, such as ${types[0]}` : types.join(' or ');
  }
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  return schema.type ?? 'any';
}

/** What is said beside members: by their names among those beside them, so that no member is taken for another's. */
function meaningsIn(codes) {
  const meanings = new Map();
  const look = (node) => {
    if (ts.isObjectLiteralExpression(node)) {
      const members = node.properties.filter(ts.isPropertyAssignment);
      const names = members.map(({ name }) => name.getText());
      for (const member of members) {
        const said = ts
          .getJSDocCommentsAndTags(member)
          .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '');
        if (said.length > 0)
          meanings.set(keyOf(names, member.name.getText()), said.join(' ').replaceAll(/\s+/g, ' '));
      }
    }
    ts.forEachChild(node, look);
  };
  for (const code of codes) look(ts.createSourceFile('run.ts', code, ts.ScriptTarget.Latest, true));
  return meanings;
}

function keyOf(names, name) {
  return `${[...names].sort().join(' ')} / ${name}`;
}
