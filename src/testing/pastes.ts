import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readTyped } from '../document/read.js';
import { createReaders } from '../explain/readers/index.js';
import type { Pasted } from '../explain/paste.js';
import { once } from '../once.js';
import { PACKAGE_ROOT } from '../package.js';
import { readSignatures } from '../verdict/signatures.js';

const closed = { additionalProperties: false };

/** What is to be read of one answer or failure. What is in no member must not be known. */
const Expected = Type.Object(
  {
    status: Type.Optional(Type.Integer()),
    statusFrom: Type.Optional(Type.Literal('body')),
    failure: Type.Optional(Type.String()),
    phase: Type.Optional(Type.String()),
    client: Type.Optional(Type.String()),
    method: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
    credentials: Type.Optional(Type.Union([Type.Literal('sent'), Type.Literal('not-sent')])),
    /** Those that matter. */
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** The whole body, or how it begins and what is in it; empty where it is shown to be. */
    body: Type.Optional(
      Type.Union([
        Type.String(),
        Type.Object({ starts: Type.Optional(Type.String()), has: Type.Optional(Type.String()) }, closed),
      ]),
    ),
  },
  closed,
);
export type Expected = Static<typeof Expected>;

const Cases = Type.Array(
  Type.Object(
    {
      name: Type.String(),
      paste: Type.String(),
      expected: Type.Union([Type.Literal('nothing'), Type.Array(Expected, { minItems: 1 })]),
    },
    closed,
  ),
);
export type PasteCase = Static<typeof Cases>[number];

const FOLDER = join(PACKAGE_ROOT, 'src/explain/readers');
const ENDING = '.cases.yaml';

/** The cases of all readers, with the reader that they are for. */
export async function readPasteCases(): Promise<{ reader: string; cases: PasteCase[] }[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(ENDING)).sort();
  return Promise.all(
    names.map(async (name) => ({
      reader: name.slice(0, -ENDING.length),
      cases: await readTyped(join(FOLDER, name), Cases),
    })),
  );
}

/** All readers, with what the package knows of refusals. */
export const packageReaders = once(async () =>
  createReaders(await readSignatures(join(PACKAGE_ROOT, 'src/explain'))),
);

/** What was read, in the words of the cases. */
export function inWords({ request, reply }: Pasted, wanted: Expected): Expected {
  const { method, url, credentials } = request;
  const asked = {
    ...(method === undefined ? {} : { method }),
    ...(url === undefined ? {} : { url }),
    ...(credentials === 'unknown' ? {} : { credentials }),
  };
  if (reply.kind === 'failure') {
    return {
      ...asked,
      failure: reply.code,
      ...(wanted.phase === undefined ? {} : { phase: reply.phase ?? '' }),
      ...(wanted.client === undefined ? {} : { client: reply.client ?? '' }),
    };
  }
  const { status, statusFrom, headers, body } = reply;
  const shown = Object.keys(wanted.headers ?? {}).map((name): [string, string] => [
    name,
    headers?.find(([one]) => one === name)?.[1] ?? '',
  ]);
  return {
    ...asked,
    ...(status === undefined ? {} : { status }),
    ...(statusFrom === 'body' ? { statusFrom } : {}),
    ...(wanted.headers === undefined ? {} : { headers: Object.fromEntries<string>(shown) }),
    ...(body === undefined ? {} : { body: bodyInWords(body.toString(), wanted.body) }),
  };
}

function bodyInWords(body: string, wanted: Expected['body']): NonNullable<Expected['body']> {
  if (typeof wanted !== 'object') return body;
  const { starts, has } = wanted;
  return {
    ...(starts === undefined ? {} : { starts: body.slice(0, starts.length) }),
    ...(has === undefined ? {} : { has: body.includes(has) ? has : body }),
  };
}
