import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Three words that are separated by single spaces: a sentence for people, by which no code decides. */
const SENTENCE = /\p{L}[^ ]* [^ ]+ [^ ]*\p{L}/u;

const PLAIN = new Set(['Identifier', 'MemberExpression', 'NumericLiteral']);

/** @param {import('@babel/types').Node} node */
function isSentence(node) {
  if (node.type === 'StringLiteral') return SENTENCE.test(node.value);
  // What is computed within a template would be ignored with it, so a template with more than names is mutated.
  if (node.type !== 'TemplateLiteral' || !node.expressions.every(({ type }) => PLAIN.has(type))) return false;
  return SENTENCE.test(node.quasis.map(({ value }) => value.raw).join('x'));
}

/** Leaves sentences alone; codes, names and short texts are mutated. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'sentences', {
    shouldIgnore: ({ node }) => (isSentence(node) ? 'A sentence, by which no code decides.' : undefined),
  }),
];
