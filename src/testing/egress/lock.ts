import type { JsonObject } from '../../json.js';
import { strictest, type Policy } from './habits.js';

/** How a target holds writes back, and how somebody goes about getting further. */
export const LOCKS = [
  'open', // nothing is held back: the target admits everything
  'flag', // more than the target admits, by --writes alone
  'env', // by CONFORM_UNLOCK_WRITES alone, and a default beyond what the target admits
  'both', // as intended
  'dotenv', // by --writes and a .env file
  'wrong name', // by --writes and the name of another target
  'default beyond most', // by the target's own default
  'second entry', // by another target with the same address
  'base-url', // by --base-url on another target
] as const;
export type Lock = (typeof LOCKS)[number];

/** What a lock means for a set-up. */
export interface Locked {
  /** Entries of `targets.yaml`, each without its credential. */
  targets: Record<string, JsonObject>;
  /** The target to name, and further arguments. */
  target: string;
  args: string[];
  env: Record<string, string>;
  /** The text of a `.env` file in the current folder. */
  dotenv: string | undefined;
  /** The furthest that anything may go. */
  allowed: Policy;
  /** Whether the target is one of those on which nothing is removed without being asked. */
  guarded: boolean;
}

const UNLOCK = 'CONFORM_UNLOCK_WRITES';
const UNLOCKED = 'validate';

/**
 * The targets and arguments by which somebody asks for a policy.
 * @param at `own` is the address as production gives it, `alias` the same host in another spelling
 */
export function lockedAs(
  lock: Lock,
  policy: Policy,
  { byFlag, at }: { byFlag: boolean; at: { own: string; alias: string } },
): Locked {
  const open = (baseUrl: string, standard: Policy) => entry(baseUrl, { default: standard, most: 'full' });
  const production = (standard: Policy) =>
    entry(at.alias, { default: standard, most: 'route', unlocked: UNLOCKED });
  const flag = ['--writes', policy];
  const none = { args: [], env: {}, dotenv: undefined };
  const held = { ...none, allowed: strictest(policy, 'route'), target: 'production', guarded: true };
  switch (lock) {
    case 'open':
      return {
        ...none,
        targets: { live: open(at.alias, byFlag ? 'none' : policy) },
        target: 'live',
        args: byFlag ? flag : [],
        allowed: policy,
        guarded: false,
      };
    case 'flag':
      return { ...held, targets: { production: production('route') }, args: flag };
    case 'env':
      return { ...held, targets: { production: production(policy) }, env: { [UNLOCK]: 'production' } };
    case 'both':
      return {
        ...held,
        targets: { production: production('route') },
        args: flag,
        env: { [UNLOCK]: 'production' },
        allowed: strictest(policy, UNLOCKED),
      };
    case 'dotenv':
      return {
        ...held,
        targets: { production: production('route') },
        args: flag,
        dotenv: `${UNLOCK}=production\n`,
      };
    case 'wrong name':
      return {
        ...held,
        targets: { production: production('route') },
        args: flag,
        env: { [UNLOCK]: 'live' },
      };
    case 'default beyond most':
      return { ...held, targets: { production: production(policy) } };
    case 'second entry':
    case 'base-url': {
      const owner = entry(at.own, { default: 'route', most: 'route', unlocked: UNLOCKED });
      const bySecond = lock === 'second entry';
      const other = bySecond ? at.alias : 'http://127.0.0.1:9';
      return {
        ...held,
        targets: { production: owner, twin: open(other, byFlag ? 'none' : policy) },
        target: 'twin',
        args: [...(byFlag ? flag : []), ...(bySecond ? [] : ['--base-url', at.alias])],
      };
    }
  }
}

/** An entry of `targets.yaml` but for its credential. */
export function entry(
  baseUrl: string,
  writes: { default: Policy; most: Policy; unlocked?: Policy },
): JsonObject {
  return { about: 'a recording server', standing: 'assumed', baseUrl, writes };
}
