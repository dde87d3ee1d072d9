import { findingKey } from '../../checks/finding-key.js';
import { looksBroken, settleLife } from '../../checks/judge-life.js';
import { PAUSE_MS } from '../../checks/checked.js';
import { emptyLife, type Life } from '../../checks/life.js';
import { sameShape } from '../../probe/path-index.js';
import type { Value } from '../../probe/value.js';
import type { AskedStep, Asking, Observation } from '../observation.js';
import type { Step } from '../plan.js';
import { sendReady } from '../created/send.js';
import { asError, Problem } from '../../problem.js';
import { declaredBy } from './bodies.js';
import { live, type Course } from './live.js';

/**
 * Holds what the run can create and remove again to its promises: one record of each collection goes through a life of
 * its own, and a second one where the first looked broken.
 * @param observations what came of the operations when they were asked themselves
 */
export async function checkLives(
  steps: readonly Step[],
  observations: readonly Observation[],
  ids: ReadonlyMap<string, Value[]>,
  asking: Asking,
): Promise<void> {
  const { lifeChecks, signal, clock, validator } = asking;
  if (lifeChecks.length === 0) return;
  const known = new Map(
    observations.flatMap((one) =>
      one.asked ? [[one.step.operation.id, new Set(one.findings.map(findingKey))] as const] : [],
    ),
  );
  const rules = { checks: lifeChecks, validator, known: (id: string) => known.get(id) ?? new Set<string>() };
  for (const course of coursesOf(steps, asking)) {
    if (signal.aborted) return;
    const own = observations.find(({ step }) => step === course.creation);
    // What cannot be distinguished from other things, or cannot be found, is not created a second time.
    if (own?.asked !== true || !(own.isOurs ?? own.unseen)) continue;
    // Of what cannot be read no second one is created: it could not be removed either.
    const look = () => (own.unseen ? unseen(own, asking) : live(course, ids, asking));
    try {
      const first = await look();
      if (!first) continue;
      let second: Life | undefined;
      if (looksBroken(rules, first)) {
        await clock.sleep(PAUSE_MS);
        second = await look();
      }
      asking.lived.push(settleLife(rules, first, second));
    } catch (error) {
      // That a person has to put something right ends the run.
      if (error instanceof Problem) throw error;
      asking.onFault(asError(error));
    }
  }
}

/** What was created and could not be found: whether it is there by now. */
async function unseen(own: AskedStep, asking: Asking): Promise<Life | undefined> {
  const heard = own.unseen && (await sendReady(own.unseen, 'is it there by now', true, asking));
  if (!heard) return undefined;
  return {
    creation: own.step.operation,
    reading: own.unseen?.operation,
    remover: undefined,
    declared: declaredBy(undefined, asking.contract),
    created: { sent: undefined, heard: own },
    read: { heard, record: undefined },
    defaults: new Map(),
    ...emptyLife(),
  };
}

/** What can be created and removed again, each with all that it needs and with what changes it. */
function coursesOf(steps: readonly Step[], { samples }: Asking): Course[] {
  const real = steps.filter(({ manner }) => manner === 'real');
  const byId = new Map(real.map((step) => [step.operation.id, step]));
  /** What has to be created first, in the order in which it is. */
  const neededBy = (step: Step, above: readonly Step[] = []): Step[] => {
    const ids = [...(step.write?.creators.values() ?? [])].map(({ id }) => id);
    const direct = [...ids, ...samples.references(step.operation.id)]
      .flatMap((id) => byId.get(id) ?? [])
      .filter((one) => one !== step && !above.includes(one));
    return [...new Set(direct.flatMap((one) => [...neededBy(one, [...above, step]), one]))];
  };
  return real
    .filter(({ operation, write }) => operation.method === 'POST' && write?.removal !== undefined)
    .map((creation) => ({
      creation,
      parents: neededBy(creation).filter(({ write }) => write?.removal !== undefined),
      // What is below the record, such as an action on it, takes and changes something else.
      changes: real.filter(
        ({ operation, write }) =>
          (operation.method === 'PUT' || operation.method === 'PATCH') &&
          sameShape(operation.path, creation.write?.removal?.remover.path ?? '') &&
          [...(write?.creators.values() ?? [])].some(({ id }) => id === creation.operation.id),
      ),
    }));
}
