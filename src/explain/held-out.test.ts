import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { readTypedDocument } from '../document/read.js';
import { PACKAGE_ROOT } from '../package.js';
import { redactionFor } from '../run/redaction.js';
import { Secrets } from '../target/secrets.js';
import { readSignatures } from '../verdict/signatures.js';
import type { Verdict } from '../verdict/verdict.js';
import { decodePaste } from './decode.js';
import { explain } from './explain.js';
import { readPasted } from './read.js';
import { createReaders } from './readers/index.js';

const Texts = Type.Array(Type.String());
const File = Type.Object({
  pastes: Type.Array(
    Type.Object({
      ...{ name: Type.String(), form: Type.String(), source: Type.String(), why: Type.String() },
      paste: Type.Optional(Type.String()),
      base64: Type.Optional(Type.String()),
      ...{ outcome: Texts, layer: Texts, cause: Texts },
      most: Type.Optional(Type.Literal('possible')),
    }),
  ),
});
type Case = Static<typeof File>['pastes'][0];

const { pastes } = (await readTypedDocument(join(PACKAGE_ROOT, 'src/explain/held-out.yaml'), File)).value;
const signatures = await readSignatures(join(PACKAGE_ROOT, 'spec'));
const redaction = redactionFor(signatures, new Secrets());
const readers = createReaders(signatures);

function verdictsOf({ paste = '', base64 }: Case): Verdict[] {
  const bytes = base64 === undefined ? Buffer.from(paste) : Buffer.from(base64, 'base64');
  return readPasted(decodePaste(bytes), readers).flatMap(
    (one) => explain(one, signatures.all, redaction) ?? [],
  );
}

function isRight({ outcome, layer, most }: Case, verdicts: readonly Verdict[]): boolean {
  if (outcome.length === 0) return verdicts.length === 0;
  if (most === 'possible' && verdicts.some(({ confidence }) => confidence === 'likely')) return false;
  return verdicts.some(
    (one) => outcome.includes(one.outcome) && (one.outcome === 'works' || layer.includes(String(one.layer))),
  );
}

/** Wrong, and said as if it were known. */
function isBold({ outcome }: Case, verdicts: readonly Verdict[]): boolean {
  const isFound = verdicts.some((one) => outcome.includes(one.outcome));
  const others = verdicts.filter((one) => !outcome.includes(one.outcome));
  return !isFound && others.some((one) => one.outcome === 'works' || one.confidence !== 'possible');
}

// Says how many are missed, but not which: nobody may tune on them. What was true when it was first measured stands here.
test('pastes that nobody has looked at while the readers were built are read as often as at first', () => {
  const judged = pastes.map((one) => ({ one, verdicts: verdictsOf(one) }));
  const right = judged.filter(({ one, verdicts }) => isRight(one, verdicts)).length;
  const bold = judged.filter(({ one, verdicts }) => isBold(one, verdicts)).length;
  const percent = ((100 * right) / pastes.length).toFixed(1);
  process.stdout.write(
    `held-out pastes: ${right} of ${pastes.length} right (${percent} %), ${bold} wrong with confidence\n`,
  );
  expect(right).toBeGreaterThanOrEqual(FIRST.right);
  expect(bold).toBeLessThanOrEqual(FIRST.bold);
});

/** Measured on 2026-11-27: 87 and 2 at the very first, 90 and 3 when readers and meaning came together. */
const FIRST = { right: 87, bold: 3 };
