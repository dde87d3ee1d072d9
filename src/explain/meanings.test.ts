import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { describe, expect, test } from 'vitest';
import { readTypedDocument } from '../document/read.js';
import { PACKAGE_ROOT } from '../package.js';
import { redactionFor } from '../engine/redaction.js';
import { Secrets } from '../targets/secrets.js';
import { readSignatures } from '../verdict/signatures.js';
import { explain } from './explain.js';
import { readPasted } from './read.js';
import { createReaders } from './readers/index.js';

const Said = {
  name: Type.String(),
  status: Type.Optional(Type.Integer()),
  type: Type.Optional(Type.String()),
  headers: Type.Optional(Type.Array(Type.String())),
  body: Type.String(),
};
const File = Type.Object({
  refusals: Type.Array(
    Type.Object({ ...Said, outcome: Type.Array(Type.String()), layer: Type.Array(Type.String()) }),
  ),
  others: Type.Array(Type.Object(Said)),
});
type Case = Static<typeof File>['others'][0];

const { refusals, others } = (await readTypedDocument(join(PACKAGE_ROOT, 'src/explain/meanings.yaml'), File))
  .value;
const signatures = await readSignatures(join(PACKAGE_ROOT, 'spec'));
const redaction = redactionFor(signatures, new Secrets());
const readers = createReaders(signatures);

function verdictsOf({ status, type = '', headers = [], body }: Case) {
  const head = [`HTTP/1.1 ${String(status)} Status`, `content-type: ${type}`, ...headers, '', ''].join('\n');
  const text = status === undefined ? body : `${head}${body}\n`;
  return readPasted(text, readers).flatMap((one) => explain(one, signatures.all, redaction) ?? []);
}

describe('what refusals say in their own words', () => {
  test.each(refusals)('$name', (refusal) => {
    const found = verdictsOf(refusal).map(({ outcome, layer }) => ({ outcome, layer }));
    expect(found).toHaveLength(1);
    expect(refusal.outcome).toContain(found[0]?.outcome);
    expect(refusal.layer).toContain(found[0]?.layer);
  });
});

describe('what is no refusal', () => {
  test.each(others)('$name', (other) => {
    const refused = verdictsOf(other).filter(({ outcome }) => outcome !== 'works');
    expect(refused).toEqual([]);
  });
});

test('plain words are never more than possible', () => {
  const stated = [...refusals, ...others].flatMap(verdictsOf);
  const plain = stated.filter(({ evidence }) => evidence.some(({ code }) => code === 'plain-words'));
  expect(plain.length).toBeGreaterThan(50);
  expect(plain.filter(({ confidence }) => confidence !== 'possible')).toEqual([]);
});
