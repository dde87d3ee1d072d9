import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import type { Probe } from '../probe/build.js';
import { redactionFor } from '../engine/redaction.js';
import type { Answer } from '../targets/reply.js';
import { Secrets } from '../targets/secrets.js';
import { hostileAnswer, planted, tracesOf, type HostileAnswer, type Planted } from '../testing/planted.js';
import { seenOf } from '../testing/host.js';
import { diagnose } from '../verdict/diagnose.js';
import { questionAlone } from '../verdict/question.js';
import { readSignatures, type Signatures } from '../verdict/signatures.js';
import { record, type Redaction } from './record.js';

let signatures: Signatures;
let redaction: Redaction;
beforeAll(async () => {
  signatures = await readSignatures(join(PACKAGE_ROOT, 'spec'));
  redaction = redactionFor(signatures, new Secrets());
});

const SHOWN = 'https://api.example.com/v1/people/people-1/';

/** All that is kept of a request and its answer, as text. */
function kept(answer: HostileAnswer, request: Planted): string {
  const probe: Probe = {
    operation: 'GET /v1/people/{id}/',
    role: 'operation',
    request: {
      method: 'POST',
      url: `https://api.example.com/v1/people/${encodeURIComponent(request.written)}/?q=${encodeURIComponent(request.value)}`,
      headers: {
        authorization: `Bearer ${request.written}`,
        'x-person': request.value,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ [request.value]: request.written }),
    },
    shown: SHOWN,
  };
  const reply: Answer = {
    kind: 'answer',
    at: new Date(0),
    durationMs: 1,
    status: answer.status,
    headers: answer.headers,
    body: Buffer.from(answer.body),
    incomplete: undefined,
  };
  const exchange = record(probe, reply, redaction);
  const question = questionAlone(exchange, { isToken: false, token: 'valid' });
  const verdict = diagnose(question, signatures.all);
  const seen = seenOf(exchange);
  const unknownPath = {
    seen,
    steady: 'exact',
    isSameDepth: true,
    isSameMethod: true,
    refused: undefined,
  } as const;
  const controlled = diagnose({ ...question, answer: seen, controls: { unknownPath } }, signatures.all);
  return JSON.stringify([exchange, verdict, controlled]);
}

describe('what is kept of a request and its answer', () => {
  test('holds nothing of what was planted into them, wherever and however', () => {
    fc.assert(
      fc.property(hostileAnswer, planted, (answer, request) => {
        const text = kept(answer, request);
        expect(tracesOf(answer.planted, text)).toEqual([]);
        expect(tracesOf(request, text)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
