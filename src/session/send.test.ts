import { expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { serve } from '../testing/serve.js';
import { createSender, LARGEST_BODY } from './send.js';

const OPTIONS = { concurrency: 1, timeoutMs: { connect: 5000, headers: 5000, body: 5000 } };

test('a redirect is an answer like any other: nobody is sent elsewhere with a token', async () => {
  const asked: string[] = [];
  await using host = await serve((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: '/elsewhere/' }).end();
  });
  const sender = createSender(OPTIONS, systemClock);
  const reply = await sender.send({
    method: 'GET',
    url: `${host.url}/things/`,
    headers: { authorization: 'Bearer x' },
  });
  await sender.close();
  expect(reply).toMatchObject({ kind: 'answer', status: 302 });
  expect(asked).toEqual(['/things/']);
});

test('a request that is stopped has no answer, and differs from one that failed', async () => {
  const stop = new AbortController();
  await using host = await serve(() => {
    stop.abort();
  });
  const sender = createSender(OPTIONS, systemClock);
  const reply = await sender.send({ method: 'GET', url: host.url, headers: {} }, stop.signal);
  await sender.close();
  expect(reply).toMatchObject({ kind: 'no-answer', code: 'ABORTED', phase: 'aborted' });
});

test('an encoding that nobody knows leaves the body as it is, whatever its name', async () => {
  for (const encoding of ['constructor', 'toString', '__proto__', 'valueOf', 'nothing']) {
    await using host = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end('body');
    });
    const sender = createSender(OPTIONS, systemClock);
    const reply = await sender.send({ method: 'GET', url: host.url, headers: {} });
    await sender.close();
    expect(reply).toMatchObject({ kind: 'answer', incomplete: undefined, body: Buffer.from('body') });
  }
});

test('a body that is larger than any answer of an API is cut off', async () => {
  await using host = await serve((_, response) => {
    response.end(Buffer.alloc(LARGEST_BODY + 1));
  });
  const sender = createSender(OPTIONS, systemClock);
  const reply = await sender.send({ method: 'GET', url: host.url, headers: {} });
  await sender.close();
  expect(reply).toMatchObject({ kind: 'answer', incomplete: 'too large' });
});

test.each<[method: string, status: number]>([
  ['DELETE', 204],
  ['GET', 304],
  ['HEAD', 200],
])('%s with %i has no body, whatever its headers announce', async (method, status) => {
  await using host = await serve((request, response) => {
    if (request.url === '/next') response.end('next');
    else response.writeHead(status, { 'content-length': '7', 'content-encoding': 'gzip' }).end('{"a":1}');
  });
  const sender = createSender(OPTIONS, systemClock);
  const reply = await sender.send({ method, url: host.url, headers: {} });
  const next = await sender.send({ method: 'GET', url: `${host.url}/next`, headers: {} });
  await sender.close();
  expect(reply).toMatchObject({ kind: 'answer', status, body: Buffer.alloc(0), incomplete: undefined });
  expect(next).toMatchObject({ kind: 'answer', body: Buffer.from('next') });
});
