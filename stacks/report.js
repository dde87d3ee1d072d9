// What the test prints: how often verdicts are right, and each kind of mistake with an example.
import { inWords } from './judge.js';

/** @typedef {import('./attempt.js').Result} Result */
/** @typedef {{ right: number, undecided: number, wrong: number, wrongAtCertain: number, all: number }} Count */

/** At least so many of all verdicts have to be right. */
export const WANTED_SHARE = 0.97;

/** @param {readonly Result[]} results @returns {Count} */
export function count(results) {
  const of = (/** @type {Result['judgement']} */ judgement) =>
    results.filter((result) => result.judgement === judgement).length;
  return {
    right: of('right') + of('undecided'),
    undecided: of('undecided'),
    wrong: of('wrong') + of('wrong at certain'),
    wrongAtCertain: of('wrong at certain'),
    all: results.length,
  };
}

/** Whether it is good enough. @param {readonly Result[]} results */
export function isGoodEnough(results) {
  const { right, wrongAtCertain, all } = count(results);
  return all > 0 && right / all >= WANTED_SHARE && wrongAtCertain === 0;
}

/**
 * Mistakes of one kind: what came, what was made of it, and what the server really did.
 * @param {readonly Result[]} results
 * @returns {{ example: Result, count: number, frameworks: string[], operations: string[] }[]} the most frequent first,
 *   and what was certain before the rest
 */
export function mistakes(results) {
  /** @type {Map<string, Result[]>} */
  const groups = new Map();
  for (const result of results) {
    if (result.judgement === 'right' || result.judgement === 'undecided') continue;
    const { judgement, answered, verdict, really } = result;
    const key = [judgement, statusIn(answered), said(verdict), really].join(' | ');
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()]
    .map((group) => ({
      example: /** @type {Result} */ (group[0]),
      count: group.length,
      frameworks: [...new Set(group.map(({ framework }) => framework))],
      operations: [...new Set(group.map(({ operation }) => operation.id))],
    }))
    .sort(
      (one, other) =>
        Number(other.example.judgement === 'wrong at certain') -
          Number(one.example.judgement === 'wrong at certain') || other.count - one.count,
    );
}

/** @param {string} answered */
function statusIn(answered) {
  return answered === 'not asked' ? answered : (answered.split(' ')[0] ?? '');
}

/** @param {import('./judge.js').Verdict} verdict */
function said({ outcome, cause, confidence }) {
  return `${outcome}${cause === undefined ? '' : ` (${cause})`}${confidence === undefined ? '' : `, ${confidence}`}`;
}

/**
 * All of it as a value: the mistakes in full, and of each verdict what it is, and whether it is right.
 * @param {readonly Result[]} results
 */
export function asDocument(results) {
  return {
    totals: count(results),
    mistakes: mistakes(results),
    results: results.map(({ operation, verdict, claims, ...rest }) => ({
      ...rest,
      operation: operation.id,
      said: said(verdict),
      right: inWords(claims),
    })),
  };
}

/** @param {readonly Result[]} results @returns {string} */
export function report(results) {
  const cells = groupBy(results, ({ framework, variant, policy, token }) =>
    [framework, variant, policy, token].join(' | '),
  );
  const lines = [
    'framework | variant | policy | token: right (of these undecided), wrong, wrong at certain',
    '',
    ...[...cells].map(([name, own]) => `${name}: ${inNumbers(count(own))}`),
    '',
    'Mistakes, by what came and what was made of it',
    '',
    ...mistakes(results).flatMap(shown),
    ...totals('framework', results, ({ framework }) => framework),
    ...totals('variant', results, ({ variant }) => variant),
    ...totals('policy', results, ({ policy }) => policy),
    ...totals('token', results, ({ token }) => token),
    ...totals('kind of operation', results, ({ operation }) => operation.kind),
    total(results),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param {ReturnType<typeof mistakes>[number]} mistake */
function shown({ example, count: times, frameworks, operations }) {
  const { verdict, operation } = example;
  return [
    `${times} × ${example.judgement}: ${statusIn(example.answered)} → ${said(verdict)}; really: ${example.really}`,
    `  for example ${operation.id} (${operation.kind}) on ${example.framework}, ${example.variant}, policy ${example.policy}, token ${example.token}`,
    `  came:  ${example.answered}`,
    `  said:  ${said(verdict)}: ${verdict.explanation}`,
    `  right: ${inWords(example.claims)}`,
    `  also:  ${operations.slice(0, 6).join(', ')}${operations.length > 6 ? ', …' : ''}; ${frameworks.join(', ')}`,
    '',
  ];
}

/** @param {string} name @param {readonly Result[]} results @param {(result: Result) => string} by */
function totals(name, results, by) {
  return [
    `By ${name}`,
    ...[...groupBy(results, by)].map(
      ([value, own]) => `  ${value}: ${inNumbers(count(own))}, ${share(own)} right`,
    ),
    '',
  ];
}

/** @param {readonly Result[]} results */
function total(results) {
  const { all, wrongAtCertain } = count(results);
  return `In all ${all} verdicts: ${inNumbers(count(results))}. ${share(results)} right, wanted ${100 * WANTED_SHARE} %; ${wrongAtCertain} wrong at certain, wanted none.`;
}

/** @param {Count} counts */
function inNumbers({ right, undecided, wrong, wrongAtCertain }) {
  return `${right} (${undecided}), ${wrong}, ${wrongAtCertain}`;
}

/** @param {readonly Result[]} results */
function share(results) {
  const { right, all } = count(results);
  // Rounded down, so that nothing looks better than it is.
  return `${Math.floor((1000 * right) / all) / 10} %`;
}

/** @param {readonly Result[]} results @param {(result: Result) => string} by @returns {Map<string, Result[]>} */
function groupBy(results, by) {
  /** @type {Map<string, Result[]>} */
  const groups = new Map();
  for (const result of results) {
    const own = groups.get(by(result));
    if (own) own.push(result);
    else groups.set(by(result), [result]);
  }
  return groups;
}
