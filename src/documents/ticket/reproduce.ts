import { percentDecoded } from '../../percent.js';
import type { Contract } from '../../contract/contract.js';
import type { Operation } from '../../contract/operation.js';
import {
  commandOf,
  credentialVariables,
  literalOption,
  sendsInvalidCredential,
  wantsBody,
} from '../../exchange/curl.js';
import type { Exchange } from '../../exchange/exchange.js';
import { isPseudonym } from '../../exchange/pseudonyms.js';
import { isUnseen, quoted, quotedText } from '../../exchange/shell.js';
import { isArray, isJsonType, isObject, parseJson, type Json } from '../../json.js';
import { chooseBody } from '../../probe/body.js';
import { isEnv, isFrom, type Samples } from '../../probe/samples.js';
import type { Capability } from '../../record/run.js';
import type { Target } from '../../targets/targets.js';
import { shownExchanges } from '../../record/shown-exchanges.js';

/** What has to be pasted into a shell to see the answers oneself. */
export interface Reproduction {
  /** A shell script: variables first, then the token, and each request with its body. */
  script: string;
  /** Stand-ins in it that the reader has to replace by ids of their own. */
  pseudonyms: string[];
  /** Whether values of a body are named and not given. */
  placeholders: boolean;
}

/** What of a ticket can be seen oneself: one request, after those without which it says nothing. */
export interface Step {
  exchange: Exchange;
  before?: readonly Exchange[];
  /** What is known of the operation and of the samples; without it a body is named, not shown. */
  description?: Description | undefined;
  /** Whether the body that was sent was forbidden on purpose. */
  isForbidden?: boolean;
  /** Why the request is sent, where it asks none of the operations in question. */
  why?: string;
}

interface Description {
  operation: Operation;
  contract: Contract;
  samples: Samples;
}

/**
 * The step that repeats what was asked of an operation; undefined where no command does. In a run of an earlier version a
 * command has a variable for a token that was invalid on purpose: with a good one it could change what the request could not.
 */
export function stepOf(operation: Capability, description: Description | undefined): Step | undefined {
  const { manner } = operation;
  const shown = shownExchanges(operation);
  const exchange = shown.at(-1);
  if (!exchange || (manner === 'invalid-token' && !sendsInvalidCredential(exchange))) return undefined;
  return { exchange, before: shown.slice(0, -1), description, isForbidden: manner === 'forbidden-body' };
}

/** A shell script that repeats recorded requests, with variables for what is secret. */
export function reproductionOf(
  steps: readonly Step[],
  target: Pick<Target, 'oauth'> | undefined,
): Reproduction {
  const asked = steps.flatMap((step) =>
    URL.canParse(step.exchange.url)
      ? [{ ...step, body: bodySent(step), url: new URL(step.exchange.url) }]
      : [],
  );
  const lines: string[] = [];
  const set = new Set<string>();
  let host: string | undefined;
  for (const [index, step] of asked.entries()) {
    const { url, body, exchange } = step;
    const exchanges = [...(step.before ?? []), exchange];
    if (url.origin !== host) lines.push(`BASE_URL=${quotedText(url.origin)}`);
    host = url.origin;
    for (const name of new Set(exchanges.flatMap(credentialVariables))) {
      if (set.has(name)) continue;
      set.add(name);
      if (name === 'TOKEN') lines.push(...tokenLines(target, url.origin));
      else lines.push(`: "\${${name}:?${meaningOf(name)}}"`);
    }
    if (asked.length > 1) lines.push(headOf(step, index, asked));
    if (body !== undefined) lines.push(...bodyLines(body));
    else if (wantsBody(exchange)) lines.push(`# body.json: ${step.isForbidden === true ? FORBIDDEN : OWN}`);
    lines.push(...exchanges.map(commandOf));
  }
  return {
    script: lines.join('\n'),
    pseudonyms: [...new Set(asked.flatMap(pseudonymsIn))],
    placeholders: asked.some(({ body }) => /"<[^"]+>"|=<\w+>/.test(body ?? '')),
  };
}

const OWN = 'the body of the request, with data of your own';
const FORBIDDEN = 'a body that the documentation forbids, so that nothing can change';

/** The body that was sent. One that was forbidden is not shown: the one of the samples in its place could change something. */
function bodySent({ exchange, description, isForbidden }: Step): string | undefined {
  return wantsBody(exchange) && description && isForbidden !== true ? bodyOf(description) : undefined;
}

/** A comment above a request of several. It holds nothing that a host or a file has said. */
function headOf({ exchange, why }: Step, index: number, steps: readonly Step[]): string {
  const answer = exchange.status === null ? 'we got no answer' : `we got ${exchange.status}`;
  const own = steps.filter((step) => step.why === undefined).length;
  const manner = sendsInvalidCredential(exchange) ? ', with a credential that is invalid on purpose' : '';
  return why === undefined ? `# ${index + 1} of ${own}: ${answer}${manner}` : `# ${why}: ${answer}`;
}

function pseudonymsIn({ exchange, description }: Step): string[] {
  const url = new URL(exchange.url);
  const template = description?.operation.path.split('/') ?? [];
  return [
    ...url.pathname
      .split('/')
      .filter((segment, index) => template[index]?.startsWith('{') === true && segment !== '')
      .map(percentDecoded),
    ...[...url.searchParams.values()].filter(isPseudonym),
  ];
}

/**
 * The body as a file. The word that ends it is one that no line of it is. A terminal would obey tabs and other control
 * characters that are pasted: a body that has any is written by number.
 */
function bodyLines(body: string): string[] {
  const lines = body.split('\n');
  if (lines.some(isUnseen)) return [`printf '%s\\n' ${quotedText(body)} > body.json`];
  let end = 'BODY';
  while (lines.includes(end)) end += '_';
  return [`cat > body.json <<'${end}'`, ...lines, end];
}

function meaningOf(name: string): string {
  if (name === 'BASIC') return 'set it to user:password of the client that is concerned, in Base64';
  if (name === 'CONTENT_TYPE') return 'set it to the media type of the body';
  return 'set it to the credential of the client that is concerned';
}

/** How the token is had (RFC 6749, section 4.4). What has to be given stops the script when it is not. */
function tokenLines(target: Pick<Target, 'oauth'> | undefined, origin: string): string[] {
  const oauth = target?.oauth;
  if (!oauth) return [': "${TOKEN:?set it to the token of the client that is concerned}"'];
  const url = /^https?:/.test(oauth.url) ? oauth.url : `${origin}${oauth.url}`;
  const data =
    oauth.body === 'json'
      ? `-H "Content-Type: application/json" -d "{\\"grant_type\\":\\"client_credentials\\",\\"client_id\\":\\"$CLIENT_ID\\",\\"client_secret\\":\\"$CLIENT_SECRET\\"}"`
      : `-d grant_type=client_credentials --data-urlencode "client_id=$CLIENT_ID" --data-urlencode "client_secret=$CLIENT_SECRET"`;
  return [
    ': "${CLIENT_ID:?set it to the id of the client that is concerned}" "${CLIENT_SECRET:?}"',
    `TOKEN=$(curl ${['-s', ...literalOption(url)].join(' ')} ${quoted([{ text: url }])} ${data} |`,
    `  sed -n ${quotedText(`s/.*${basicExpression(JSON.stringify(oauth.tokenField))} *: *"\\([^"]*\\)".*/\\1/p`)})`,
    // Without a token the answer would be another one, and would seem to be about the credentials.
    ': "${TOKEN:?no token was given for this client}"',
  ];
}

/** A text as a basic regular expression (POSIX) between slashes that finds just this text. */
function basicExpression(text: string): string {
  return text.replace(/[\\.*[\]^$/]/g, (special) => `\\${special}`);
}

/** The body as it was sent, ids and variables by name: from the samples, else from the contract's example. */
function bodyOf({ operation, contract, samples }: Description): string | undefined {
  const own = samples.body(operation.id);
  const written = chooseBody(operation.body?.content ?? {}, contract, own === undefined ? own : named(own));
  if (!written?.ok || typeof written.body !== 'string') return undefined;
  if (written.type.startsWith('application/x-www-form-urlencoded'))
    return formWithoutCredentials(written.body);
  const value = isJsonType(written.type) ? parseJson(written.body) : undefined;
  return value === undefined ? written.body : JSON.stringify(withoutCredentials(value), null, 2);
}

/** What OAuth calls the credentials of a client in a body (RFC 6749, section 2.3.1; RFC 7523, section 2.2). */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'client_id',
  'client_secret',
  'client_assertion',
  'username',
  'password',
  'refresh_token',
]);

/** A body that names its credentials: those of an example are nobody's. */
function withoutCredentials(value: Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, CREDENTIALS.has(name) ? `<${name}>` : member]),
  );
}

function formWithoutCredentials(body: string): string {
  return body
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return CREDENTIALS.has(name) ? `${name}=<${name}>` : pair;
    })
    .join('&');
}

function named(value: Json): Json {
  if (isFrom(value)) return `<an id from ${value.from}>`;
  if (isEnv(value)) return `<${value.env}>`;
  if (isArray(value)) return value.map(named);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, named(member)]));
}
