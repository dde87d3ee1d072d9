import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isReasonPhrase } from '../exchange/status.js';
import { compileText, shownText } from '../exchange/texts.js';
import { compilePattern } from '../pattern/pattern.js';
import { Problems } from '../problem.js';
import { temporaryFolder } from '../testing/folder.js';
import { exchangeOf } from '../testing/host.js';
import { matchSignatures } from './match.js';
import { readSignatures, textsOf } from './signatures.js';

/** An entry of signatures.yaml. */
function entry(id: string, more = ''): string {
  return `  - id: ${id}
    stack: an invented gateway
${more}    layer: gateway
    cause: gateway-refused
    explanation: of the folder
    fix: x
    standing: assumed
`;
}

test('every regular expression that is none is named, with its line', async () => {
  await using folder = await temporaryFolder();
  await writeFile(
    join(folder.path, 'signatures.yaml'),
    `signatures:
  - id: one
    stack: an invented gateway
    text: refused {why:[a-}
    headers:
      server: '('
    layer: gateway
    cause: gateway-refused
    explanation: x
    fix: x
    standing: assumed
`,
  );
  const error: unknown = await readSignatures(folder.path).catch((reason: unknown) => reason);
  const all = error instanceof Problems ? error.all : [];
  expect(all.map(({ place, message }) => `${place?.line ?? 0} ${message}`)).toEqual([
    expect.stringMatching(/^4 cannot be compiled: /),
    expect.stringMatching(/^6 cannot be compiled: /),
  ]);
});

test('two entries of one id are named', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'signatures.yaml'), `signatures:\n${entry('one')}${entry('one')}`);
  await expect(readSignatures(folder.path)).rejects.toThrow('there are two signatures “one”');
});

describe('signatures of a spec folder', () => {
  const read = async (file?: string) => {
    await using folder = await temporaryFolder();
    if (file !== undefined) await writeFile(join(folder.path, 'signatures.yaml'), file);
    return await readSignatures(folder.path);
  };

  test('are not needed: those of the package are there', async () => {
    const { all, names, texts } = await read();
    expect(all.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['aws-unrouted-sigv4', 'apigee-no-proxy', 'django-404', 'net-dns', 'any-500']),
    );
    expect(names).toContain('error_description');
    expect(texts.map(({ id }) => id)).toContain('kong-no-route');
  });

  test('are added to those of the package, and come before them', async () => {
    const ofPackage = await read();
    const { all, names, texts } = await read(
      `names: [Why]\nsignatures:\n${entry('one', '    text: Not from here\n    members: [Reasons.Inner]\n')}`,
    );
    expect(all.map(({ id }) => id)).toEqual(['one', ...ofPackage.all.map(({ id }) => id)]);
    expect(texts[0]).toMatchObject({ id: 'one', text: 'Not from here' });
    expect(new Set(names)).toEqual(new Set([...ofPackage.names, 'Why', 'Reasons', 'Inner']));
  });

  test('replace those of the package that have the same id', async () => {
    const { all } = await read(`signatures:\n${entry('aws-forbidden')}`);
    expect(all.filter(({ id }) => id === 'aws-forbidden')).toMatchObject([{ explanation: 'of the folder' }]);
  });

  test('win over those of the package that fit equally well', async () => {
    const { all } = await read(
      `signatures:\n${entry('one', '    status: [404]\n    text: no Route matched with those values\n')}`,
    );
    const answer = { status: 404, message: 'no Route matched with those values', text: 'kong-no-route' };
    const [best, next] = matchSignatures(exchangeOf(answer), all, { isToken: false });
    expect([best?.signature.id, next?.signature.id]).toEqual(['one', 'kong-no-route']);
    expect(best?.score).toBe(next?.score);
  });
});

describe('signatures of the package', async () => {
  await using nothing = await temporaryFolder();
  const { all, texts } = await readSignatures(nothing.path);

  test('have no text of their own that another stack has as well', () => {
    const stacksOf = new Map<string, Set<string>>();
    for (const { stack, text } of all) {
      for (const words of textsOf(text)) {
        const plain = words.toLowerCase().replace(/[.!]+$/, '');
        stacksOf.set(plain, new Set([...(stacksOf.get(plain) ?? []), stack]));
      }
    }
    const shared = [...stacksOf].filter(([, stacks]) => stacks.size > 1).map(([words]) => words);
    expect(shared).toEqual([]);
  });

  test('have no two texts that are kept in the same form, unless one signature has both', () => {
    const textsOfForm = new Map<string, Set<string>>();
    const signaturesOfForm = new Map<string, Set<string>>();
    for (const { id, text } of texts) {
      const form = shownText(text);
      textsOfForm.set(form, new Set([...(textsOfForm.get(form) ?? []), text]));
      signaturesOfForm.set(form, new Set([...(signaturesOfForm.get(form) ?? []), id.split('/')[0] ?? id]));
    }
    const mixed = [...textsOfForm].filter(
      ([form, { size }]) => size > 1 && (signaturesOfForm.get(form)?.size ?? 0) > 1,
    );
    expect(mixed.map(([form, of]) => [form, ...of])).toEqual([]);
  });

  test('have no text of their own that HTTP itself has', () => {
    const own = all.flatMap(({ text }) => textsOf(text));
    expect(own.filter((text) => isReasonPhrase(text))).toEqual([]);
  });

  test('have texts that can all be searched in linear time', () => {
    expect(
      texts.filter(({ text }) => !compilePattern(compileText(text).source, { ignoreCase: true }).linear),
    ).toEqual([]);
  });
});
