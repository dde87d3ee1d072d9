import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { readTypedDocument } from '../../document/read.js';
import { PACKAGE_ROOT } from '../../package.js';
import { redactionFor } from '../../engine/redaction.js';
import { Secrets } from '../../targets/secrets.js';
import { readSignatures } from '../../verdict/signatures.js';
import type { Verdict } from '../../verdict/verdict.js';
import { decodePaste } from '../decode.js';
import { explain } from '../explain.js';
import { readPasted } from '../read.js';
import { createReaders } from '../readers/index.js';

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

/** On a machine that does much else, all pastes take long. */
const LONGEST_MS = 120_000;

const placeOf = (name: string) => join(PACKAGE_ROOT, 'src/explain/pastes', name);

async function pastesIn(name: string): Promise<Case[]> {
  return (await readTypedDocument(placeOf(name), File)).value.pastes;
}

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

test(
  'pastes that were held out once are read rightly, but for those that are known to be misread',
  async () => {
    const pastes = await pastesIn('seen.yaml');
    const read = pastes.map((one) => ({ one, verdicts: verdictsOf(one) }));
    const missed = read.filter(({ one, verdicts }) => !isRight(one, verdicts)).map(({ one }) => one.name);
    expect(missed.sort()).toEqual(MISREAD);
    expect(read.filter(({ one, verdicts }) => isBold(one, verdicts))).toEqual([]);
  },
  LONGEST_MS,
);

/** What stands in them is too little, or would take more than they are worth. */
const MISREAD: readonly string[] = [
  'alipay-invalid-signature-zh',
  'aws-rust-no-such-key-debug',
  'body-elasticsearch-flood-stage',
  'discord-50013',
  'django-debug-404',
  'elster-rueckgabe-ok',
  'exaws-no-such-bucket',
  'graphhopper-point-not-found',
  'host-shut-down-410',
  'n8n-authorization-failed',
  'ncpdp-reject-70',
  'sefaz-nfe-100',
];

// Says how many are missed, but not which: nobody may tune on them. What was true when it was first measured stands here.
// A set that has been looked at moves to the others, and until the next one is written there is none.
test.skipIf(!existsSync(placeOf('held-out.yaml')))(
  'pastes that nobody has looked at while the readers were built are read as often as at first',
  async () => {
    const pastes = await pastesIn('held-out.yaml');
    const right = pastes.filter((one) => isRight(one, verdictsOf(one))).length;
    const bold = pastes.filter((one) => isBold(one, verdictsOf(one))).length;
    const percent = ((100 * right) / pastes.length).toFixed(1);
    process.stdout.write(
      `held-out pastes: ${right} of ${pastes.length} right (${percent} %), ${bold} wrong with confidence\n`,
    );
    expect(right).toBeGreaterThanOrEqual(FIRST.right);
    expect(bold).toBeLessThanOrEqual(FIRST.bold);
  },
);

/** Measured on 2026-11-27, at first sight: 90.0 %. */
const FIRST = { right: 70, bold: 1 };
