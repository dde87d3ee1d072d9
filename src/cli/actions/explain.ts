import { decodePaste } from '../../explain/decode.js';
import { describe, type Beside } from '../../explain/describe.js';
import { explain } from '../../explain/explain.js';
import { withGiven, type Given } from '../../explain/given.js';
import { grouped, headlineOf, type Explanation } from '../../explain/groups.js';
import { heldAgainst, sitesOfContract } from '../../explain/held.js';
import type { Pasted } from '../../explain/paste.js';
import { readPasted } from '../../explain/read.js';
import { createReaders } from '../../explain/readers/index.js';
import { wordsOfPaths } from '../../exchange/shown-url.js';
import { newestJudgement } from '../../history/read.js';
import { redactionFor } from '../../engine/redaction.js';
import { openSpec, readSpec } from '../../spec/open.js';
import { ask } from '../ask.js';
import { readInputBytes } from '../input.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { printExplained, printNothing } from '../tables/explained.js';
import { noteOrigin } from '../whole-spec.js';

export interface ExplainOptions extends KeptOptions, Given {
  /** Whether each answer is shown by itself. */
  details?: boolean | undefined;
}

/** @returns 0 when something could be said, 3 when the text holds no answer, or nothing that is known fits */
export async function explainRefusals(
  file: string | undefined,
  options: ExplainOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const { signatures } = await openSpec(options.specDir, ['signatures']);
  const hint = 'Paste the refusal, then press Ctrl-D.';
  const text = decodePaste(await readInputBytes(file, hint, io, host));
  const redaction = redactionFor(signatures, host.secrets);
  const readers = createReaders(signatures);
  const found = withGiven(readPasted(text, readers), text, options);
  const spec = await specFor(found, options);
  const words = spec?.contract && wordsOfPaths(spec.contract.operations.map(({ path }) => path));
  const explained = (pasted: readonly Pasted[]): Explanation[] =>
    pasted.map((one, index) => ({
      pasted: one,
      verdict: explain(one, signatures.all, redaction, { before: pasted[index - 1], words }),
    }));
  let explanations = explained(found);
  if (file !== undefined && file !== '-' && wantsStatus(explanations)) {
    const status = await askStatus(host, options);
    if (status !== undefined)
      explanations = explained(
        withGiven(
          explanations.map(({ pasted }) => pasted),
          text,
          { status },
        ),
      );
  }
  const groups =
    options.details === true ? explanations.map((last) => ({ last, count: 1 })) : grouped(explanations);
  const headline = headlineOf(groups);
  if (!headline) {
    printNothing({ isRead: explanations.length > 0, forms: readers.flat().map(({ about }) => about) }, io);
    io.result([]);
    return 3;
  }
  const held = await hold(headline.last.pasted, spec, { options, host, io });
  const all = groups.map((group) => describe(group, group === headline ? held : undefined, words));
  printExplained(all, groups.indexOf(headline), io);
  io.result(all.flatMap(({ verdict, ...rest }) => (verdict ? [{ ...verdict, ...rest }] : [])));
  return all.some(({ verdict }) => verdict !== undefined && verdict.codes.explanation.code !== 'no-signature')
    ? 0
    : 3;
}

/** Whether one body came without its status, and nothing can be said of it without. */
function wantsStatus(explanations: readonly Explanation[]): boolean {
  const [only, ...more] = explanations;
  if (!only || more.length > 0 || only.verdict) return false;
  return only.pasted.reply.kind === 'answer' && only.pasted.reply.status === undefined;
}

async function askStatus(host: Host, options: CommonOptions): Promise<number | undefined> {
  if (options.quiet === true) return undefined;
  const stated = await ask(
    'Which status did it come with? (such as 403; Enter where it is not known) ',
    host,
  );
  const [status] = /\b[1-5]\d\d\b/.exec(stated ?? '') ?? [];
  return status === undefined ? undefined : Number(status);
}

/** The contract and its hosts, where something was asked that can be held against them. */
async function specFor(pasted: readonly Pasted[], { specDir }: CommonOptions) {
  if (pasted.every(({ request }) => request.url === undefined)) return undefined;
  // What is wrong in the folder is no matter of what was pasted: conform doctor says it.
  return (await readSpec(specDir, ['contract', 'hosts'])).parts;
}

/** What the contract and the newest run say of the request of the headline. */
async function hold(
  { request }: Pasted,
  spec: Awaited<ReturnType<typeof specFor>>,
  { options, host, io }: { options: KeptOptions; host: Host; io: Io },
): Promise<Beside> {
  if (!spec?.contract) return { held: undefined, judgement: undefined };
  const held = heldAgainst(request, sitesOfContract(spec.contract, spec.hosts?.targets ?? []));
  if (held) noteOrigin(spec.layers, io);
  if (!held?.operation) return { held, judgement: undefined };
  const targets = held.target === undefined ? undefined : [held.target];
  await using kept = await openKept(options, host);
  return { held, judgement: await newestJudgement(held.operation.id, targets, kept) };
}
