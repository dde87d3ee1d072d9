import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readTyped } from '../../document/read.js';
import { record, type Redaction } from '../../exchange/record.js';
import { createTextKeeper } from '../../exchange/texts.js';
import { onceFor } from '../../once.js';
import { PACKAGE_ROOT } from '../../package.js';
import type { Probe } from '../../probe/build.js';
import type { Answer } from '../../targets/reply.js';
import { CAUSES, LAYERS } from '../causes.js';
import { diagnose } from '../diagnose.js';
import { questionAlone } from '../question.js';
import type { Signatures } from '../signatures.js';
import type { Verdict } from '../verdict.js';

const closed = { additionalProperties: false };
const LayerName = Type.Union(LAYERS.map((layer) => Type.Literal(layer)));
const CauseName = Type.Union(
  (Object.keys(CAUSES) as (keyof typeof CAUSES)[]).map((cause) => Type.Literal(cause)),
);

const Case = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9-]+$' }),
    /** Where such an answer is documented, or was seen. */
    source: Type.String(),
    request: Type.Optional(
      Type.Object(
        {
          method: Type.String(),
          path: Type.String(),
          /** Whether an Authorization header was sent. */
          authorization: Type.Union([Type.Literal('yes'), Type.Literal('no')]),
        },
        closed,
      ),
    ),
    status: Type.Integer(),
    /** Names in lower case. */
    headers: Type.Record(Type.String(), Type.String()),
    body: Type.String(),
    /** What somebody who knows the product would say from this one answer. */
    expect: Type.Object(
      {
        layer: LayerName,
        cause: CauseName,
        /** Readings that are also right, as `layer/cause`; `any` for every layer. */
        alternatives: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]+/[a-z0-9-]+$' }))),
      },
      closed,
    ),
  },
  closed,
);
export type Case = Static<typeof Case>;

const CorpusFile = Type.Object({ cases: Type.Array(Case) }, closed);

/**
 * Labelled refusals. `seen` may be looked at while signatures are written; `held-out` may not, so that it tells
 * how well the signatures do on answers that nobody had in mind.
 */
export async function readCorpus(part: 'seen' | 'held-out'): Promise<Case[]> {
  const file = join(PACKAGE_ROOT, 'src', 'verdict', 'corpus', `${part}.yaml`);
  return (await readTyped(file, CorpusFile)).cases;
}

/** What the diagnosis says of a refusal by itself, redacted as every answer is before it is judged. */
export function diagnoseCase(refusal: Case, signatures: Signatures): Verdict {
  const { method, path, authorization } = refusal.request ?? {
    method: 'GET',
    path: '/v1/things',
    authorization: 'yes',
  };
  const url = `https://api.example.com${path}`;
  const headers: Record<string, string> =
    authorization === 'yes' ? { authorization: 'Bearer token-for-tests' } : {};
  const probe: Probe = {
    operation: refusal.name,
    role: 'operation',
    request: { method, url, headers },
    shown: url,
  };
  const answer: Answer = {
    kind: 'answer',
    at: new Date(0),
    durationMs: 1,
    status: refusal.status,
    headers: Object.entries(refusal.headers),
    body: Buffer.from(refusal.body),
    incomplete: undefined,
  };
  return diagnose(
    questionAlone(record(probe, answer, redactionOf(signatures)), {
      isToken: /\/token$/.test(path),
      token: authorization === 'yes' ? 'valid' : 'none',
    }),
    signatures.all,
  );
}

/** To prepare all known texts takes longer than to judge a refusal. */
const redactionOf = onceFor(({ texts, names }: Signatures): Redaction => {
  const known = new Set(names);
  return {
    texts: createTextKeeper(texts),
    isKnownName: (name) => known.has(name),
    isSecret: () => false,
  };
});

/** Whether layer and cause of a verdict are what the label says, or one of its alternatives. */
export function isRight({ layer, cause }: Verdict, { expect }: Case): boolean {
  if (layer === undefined || cause === undefined) return false;
  const right = [`${expect.layer}/${expect.cause}`, ...(expect.alternatives ?? [])];
  return right.includes(`${layer}/${cause}`) || right.includes(`any/${cause}`);
}
