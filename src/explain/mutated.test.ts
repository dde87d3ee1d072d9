import { expect, test } from 'vitest';
import { readPasted } from './read.js';
import { seeded } from '../testing/egress/random.js';
import { openBench, tryPaste } from '../testing/paste-trial.js';
import { SEED } from '../testing/seed.js';

const bench = await openBench();

test(`pastes that were cut, joined, encoded and surrounded are read, and nothing of a person is shown (seed ${SEED})`, () => {
  const random = seeded(SEED);
  for (let count = 0; count < 400; count++) {
    const { faults, by, text } = tryPaste(bench, random);
    expect(faults, `${by.join(', ')}: ${JSON.stringify(text)}`).toEqual([]);
  }
});

/** What a paste can be full of that makes an expression go back, or a bracket wait for its other one. */
const PIECES = [
  ...[
    '{\n',
    '{"a":',
    '[{',
    '"\\n',
    '}\n403\n',
    '\\n\\"',
    '\t{',
    'response: {',
    'Error: x {\n  code: 1\n',
    '<html>',
  ],
  ...[
    'HTTP/1.1 403 Forbidden ',
    '< HTTP/1.1 403\n> GET / HTTP/1.1\n',
    'curl: (6) ',
    'curl -H "a\n',
    '"GET /x HTTP/1.1" 403 ',
  ],
  ...[
    'status=403 a="b',
    '--2026-01-30 05:11:40--  https://a.b/c\n',
    '> > > x\n',
    '403 Forbidden\n',
    'a',
    ' ',
    '\n',
  ],
  ...[
    'Request URL: https://a.b/c\nStatus Code: 403\n',
    '[error] 1#1: *1 a, client: request: "GET /x HTTP/1.1" : , client: ',
  ],
];

test.each(PIECES)('a paste that repeats %j is read in time in proportion to its length', (piece) => {
  // Where it were not, this would take hours.
  const text = piece.repeat(Math.ceil(300_000 / piece.length));
  expect(readPasted(text, bench.readers)).toBeInstanceOf(Array);
});
