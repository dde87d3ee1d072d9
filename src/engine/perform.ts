import { join } from 'node:path';
import { scopeHolds } from '../checks/auth/scope-holds.js';
import { bounded } from '../checks/bounds.js';
import { isOfNote } from '../checks/of-note.js';
import { NO_LISTS } from '../checks/stated/lists.js';
import { otherBasesOf } from '../controls/base-url.js';
import { createListener, type Listener } from '../contract-coverage/listen.js';
import { converse, whenNeeded } from '../drive/conversation.js';
import { remembering } from '../drive/remember.js';
import { environmentPlacesAt, samplesAt } from '../probe/samples.js';
import { createBudget, total } from '../session/budget.js';
import { openTarget } from '../session/open.js';
import { BRIEF, BRIEF_WITH_OTHERS } from '../session/patience.js';
import { askAndJudge } from './ask-sites.js';
import { assemble } from './assemble.js';
import type { Assignment } from './assignment.js';
import { journalName, openJournal } from './journal.js';
import type { Left } from './observation.js';
import { createRateLog } from './rate-log.js';
import { redactionFor } from './redaction.js';
import type { Capability, Run } from '../record/run.js';
import { blockedByToken, tokenVerdict } from './token-verdict.js';

/** Asks a target everything that the plan says, and judges what it answers. */
export async function performRun(assignment: Assignment): Promise<Run> {
  const { id, startedAt, contract, target, plan, signatures, secrets, clock } = assignment;
  const redaction = redactionFor(signatures, secrets, contract);
  const budget = createBudget(plan.budget);
  // A server of our own fails for one reason, and each time.
  const patience = target.serve === undefined ? BRIEF_WITH_OTHERS : BRIEF;
  const common = {
    ...assignment,
    budget,
    samplesAt: samplesAt(assignment.samples, assignment.environment, secrets),
    environmentAt: environmentPlacesAt(assignment.samples, contract),
  };
  const opened = openTarget({
    ...common,
    // Who gives a run its time lets it wait as long as a host asks for.
    patience: { ...patience, inAllMs: assignment.deadlineMs ?? patience.inAllMs },
    policy: plan.policy,
  });
  const { session, credentials } = opened;
  const otherHost = assignment.otherHost && {
    name: assignment.otherHost.name,
    baseUrl: assignment.otherHost.baseUrl,
    conversation: converse(
      openTarget({
        ...assignment,
        patience,
        target: assignment.otherHost,
        policy: 'none',
        budget,
        // The credentials of one host are not shown to another.
        credentials: [],
      }).session,
      redaction,
      assignment.chance,
    ),
  };
  const rates = createRateLog();
  const listener = createListener(contract, opened.sites);
  const heard = converse(session, redaction, assignment.chance, (probe, token, came) => {
    rates.note(probe, token, came);
    listener.hear(probe.request, came.reply, came.exchange.requestHeaders);
  });
  const conversation = remembering(
    bounded(heard, plan.bounds, { absent: opened.absent, lists: assignment.lists ?? NO_LISTS }),
    isOfNote,
  );
  const otherBases = otherBasesOf(target.baseUrl).map((baseUrl) => ({
    baseUrl,
    // Most runs never suspect their base URL.
    conversation: whenNeeded(() =>
      converse(
        openTarget({ ...common, target: { ...target, baseUrl }, policy: 'none', credentials }).session,
        redaction,
        assignment.chance,
      ),
    ),
  }));
  // What the run itself has started ends with it, and whatever it holds.
  const isPassing = target.serve !== undefined;
  const journal = openJournal(
    join(assignment.journals, journalName(id, assignment.chance)),
    {
      target: target.name,
      baseUrl: target.baseUrl,
      contract: contract.sha256,
      passing: isPassing,
      startedAt: startedAt.toISOString(),
    },
    clock,
  );
  if (
    plan.steps.some(({ manner }) => manner === 'real' || manner === 'forbidden-body') ||
    plan.checks.access.includes(scopeHolds)
  )
    await journal.prepare();
  const left: Left[] = [];
  assignment.onEvent({
    kind: 'started',
    ...{ run: id, target: target.name },
    ...{ operations: plan.steps.length, requests: total(plan.budget) },
  });
  try {
    const dead = assignment.signal.aborted
      ? undefined
      : await tokenVerdict(assignment, credentials, redaction);
    const capabilities = dead
      ? blockedByToken(plan, dead)
      : await askAndJudge(
          assignment,
          { conversation, otherHost, otherBases },
          { past: conversation.past, rates },
          opened,
          listener,
          redaction,
          journal,
          left,
        );
    const seen = capabilities.map((one) => withSeen(one, listener));
    for (const operation of seen) assignment.onEvent({ kind: 'judged', target: target.name, operation });
    return assemble(assignment, seen, session.counts(), isPassing ? [] : left);
  } finally {
    await (isPassing ? journal.drop() : journal.settle());
    const others = [...otherBases, ...(otherHost ? [otherHost] : [])].map((one) => one.conversation);
    await Promise.all([conversation, ...others].map((one) => one.close()));
  }
}

function withSeen(capability: Capability, { seenOf }: Listener): Capability {
  const seen = seenOf(capability.id);
  return seen ? { ...capability, seen } : capability;
}
