import { NotApplicable } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { JsonObject } from '../../json.js';
import { isOfNothing, isSuccess } from '../../targets/reply.js';
import { inconclusive, passed, type Broken } from '../check.js';
import { nameOf, status } from '../fact.js';
import { lifeCheck, type Changed } from '../life.js';
import { isSame } from './as-sent.js';
import { versionOf, type Version } from './version.js';

type Code = 'stale-taken' | 'not-counted' | 'counted-without-change' | 'former-lost' | 'former-changed';

/** What is broken, and the answers that show it. */
interface Seen {
  broken: Broken<Code>;
  at: readonly SeenReply[];
}

export const versions = lifeCheck({
  id: 'state/versions',
  promise:
    'The version of a record follows its changes, and a change on the condition of an old one is refused.',
  source: { kind: 'contract', ref: 'the If-Match of the operation (RFC 9110, sections 8.8.1 and 13.1.1)' },
  since: '0.2.0',
  severity: 'error',
  warnings: ['not-counted', 'counted-without-change', 'former-lost', 'former-changed'],
  asks: { atMost: 4 },
  messages: {
    'stale-taken': ({ came }) =>
      `a change on the condition of an ETag from before another change was answered ${came}, not 412`,
    'not-counted': ({ version }) => `the ${version} is the same after a change as before it`,
    'counted-without-change': ({ version }) =>
      `the ${version} is another one in each of two reads of the same record, without a change between them`,
    'former-lost': ({ came }) =>
      `the version from before a change is answered ${came}, while the present one can be read`,
    'former-changed': ({ member }) =>
      `the version from before a change has the member “${member}” as it is after the change`,
  },
  of: 'change',
  judge: (change) => {
    const seen = [...conditionOf(change), ...countOf(change), ...formerOf(change)];
    if (seen.length > 0)
      return { kind: 'failed', broken: seen.map(({ broken }) => broken), at: seen.flatMap(({ at }) => at) };
    const { stale, still } = change;
    if (!stale && !still)
      return new NotApplicable('its record shows no version, and the contract has no If-Match for it');
    const came = stale ? stale.exchange.status : 412;
    return came === 412
      ? passed
      : inconclusive(`the change on an old condition was answered ${came ?? 'not at all'}`);
  },
});

function conditionOf({ stale }: Changed): Seen[] {
  const came = stale?.exchange.status ?? null;
  if (!stale || !isSuccess(came)) return [];
  return [{ broken: { code: 'stale-taken', facts: { came: status(came) } }, at: [stale] }];
}

/** Whether the version is another one after the change, and only then. */
function countOf({ before, readBefore, came: { sent }, after, still }: Changed): Seen[] {
  if (!before || !readBefore || !after?.record) return [];
  const now = after.record;
  const was = versionOf({ heard: readBefore, record: before });
  const is = versionOf(after);
  const isChanged = Object.keys(sent ?? {}).some((name) => !isSame(before[name] ?? null, now[name] ?? null));
  if (isChanged) {
    const [same] = namesOf(was, is, (one, other) => one === other);
    if (same !== undefined)
      return [
        { broken: { code: 'not-counted', facts: { version: nameOf(same) } }, at: [readBefore, after.heard] },
      ];
  }
  if (!still?.record || withoutVersion(still.record) !== withoutVersion(now)) return [];
  // A tag of a body that is not the same byte by byte may be another one.
  const tag = bodyOf(still.heard) === bodyOf(after.heard) ? is.tag : undefined;
  const [other] = namesOf({ ...is, tag }, versionOf(still), (one, two) => one !== two);
  if (other === undefined) return [];
  const facts = { version: nameOf(other) };
  return [{ broken: { code: 'counted-without-change', facts }, at: [after.heard, still.heard] }];
}

/** The names of what shows a version in both reads, where a rule holds for them. */
function namesOf(one: Version, other: Version, rule: (one: string, other: string) => boolean): string[] {
  return (
    [
      ['ETag', one.tag, other.tag],
      ['versionId', one.id, other.id],
    ] as const
  ).flatMap(([name, was, is]) => (was !== undefined && is !== undefined && rule(was, is) ? [name] : []));
}

/** What is left of a record without what every change changes. */
function withoutVersion(record: JsonObject): string {
  const rest = Object.entries(record).filter(([name]) => !/^(?:meta|versionId)$/.test(name));
  return JSON.stringify(rest);
}

function bodyOf({ reply }: SeenReply): string | undefined {
  return reply.kind === 'answer' ? reply.body.toString('latin1') : undefined;
}

function formerOf({ former, before, after, came: { sent } }: Changed): Seen[] {
  if (!former || !before || !after?.record) return [];
  const { came, present } = former;
  const { status: code } = came.heard.exchange;
  const at = [present, came.heard];
  if (isOfNothing(code)) return [{ broken: { code: 'former-lost', facts: { came: status(code) } }, at }];
  const [old, now] = [came.record, after.record];
  const member = Object.keys(sent ?? {}).find((name) => {
    const [was = null, is = null, shown = null] = [before[name], now[name], old?.[name]];
    return shown !== null && !isSame(was, is) && isSame(shown, is);
  });
  return member === undefined
    ? []
    : [{ broken: { code: 'former-changed', facts: { member: nameOf(member) } }, at }];
}
