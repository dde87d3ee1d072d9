import type { Exchange } from '../exchange/exchange.js';
import { record, type Redaction } from '../exchange/record.js';
import type { Credential } from '../session/credentials/credential.js';
import { isSuccess } from '../targets/reply.js';
import { brief } from '../verdict/brief.js';
import { diagnose } from '../verdict/diagnose.js';
import { questionAlone } from '../verdict/question.js';
import { say, type Said } from '../verdict/sentences.js';
import type { Verdict } from '../verdict/verdict.js';
import { worded } from '../verdict/worded.js';
import type { Assignment } from './assignment.js';
import { capabilityOf } from './capability.js';
import type { Observation } from './observation.js';
import type { Plan } from './plan.js';
import type { Capability } from '../record/run.js';

/** Why no token could be had, or undefined when there is one or none is needed. */
export async function tokenVerdict(
  { signatures, signal }: Pick<Assignment, 'signatures' | 'signal'>,
  credentials: readonly Credential[],
  redaction: Redaction,
): Promise<Verdict | undefined> {
  const found = await Promise.all(
    credentials.map(async (credential) => {
      const request = credential.tokenRequest();
      if (!request || (await credential.value(signal)) !== undefined) return undefined;
      return { request, reply: credential.lastReply(), isUnsendable: credential.gaveUnsendable() };
    }),
  );
  const { request, reply, isUnsendable } = found.find((one) => one !== undefined) ?? {};
  if (!request) return undefined;
  // A run that is stopped here has asked nothing; that says nothing of the token.
  if (!reply || signal.aborted) return undefined;
  const shown = new URL(request.url);
  const probe = {
    operation: 'token',
    role: 'control' as const,
    request,
    shown: shown.origin + shown.pathname,
  };
  const exchange = record(probe, reply, redaction);
  if (isUnsendable) {
    return {
      outcome: 'broken',
      layer: 'token',
      confidence: 'likely',
      side: 'vendor-application',
      explanation: say('token-unsendable', { status: String(exchange.status) }),
      fix: say('ask-for-sendable-token', {}),
      evidence: [answered(exchange)],
      ruledOut: [],
    };
  }
  if (isSuccess(exchange.status)) {
    return {
      outcome: 'denied',
      layer: 'token',
      cause: 'oauth-request-invalid',
      confidence: 'likely',
      side: 'us',
      explanation: say('token-not-found', { status: String(exchange.status) }),
      fix: say('correct-token-field', {}),
      evidence: [answered(exchange)],
      ruledOut: [],
    };
  }
  return diagnose(questionAlone(exchange, { isToken: true, token: 'none' }), signatures.all);
}

function answered(exchange: Exchange): Said {
  const { method, url, at, status } = exchange;
  return say('answer', { method, url, at, status: String(status ?? ''), came: brief({ exchange }) });
}

/** What is said of every operation where no token could be had. */
export function blockedByToken(plan: Plan, verdict: Verdict): Capability[] {
  const { evidence, fix, codes } = worded(verdict);
  const why = `no token could be had: ${verdict.explanation.sentence}`;
  return plan.steps
    .filter((step) => !step.supporting)
    .map((step) => {
      const observation: Observation = { step, asked: false, why };
      return {
        ...capabilityOf(observation, undefined),
        evidence,
        ...(fix === undefined ? {} : { fix }),
        codes,
      };
    });
}
