import { join } from 'node:path';
import fc from 'fast-check';
import { decodePaste } from '../explain/decode.js';
import { describe } from '../explain/describe.js';
import { explain } from '../explain/explain.js';
import { grouped, headlineOf } from '../explain/groups.js';
import type { Pasted, Reader } from '../explain/paste.js';
import { readPasted } from '../explain/read.js';
import { createReaders } from '../explain/readers/index.js';
import type { Redaction } from '../exchange/record.js';
import { PACKAGE_ROOT } from '../package.js';
import { redactionFor } from '../engine/redaction.js';
import { Secrets } from '../targets/secrets.js';
import { readSignatures, type Signatures } from '../verdict/signatures.js';
import type { Random } from './egress/random.js';
import { mutatedPaste } from './paste-mutations.js';
import { readPasteCases, type PasteCase } from './pastes.js';
import { hostileAnswer, planted, tracesOf, type Planted } from './planted.js';

/** What pastes are made of, and what reads them. */
export interface Bench {
  cases: readonly PasteCase[];
  readers: readonly (readonly Reader[])[];
  signatures: Signatures;
  redaction: Redaction;
}

export async function openBench(): Promise<Bench> {
  const signatures = await readSignatures(join(PACKAGE_ROOT, 'src/explain'));
  const cases = (await readPasteCases()).flatMap((form) => form.cases);
  return {
    cases,
    signatures,
    readers: createReaders(signatures),
    redaction: redactionFor(signatures, new Secrets()),
  };
}

/** One paste that was tried, and what is wrong with what was said of it. */
export interface Tried {
  faults: string[];
  /** In which ways it was changed. */
  by: string[];
  text: string;
}

/** Makes one paste of the cases, with something planted in it, changes it, and looks at all that is said of it. */
export function tryPaste(bench: Bench, random: Random): Tried {
  const first = random.pick(bench.cases);
  const others = random.next() < 0.3 ? [random.pick(bench.cases)] : [];
  const plain = [first, ...others].map(({ paste }) => paste).join('\n');
  const isNothing = [first, ...others].every(({ expected }) => expected === 'nothing');
  // What is planted into a text that says nothing may be what a host says.
  const seeded = isNothing ? { text: plain, secrets: [], isMore: false } : withPlanted(plain, random);
  const { bytes, by, isWhole } = mutatedPaste(seeded.text, random);
  const shown = { by, text: bytes.toString() };
  let stated: Said;
  try {
    stated = sayAll(bench, bytes);
  } catch (error) {
    return {
      ...shown,
      faults: [`it fails: ${error instanceof Error ? (error.stack ?? error.message) : ''}`],
    };
  }
  const faults = [
    ...leaksIn(stated.text, seeded.secrets),
    ...(stated.text.includes('"confidence":"certain"') ? ['it is certain'] : []),
    ...(isNothing && isWhole && stated.pasted.length > 0 ? ['there is an answer where there is none'] : []),
  ];
  const isKnown = isWhole && others.length === 0 && !seeded.isMore && first.expected !== 'nothing';
  return { ...shown, faults: [...faults, ...(isKnown ? lostIn(stated.pasted, first.expected) : [])] };
}

interface Said {
  pasted: readonly Pasted[];
  /** All that is given out, as JSON. */
  text: string;
}

function sayAll({ readers, signatures, redaction }: Bench, bytes: Buffer): Said {
  const pasted = readPasted(decodePaste(bytes), readers);
  const given = pasted.map((one) => ({ pasted: one, verdict: explain(one, signatures.all, redaction) }));
  const groups = grouped(given);
  const headline = headlineOf(groups);
  const beside = { held: undefined, judgement: undefined };
  const all = groups.map((group) => describe(group, group === headline ? beside : undefined));
  return { pasted, text: JSON.stringify(all) };
}

/** What is shown of what was planted. */
function leaksIn(text: string, secrets: readonly Planted[]): string[] {
  return secrets.flatMap((one) => tracesOf(one, text).map((trace) => `it shows ${trace}`));
}

/** What a whole paste was known to contain, and is read from it no more. */
function lostIn(pasted: readonly Pasted[], expected: PasteCase['expected']): string[] {
  const given = pasted.map(({ reply }) => (reply.kind === 'answer' ? reply.status : reply.code));
  const wanted = expected === 'nothing' ? [] : expected.map(({ status, failure }) => failure ?? status);
  return JSON.stringify(given) === JSON.stringify(wanted)
    ? []
    : [`it reads ${JSON.stringify(given)} instead of ${JSON.stringify(wanted)}`];
}

interface Seeded {
  text: string;
  secrets: readonly Planted[];
  /** Whether an answer was added. */
  isMore: boolean;
}

/** A text with values of persons and secrets where a host or a client may have written them. */
function withPlanted(text: string, random: Random): Seeded {
  const seed = Math.floor(random.next() * 0x7fffffff);
  const secrets = fc.sample(planted, { seed, numRuns: 3 });
  const [token = '', name = '', value = ''] = secrets.map(({ written }) => written);
  const changed = text
    .replace(/Bearer a\b/g, () => `Bearer ${token}`)
    .replace(/("(?:message|detail|reason|error_description)":\s*")/g, (whole) =>
      random.next() < 0.3 ? `${whole}${JSON.stringify(name).slice(1, -1)} ` : whole,
    )
    .replace(/\?([a-z]+)=/g, (whole) =>
      random.next() < 0.5 ? `${whole}${encodeURIComponent(value)}` : whole,
    );
  if (random.next() < 0.7) return { text: changed, secrets, isMore: false };
  const [hostile] = fc.sample(hostileAnswer, { seed, numRuns: 1 });
  if (!hostile) return { text: changed, secrets, isMore: false };
  const fields = hostile.headers.map(([field, said]) => `${field}: ${said}`);
  const answer = [`HTTP/1.1 ${hostile.status} X`, ...fields, '', hostile.body];
  return { text: [changed, ...answer].join('\n'), secrets: [...secrets, hostile.planted], isMore: true };
}
