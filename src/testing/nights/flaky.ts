import type { Answer, HttpRequest, Reply } from '../../targets/reply.js';
import type { Disturbance } from './disturbance.js';

/** The share of answers that fail. */
const SHARE = 0.01;

const FAILURES = [500, 502, 503, 'reset', 'cut'] as const;

/** Some answers are failures of the moment, never twice running for the same request. */
export const flaky: Disturbance = {
  name: 'flaky',
  begin: ({ clock, random }) => {
    const failed = new Set<string>();
    const lost: HttpRequest[] = [];
    return {
      lost: () => lost,
      pass: (request, answer) => {
        const key = keyOf(request);
        if (failed.delete(key) || random.next() >= SHARE) return answer();
        failed.add(key);
        lost.push(request);
        const how = random.pick(FAILURES);
        // A gateway may fail before the application has heard of a request, or when it has done what it was asked.
        const isLate = how === 'cut' || random.next() < 0.5;
        const whole = isLate ? answer() : undefined;
        if (how === 'reset')
          return { kind: 'no-answer', at: clock.now(), durationMs: 30, code: 'ECONNRESET', phase: 'send' };
        if (how !== 'cut') return failure(how, clock.now());
        return whole?.kind === 'answer' && whole.body.length > 1 ? cut(whole) : failure(502, clock.now());
      },
    };
  },
};

function keyOf({ method, url, body = '' }: HttpRequest): string {
  return JSON.stringify([
    method,
    url,
    typeof body === 'string' ? body.replace(/Conform-Test [\da-f]+/g, '') : '',
  ]);
}

function failure(status: number, at: Date): Reply {
  const body = Buffer.from(
    `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`,
  );
  return {
    kind: 'answer',
    at,
    durationMs: 30,
    status,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['content-length', String(body.length)],
      // A gateway that is busy says how long: without that a check would be right to complain.
      ...(status === 503 ? [['retry-after', '1'] satisfies [string, string]] : []),
    ],
    body,
    incomplete: undefined,
  };
}

function cut(answer: Answer): Reply {
  return {
    ...answer,
    body: answer.body.subarray(0, Math.floor(answer.body.length / 2)),
    incomplete: 'cut off',
  };
}
