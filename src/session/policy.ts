import { Problem } from '../problem.js';
import { WRITE_POLICIES, type Target, type WritePolicy } from '../targets/targets.js';
import { addressesOf } from '../targets/addresses.js';
import { rank } from './gate.js';
import { isSameHost } from './same-host.js';

/** How far a target may be written to. */
export type WriteLimits = Target['writes'];

/** The variable that holds the name of the target on which writes beyond its `most` are meant. */
export const UNLOCK = 'CONFORM_UNLOCK_WRITES';

/**
 * How far a target may be written to at its addresses, or at another: as far as the strictest of all entries that are
 * of the same host, however they write it. A server of our own that is somewhere else now keeps things that others may need: what may be
 * done there without a word about it goes no further than `route`.
 * @param address another address than the target's own
 */
export function limitsOf(
  target: Target,
  targets: readonly Target[],
  address: string | undefined,
): WriteLimits {
  const asked = address === undefined ? addressesOf(target) : [address];
  const own =
    address !== undefined && target.serve !== undefined
      ? { ...target.writes, default: lesser(target.writes.default, 'route') }
      : target.writes;
  const others = targets.filter((other) =>
    addressesOf(other).some((theirs) => asked.some((ours) => isSameHost(ours, theirs))),
  );
  return others.reduce(
    (limits, { writes }) => ({
      default: lesser(limits.default, writes.most),
      most: lesser(limits.most, writes.most),
      unlocked: lesser(limits.unlocked, writes.unlocked),
    }),
    own,
  );
}

function lesser(one: WritePolicy, other: WritePolicy): WritePolicy {
  return rank(one) <= rank(other) ? one : other;
}

/**
 * The policy for a run: the default of the target, or what a person asked for, as far as the limits allow it. Beyond
 * `most` a person has to ask for it twice: on the command line, and in the environment of the process.
 * @param wanted what the command line says
 * @param env the environment of the process; a file that lies about does not count
 * @throws Problem when it goes further than the target allows, or than was unlocked.
 */
export function chooseWritePolicy(
  { name, limits }: { name: string; limits: WriteLimits },
  wanted: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): WritePolicy {
  if (wanted === undefined) {
    if (rank(limits.default) <= rank(limits.most)) return limits.default;
    throw new Problem(
      'CONFORM_E_SETTING_INVALID',
      `the default write policy of “${name}” is “${limits.default}”, which goes beyond its “most”`,
      {
        remedy: `Correct it in targets.yaml. A policy beyond ${limits.most} has to be chosen on the command line.`,
      },
    );
  }
  const policy = WRITE_POLICIES.find((candidate) => candidate === wanted);
  if (policy === undefined) {
    throw new Problem('CONFORM_E_VALUE_INVALID', `there is no write policy “${wanted}”`, {
      remedy: `Policies are: ${WRITE_POLICIES.join(', ')}.`,
    });
  }
  if (rank(policy) <= rank(limits.most)) return policy;
  if (rank(policy) > rank(limits.unlocked)) {
    throw new Problem(
      'CONFORM_E_WRITES_FORBIDDEN',
      `the write policy “${policy}” is never allowed on “${name}”`,
      {
        remedy: `The furthest policy is ${limits.unlocked}.`,
      },
    );
  }
  if (env[UNLOCK] !== name) {
    throw new Problem('CONFORM_E_WRITES_FORBIDDEN', `the write policy “${policy}” is locked on “${name}”`, {
      remedy: `To unlock them, set ${UNLOCK}=${name} in the environment of the process as well.`,
    });
  }
  return policy;
}
