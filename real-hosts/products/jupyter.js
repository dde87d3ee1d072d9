// The Jupyter Server: files, kernels and sessions of a person. It asks for a token, and its contract does not say so.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parse } from 'yaml';
import { readFiles } from '../files.js';
import { fromDebian, librariesIn } from '../install.js';
import { askJson, freePort, startProgram, untilReady } from '../program.js';

/** @typedef {import('../product.js').StateRecord} StateRecord */

const TOKEN = 'token-for-tests';
const HEADERS = { Authorization: `token ${TOKEN}` };
const NOTEBOOK = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };
const PYTHON = '/usr/bin/python3';

/** @type {import('../product.js').Product} */
export const jupyter = {
  name: 'Jupyter Server',
  key: {
    header: 'Authorization',
    value: HEADERS.Authorization,
    neverIssued: 'token never-issued-to-anybody',
  },
  namesSecurity: false,
  samples: {
    parameters: { path: 'visits.ipynb', section_name: 'notebook' },
    operations: {
      'PUT /api/contents/{path}': { body: { type: 'file', format: 'text', content: 'made by a test' } },
      'POST /api/sessions': {
        body: {
          path: 'conform-test.ipynb',
          type: 'notebook',
          name: 'conform-test',
          kernel: { name: 'python3' },
        },
      },
      'POST /api/kernels': { body: { name: 'python3' } },
    },
  },
  createdBy: {
    file: ['PUT /api/contents/{path}', 'POST /api/contents/{path}'],
    checkpoint: ['POST /api/contents/{path}/checkpoints'],
    kernel: ['POST /api/kernels', 'POST /api/sessions', 'PATCH /api/sessions/{session}'],
    session: ['POST /api/sessions'],
    terminal: ['POST /api/terminals'],
    configuration: ['PATCH /api/config/{section_name}'],
  },
  async install() {
    const root = await fromDebian('jupyter', ['jupyter-server', 'python3-ipykernel']);
    return (folder) => start(root, folder);
  },
};

/** @param {string} root @param {string} folder */
async function start(root, folder) {
  const files = join(folder, 'files');
  const config = join(folder, 'config');
  await mkdir(join(files, 'reports'), { recursive: true });
  await mkdir(config);
  await writeFile(join(files, 'visits.ipynb'), JSON.stringify(NOTEBOOK));
  await writeFile(join(files, 'reports', 'notes.txt'), 'ask Anna Example');
  const port = await freePort();
  const settings = {
    ip: '127.0.0.1',
    port,
    port_retries: 0,
    token: TOKEN,
    root_dir: files,
    open_browser: 'False',
    allow_root: 'True',
  };
  const program = startProgram(
    PYTHON,
    [
      '-m',
      'jupyter_server',
      ...Object.entries(settings).map(([name, value]) => `--ServerApp.${name}=${value}`),
    ],
    {
      cwd: folder,
      log: join(folder, 'jupyter.log'),
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        LD_LIBRARY_PATH: await librariesIn(root),
        PYTHONPATH: join(root, 'usr/lib/python3/dist-packages'),
        PYTHONDONTWRITEBYTECODE: '1',
        JUPYTER_CONFIG_DIR: config,
        JUPYTER_DATA_DIR: join(folder, 'data'),
        JUPYTER_RUNTIME_DIR: join(folder, 'runtime'),
      },
    },
  );
  const url = `http://127.0.0.1:${port}`;
  await untilReady(program, () => askJson(`${url}/api/status`, { headers: HEADERS }));
  const session = { path: 'visits.ipynb', type: 'notebook', name: 'visits', kernel: { name: 'python3' } };
  await askJson(`${url}/api/sessions`, { method: 'POST', headers: HEADERS, body: session });
  await askJson(`${url}/api/config/notebook`, { method: 'PATCH', headers: HEADERS, body: { autosave: 60 } });
  const published = await globalThis.fetch(`${url}/api/spec.yaml`, { headers: HEADERS });
  return {
    url,
    contract: parse(await published.text()),
    snapshot: () => snapshot(url, files, config),
    alive: program.alive,
    stop: program.stop,
  };
}

/** @param {string} url @param {string} files @param {string} config @returns {Promise<StateRecord[]>} */
async function snapshot(url, files, config) {
  const ask = (/** @type {string} */ path) => askJson(`${url}/api/${path}`, { headers: HEADERS });
  const terminals = await ask('terminals').catch(() => []);
  return [
    ...(await readFiles(files)).map(({ name, text }) => ({
      kind: name.includes('.ipynb_checkpoints') ? 'checkpoint' : 'file',
      name,
      value: text,
    })),
    ...(await readFiles(config)).map(({ name, text }) => ({ kind: 'configuration', name, value: text })),
    ...(await ask('kernels')).map((/** @type {any} */ { id, name }) => ({
      kind: 'kernel',
      name: id,
      value: { name },
    })),
    ...(await ask('sessions')).map((/** @type {any} */ { id, path, kernel }) => ({
      kind: 'session',
      name: id,
      value: { path, kernel: kernel.id },
    })),
    ...terminals.map((/** @type {any} */ { name }) => ({ kind: 'terminal', name, value: {} })),
  ];
}
