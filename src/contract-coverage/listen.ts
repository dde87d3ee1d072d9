import { mostSpecific } from '../contract/content.js';
import type { Contract } from '../contract/contract.js';
import { operationAt, pathBelow, type Located } from '../contract/operation-at.js';
import type { Operation } from '../contract/operation.js';
import { responseKey } from '../contract/response.js';
import { isForbidden } from '../contract/schema/validator.js';
import { readBody } from '../exchange/body.js';
import { isJsonType, parseJson, setMember, type Json } from '../json.js';
import { isUnder } from '../session/gate.js';
import {
  header,
  isSuccess,
  requestText,
  type Answer,
  type HttpRequest,
  type Reply,
} from '../targets/reply.js';
import { hasMembers, isForm } from './bodies.js';
import { membersOf } from './members.js';
import { listedValues, ownParameters, parameterKey, sentTexts, type Sent } from './parameters.js';
import { inWords, emptyCoverage, type Gathered, type Seen } from './seen.js';

/** One address that is asked, and the operations that are there. */
interface Site {
  baseUrl: string;
  operations: readonly Operation[];
}

/** Hears every answer, and keeps what was seen of each operation. */
export interface Listener {
  /** @param headers the names of headers that the request had when it left, as far as they are known */
  hear: (request: HttpRequest, reply: Reply, headers?: readonly string[]) => void;
  /** What was seen of an operation; undefined where no answer to it has come. */
  seenOf: (operation: string) => Seen | undefined;
}

/**
 * A listener to all that is asked of a host. A request counts for the operation whose method and path it has, whatever it
 * was sent for.
 */
export function createListener(
  contract: Pick<Contract, 'document' | 'validators'>,
  sites: readonly Site[],
): Listener {
  const { document } = contract;
  const gathered = new Map<string, Gathered>();
  const inRequests = membersOf(document, 'request');
  const inAnswers = membersOf(document, 'answer');
  const located = new Map<string, Located | undefined>();
  const locate = ({ method, url }: HttpRequest): Located | undefined => {
    const plain = url.replace(/[?#].*$/, '');
    const key = `${method} ${plain}`;
    if (!located.has(key)) {
      const [site] = sites
        .filter(({ baseUrl }) => isUnder(plain, baseUrl))
        .sort((one, other) => other.baseUrl.length - one.baseUrl.length);
      located.set(key, site && operationAt(method, pathBelow(plain, site.baseUrl), site.operations));
    }
    return located.get(key);
  };

  const noteParameters = (own: Gathered, operation: Operation, sent: Sent): void => {
    for (const parameter of ownParameters(operation)) {
      const texts = sentTexts(parameter, operation, sent, document);
      if (!texts) continue;
      const key = parameterKey(parameter);
      own.parameters.add(key);
      const listed = listedValues(parameter, document).filter((value) => texts.includes(value));
      if (listed.length === 0) continue;
      own.values.set(key, new Set([...(own.values.get(key) ?? []), ...listed]));
    }
  };

  const noteBody = (own: Gathered, { body }: Operation, request: HttpRequest): void => {
    const type = request.headers['content-type'] ?? '';
    const [range, media] = mostSpecific(body?.content ?? {}, type) ?? [];
    if (range === undefined || request.body === undefined) return;
    const value = bodyOf(request, type);
    const { schemaPointer } = media ?? {};
    if (value === undefined || schemaPointer === undefined) own.mediaTypes.add(`request ${range}`);
    // What a host takes although the contract forbids it is no use of the operation. Whatever is in a form is a text.
    else if (isForm(type) || !isForbidden(contract.validators.request.check(schemaPointer, value))) {
      own.mediaTypes.add(`request ${range}`);
      if (hasMembers(range, 'request'))
        inRequests.present(schemaPointer, value, (member) => own.sentMembers.add(member));
    }
  };

  const noteAnswer = (own: Gathered, operation: Operation, answer: Answer): void => {
    const key = responseKey(operation, answer.status);
    if (key === undefined || answer.body.length === 0) return;
    const content = operation.responses[key]?.content ?? {};
    const [range, media] = mostSpecific(content, header(answer, 'content-type') ?? '') ?? [];
    if (range === undefined) return;
    own.mediaTypes.add(`${key} ${range}`);
    const { schemaPointer } = media ?? {};
    if (!isSuccess(answer.status) || schemaPointer === undefined || !hasMembers(range, 'answer')) return;
    const body = readBody(answer);
    if (body.kind === 'json')
      inAnswers.present(schemaPointer, body.value, (member) => own.answeredMembers.add(member));
  };

  return {
    hear: (request, reply, headers = []) => {
      if (reply.kind !== 'answer') return;
      const found = locate(request);
      if (!found) return;
      const { operation, ids } = found;
      const own = gathered.get(operation.id) ?? emptyCoverage();
      gathered.set(operation.id, own);
      own.statuses.add(reply.status);
      noteAnswer(own, operation, reply);
      if (!isSuccess(reply.status)) return;
      noteParameters(own, operation, {
        ids,
        query: new URL(request.url).searchParams,
        headers: headersOf(request, headers),
      });
      noteBody(own, operation, request);
    },
    seenOf: (operation) => {
      const own = gathered.get(operation);
      return own && inWords(own);
    },
  };
}

function headersOf({ headers }: HttpRequest, names: readonly string[]): Map<string, string | undefined> {
  return new Map<string, string | undefined>([
    ...names.map((name) => [name.toLowerCase(), undefined] as const),
    ...Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
  ]);
}

/** The body of a request, where its members can be looked at. */
function bodyOf(request: HttpRequest, type: string): Json | undefined {
  const text = requestText(request);
  if (text === undefined) return undefined;
  if (isJsonType(type)) return parseJson(text);
  if (!isForm(type)) return undefined;
  const members = {};
  for (const [name, value] of new URLSearchParams(text)) setMember(members, name, value);
  return members;
}
