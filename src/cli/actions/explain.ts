import { decodePaste } from '../../explain/decode.js';
import { explain } from '../../explain/explain.js';
import { withGiven, type Given } from '../../explain/given.js';
import { grouped, headlineOf, type Group, type Told } from '../../explain/groups.js';
import { heldAgainst, sitesOfContract, type Held } from '../../explain/held.js';
import { nextSteps } from '../../explain/next.js';
import type { Pasted } from '../../explain/paste.js';
import { readPasted } from '../../explain/read.js';
import { createReaders } from '../../explain/readers/index.js';
import { shownUrl } from '../../exchange/shown-url.js';
import { newestJudgement, type Judgement } from '../../history/read.js';
import { redactionFor } from '../../run/redaction.js';
import { openSpec, readSpec } from '../../spec/open.js';
import { worded } from '../../verdict/worded.js';
import { ask } from '../ask.js';
import { readInputBytes } from '../input.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { printExplained, printNothing, type Explained } from '../tables/explained.js';

export interface ExplainOptions extends CommonOptions, Given {
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
  const explained = (pasted: readonly Pasted[]): Told[] =>
    pasted.map((one) => ({ pasted: one, verdict: explain(one, signatures.all, redaction) }));
  let told = explained(withGiven(readPasted(text, readers), text, options));
  if (file !== undefined && file !== '-' && wantsStatus(told)) {
    const status = await askStatus(host, options);
    if (status !== undefined)
      told = explained(
        withGiven(
          told.map(({ pasted }) => pasted),
          text,
          { status },
        ),
      );
  }
  const groups = options.details === true ? told.map((last) => ({ last, count: 1 })) : grouped(told);
  const headline = headlineOf(groups);
  if (!headline) {
    printNothing({ isRead: told.length > 0, forms: readers.flat().map(({ about }) => about) }, io);
    io.result([]);
    return 3;
  }
  const held = await hold(headline.last.pasted, options);
  const all = groups.map((group): Explained => describe(group, group === headline ? held : undefined));
  printExplained(all, groups.indexOf(headline), io);
  io.result(all.flatMap(({ verdict, ...rest }) => (verdict ? [{ ...verdict, ...rest }] : [])));
  return all.some(({ verdict }) => verdict !== undefined && verdict.codes.explanation.code !== 'no-signature')
    ? 0
    : 3;
}

/** Whether one body came without its status, and nothing can be said of it without. */
function wantsStatus(told: readonly Told[]): boolean {
  const [only, ...more] = told;
  if (!only || more.length > 0 || only.verdict) return false;
  return only.pasted.reply.kind === 'answer' && only.pasted.reply.status === undefined;
}

async function askStatus(host: Host, options: CommonOptions): Promise<number | undefined> {
  if (options.quiet === true) return undefined;
  const said = await ask('Which status did it come with? (such as 403; Enter where it is not known) ', host);
  const [status] = /\b[1-5]\d\d\b/.exec(said ?? '') ?? [];
  return status === undefined ? undefined : Number(status);
}

/** What the contract and the newest run say of the request of the headline. */
interface HeldWithRun {
  held: Held | undefined;
  judgement: Judgement | undefined;
}

async function hold({ request }: Pasted, options: CommonOptions): Promise<HeldWithRun> {
  const nothing = { held: undefined, judgement: undefined };
  if (request.url === undefined) return nothing;
  // What is wrong in the folder is no matter of what was pasted: conform doctor says it.
  const { parts } = await readSpec(options.specDir, ['contract', 'hosts']);
  if (!parts.contract) return nothing;
  const held = heldAgainst(request, sitesOfContract(parts.contract, parts.hosts?.targets ?? []));
  if (!held?.operation) return { held, judgement: undefined };
  const targets = held.target === undefined ? undefined : [held.target];
  return { held, judgement: await newestJudgement(held.operation.id, targets, options.out) };
}

function describe({ last, count }: Group, held: HeldWithRun | undefined): Explained {
  const { request, reply } = last.pasted;
  const { url, method, credentials } = request;
  const status = reply.kind === 'answer' ? reply.status : null;
  const contract = held?.held;
  return {
    verdict: last.verdict && worded(last.verdict),
    request: {
      ...(method === undefined ? {} : { method }),
      ...(url === undefined ? {} : { url: shownUrl(url) }),
      credentials,
    },
    ...(status === undefined ? {} : { status }),
    count,
    ...(contract === undefined ? {} : { contract: contractOf(contract, held?.judgement) }),
    ...(held === undefined || !last.verdict || last.verdict.outcome === 'works'
      ? {}
      : { next: nextSteps(last.verdict, request, contract) }),
  };
}

function contractOf(
  { target, operation, nearest, unknownParameters }: Held,
  judgement: Judgement | undefined,
): NonNullable<Explained['contract']> {
  return {
    ...(target === undefined ? {} : { target }),
    ...(operation === undefined ? {} : { operation: operation.id }),
    ...(nearest === undefined ? {} : { nearest: nearest.id }),
    unknownParameters,
    ...(judgement === undefined
      ? {}
      : {
          newestRun: {
            target: judgement.target,
            at: judgement.at,
            outcome: judgement.operation.outcome,
            ...(judgement.operation.cause === undefined ? {} : { cause: judgement.operation.cause }),
          },
        }),
  };
}
