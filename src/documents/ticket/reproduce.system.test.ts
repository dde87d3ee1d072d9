import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContract } from '../../contract/load.js';
import { samplesOf } from '../../probe/samples.js';
import { temporaryFolder } from '../../testing/folder.js';
import { HOSTILE_TEXTS } from '../../testing/hostile.js';
import { paste } from '../../testing/paste.js';
import { capability } from '../../testing/runs.js';
import { reproductionOf } from './reproduce.js';

const TEXTS = HOSTILE_TEXTS.map((text) => Buffer.from(text.replaceAll('\0', '')).toString());
/** A host that a URL can name, although a shell would run it. */
const HOST = 'https://$({touch,canary})`{touch,canary}`;{touch,canary};.shop.example';

/** A contract with an operation for each type of body, whose examples hold a text. */
async function contractWith(text: string) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'contract.json');
  const operation = (content: object) => ({
    requestBody: { content },
    responses: { 200: { description: 'ok' } },
  });
  await writeFile(
    file,
    JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'Shop', version: '7' },
      paths: {
        '/notes/{id}': {
          post: operation({ 'application/json': { example: { note: text } } }),
          put: operation({ 'text/plain': { example: text } }),
        },
      },
    }),
  );
  return await loadContract(file);
}

test('a reproduction that is made of hostile texts runs nothing of them when it is pasted', async () => {
  const lines: string[] = [];
  const bodies: string[] = [];
  for (const [index, text] of TEXTS.entries()) {
    const contract = await contractWith(text);
    const oauth = {
      ...{ url: `/token/${text}`, tokenField: text, lifetimeField: 'expires_in' },
      ...{ clientId: 'CLIENT_ID', clientSecret: 'CLIENT_SECRET' },
      body: index % 2 === 0 ? ('json' as const) : ('form' as const),
    };
    for (const operation of contract.operations) {
      const [exchange] = capability({ id: operation.id }).exchanges;
      if (!exchange) throw new Error('there is no exchange');
      const { script } = reproductionOf(
        [
          {
            exchange: {
              ...exchange,
              ...{ method: operation.method, url: `${HOST}/notes/%zz${text}`, curl: text },
              requestHeaders: ['authorization', 'content-type'],
            },
            description: { operation, contract, samples: samplesOf({}) },
          },
        ],
        { oauth },
      );
      const body = operation.method === 'POST' ? JSON.stringify({ note: text }, null, 2) : text;
      bodies.push(body);
      lines.push(script, `mv body.json body-${bodies.length - 1}`);
    }
  }
  const { calls, files, complaints } = await paste(lines, {
    ...{
      CLIENT_ID: 'client-id-for-tests',
      CLIENT_SECRET: 'client-secret-for-tests',
      CONTENT_TYPE: 'text/plain',
    },
    ANSWER: JSON.stringify(
      Object.fromEntries(TEXTS.map((text, index) => [text, `token-${index}-for-tests`])),
    ),
  });
  expect(complaints).toEqual([]);
  expect(Object.keys(files).filter((name) => !/^body-\d+$/.test(name))).toEqual([]);
  for (const [index, body] of bodies.entries()) {
    const text = TEXTS[Math.floor(index / 2)];
    expect(files[`body-${index}`], text).toBe(`${body}\n`);
    const [asked, sent] = calls.slice(index * 2, index * 2 + 2);
    expect(asked?.slice(0, 3), text).toEqual(['-s', '-g', `${HOST}/token/${text ?? ''}`]);
    expect(sent?.slice(-6), text).toEqual([
      ...['-H', `Authorization: Bearer token-${Math.floor(index / 2)}-for-tests`],
      ...['-H', 'Content-Type: text/plain', '--data-binary', '@body.json'],
    ]);
    expect(sent?.at(-7)?.startsWith(`${HOST}/notes/%zz`), text).toBe(true);
  }
  expect(calls).toHaveLength(bodies.length * 2);
});

test('a request whose URL is none has no reproduction', () => {
  const [exchange] = capability({ id: 'GET /things' }).exchanges;
  if (!exchange) throw new Error('there is no exchange');
  expect(reproductionOf([{ exchange: { ...exchange, url: 'http://[' } }], undefined).script).toBe('');
});
