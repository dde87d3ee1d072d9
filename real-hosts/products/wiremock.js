// WireMock: its administration asks for no credential at all. It is the hardest case: nothing but the policy protects it.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readFiles } from '../files.js';
import { fromDebian, fromNpm } from '../install.js';
import { askJson, startProgram, untilReady } from '../program.js';

/** @typedef {import('../product.js').StateRecord} StateRecord */

// Ids, names and values are those of the contract's own examples: requests that are made of these find something here.
const KEPT = '76ada7b0-49ae-4229-91c4-396a36f18e09';
const IN_MEMORY = '730d3e32-d098-4169-a20c-554c3bedce58';
const FILE = 'file1.json';

/** @type {import('../product.js').Product} */
export const wiremock = {
  name: 'WireMock',
  key: { header: 'X-API-Key', value: 'api-key-for-tests', neverIssued: 'never-issued-to-anybody' },
  namesSecurity: false,
  samples: {
    operations: {
      'POST /__admin/mappings': {
        body: {
          name: 'Conform-Test',
          request: { method: 'GET', url: '/conform-test' },
          response: { status: 200, body: 'made by a test' },
        },
        removedBy: 'DELETE /__admin/mappings/{stubMappingId}',
      },
      'PUT /__admin/mappings/{stubMappingId}': {
        body: {
          name: 'Conform-Test',
          request: { method: 'GET', url: '/conform-test' },
          response: { status: 204 },
        },
      },
    },
  },
  createdBy: {
    stub: [
      'POST /__admin/mappings',
      'PUT /__admin/mappings/{stubMappingId}',
      'POST /__admin/mappings/import',
      'POST /__admin/recordings/stop',
      'POST /__admin/recordings/snapshot',
    ],
    file: ['PUT /__admin/files/{fileId}'],
  },
  async install() {
    const folder = join(await fromNpm('wiremock', '3.13.2'), 'build');
    const jar = join(folder, (await readdir(folder)).find((name) => name.endsWith('.jar')) ?? '');
    const java = await findJava();
    return (root) => start(java, jar, root);
  },
};

/** The Java of this machine where it is new enough, or one that is unpacked for it. */
async function findJava() {
  const said = await promisify(execFile)('java', ['-version']).catch(() => undefined);
  const [, major = '0'] = /version "(\d+)/.exec(said?.stderr ?? '') ?? [];
  if (Number(major) >= 11) return 'java';
  return join(await fromDebian('java', ['default-jre-headless']), 'usr/lib/jvm/default-java/bin/java');
}

/** @param {string} java @param {string} jar @param {string} root */
async function start(java, jar, root) {
  await writeState(root);
  // No name leads anywhere but to this machine, whatever a stub or a recording is configured to ask.
  const hosts = join(root, 'hosts');
  await writeFile(hosts, '127.0.0.1 localhost\n');
  const program = startProgram(
    java,
    [
      ...['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Djdk.net.hosts.file=${hosts}`],
      ...['-jar', jar, '--port', '0', '--bind-address', '127.0.0.1', '--root-dir', root, '--disable-banner'],
      ...['--allow-proxy-targets', '127.0.0.1'],
    ],
    { cwd: root, log: join(root, 'wiremock.log') },
  );
  const url = await untilReady(program, async () => {
    const port = /^port:\s+(\d+)/m.exec(program.output())?.[1];
    if (port === undefined) return undefined;
    await askJson(`http://127.0.0.1:${port}/__admin/health`);
    return `http://127.0.0.1:${port}`;
  });
  await makeState(url);
  return {
    url,
    contract: await askJson(`${url}/__admin/docs/swagger`),
    snapshot: () => snapshot(url, root),
    alive: program.alive,
    stop: program.stop,
  };
}

/** What it finds in its folder when it starts. @param {string} root */
async function writeState(root) {
  await mkdir(join(root, 'mappings'), { recursive: true });
  await mkdir(join(root, '__files'));
  const stubs = [
    {
      id: KEPT,
      name: 'kept in a file',
      request: { method: 'GET', url: '/some/thing' },
      response: { status: 200, bodyFileName: FILE },
      metadata: { outer: { inner: 42 } },
      persistent: true,
    },
    ...['Started', 'paid'].map((state, index) => ({
      id: `00000000-0000-4000-8000-00000000000${index}`,
      name: `order ${state}`,
      scenarioName: 'order',
      requiredScenarioState: state,
      ...(state === 'Started' ? { newScenarioState: 'paid' } : {}),
      request: { method: 'POST', url: '/orders/1' },
      response: { status: 200, body: state },
      persistent: true,
    })),
  ];
  for (const stub of stubs) await writeFile(join(root, 'mappings', `${stub.id}.json`), JSON.stringify(stub));
  await writeFile(join(root, '__files', FILE), '{ "who": "Anna Example" }');
}

/** What it has in memory only. @param {string} url */
async function makeState(url) {
  const stub = { id: IN_MEMORY, request: { url: '/resource' }, response: { status: 200, jsonBody: {} } };
  await askJson(`${url}/__admin/mappings`, { method: 'POST', body: stub });
  await askJson(`${url}/__admin/settings`, { method: 'POST', body: { fixedDelay: 1 } });
  await askJson(`${url}/resource`, { method: 'POST', body: {} });
  const order = await fetchText(`${url}/orders/1`);
  if (order !== 'Started') throw new Error(`the scenario did not begin: ${order}`);
}

/** @param {string} url */
async function fetchText(url) {
  const answer = await globalThis.fetch(url, { method: 'POST' });
  return answer.text();
}

/** @param {string} url @param {string} root @returns {Promise<StateRecord[]>} */
async function snapshot(url, root) {
  const ask = (/** @type {string} */ path) => askJson(`${url}/__admin/${path}`);
  const { mappings } = await ask('mappings');
  const { scenarios } = await ask('scenarios');
  const { requests } = await ask('requests');
  const stored = new Map((await readFiles(join(root, 'mappings'))).map((file) => [file.name, file.text]));
  /** @type {StateRecord[]} */
  const stubs = mappings.map((/** @type {any} */ stub) => {
    const file = [...stored].find(([, text]) => text.includes(stub.id))?.[0];
    const text = file === undefined ? undefined : stored.get(file);
    if (file !== undefined) stored.delete(file);
    return { kind: 'stub', name: stub.id, value: { inMemory: stub, onDisk: text } };
  });
  return [
    ...stubs,
    ...[...stored].map(([name, text]) => ({ kind: 'stub', name: `only on disk in ${name}`, value: text })),
    ...(await readFiles(join(root, '__files'))).map(({ name, text }) => ({
      kind: 'file',
      name,
      value: text,
    })),
    ...scenarios.map((/** @type {any} */ { name, state }) => ({ kind: 'scenario', name, value: { state } })),
    // What was asked before the check. What the check asks is logged as well, and that is no harm.
    ...requests
      .filter((/** @type {any} */ { request }) => ['/resource', '/orders/1'].includes(request.url))
      .map((/** @type {any} */ { id, request }) => ({
        kind: 'logged request',
        name: request.url,
        value: { id },
      })),
    { kind: 'settings', name: '', value: await ask('settings') },
    { kind: 'recording', name: '', value: await ask('recordings/status') },
  ];
}
