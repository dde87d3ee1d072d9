import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { wordsPlugin } from './scripts/words.js';

/** Time and chance come from `src/clock.ts` and `src/chance.ts`, so that tests can turn them. */
const TIME_AND_CHANCE = [
  ['NewExpression[callee.name="Date"][arguments.length=0]', 'Ask the clock: clock.now().'],
  ['CallExpression[callee.object.name="Date"][callee.property.name="now"]', 'Ask the clock: clock.now().'],
  [
    'CallExpression[callee.object.name="performance"][callee.property.name="now"]',
    'Ask the clock: clock.ticks().',
  ],
  [
    'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    'Take a Chance, and be given it.',
  ],
].map(([selector, message]) => ({ selector, message }));

/** A text that a replacement is: `$&` and the like in it would be taken for what was found. */
const REPLACEMENTS = [
  {
    selector:
      'CallExpression[callee.property.name=/^replace(All)?$/][arguments.length=2]:not([arguments.1.type=/^(Literal|ArrowFunctionExpression)$/])',
    message: 'Give a function that returns the replacement.',
  },
];

export default tseslint.config(
  // The code in examples/ is what conform audit reads: it has faults on purpose, and dependencies that nobody installs.
  {
    ignores: [
      '**/dist/',
      'generated/',
      'reports/',
      'examples/',
      '.published/',
      '.real-hosts/',
      'site/pages/',
      'site/built/',
      'site/.vitepress/cache/',
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-assertions': [
        'error',
        { assertionStyle: 'as', objectLiteralTypeAssertions: 'never' },
      ],
    },
  },
  {
    files: ['{src,packages}/**/*.ts', 'suites/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...TIME_AND_CHANCE, ...REPLACEMENTS] },
  },
  {
    // The bench measures real time: that is what it is for.
    files: ['src/clock.ts', 'src/chance.ts', 'packages/caller-id/src/bench/**'],
    rules: { 'no-restricted-syntax': ['error', ...REPLACEMENTS] },
  },
  {
    // The list of words names them.
    ignores: ['scripts/words.js', 'scripts/words.test.js'],
    plugins: { words: wordsPlugin },
    rules: { 'words/plain': 'error' },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  prettier,
);
