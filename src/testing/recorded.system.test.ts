import { expect, test } from 'vitest';
import type { Run } from '../record/run.js';
import { record } from './record.js';
import { recorded, RECORDINGS } from './recorded.js';

/** All of a run but the editions of the contract's text and of the program, which can change without any effect. */
function withoutEditions(run: Run): Run {
  return {
    ...run,
    tool: { ...run.tool, version: '' },
    contract: { ...run.contract, sha256: '' },
  };
}

test.each(RECORDINGS)(
  'the recording “%s” is what the program does now (else: npm run record)',
  async (name) => {
    expect(withoutEditions(await record(name))).toEqual(withoutEditions(await recorded(name)));
  },
);
