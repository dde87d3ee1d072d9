import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Contract } from '../contract/contract.js';
import { loadContract } from '../contract/load.js';
import { Problem } from '../problem.js';
import { temporaryFolder } from '../testing/folder.js';
import { HOSTILE_TEXTS, hostileContract } from '../testing/hostile.js';
import { capability, runOf } from '../testing/runs.js';
import { generateFiles } from './generate.js';

/** What a run file says that somebody else has written. */
function runWith(text: string, contract: Contract) {
  const [first] = contract.operations;
  return runOf([capability({ id: first?.id ?? '', outcome: 'unrouted', statuses: [403] })], {
    id: text,
    target: text,
  });
}

async function loaded(folder: string, name: string, document: object): Promise<Contract> {
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(document));
  return loadContract(file);
}

/** The texts of all names and literals of a file, as a compiler reads them. */
function textsOf(typescript: string): Set<string> {
  const texts = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node) || ts.isIdentifier(node) || ts.isNumericLiteral(node))
      texts.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', typescript, ts.ScriptTarget.ESNext, false, ts.ScriptKind.TS));
  return texts;
}

/** What the generator of types can use as a name; the others it refuses, see below. */
function isUsable(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text);
}

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('what is generated from a hostile contract and a hostile run', () => {
  const cases: {
    text: string;
    contract: Contract;
    files: { name: string; text: string }[];
    folder: string;
  }[] = [];
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder.path, 'client.js'), 'export const createApiClient = (options) => options;\n');
    for (const [index, text] of HOSTILE_TEXTS.filter(isUsable).entries()) {
      const contract = await loaded(folder.path, String(index), hostileContract(text));
      const files = await generateFiles(contract, runWith(text, contract), '../client.js');
      const own = join(folder.path, `case${index}`);
      await mkdir(own);
      for (const file of files) await writeFile(join(own, file.name), file.text);
      cases.push({ text, contract, files, folder: own });
    }
    return () => folder[Symbol.asyncDispose]();
  });

  test('compiles without a complaint', () => {
    const program = ts.createProgram(
      cases.flatMap((one) => ['api.ts', 'operations.ts'].map((name) => join(one.folder, name))),
      { target: ts.ScriptTarget.ES2023, strict: true, noEmit: true, types: [], skipLibCheck: true },
    );
    const complaints = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => ({
      at: `${file?.fileName ?? ''} ${file?.text.slice(start ?? 0, (start ?? 0) + 60) ?? ''}`,
      says: ts.flattenDiagnosticMessageText(messageText, ' '),
    }));
    expect(complaints).toEqual([]);
  });

  test('runs nothing of it when it is imported, and says what the contract says', async () => {
    for (const { text, contract, files, folder: own } of cases) {
      for (const { name, text: typescript } of files) {
        const { outputText } = ts.transpileModule(typescript, {
          compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
        });
        await writeFile(join(own, name.replace(/\.ts$/, '.js')), outputText);
      }
      const imported = async (name: string) =>
        (await import(pathToFileURL(join(own, name)).href)) as Record<string, unknown>;
      const table = await imported('operations.js');
      const client = await imported('client.js');
      expect(Object.keys(await imported('api.js')), text).toEqual([]);
      expect('canary' in globalThis, text).toBe(false);
      expect(table['operations'], text).toEqual(
        contract.operations.map(({ id, operationId, method, path, tag, safe, deprecated, standing }) => ({
          ...{ id, operationId, method, path, tag, safe, deprecated },
          ...(standing === undefined ? {} : { standing }),
        })),
      );
      expect(client['TOKEN_URL'], text).toBe(text);
    }
  });

  test('has every name and value of the contract, and nothing that is not seen', () => {
    for (const { text, files } of cases) {
      for (const file of files) {
        expect(
          file.text.split('\n').filter((line) => UNSEEN.test(line)),
          `${file.name} ${text}`,
        ).toEqual([]);
      }
      const names = textsOf(files.find(({ name }) => name === 'api.ts')?.text ?? '');
      for (const wanted of [text, `/things/${text}`, 'class', '__proto__', 'constructor']) {
        expect(names.has(wanted), JSON.stringify(wanted)).toBe(true);
      }
      expect(
        [...names].some((name) => name.startsWith(`not routed on ${text}: 403 in run ${text}`)),
        text,
      ).toBe(true);
    }
  });

  test('operations that have one operationId are distinguished', () => {
    for (const { contract } of cases) {
      const ids = contract.operations.map(({ operationId }) => operationId);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

test('a name that the generator cannot use is a problem and no crash', async () => {
  await using folder = await temporaryFolder();
  for (const [index, text] of HOSTILE_TEXTS.filter((one) => !isUsable(one)).entries()) {
    const contract = await loaded(folder.path, String(index), hostileContract(text));
    await expect(generateFiles(contract, undefined, './client.js')).rejects.toThrow(Problem);
  }
});

test('schemas that refer to one another in a long row are a problem that says so', async () => {
  await using folder = await temporaryFolder();
  const next = (index: number) => ({ properties: { next: { $ref: `#/components/schemas/Thing${index}` } } });
  const schemas = Array.from({ length: 3_000 }, (_, index) => [`Thing${index}`, next((index + 1) % 3_000)]);
  const content = { 'application/json': { schema: next(0) } };
  const contract = await loaded(folder.path, 'row', {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '7' },
    paths: { '/things': { get: { responses: { 200: { description: 'ok', content } } } } },
    components: { schemas: Object.fromEntries(schemas) as object },
  });
  const generated = generateFiles(contract, undefined, './client.js');
  await expect(generated).rejects.toMatchObject({ remedy: expect.stringContaining('in a row') as string });
});

describe('a reference whose text would become code', () => {
  test.each(['x{} globalThis.canary = 1; interface y', 'paths, x = (globalThis.canary = 1)'])(
    '%s',
    async (name) => {
      await using folder = await temporaryFolder();
      const contract = await loaded(folder.path, 'contract', {
        openapi: '3.0.3',
        info: { title: 'Shop', version: '7' },
        paths: {
          '/things': {
            get: {
              responses: {
                200: {
                  description: 'ok',
                  content: { 'application/json': { schema: { $ref: `#/${name}/a/b` } } },
                },
              },
            },
          },
        },
        [name]: { a: { b: { type: 'string' } } },
      });
      await expect(generateFiles(contract, undefined, './client.js')).rejects.toThrow(/would become code/);
    },
  );
});

test('a member that is called as one that every object has keeps its name, and is required where it is', async () => {
  await using folder = await temporaryFolder();
  const schema = {
    type: 'object',
    required: ['hasOwnProperty'],
    properties: { hasOwnProperty: { type: 'string' }, toString: { type: 'integer' } },
  };
  const contract = await loaded(folder.path, 'inherited', {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/things/': {
        get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } },
      },
    },
  });
  const [types] = await generateFiles(contract, undefined, '../client.js');
  expect(types?.text).toMatch(/"?hasOwnProperty"?: string;/);
  expect(types?.text).toMatch(/"?toString"?\?: number;/);
});

const ADDRESS = 'http://127.0.0.1:9/x';

test('what a contract refers to elsewhere, where OpenAPI has no reference, is neither read nor printed', async () => {
  await using folder = await temporaryFolder();
  const kinds = {
    oneOf: [{ type: 'object' }],
    discriminator: { propertyName: 'kind', mapping: { a: ADDRESS } },
  };
  const schema = { type: 'object', properties: { a: { type: { $ref: '../elsewhere.yaml#/a' } }, kinds } };
  const contract = await loaded(folder.path, 'contract', {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '7' },
    paths: {
      '/things': {
        get: {
          responses: {
            200: {
              description: 'ok',
              content: { 'application/json': { schema, example: { $ref: ADDRESS } } },
            },
          },
        },
      },
    },
  });
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  await expect(generateFiles(contract, undefined, './client.js')).resolves.toBeDefined();
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});
