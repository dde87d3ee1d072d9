import type { createServer as createPrism } from '@stoplight/prism-http-server';
import { at, copyOfObject, isObject, type Json, type JsonObject } from '../json.js';
import { makeValue } from '../request/value/make.js';
import type { Contract } from '../contract/contract.js';
import { resolve } from '../contract/follow.js';
import { METHODS } from '../contract/methods.js';
import { Problem } from '../problem.js';
import { servable } from './servable.js';
import { readable } from './readable.js';

export interface Mock {
  url: string;
  close: () => Promise<void>;
}

/**
 * Starts Prism in this process, on the loopback interface, serving a contract with its repairs.
 * @param port 0 for any that is free
 * @throws Problem when the port is taken.
 */
export async function startMock(contract: Contract, port = 0): Promise<Mock> {
  // Prism takes half a second to load: only who serves a mock pays for it.
  const [{ createServer }, { createLogger }, { transformOas3Operations }] = await Promise.all([
    import('@stoplight/prism-http-server'),
    import('@stoplight/prism-core'),
    import('@stoplight/http-spec/oas3'),
  ]);
  const { document } = servable(readable(underBasePath(withExamples(contract))));
  const server = createServer(transformOas3Operations(document), {
    cors: false,
    config: {
      mock: { dynamic: false },
      isProxy: false,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: false,
      errors: false,
      upstreamProxy: undefined,
    },
    components: { logger: createLogger('mock', { level: 'silent' }) },
  });
  catchErrors(server);
  try {
    return { url: await server.listen(port, '127.0.0.1'), close: () => server.close() };
  } catch (error) {
    // Prism rejects with the text of the error.
    const taken = String(error).includes('EADDRINUSE');
    throw new Problem(
      'CONFORM_E_PORT_UNAVAILABLE',
      taken ? `port ${port} is in use` : `the mock cannot listen on port ${port}`,
      {
        remedy: 'Choose another port with --port, or leave it out to get a free one.',
        cause: error,
      },
    );
  }
}

/**
 * Prism answers with the errors that it returns. Nobody catches those that it throws, such as at a request that accepts what
 * is no media type, and the process of the mock ends: from here on it returns them as well.
 */
function catchErrors({ prism }: ReturnType<typeof createPrism>): void {
  const request = prism.request.bind(prism);
  prism.request =
    (...args) =>
    async () => {
      try {
        return await request(...args)();
      } catch (error) {
        // By the name of another error, nobody would know it for a limit of the mock.
        const message = error instanceof Error ? error.message : String(error);
        return { _tag: 'Left', left: new Error(message, { cause: error }) };
      }
    };
}

/**
 * Answers without an example get one from their schema. Prism would make one itself, but fails on schemas that
 * refer to themselves.
 */
function withExamples(contract: Contract): Contract {
  const document = copyOfObject(contract.document);
  // The answers of many operations refer to one schema.
  const known = new Map<string, Json | undefined>();
  const example = (schema: JsonObject, schemaPointer: string) => {
    const { $ref } = schema;
    const key = typeof $ref === 'string' && Object.keys(schema).length === 1 ? $ref : schemaPointer;
    // Every place has a value of its own.
    if (known.has(key)) return structuredClone(known.get(key));
    const wanted = { schema, schemaPointer, direction: 'answer' } as const;
    // Where all members together have no value that fits, such as in what contains itself, only some are in it.
    const made = makeValue({ ...wanted, members: 'all' }, contract);
    known.set(key, made.ok ? made.value : undefined);
    return made.ok ? made.value : undefined;
  };
  for (const operation of contract.operations) {
    for (const response of Object.values(operation.responses)) {
      for (const media of Object.values(response.content)) {
        if (media.example !== undefined || media.schemaPointer === undefined) continue;
        const holder = at(document, media.schemaPointer.replace(/\/schema$/, ''));
        const made = example(media.schema ?? {}, media.schemaPointer);
        if (isObject(holder) && made !== undefined) holder['example'] = made;
      }
    }
  }
  return { ...contract, document };
}

/**
 * The mock serves paths as the contract writes them and ignores the path of the server; clients send both.
 * So the paths are written out, and it stands for every server of the contract.
 */
function underBasePath({ document, operations }: Contract): JsonObject {
  const paths = new Map<string, JsonObject>();
  for (const { path, method, pointer } of operations) {
    const item = resolve(document, at(document, pointer.slice(0, pointer.lastIndexOf('/'))));
    const name = method.toLowerCase();
    const operation = isObject(item) ? item[name] : undefined;
    if (!isObject(item) || !isObject(operation)) continue;
    const shared = without(item, ['servers', ...METHODS]);
    paths.set(path, { ...shared, ...paths.get(path), [name]: without(operation, ['servers']) });
  }
  return { ...without(document, ['servers']), paths: Object.fromEntries(paths) };
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}
