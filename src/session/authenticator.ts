import type { Contract } from '../contract/contract.js';
import { cleared, credentialsFor, placed } from '../request/security/place.js';
import type { SampleAt } from '../request/security/match.js';
import type { HttpRequest } from '../targets/reply.js';
import type { OtherCaller, Target } from '../targets/targets.js';
import { credentialsOfCaller, type Callers } from './callers.js';
import type { Credential, Place } from './credentials/credential.js';
import type { Identity } from './effect.js';

/** Places credentials in requests. */
export interface Authenticator {
  /**
   * @returns the request with the credentials of an operation, and these as one text, the same for the same ones;
   * undefined for another caller that has none for it, or none but ours: it is never asked in the name of somebody else
   */
  place: (
    request: HttpRequest,
    operation: string,
    identity: Identity,
    signal: AbortSignal,
  ) => Promise<{ request: HttpRequest; credentials: string } | undefined>;
  /** The invalid credentials of an operation, as that text; empty where it is asked without any. */
  invalidCredentials: (operation: string) => string;
  /** Whether newer credentials can be had than those in a request that was refused. */
  hasNewer: (sent: HttpRequest, operation: string, signal: AbortSignal) => Promise<boolean>;
}

/** Places those of a target's credentials that the contract wants for an operation; all of them for what it knows not. */
export function authenticatorOf(options: {
  contract: Pick<Contract, 'operations' | 'silentAboutSecurity'>;
  target: Pick<Target, 'unsecuredContract'>;
  credentials: readonly Credential[];
  /** The other callers that there are. */
  callers?: Callers;
  samples?: SampleAt;
  /** Where requests for an operation hold values of the environment, any of which may be a key. */
  environmentAt?: ((operation: string) => readonly Place[]) | undefined;
}): Authenticator {
  const { contract, target, credentials, callers, samples, environmentAt = () => [] } = options;
  const byOperation = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const credentialsOf = (id: string): readonly Credential[] => {
    const operation = byOperation.get(id);
    if (!operation) return credentials;
    const { unsecuredContract } = target;
    return credentialsFor(operation, contract, credentials, {
      unsecuredContract,
      ...(samples ? { samples } : {}),
    });
  };
  const placeGood = async (request: HttpRequest, own: readonly Credential[], signal: AbortSignal) =>
    placed(
      request,
      await Promise.all(
        own.map(async ({ place, value, bad }) => ({ place, value: (await value(signal)) ?? bad })),
      ),
    );
  const placeOf = async (
    bare: HttpRequest,
    { id, caller }: { id: string; caller: OtherCaller },
    signal: AbortSignal,
  ) => {
    const operation = byOperation.get(id);
    const theirs = callers ? credentialsOfCaller(callers, caller) : [];
    const { unsecuredContract } = target;
    const chosen = operation ? credentialsFor(operation, contract, theirs, { unsecuredContract }) : theirs;
    const values = await Promise.all(
      chosen.map(async ({ place, value }) => ({ place, value: await value(signal) })),
    );
    const known = values.flatMap(({ place, value }) => (value === undefined ? [] : [{ place, value }]));
    if (known.length === 0 || known.length < values.length) return undefined;
    const request = placed(bare, known);
    const ours = await placeGood(bare, credentialsOf(id), signal);
    return isSame(request, ours) ? undefined : { request, credentials: caller };
  };
  return {
    place: async (request, id, identity, signal) => {
      const own = credentialsOf(id);
      if (identity === 'valid') {
        return {
          request: await placeGood(request, own, signal),
          credentials: own.length === 0 ? '' : 'valid',
        };
      }
      // What samples have put at the place of a credential, or have from the environment, may be a good one.
      const bare = cleared(request, [
        ...[...credentials, ...own].map(({ place }) => place),
        ...environmentAt(id),
      ]);
      if (identity === 'none') return { request: bare, credentials: '' };
      if (identity !== 'invalid') return placeOf(bare, { id, caller: identity }, signal);
      return {
        request: placed(
          bare,
          own.map(({ place, bad }) => ({ place, value: bad })),
        ),
        credentials: textOf(own),
      };
    },
    invalidCredentials: (id) => textOf(credentialsOf(id)),
    hasNewer: async (sent, id, signal) => {
      const now = await placeGood(sent, credentialsOf(id), signal);
      return !isSame(now, sent);
    },
  };
}

function isSame(one: HttpRequest, other: HttpRequest): boolean {
  return JSON.stringify([one.url, one.headers]) === JSON.stringify([other.url, other.headers]);
}

function textOf(own: readonly Credential[]): string {
  if (own.length === 0) return '';
  return JSON.stringify(own.map(({ place, bad }) => [place.in, place.name, bad]).sort());
}
