// The PowerDNS Authoritative Server: everything below /api asks for an API key, and refuses one that it does not know.
import { execFile } from 'node:child_process';
import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { fromDebian, librariesIn } from '../install.js';
import { nameOf } from '../product.js';
import { askJson, freePort, startProgram, untilReady } from '../program.js';

/** @typedef {import('../product.js').StateRecord} StateRecord */
/**
 * @typedef {object} Installed
 * @property {string} program
 * @property {string} modules the folder of its backends
 * @property {string} schema of its database
 * @property {Record<string, string | undefined>} env what it has to be started with
 * @property {(database: string, query: string) => Promise<any[]>} sql
 */

const KEY = { header: 'X-API-Key', value: 'api-key-for-tests', neverIssued: 'never-issued-to-anybody' };

/** With its contract as it is published. */
export const powerdns = product('PowerDNS', '{server_id}', (contract) => contract);

/**
 * There is one server only, and a contract that names it has collections at the top of its paths: what is created
 * below can be removed again, so `full` goes further.
 */
export const powerdnsOneServer = product('PowerDNS, one server', 'localhost', (contract) => {
  const paths = Object.entries(contract.paths).map(([path, item]) => [
    path.replace('{server_id}', 'localhost'),
    withoutServerId(item),
  ]);
  return { ...contract, paths: Object.fromEntries(paths) };
});

/** Without the parameter of the path, wherever it stands. @param {any} node @returns {any} */
function withoutServerId(node) {
  if (Array.isArray(node)) return node.filter((entry) => entry?.name !== 'server_id').map(withoutServerId);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withoutServerId(value)]));
}

/**
 * @param {string} name
 * @param {string} serverId as it stands in the paths of the contract
 * @param {(published: any) => any} contractOf
 * @returns {import('../product.js').Product}
 */
function product(name, serverId, contractOf) {
  const server = `/api/v1/servers/${serverId}`;
  const zones = `${server}/zones`;
  return {
    name,
    key: KEY,
    namesSecurity: true,
    samples: {
      parameters: { server_id: { from: 'GET /api/v1/servers' } },
      operations: {
        [`POST ${zones}`]: { body: { name: 'conform-test.example.', kind: 'Native', nameservers: [] } },
        [`POST ${zones}/{zone_id}/metadata`]: {
          body: { kind: 'X-CONFORM-TEST', metadata: ['made by a test'] },
        },
        [`POST ${zones}/{zone_id}/cryptokeys`]: { body: { keytype: 'csk', active: false } },
        [`POST ${server}/tsigkeys`]: { body: { name: 'conform-test', algorithm: 'hmac-sha256' } },
        [`POST ${server}/autoprimaries`]: {
          body: { ip: '127.0.0.9', nameserver: 'ns1.conform-test.example', account: 'conform-test' },
        },
      },
    },
    createdBy: {
      zone: [`POST ${zones}`, `PUT ${zones}/{zone_id}`],
      metadata: [`POST ${zones}/{zone_id}/metadata`, `PUT ${zones}/{zone_id}/metadata/{metadata_kind}`],
      key: [`POST ${zones}/{zone_id}/cryptokeys`],
      'TSIG key': [`POST ${server}/tsigkeys`, `PUT ${server}/tsigkeys/{tsigkey_id}`],
      autoprimary: [`POST ${server}/autoprimaries`],
    },
    async install() {
      const installed = await install();
      return async (folder) => {
        const instance = await start(installed, folder);
        return { ...instance, contract: contractOf(instance.contract) };
      };
    },
  };
}

/** @returns {Promise<Installed>} */
async function install() {
  const root = await fromDebian('powerdns', ['pdns-server', 'pdns-backend-sqlite3', 'sqlite3']);
  const libraries = await librariesIn(root);
  const env = { ...process.env, LD_LIBRARY_PATH: libraries };
  const sqlite = join(root, 'usr/bin/sqlite3');
  return {
    program: join(root, 'usr/sbin/pdns_server'),
    modules: join(libraries, 'pdns'),
    schema: await readFile(join(root, 'usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql'), 'utf8'),
    env,
    sql: async (database, query) => {
      const args = ['-json', '-cmd', '.timeout 5000', database, query];
      const { stdout } = await promisify(execFile)(sqlite, args, { env, maxBuffer: 1 << 26 });
      return stdout.trim() === '' ? [] : JSON.parse(stdout);
    },
  };
}

/** @param {Installed} installed @param {string} folder */
async function start(installed, folder) {
  const database = join(folder, 'zones.sqlite3');
  await installed.sql(database, installed.schema);
  const [web, dns] = [await freePort(), await freePort()];
  const settings = {
    'config-dir': folder,
    'module-dir': installed.modules,
    'socket-dir': folder,
    launch: 'gsqlite3',
    'gsqlite3-database': database,
    'gsqlite3-dnssec': 'yes',
    api: 'yes',
    'api-key': KEY.value,
    'webserver-address': '127.0.0.1',
    'webserver-port': web,
    'local-address': '127.0.0.1',
    'local-port': dns,
    // So that what is cached stays cached for as long as the check takes.
    'cache-ttl': 3600,
    'query-cache-ttl': 3600,
    // It asks nobody, and notifies nobody but this machine.
    'security-poll-suffix': '',
    'only-notify': '127.0.0.0/8',
    daemon: 'no',
    guardian: 'no',
    'disable-syslog': 'yes',
  };
  const program = startProgram(
    installed.program,
    Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
    { cwd: folder, log: join(folder, 'powerdns.log'), env: installed.env },
  );
  const url = `http://127.0.0.1:${web}`;
  const headers = { [KEY.header]: KEY.value };
  const server = `${url}/api/v1/servers/localhost`;
  await untilReady(program, () => askJson(server, { headers }));
  await makeState(server, headers);
  await fillCache(dns);
  return {
    url,
    // As YAML, the same is published with anchors.
    contract: await askJson(`${url}/api/docs`, { headers }),
    snapshot: async () => [...(await recordsOf(installed, database)), await cacheOf(server, headers)],
    alive: program.alive,
    stop: program.stop,
  };
}

/** @param {string} server @param {Record<string, string>} headers */
async function makeState(server, headers) {
  const post = (/** @type {string} */ path, /** @type {unknown} */ body) =>
    askJson(server + path, { method: 'POST', headers, body });
  const record = (/** @type {string} */ name, /** @type {string} */ type, /** @type {string} */ content) => ({
    name,
    type,
    ttl: 3600,
    records: [{ content, disabled: false }],
  });
  await post('/zones', {
    name: 'example.org.',
    kind: 'Native',
    nameservers: ['ns1.example.org.'],
    account: 'Anna Example',
    rrsets: [
      record('ns1.example.org.', 'A', '127.0.0.1'),
      record('www.example.org.', 'A', '127.0.0.2'),
      {
        ...record('example.org.', 'MX', '10 www.example.org.'),
        comments: [{ content: 'ask Anna', account: 'anna' }],
      },
    ],
  });
  await post('/zones', { name: 'example.net.', kind: 'Master', nameservers: ['ns1.example.org.'] });
  await post('/zones', { name: 'example.com.', kind: 'Slave', masters: ['127.0.0.1'], nameservers: [] });
  await post('/zones/example.org./metadata', { kind: 'ALLOW-AXFR-FROM', metadata: ['127.0.0.1'] });
  await post('/zones/example.org./cryptokeys', { keytype: 'csk', active: true });
  await post('/tsigkeys', { name: 'transfer', algorithm: 'hmac-sha256' });
  await post('/autoprimaries', { ip: '127.0.0.3', nameserver: 'ns1.example.org', account: 'anna' });
}

/** Asks for a record that is there, so that a flushed cache can be seen. @param {number} port */
async function fillCache(port) {
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${port}`]);
  await resolver.resolve4('www.example.org');
}

/** @param {string} server @param {Record<string, string>} headers @returns {Promise<StateRecord>} */
async function cacheOf(server, headers) {
  const [size] = await askJson(`${server}/statistics?statistic=packetcache-size`, { headers });
  return { kind: 'packet cache', name: '', value: { filled: Number(size.value) > 0 } };
}

/** The database, table by table. @param {Installed} installed @param {string} database @returns {Promise<StateRecord[]>} */
async function recordsOf(installed, database) {
  const all = (/** @type {string} */ table) => installed.sql(database, `SELECT * FROM ${table} ORDER BY id`);
  const domains = await all('domains');
  const records = await all('records');
  const comments = await all('comments');
  const zoneOf = (/** @type {any} */ row) => {
    const name =
      domains.find(({ id }) => id === row.domain_id)?.name ?? `number ${row.domain_id}, which is gone`;
    return nameOf({ kind: 'zone', name });
  };
  const ofDomain = (/** @type {any[]} */ rows, /** @type {any} */ domain) =>
    rows.filter(({ domain_id }) => domain_id === domain.id);
  return [
    ...domains.map((domain) => ({
      kind: 'zone',
      name: domain.name,
      value: { ...domain, records: ofDomain(records, domain), comments: ofDomain(comments, domain) },
    })),
    ...(await all('domainmetadata')).map((row) => ({
      kind: 'metadata',
      name: row.kind,
      within: zoneOf(row),
      value: row,
    })),
    ...(await all('cryptokeys')).map((row) => ({
      kind: 'key',
      name: `${row.id}`,
      within: zoneOf(row),
      value: row,
    })),
    ...(await all('tsigkeys')).map((row) => ({ kind: 'TSIG key', name: row.name, value: row })),
    ...(await installed.sql(database, 'SELECT * FROM supermasters ORDER BY ip, nameserver')).map((row) => ({
      kind: 'autoprimary',
      name: `${row.ip} ${row.nameserver}`,
      value: row,
    })),
  ];
}
