import type { Exchange } from '../../exchange/exchange.js';
import { factsOfEvidence } from '../../record/codes.js';
import type { Run } from '../../record/run.js';
import { tokenUrl } from '../../session/token.js';
import type { Target } from '../../targets/targets.js';
import { answerOf, exchangeView, requestOf, standingOf } from './exchange-view.js';

export type CredentialsState = 'good' | 'refused' | 'not proven';

/**
 * What a run shows of the credentials. They are good when one request that carried the token was served; a
 * refusal alone shows nothing, because gateways answer an unknown path in words about the header as well.
 */
export function credentialsOf(run: Run): {
  state: CredentialsState;
  proof: Exchange | undefined;
  why: string;
} {
  const carried = run.operations
    .filter(({ manner }) => manner !== 'invalid-token')
    .flatMap(({ exchanges }) => exchanges)
    .filter(
      ({ requestHeaders, purpose }) => requestHeaders.includes('authorization') && purpose !== 'calibration',
    );
  const served = carried.find(({ status }) => status !== null && status >= 200 && status < 300);
  if (served) {
    const standing = standingOf(served);
    const sure = standing === '' ? '' : ` (the replica’s answer: ${standing})`;
    const why = `${requestOf(served)} was served with the token, ${answerOf(served)}${sure}`;
    return { state: 'good', proof: served, why };
  }
  const refused = run.operations.find(
    ({ layer, confidence, manner }) =>
      layer === 'token' && manner !== 'invalid-token' && confidence !== 'possible',
  );
  if (refused) return { state: 'refused', proof: undefined, why: refused.explanation.replace(/\.+$/, '') };
  const [first] = run.operations;
  const answer = first?.outcome === 'skipped' ? factsOfEvidence(first, 'answer') : undefined;
  // An error of OAuth (RFC 6749, section 5.2: 400, or 401 for the client). A 403 is none: a wrong path gives that as well.
  if (answer?.['status'] === '400' || answer?.['status'] === '401') {
    const why = `no token was given: POST ${answer['url'] ?? ''} at ${answer['at'] ?? ''}: ${answer['came'] ?? ''}`;
    return { state: 'refused', proof: undefined, why };
  }
  const why =
    first?.outcome === 'skipped'
      ? first.explanation.replace(/\.+$/, '')
      : 'no request that carried the token was served, and none was refused for the token';
  return { state: 'not proven', proof: undefined, why };
}

/** One host with its token endpoint, as the owner wants to know it. */
export function hostView(run: Run, target: Target | undefined) {
  const exchanges = run.operations.flatMap((operation) => operation.exchanges);
  const answered = exchanges.filter(({ status }) => status !== null);
  const { state, why, proof } = credentialsOf(run);
  const url = exchanges[0]?.url ?? /https?:\/\/\S+/.exec(why)?.[0] ?? '';
  const origin = URL.canParse(url) ? new URL(url).origin : '';
  const tokenPath = target?.oauth?.url ?? '';
  const token = exchanges.find(
    ({ url, role }) => role === 'operation' && tokenPath !== '' && url.endsWith(tokenPath),
  );
  const statuses = [...new Set(answered.map(({ status }) => String(status)))].sort();
  return {
    target: run.target,
    world: run.world ?? '',
    about: target?.about ?? '',
    host: origin === '' ? (target?.baseUrl ?? 'unknown') : origin,
    alive: answered.length > 0 || state === 'refused',
    answered: answered.length,
    sent: exchanges.length,
    statuses: statuses.join(', '),
    tokenRequest:
      tokenPath === '' ? '' : `POST ${tokenPath.startsWith('/') ? tokenPath : new URL(tokenPath).pathname}`,
    tokenUrl: shownTokenUrl(tokenPath, target?.baseUrl),
    tokenField: target?.oauth?.tokenField ?? '',
    tokenAnswer: token ? [exchangeView(token)] : [],
    credentials: state,
    good: state === 'good',
    refused: state === 'refused',
    why,
    proof: proof ? [exchangeView(proof)] : [],
    names: target?.oauth ? [target.oauth.clientId, target.oauth.clientSecret] : [],
  };
}

/** The token endpoint as it is asked: a path is at the root of the host, whatever path the base URL has. */
function shownTokenUrl(path: string, baseUrl: string | undefined): string {
  if (!path.startsWith('/')) return path;
  return baseUrl === undefined ? `$BASE_URL${path}` : tokenUrl(baseUrl, path);
}
