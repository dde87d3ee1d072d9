import { percentDecoded } from '../percent.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { commandOf, credentialVariables, literalOption, wantsBody } from '../exchange/curl.js';
import type { Exchange } from '../exchange/exchange.js';
import { isUnseen, quoted, quotedText } from '../exchange/shell.js';
import { isArray, isJsonType, isObject, parseJson, type Json } from '../json.js';
import { chooseBody } from '../probe/body.js';
import { isEnv, isFrom, type Samples } from '../probe/samples.js';
import type { Target } from '../target/targets.js';

/** What has to be pasted into a shell to see the answer oneself. */
export interface Reproduction {
  /** A shell script: variables first, then the token, the body, and the request. */
  script: string;
  /** Stand-ins in it that the reader has to replace by ids of their own. */
  pseudonyms: string[];
  /** Whether values of its body are named and not given. */
  placeholders: boolean;
}

/**
 * A shell script that repeats recorded requests to one host, with variables for what is secret.
 * @param exchange the request that got the answer in question
 * @param before those that have to be sent before it, so that it says something
 * @param description what is known of the operation and of the samples; without it the body is named, not shown
 */
export function reproductionOf(
  exchange: Exchange,
  target: Pick<Target, 'oauth'> | undefined,
  description: { operation: Operation; contract: Contract; samples: Samples } | undefined,
  before: readonly Exchange[] = [],
): Reproduction {
  if (!URL.canParse(exchange.url)) return { script: '', pseudonyms: [], placeholders: false };
  const url = new URL(exchange.url);
  const lines = [`BASE_URL=${quotedText(url.origin)}`];
  const exchanges = [...before, exchange];
  for (const name of new Set(exchanges.flatMap(credentialVariables))) {
    if (name === 'TOKEN') lines.push(...tokenLines(target, url.origin));
    else lines.push(`: "\${${name}:?${meaningOf(name)}}"`);
  }
  const body = wantsBody(exchange) && description ? bodyOf(description) : undefined;
  if (body !== undefined) lines.push(...bodyLines(body));
  else if (wantsBody(exchange)) lines.push('# body.json: the body of the request, with data of your own');
  lines.push(...exchanges.map(commandOf));
  const template = description?.operation.path.split('/') ?? [];
  const pseudonyms = url.pathname
    .split('/')
    .filter((segment, index) => template[index]?.startsWith('{') === true && segment !== '')
    .map(percentDecoded);
  return { script: lines.join('\n'), pseudonyms, placeholders: /"<[^"]+>"/.test(body ?? '') };
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
function bodyOf({
  operation,
  contract,
  samples,
}: {
  operation: Operation;
  contract: Contract;
  samples: Samples;
}): string | undefined {
  const own = samples.body(operation.id);
  const written = chooseBody(operation.body?.content ?? {}, contract, own === undefined ? own : named(own));
  if (!written?.ok || typeof written.body !== 'string') return undefined;
  const value = isJsonType(written.type) ? parseJson(written.body) : undefined;
  return value === undefined ? written.body : JSON.stringify(value, null, 2);
}

function named(value: Json): Json {
  if (isFrom(value)) return `<an id from ${value.from}>`;
  if (isEnv(value)) return `<${value.env}>`;
  if (isArray(value)) return value.map(named);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, named(member)]));
}
