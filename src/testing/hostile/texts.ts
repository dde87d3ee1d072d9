/** Texts that are where a file of the program is expected. */
export const HOSTILE_TEXTS: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['null', 'null'],
  ['a number', '7'],
  ['a list', '[1, 2]'],
  ['an empty object', '{}'],
  ['members that nobody knows', '{"x": 1, "__proto__": {"targets": {}}, "constructor": 7}'],
  [
    'members of other kinds',
    'targets: [7]\nparameters: x\nsignatures: {}\noperations: 7\nfeatures: null\nabout: []\n',
  ],
  ['bytes that are no text', '\u0000\u0001\ufffd\u0007'.repeat(100)],
  ['half of JSON', '{"format": "conform-run/1", "operations": [{"id": "GET'],
  ['lists nested very deep', '['.repeat(100_000)],
  ['blocks nested very deep', '- '.repeat(50_000)],
  [
    'aliases that unfold without end',
    `a0: &a0 [x]\n${Array.from({ length: 50 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`).join('\n')}`,
  ],
  ['an alias of what is around it', 'a: &a { b: *a }'],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['a tag of another language', '!!python/object:os.system "x"'],
];
