import type { Clock } from '../clock.js';
import { at, parseJson } from '../json.js';
import { Problem } from '../problem.js';
import { variablesOf, type CredentialEntry } from '../targets/credential-entry.js';
import type { OtherCaller, Target } from '../targets/targets.js';
import { createCredentials } from './credentials/create.js';
import type { Credential, Means } from './credentials/credential.js';

/** Another caller that a target names: its credentials, or why nothing can be asked in its name. */
export type Caller = { credentials: readonly Credential[] } | { why: string };
export type Callers = Readonly<Record<OtherCaller, Caller>>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The other callers of a target. What they lack is no fault of the run: it goes on without them. No token is asked for
 * before a request is sent in the name of its caller.
 */
export function openCallers(
  options: Omit<Means, 'baseUrl' | 'clock'> & {
    target: Pick<Target, 'name' | 'baseUrl' | 'serve' | 'credentials' | 'identities'>;
    environment: Environment;
    clock: Pick<Clock, 'now'>;
  },
): Callers {
  const { target, environment, clock } = options;
  const open = (caller: OtherCaller): Caller => {
    const entries = target.identities[caller] ?? [];
    if (entries.length === 0) return { why: `the target names no caller “${caller}”` };
    // There the values are invented, the same for everybody.
    if (target.serve !== undefined) return { why: 'a server of our own knows no other callers' };
    const missing = entries.flatMap(variablesOf).filter((name) => !environment[name]);
    if (missing.length > 0)
      return { why: `the caller “${caller}” has no credentials: ${missing.join(', ')} not set` };
    const fresh = caller === 'expired' ? entries.map((entry) => whyFresh(entry, environment, clock)) : [];
    const why = fresh.find((one) => one !== undefined);
    if (why !== undefined) return { why };
    try {
      return { credentials: createCredentials({ ...options, entries }) };
    } catch (error) {
      if (error instanceof Problem)
        return { why: `the caller “${caller}” has no credentials: ${error.message}` };
      throw error;
    }
  };
  return { reader: open('reader'), other: open('other'), expired: open('expired') };
}

/** A target in whose session nobody else is known. */
export function noCallers(why: string): Callers {
  return { reader: { why }, other: { why }, expired: { why } };
}

export function credentialsOfCaller(callers: Callers, caller: OtherCaller): readonly Credential[] {
  const found = callers[caller];
  return 'why' in found ? [] : found.credentials;
}

/** Why nothing can be asked in the name of a caller; undefined where it can. */
export function whyNotAs(callers: Callers, caller: OtherCaller): string | undefined {
  const found = callers[caller];
  return 'why' in found ? found.why : undefined;
}

/** Why what should have run out has not: whoever asks for a token is given one that is still good. */
function whyFresh(
  entry: CredentialEntry,
  environment: Environment,
  clock: Pick<Clock, 'now'>,
): string | undefined {
  if (entry.kind === 'oauth' || entry.kind === 'login')
    return 'the caller “expired” asks for its tokens, and is given fresh ones';
  const end = variablesOf(entry).map((name) => endOf(environment[name] ?? ''));
  return end.some((seconds) => seconds !== undefined && seconds * 1000 > clock.now().getTime())
    ? 'the token of the caller “expired” has not run out yet'
    : undefined;
}

/** When a token says that it ends, in seconds (RFC 7519, section 4.1.4); undefined where it is none that says so. */
function endOf(token: string): number | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  const exp = at(parseJson(Buffer.from(payload, 'base64url').toString('utf8')), '/exp');
  return typeof exp === 'number' ? exp : undefined;
}
