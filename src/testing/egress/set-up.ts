import type { CredentialKind } from './credentials.js';
import {
  ORDINARY_CONTRACT,
  ORDINARY_HOST,
  type ContractHabits,
  type HostHabits,
  type Policy,
} from './habits.js';
import type { Lock } from './lock.js';
import type { Spelling } from './spelling.js';

/** What a set-up drives. */
export const COMMANDS = [
  'check',
  'check --plan',
  'auth',
  'cleanup',
  'cache sync',
  'suites',
  'suites live', // with the contract of this package, so that they go on to talk to the host
  'client', // the published client, as a consumer has it
] as const;
export type Command = (typeof COMMANDS)[number];

/** What `cleanup` finds: a journal of a run of its own, whose removals failed, and what somebody made of it. */
export const JOURNALS = [
  'own',
  'other address', // cleaned up under another spelling of the same address
  'forget', // with --forget
  'replica address', // of a run that took a replica's place with --base-url, cleaned up without
  'cut', // the last line is cut off
  'cut beside', // another journal is beside it, cut off in its first line
  'foreign host', // names another host
  'production', // names production
  'foreign record', // names a record that was there before
  'collection', // names a whole collection
  'root', // names everything
  'older', // as journals were written before they had a format
  'older foreign record', // the same, and names a record that was there before
  'older root', // the same, and names everything
  'no format', // says nothing of its format
  'unknown format',
  'other contract', // was written with another version of the contract
  'other method', // names a change as if it were a removal
] as const;
export type Journal = (typeof JOURNALS)[number];

/** The columns of the table of set-ups. */
export interface Columns extends ContractHabits, HostHabits {
  [column: string]: unknown;
  policy: Policy;
  lock: Lock;
  /** Whether the policy is asked for with --writes, and not by the target's default. */
  byFlag: boolean;
  credential: CredentialKind;
  /** What `guarded` of the target says; `no` for nothing. */
  guarded: 'no' | 'all' | 'some';
  /** What `unsecuredContract` of the target says. */
  unsecured: 'send' | 'omit';
  /** Whether the target knows other callers too. */
  identities: boolean;
  spelling: Spelling;
  /** Whether the target names another host of the same vendor. */
  otherHost: boolean;
  journal: Journal;
  /** What --only picks; `everything` when it is not given. */
  only: 'everything' | 'health' | 'tags';
}

/** One set-up: what is driven, and against what. */
export interface SetUp extends Columns {
  name: string;
  command: Command;
  /** For what is drawn at random in it. */
  seed: number;
}

const ORDINARY: Columns = {
  ...ORDINARY_CONTRACT,
  ...ORDINARY_HOST,
  policy: 'route',
  lock: 'open',
  byFlag: true,
  credential: 'oauth-json',
  guarded: 'no',
  unsecured: 'send',
  identities: false,
  spelling: '127.0.0.1',
  otherHost: false,
  journal: 'own',
  only: 'everything',
};

/** A set-up in which everything that is not given is ordinary. */
export function setUp(command: Command, given: Partial<Columns>, seed = 1): SetUp {
  const columns = { ...ORDINARY, ...given };
  return { ...columns, command, seed, name: nameOf(command, columns) };
}

/** The locks with which a policy can be asked for both by --writes and by the target's default. */
const OPEN_TO_BOTH: readonly Lock[] = ['open', 'second entry', 'base-url'];

/** What is out of the ordinary about a set-up, in a few words. */
function nameOf(command: Command, columns: Columns): string {
  const { policy, lock, byFlag, credential, guarded, unsecured, identities } = columns;
  const { spelling, otherHost, journal, only } = columns;
  const { security, bodies, slash, ids, extra } = columns;
  const { guard, creates, accepts, upserts, strictSlash, redirects, throttles, runsOut } = columns;
  const unless = (ordinary: boolean, text: string) => (ordinary ? [] : [text]);
  const asked = ['cache sync', 'client'].includes(command) ? [] : [`writes ${policy}`];
  return [
    command,
    ...asked,
    ...unless(command !== 'cleanup', `journal: ${journal}`),
    ...unless(only === 'everything', `only ${only}`),
    ...unless(lock === 'open', `locked, by ${lock}`),
    ...unless(byFlag || !OPEN_TO_BOTH.includes(lock), 'by default'),
    credential,
    ...unless(guarded === 'no', `guarded: ${guarded}`),
    ...unless(unsecured === 'send', 'no credentials where the contract is silent'),
    ...unless(!identities, 'identities'),
    ...unless(security === 'all', `security ${security}`),
    ...unless(bodies === 'strict', `bodies ${bodies}`),
    ...unless(slash, 'no slash'),
    ...unless(strictSlash, 'slash does not matter'),
    ...unless(ids === 'int', ids),
    ...unless(extra === 'plain', extra),
    ...unless(guard === 'all', `host checks: ${guard}`),
    ...unless(creates === '201-id', `creates: ${creates}`),
    ...unless(!accepts, 'accepts anything'),
    ...unless(upserts === 'never', `upserts ${upserts}`),
    ...unless(!redirects, 'redirects'),
    ...unless(throttles === 'never', `throttles ${throttles}`),
    ...unless(!runsOut, 'tokens run out'),
    ...unless(!otherHost, 'other host'),
    ...unless(spelling === '127.0.0.1', spelling),
  ].join(' · ');
}
