import type { Chance } from '../chance.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { Remembered } from '../drive/remember.js';
import type { SeenReply } from '../drive/seen.js';
import { readBody } from '../exchange/body.js';
import type { Pseudonyms } from '../exchange/pseudonyms.js';
import { isObject, type Json } from '../json.js';
import { plainName } from '../probe/id-names.js';
import type { Probe } from '../probe/build.js';
import { pathsOf } from '../probe/path-index.js';
import { parameterIn, segmentsOf } from '../probe/segments.js';
import { lastFixed } from '../probe/sources.js';
import type { AbsentIds } from '../session/absent-ids.js';
import type { Identity } from '../session/effect.js';
import type { Answer } from '../targets/reply.js';
import type { OtherCaller } from '../targets/targets.js';
import { listFormOf, type ListForm } from './list-form.js';
import { requestsOf, type Requests } from './request.js';
import type { StatedLists } from './stated/lists.js';
import type { CheckSettings } from './stated/settings.js';

/** What checks share: the host, and what is known of it. */
export interface Host {
  contract: Contract;
  absent: AbsentIds;
  chance: Chance;
  pseudonyms: Pseudonyms;
  /** Whether an operation is asked with credentials. */
  takesCredentials: (operation: Operation) => boolean;
  /** Why nothing can be asked in the name of another caller; undefined where it can. */
  whyNotAs: (caller: OtherCaller) => string | undefined;
  /** All reads that have worked in this run, by operation. */
  reads?: ReadonlyMap<string, Subject>;
  /** Answers that have come in this run, whoever has asked: those that the checks of a host look for. */
  past?: () => readonly Remembered[];
  /** What somebody has stated of how operations list things. */
  lists?: StatedLists;
  /** How long somebody has stated that a read may take, in milliseconds. */
  latencyLimitOf?: CheckSettings['latencyLimitOf'];
}

/** A read that has worked in this run, and how it can be asked again. */
export interface Subject {
  host: Host;
  operation: Operation;
  probe: Probe;
  token: Identity;
  own: SeenReply & { reply: Answer };
  /** The body of that answer, where it is JSON. */
  body: Json | undefined;
  /** The last fixed word of its path. */
  collection: string | undefined;
  /** How it lists things; undefined where it does not. */
  list: ListForm | undefined;
  /** The read of one of the things that it lists. */
  item: { operation: Operation; parameter: string } | undefined;
  request: Requests;
}

export function subjectOf(
  { operation, probe, token }: Pick<Subject, 'operation' | 'probe' | 'token'>,
  own: Subject['own'],
  host: Host,
): Subject {
  const body = jsonOf(own.reply);
  const collection = lastFixed(operation.path);
  const stated = host.lists?.of(operation.id);
  return {
    ...{ host, operation, probe, token, own, body, collection },
    list:
      operation.method === 'GET' && (stated?.items !== undefined || !isThing(operation, body))
        ? listFormOf(operation, body, collection, stated)
        : undefined,
    item: itemOf(operation, host.contract),
    request: requestsOf(probe, token),
  };
}

/** Whether an answer is about one thing, which may well have lists in it: it has an id, and an id was asked for. */
function isThing({ path }: Operation, body: Json | undefined): boolean {
  const parameter = parameterIn(segmentsOf(path).at(-1) ?? '');
  if (parameter === undefined || !isObject(body) || body['resourceType'] === 'Bundle') return false;
  const names = Object.keys(body).map(plainName);
  return names.includes('id') || names.includes(plainName(parameter));
}

/** The body of an answer, where it is JSON that could be read. */
export function jsonOf(answer: Answer): Json | undefined {
  const body = readBody(answer);
  return body.kind === 'json' ? body.value : undefined;
}

/** The safe read below a collection: its path and one id. */
function itemOf({ method, path }: Operation, { operations }: Contract): Subject['item'] {
  if (method !== 'GET') return undefined;
  const operation = pathsOf(operations)
    .like(`${path.replace(/\/$/, '')}/{id}`)
    .find((one) => one.method === 'GET' && one.safe);
  const parameter = parameterIn(segmentsOf(operation?.path ?? '').at(-1) ?? '');
  return operation && parameter !== undefined ? { operation, parameter } : undefined;
}
