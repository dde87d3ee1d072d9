/**
 * Words that nobody in this field greps for, each with the plain ones to use instead. `scripts/words.test.js` holds all
 * text of the repository to the list, the ESLint rule `words/plain` all code: names, comments and messages.
 *
 * A space stands for any white space and for the signs that begin the line of a comment. A name is read as its parts, in
 * camel case and in capitals.
 * @type {readonly { words: readonly string[], instead: string }[]}
 */
export const BANNED = [
  { words: ['told'], instead: 'reported, given, distinguished' },
  { words: ['tell of', 'tells of', 'telling of'], instead: 'describe, report, be about' },
  { words: ['tells nothing', 'tell nothing'], instead: 'shows nothing' },
  { words: ['amiss'], instead: 'wrong' },
  { words: ['spelt'], instead: 'spelled' },
  { words: ['misspelt'], instead: 'misspelled' },
  { words: ['mend', 'mends', 'mended', 'mending'], instead: 'repair, fix' },
  { words: ['put right', 'puts right', 'putting right'], instead: 'correct, fix' },
  { words: ['way around', 'ways around'], instead: 'workaround' },
  { words: ['whose turn'], instead: 'owner, who acts next' },
  { words: ['as meant', 'as it is meant', 'as they are meant'], instead: 'as expected, as intended' },
  { words: ['anew'], instead: 'again; regenerated' },
  { words: ['whom it hits'], instead: 'who is affected' },
  { words: ['gone through'], instead: 'run' },
  { words: ['likeness', 'unlikeness'], instead: 'similarity, difference, distance' },
  { words: ['fate', 'fates'], instead: 'handling; what happens to it' },
  { words: ['became of'], instead: 'happened to, came from' },
  { words: ['of note'], instead: 'notable; that matter' },
  { words: ['nought', 'naught', 'aught'], instead: 'zero, nothing' },
  { words: ['heed', 'heeds', 'heeded'], instead: 'respect, follow' },
  { words: ['ought'], instead: 'should' },
  { words: ['shall'], instead: 'must, should' },
  { words: ['for good'], instead: 'permanently, as valid' },
  { words: ['in vain'], instead: 'without success' },
  { words: ['twice over'], instead: 'for two reasons' },
  {
    words: ['befall', 'befell', 'withal', 'wherein', 'thereof', 'whereof', 'hither', 'thither'],
    instead: 'plain words',
  },
];

/** `besides` where it is no preposition: the end of a clause, and the part of a name. */
const NOUN = /[Bb]esides(?=[.,;:)=]| = |[A-Z])|(?<=[a-z])Besides|_BESIDES\b/g;

const PATTERNS = [
  ...BANNED.flatMap(({ words, instead }) =>
    words.map((word) => ({ word, instead, pattern: patternOf(word) })),
  ),
  { word: 'besides', instead: 'also, as well; extra, other', pattern: NOUN },
];

/** A word in small letters, with a capital or in capitals, alone or as a part of a name. */
function patternOf(word) {
  const gap = String.raw`(?:\s|\*|//|#)+`;
  const [first = '', ...rest] = word;
  const capital = (first.toUpperCase() + rest.join('')).replaceAll(' ', gap);
  const small = word.replaceAll(' ', gap);
  const forms = [
    String.raw`(?<![A-Za-z])${small}(?![a-z])`,
    String.raw`(?<![A-Z])${capital}(?![a-z])`,
    String.raw`(?<![A-Za-z])${word.toUpperCase().replaceAll(' ', gap)}(?![A-Za-z])`,
  ];
  return new RegExp(forms.join('|'), 'g');
}

/**
 * Files that keep a word because something outside of them has it: a name that is still read, or what a vendor wrote.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const KEPT = {
  // The former name of `distinguishedBy` in signatures.yaml, which is still read.
  'CHANGELOG.md': ['told'],
  'src/verdict/reading.ts': ['told'],
  'src/verdict/signatures.test.ts': ['told'],
  'src/verdict/signatures.ts': ['told'],
};

/**
 * The banned words of a text, in its order.
 * @param {string} text
 * @param {string} file the path below the root of the repository
 * @returns {{ index: number, found: string, instead: string }[]}
 */
export function bannedIn(text, file) {
  const kept = KEPT[file] ?? [];
  return PATTERNS.filter(({ word }) => !kept.includes(word))
    .flatMap(({ instead, pattern }) =>
      [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ index, found, instead })),
    )
    .sort((one, other) => one.index - other.index);
}

/** The list as rules of ESLint: each banned word is an error at its place, with what to write instead. */
export const wordsPlugin = {
  rules: {
    plain: {
      meta: { type: 'suggestion', schema: [], messages: { banned: '“{{found}}”: write {{instead}}.' } },
      create: (context) => ({
        Program() {
          const { sourceCode } = context;
          const file = context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/');
          for (const { index, found, instead } of bannedIn(sourceCode.text, file)) {
            const loc = sourceCode.getLocFromIndex(index);
            context.report({ loc, messageId: 'banned', data: { found, instead } });
          }
        },
      }),
    },
  },
};
