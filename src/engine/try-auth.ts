import type { Contract } from '../contract/contract.js';
import { isObject } from '../json.js';
import { Problem } from '../problem.js';
import { unknownPath, type UnknownPath } from '../controls/unknown-path.js';
import { createDriver } from '../drive/drive.js';
import { plainProbe, type Probe } from '../probe/build.js';
import type { Samples } from '../probe/samples.js';
import type { Credential } from '../session/credentials/credential.js';
import { isSendable, jsonOf, wellFormed } from '../session/token.js';
import { isSuccess, type HttpRequest, type Reply } from '../targets/reply.js';
import type { Secrets } from '../targets/secrets.js';
import type { AuthForms, Target } from '../targets/targets.js';
import { diagnose } from '../verdict/diagnose.js';
import type { Signatures } from '../verdict/signatures.js';
import { questionAlone } from '../verdict/question.js';
import { say } from '../verdict/sentences.js';
import { worded, type Worded } from '../verdict/worded.js';
import type { AbsentIds } from '../session/absent-ids.js';
import type { Identity } from '../session/effect.js';
import { exchangeOf, type Conversation } from '../drive/conversation.js';

export const TENANT_POSITIONS = ['none', 'query', 'header'] as const;
export type TenantPosition = (typeof TENANT_POSITIONS)[number];

/** One way to authenticate, and what came of it. */
export interface AuthCell {
  header: string;
  tokenField: string;
  tenant: TenantPosition;
  /** Null when it was not asked. */
  status: number | null;
  verdict: Worded;
}

export interface AuthMatrix {
  /** The operation that was asked throughout. */
  operation: string;
  cells: AuthCell[];
}

/** What is tried where the target has no token: the credentials of `targets.yaml`, others of the same form, and none. */
const IDENTITIES: Record<Identity, string> = {
  valid: 'as in targets.yaml',
  reader: 'of who may only read',
  other: 'of somebody else',
  expired: 'run out',
  invalid: 'invalid on purpose',
  none: 'no credentials',
};

/**
 * Asks one safe operation, known to work and to refuse who has no credentials, in every form of authentication. For a
 * token: header form, member of the token answer, and position of the tenant. Nothing but the form differs between two
 * cells.
 * @throws Problem (exit code 3) when there is no token, or no operation works in any form that could be tried.
 */
export async function tryAuth(options: {
  contract: Contract;
  target: Target & { baseUrl: string };
  forms: AuthForms;
  samples: Samples;
  signatures: Signatures;
  credentials: readonly Credential[];
  environment: Record<string, string | undefined>;
  secrets: Secrets;
  conversation: Conversation;
  /** Sends to the token endpoint. */
  askForToken: (request: HttpRequest) => Promise<Reply>;
  absent: AbsentIds;
  signal: AbortSignal;
  /** Whether requests for an operation go with credentials of the target. */
  sendsCredentials: (operation: string) => boolean;
}): Promise<AuthMatrix> {
  const { conversation, signatures } = options;
  const tokens = await tokensOf(options);
  const forms = tokens ? formsOf(options.forms, tokens) : OTHER_FORMS;
  const working = await findWorking(options);
  const unknown = await unknownBeside(working, options);
  const named = options.forms.tenant;
  const value = named && options.environment[named.value];
  const tenant = named && value ? { ...named, value } : undefined;
  const cells: AuthCell[] = [];
  for (const { header, tokenField, sent, isUnsendable = false } of forms) {
    for (const position of tenant ? TENANT_POSITIONS : (['none'] as const)) {
      const cell = { header, tokenField, tenant: position };
      if (!sent) {
        cells.push({ ...cell, status: null, verdict: notSent(tokenField, isUnsendable) });
        continue;
      }
      const probe = formed(working.probe, { tenant, position });
      const came = await conversation.ask(probe, { ...sent, repeatable: true });
      if ('withheld' in came) continue;
      const { exchange, digest, redirect } = came;
      const verdict = diagnose(
        {
          ...questionAlone(exchange, {
            isToken: false,
            token: sent.authorization === undefined ? sent.token : 'valid',
          }),
          answer: { exchange, digest, redirect },
          // In the usual form it works: a refusal is that of the form, and of nothing else.
          credentials: 'asked-for',
          controls: unknown ? { unknownPath: unknown } : {},
        },
        signatures.all,
      );
      cells.push({ ...cell, status: exchange.status, verdict: worded(verdict) });
    }
  }
  return { operation: working.operation.id, cells };
}

/** One form, and how it is sent; undefined for a token that was not given or cannot be sent. */
interface Form {
  header: string;
  tokenField: string;
  sent: { token: Identity; authorization?: string } | undefined;
  /** Whether there is a token, but one that no header can hold. */
  isUnsendable?: boolean;
}

/** The forms of a token: each member of its answer in each header. */
function formsOf({ headers, tokenFields }: AuthForms, tokens: ReadonlyMap<string, string>): Form[] {
  return headers.flatMap((header): Form[] => {
    if (header === 'none') return [{ header, tokenField: '', sent: { token: 'none' } }];
    return tokenFields.map((tokenField) => {
      const token = tokens.get(tokenField);
      if (token === undefined || !isSendable(token))
        return { header, tokenField, sent: undefined, isUnsendable: token !== undefined };
      const authorization = header.replace('{token}', () => token);
      return { header, tokenField, sent: { token: 'none', authorization } };
    });
  });
}

/** The forms of all other credentials. */
const OTHER_FORMS: Form[] = (['valid', 'invalid', 'none'] as const).map((token) => ({
  header: IDENTITIES[token],
  tokenField: '',
  sent: { token },
}));

function notSent(field: string, isUnsendable: boolean): Worded {
  return worded({
    outcome: 'skipped',
    explanation: isUnsendable
      ? say('token-member-unsendable', { member: field })
      : say('no-token-member', { member: field }),
    evidence: [],
    ruledOut: [],
  });
}

/** What an unknown path beside an operation that works is answered, in the form that works. */
async function unknownBeside(
  { operation, probe, seen }: Awaited<ReturnType<typeof findWorking>>,
  options: Parameters<typeof tryAuth>[0],
): Promise<UnknownPath | undefined> {
  const { contract, target, conversation, absent, signal } = options;
  const one = { operation, probe, token: 'valid', isToken: false, answer: seen } as const;
  const came = await createDriver(conversation, signal).drive(unknownPath, {
    ...one,
    host: {
      ...{ baseUrl: target.baseUrl, operations: contract.operations, asked: [one], absent },
      ...{ unknown: [absent.segment(), absent.segment()], otherHost: undefined, otherBases: [] },
      takesCredentials: () => true,
      refusalSeen: () => false,
    },
  });
  return came.kind === 'done' ? came.result : undefined;
}

/** The members of the token answer that hold a text, by name; undefined where the target has no token endpoint. */
async function tokensOf(options: Parameters<typeof tryAuth>[0]): Promise<Map<string, string> | undefined> {
  const { credentials, forms, secrets } = options;
  const request = credentials.map((credential) => credential.tokenRequest()).find((one) => one !== undefined);
  if (!request) return undefined;
  const reply = await options.askForToken(request);
  const body = bodyOf(reply);
  const found = forms.tokenFields.flatMap((field): [string, string][] => {
    const value = body[field];
    return typeof value === 'string' && value !== '' ? [[field, value]] : [];
  });
  for (const [, token] of found) secrets.add(wellFormed(token));
  if (found.some(([, token]) => isSendable(token))) return new Map(found);
  if (found.length > 0) {
    throw new Problem(
      'CONFORM_E_TOKEN_UNAVAILABLE',
      'the token endpoint gave a token that no header can hold',
      {
        remedy:
          'Ask whoever runs the token endpoint for a token of visible ASCII characters (RFC 6750, section 2.1).',
      },
    );
  }
  const came = reply.kind === 'answer' ? `it answered ${reply.status}` : reply.code;
  throw new Problem('CONFORM_E_TOKEN_UNAVAILABLE', `the token endpoint gave no token: ${came}`, {
    remedy: 'Check the credentials. conform check says more about the refusal.',
  });
}

function bodyOf(reply: Reply): Record<string, unknown> {
  if (reply.kind !== 'answer') return {};
  const body = jsonOf(reply);
  return isObject(body) ? body : {};
}

/** How many operations are asked until one works. */
const TRIES = 6;

async function findWorking(options: Parameters<typeof tryAuth>[0]) {
  const { contract, target, conversation, sendsCredentials } = options;
  const candidates = contract.operations.filter(
    ({ id, method, path }) => method === 'GET' && sendsCredentials(id) && !path.includes('{'),
  );
  let isOpen = false;
  for (const operation of candidates.slice(0, TRIES)) {
    const probe = plainProbe(operation, options, target.baseUrl);
    if (!probe) continue;
    const seen = await conversation.ask(probe, { token: 'valid', repeatable: true });
    if ('withheld' in seen || !isSuccess(seen.exchange.status)) continue;
    // What lets everybody in shows nothing about credentials.
    const without = exchangeOf(await conversation.ask(probe, { token: 'none', repeatable: true }));
    if ([401, 403].includes(without?.status ?? 0)) return { operation, probe, seen };
    isOpen = true;
  }
  throw new Problem(
    'CONFORM_E_AUTH_NOT_COMPARABLE',
    isOpen
      ? 'the operations that work are open to everybody, so nothing can be learned about credentials'
      : 'no operation works with the usual form, so nothing can be compared',
    {
      remedy: isOpen ? 'Run conform check to see what the host guards.' : 'Run conform check to see why.',
    },
  );
}

/** The same request in another form. */
function formed(
  probe: Probe,
  form: {
    tenant: AuthForms['tenant'];
    position: TenantPosition;
  },
): Probe {
  const { tenant, position } = form;
  const url = new URL(probe.request.url);
  const headers = { ...probe.request.headers };
  if (tenant && position === 'query') url.searchParams.set(tenant.query, tenant.value);
  if (tenant && position === 'header') headers[tenant.header.toLowerCase()] = tenant.value;
  return {
    ...probe,
    role: 'variant',
    purpose: 'form',
    request: { ...probe.request, url: url.href, headers },
  };
}
