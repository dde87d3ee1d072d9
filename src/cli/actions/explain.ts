import { explain } from '../../explain/explain.js';
import { decodePaste } from '../../explain/decode.js';
import { readPasted } from '../../explain/read.js';
import { createReaders } from '../../explain/readers/index.js';
import { redactionFor } from '../../run/redaction.js';
import { CAUSES } from '../../verdict/causes.js';
import { openSpec } from '../../spec/open.js';
import type { Verdict } from '../../verdict/verdict.js';
import { worded } from '../../verdict/worded.js';
import { readInputBytes } from '../input.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { wrapped } from '../tables/wrapped.js';

/** @returns 0 when something could be said, 3 when nothing that is known fits */
export async function explainRefusals(
  file: string | undefined,
  options: CommonOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const { signatures } = await openSpec(options.specDir, ['signatures']);
  const text = decodePaste(await readInputBytes(file, 'Paste the refusal, then press Ctrl-D.', io, host));
  const redaction = redactionFor(signatures, host.secrets);
  const pasted = readPasted(text, createReaders(signatures));
  const verdicts = pasted.flatMap((one) => explain(one, signatures.all, redaction) ?? []);
  for (const verdict of verdicts) print(verdict, io);
  io.result(verdicts.map(worded));
  return verdicts.some(({ cause }) => cause !== 'undetermined') ? 0 : 3;
}

function print(verdict: Verdict, io: Io): void {
  const { outcome, layer, cause, confidence, side, explanation, fix, evidence } = worded(verdict);
  io.out(io.colours.bold(`${outcome}${cause === undefined ? '' : `: ${CAUSES[cause]}`}`));
  if (layer !== undefined) io.out(`  layer ${layer}, cause ${cause ?? 'none'}, ${confidence ?? 'certain'}`);
  if (side !== undefined) io.out(`  who can change it: ${side}`);
  io.out(wrapped(explanation, 2));
  if (fix !== undefined) io.out(wrapped(`What to do: ${fix}`, 2));
  for (const sentence of evidence) io.out(wrapped(sentence, 2));
  io.out();
}
