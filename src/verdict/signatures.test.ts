import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isReasonPhrase } from '../exchange/status.js';
import { compileText, shownText } from '../exchange/texts.js';
import { compilePattern } from '../pattern/pattern.js';
import { Problem, Problems } from '../problem.js';
import { temporaryFolder } from '../testing/folder.js';
import { exchangeOf } from '../testing/host.js';
import { matchSignatures } from './match.js';
import { readAlone } from './reading.js';
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
clients:
  - client: an invented client
    words: '(a'
    standing: assumed
sentences:
  refuse:
    - a … b
    - 'b) … c'
`,
  );
  const error: unknown = await readSignatures(folder.path).catch((reason: unknown) => reason);
  const all = error instanceof Problems ? error.all : [];
  expect(all.map(({ place, message }) => `${place?.line ?? 0} ${message}`)).toEqual([
    expect.stringMatching(/^4 cannot be compiled: /),
    expect.stringMatching(/^6 cannot be compiled: /),
    expect.stringMatching(/^14 cannot be compiled: /),
    expect.stringMatching(/^19 cannot be compiled: /),
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

  test('say what distinguishes a rival by distinguishedBy, or by the former name of it', async () => {
    const withRival = (member: string) =>
      entry('one', `    text: Not from here\n    rivals: [{ cause: crashed${member} }]\n`);
    const rivalsOf = async (member: string) => {
      const { all } = await read(`signatures:\n${withRival(member)}`);
      const answer = { status: 404, message: 'Not from here', text: 'one' };
      return readAlone(404, matchSignatures(exchangeOf(answer), all, { isToken: false })).rivals;
    };
    const expected = [{ cause: 'crashed', distinguishedBy: 'asking again' }];
    expect(await rivalsOf(', distinguishedBy: asking again')).toEqual(expected);
    expect(await rivalsOf(', told: asking again')).toEqual(expected);
    const error: unknown = await rivalsOf('').catch((reason: unknown) => reason);
    if (!(error instanceof Problem)) throw new Error('it was taken');
    expect(error.message).toContain('distinguishedBy');
    expect(error.place?.line).toBe(5);
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
    const ofForm = new Map<string, { patterns: Set<string>; signatures: Set<string> }>();
    for (const { id, text, isValue = false } of texts) {
      const plain = (one: string) => one.toLowerCase().replace(/[.!]+$/, '');
      const form = plain(shownText(text));
      const { patterns, signatures } = ofForm.get(form) ?? { patterns: new Set(), signatures: new Set() };
      patterns.add(`${isValue ? 'value' : 'text'} ${plain(text)}`);
      signatures.add(id.split('/')[0] ?? id);
      ofForm.set(form, { patterns, signatures });
    }
    const mixed = [...ofForm.values()].filter(
      ({ patterns, signatures }) => patterns.size > 1 && signatures.size > 1,
    );
    expect(mixed.map(({ patterns }) => [...patterns])).toEqual([]);
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
