import type { Chance } from '../chance.js';
import type { Clock } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { baseUrl as baseUrlControl, otherBasesOf, type OtherBase } from '../controls/base-url.js';
import type { Reference } from '../controls/compare.js';
import { knownGood, type KnownGood } from '../controls/known-good.js';
import type { AskedOperation, HostSubject } from '../controls/subject.js';
import { unknownRoot } from '../controls/unknown-path.js';
import { converse, type Conversation } from '../drive/conversation.js';
import { createDriver, type DriveResult } from '../drive/drive.js';
import { plainProbe } from '../probe/build.js';
import { environmentPlacesAt, samplesAt, type Samples } from '../probe/samples.js';
import { tokenVerdict } from '../engine/token-verdict.js';
import { redactionFor } from '../engine/redaction.js';
import { createBudget, NOTHING, total, type Budget, type Counts } from '../session/budget.js';
import { openTarget, type TargetSession } from '../session/open.js';
import { createSender, type Sender } from '../session/send.js';
import { jsonOf } from '../session/token.js';
import { isObject } from '../json.js';
import { once } from '../once.js';
import { isSuccess, type Answer } from '../targets/reply.js';
import type { Secrets } from '../targets/secrets.js';
import type { Target } from '../targets/targets.js';
import type { Signatures } from '../verdict/signatures.js';
import { worded, type Worded } from '../verdict/worded.js';

/** What came of asking for the tokens of a target. */
export type Tokens =
  | { kind: 'none-needed' }
  /** The lifetimes that the endpoints name, in seconds; undefined for one that names none. */
  | { kind: 'given'; lifetimes: (number | undefined)[] }
  | { kind: 'refused'; verdict: Pick<Worded, 'explanation' | 'fix'> }
  | { kind: 'stopped' };

/** What asking a few operations that change nothing has shown. */
export interface Reads {
  /** Each operation that was asked, and its status; null where no answer came. */
  asked: readonly { operation: string; status: number | null }[];
  works: string | undefined;
  knownGood: { operation: string; works: number | null; refused: number | null } | undefined;
}

/** What may be asked of a host, each once, when it is first wanted. */
export interface Survey {
  tokens: () => Promise<Tokens>;
  /** What the host says of a path that it does not know. */
  unknown: () => Promise<DriveResult<Reference>>;
  reads: () => Promise<Reads>;
  otherBase: () => Promise<DriveResult<OtherBase | undefined>>;
  /** The answers that came until now, of whatever was asked. */
  answers: () => readonly Answer[];
  counts: () => { sent: number; atMost: number };
  close: () => Promise<void>;
}

/** So many operations are asked until one works. */
const READS = 4;

/** What a survey may send at the most; the gate keeps it. */
export function surveyBudget({ credentials }: Pick<Target, 'credentials'>): Counts {
  const tokens = credentials.filter(({ kind }) => kind === 'oauth' || kind === 'login').length;
  return {
    ...NOTHING,
    operations: READS,
    controls: [unknownRoot, knownGood, baseUrlControl].reduce((sum, { asks }) => sum + asks.atMost, 0),
    retries: 4,
    // One that is good for a short time runs out while the rest is asked.
    token: tokens * 2,
  };
}

export interface SurveyOptions {
  contract: Contract;
  target: Target & { baseUrl: string };
  /** Whether it is a server of our own. */
  invented: boolean;
  /** Whether the credentials of the target are there, and may be shown to its host. */
  withCredentials: boolean;
  samples: Samples;
  signatures: Signatures;
  environment: Readonly<Record<string, string | undefined>>;
  secrets: Secrets;
  clock: Clock;
  chance: Chance;
  signal: AbortSignal;
}

/** Asks a host a few things that change nothing, all of them through the gate of the session. */
export function openSurvey(options: SurveyOptions): Survey {
  const { contract, target, samples, signatures, secrets, clock, chance, signal } = options;
  const budget = createBudget(surveyBudget(target));
  const redaction = redactionFor(signatures, secrets, contract);
  const noted = notingSender(createSender(target, clock));
  const environmentAt = environmentPlacesAt(samples, contract);
  const open = (given: { credentials?: TargetSession['credentials']; baseUrl?: string; sender?: Sender }) =>
    openTarget({
      ...options,
      policy: 'none',
      budget,
      target: { ...target, baseUrl: given.baseUrl ?? target.baseUrl },
      samplesAt: samplesAt(samples, options.environment, secrets),
      environmentAt,
      ...(given.credentials ? { credentials: given.credentials } : {}),
      ...(given.sender ? { sender: given.sender } : {}),
    });
  const opened: Conversation[] = [];
  const speak = (session: TargetSession): Conversation => {
    const conversation = converse(session.session, redaction, chance);
    opened.push(conversation);
    return conversation;
  };
  const own = open({
    sender: noted.sender,
    ...(options.withCredentials ? {} : { credentials: [] }),
  });
  const tokens = once(() => askForTokens(own, options));
  /** The host, as it is asked: without credentials where no token is given, so that none is asked for again. */
  const asking = once(async () => {
    const given = await tokens();
    const isGood = given.kind !== 'refused' && given.kind !== 'stopped';
    const session = isGood ? own : open({ sender: noted.sender, credentials: [] });
    const conversation = speak(session);
    const { absent, sites } = session;
    const subject = (
      asked: readonly AskedOperation[],
      otherBases: HostSubject['otherBases'],
    ): HostSubject => ({
      ...{ baseUrl: target.baseUrl, operations: sites[0].operations, asked, absent, unknown, otherBases },
      takesCredentials: ({ id }) => session.session.invalidCredentials(id) !== '',
      refusalSeen: ({ id }) => session.session.refusalSeen(id),
      otherHost: undefined,
    });
    const unknown = [absent.segment(), absent.segment()] as const;
    const driver = createDriver(conversation, signal);
    return { session, conversation, driver, subject, operations: sites[0].operations };
  });
  const askReads = once(async () => {
    const { conversation, operations, driver, subject } = await asking();
    const asked: AskedOperation[] = [];
    const ordered = inOrder(operations, subject([], []).takesCredentials);
    let good: KnownGood | undefined;
    for (const operation of ordered) {
      if (asked.length >= READS || good !== undefined || signal.aborted) break;
      const probe = plainProbe(operation, options, target.baseUrl);
      if (!probe) continue;
      const came = await conversation.ask(probe, { token: 'valid', repeatable: true });
      if ('withheld' in came) break;
      asked.push({ operation, probe, token: 'valid', answer: came, isToken: false });
      if (!isSuccess(came.exchange.status)) continue;
      const control = await driver.drive(knownGood, subject(asked, []));
      if (control.kind === 'done') good = control.result;
    }
    return { asked, good };
  });
  return {
    tokens,
    unknown: once(async () => {
      const { driver, subject } = await asking();
      return driver.drive(unknownRoot, subject([], []));
    }),
    reads: async () => {
      const { asked, good } = await askReads();
      return {
        asked: asked.map(({ operation, answer }) => ({
          operation: operation.id,
          status: answer.exchange.status,
        })),
        works: asked.find(({ answer }) => isSuccess(answer.exchange.status))?.operation.id,
        knownGood: good && {
          operation: good.operation,
          works: good.works.exchange.status,
          refused: good.refused.exchange.status,
        },
      };
    },
    otherBase: once(async () => {
      const { session, driver, subject } = await asking();
      const { asked } = await askReads();
      const bases = otherBasesOf(target.baseUrl).map((baseUrl) => ({
        baseUrl,
        conversation: speak(open({ baseUrl, credentials: session.credentials })),
      }));
      return driver.drive(baseUrlControl, subject(asked, bases));
    }),
    answers: noted.answers,
    counts: () => countsOf(budget),
    close: async () => {
      await Promise.all(opened.map((one) => one.close()));
      await own.session.close();
    },
  };
}

function countsOf(budget: Budget): { sent: number; atMost: number } {
  return { sent: total(budget.sent()), atMost: total(budget.planned) };
}

/** A sender that keeps what comes back, for what its headers say of the host. */
function notingSender(sender: Sender): { sender: Sender; answers: () => readonly Answer[] } {
  const answers: Answer[] = [];
  return {
    sender: {
      ...sender,
      send: async (request, signal) => {
        const reply = await sender.send(request, signal);
        if (reply.kind === 'answer') answers.push(reply);
        return reply;
      },
    },
    answers: () => answers,
  };
}

async function askForTokens({ credentials }: TargetSession, options: SurveyOptions): Promise<Tokens> {
  const { target, signatures, secrets, contract, signal } = options;
  if (!credentials.some((one) => one.tokenRequest() !== undefined)) return { kind: 'none-needed' };
  const verdict = await tokenVerdict(
    { signatures, signal },
    credentials,
    redactionFor(signatures, secrets, contract),
  );
  if (signal.aborted) return { kind: 'stopped' };
  if (verdict) return { kind: 'refused', verdict: worded(verdict) };
  // The credentials of a session are in the order of the entries that they come from.
  const lifetimes = target.credentials.flatMap((entry, index) => {
    if (entry.kind === 'login') return [entry.lifetimeSeconds];
    if (entry.kind !== 'oauth') return [];
    const reply = credentials[index]?.lastReply();
    const body = reply?.kind === 'answer' ? jsonOf(reply) : undefined;
    const seconds = Number(isObject(body) ? body[entry.lifetimeField] : undefined);
    return [Number.isFinite(seconds) && seconds > 0 ? seconds : undefined];
  });
  return { kind: 'given', lifetimes };
}

/** Reads that need no id: those that credentials are sent to first, and the shortest paths first. */
function inOrder(
  operations: readonly Operation[],
  takesCredentials: (operation: Operation) => boolean,
): Operation[] {
  const rank = (one: Operation) =>
    (takesCredentials(one) ? 0 : 4) + (one.guarded ? 0 : 2) + (one.deprecated ? 1 : 0);
  return operations
    .filter(({ method, safe, path }) => method === 'GET' && safe && !path.includes('{'))
    .toSorted((one, other) => rank(one) - rank(other) || one.path.length - other.path.length);
}
