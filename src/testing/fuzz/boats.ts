import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package.js';
import { SPEC } from './bench.js';

/** A target whose secret the program knows, beside what the project has. */
const LIVE = `  live:
    about: an invented host
    standing: assumed
    baseUrl: http://127.0.0.1:9
    oauth:
      url: /oauth/token
      body: json
      tokenField: access_token
      lifetimeField: expires_in
      clientId: FUZZ_CLIENT_ID
      clientSecret: FUZZ_CLIENT_SECRET
    authorization: Bearer {token}
    timeoutMs: { connect: 1000, headers: 2000, body: 2000 }
    writes: { default: none, most: none }
  mock:
    about: Prism, answering from the contract
    standing: documented
    serve: mock
    writes: { default: full, most: full }
`;

/** The spec folder of a small library of boats, with what every spec folder may have. */
export async function boats(): Promise<Map<string, string>> {
  const from = join(PACKAGE_ROOT, 'examples/boats');
  const files = new Map<string, string>();
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(join(SPEC, file.slice(from.length + 1)), await readFile(file, 'utf8'));
  }
  for (const name of ['signatures.yaml', 'support.yaml'])
    files.set(join(SPEC, name), await readFile(join(PACKAGE_ROOT, 'spec', name), 'utf8'));
  const targets = join(SPEC, 'targets.yaml');
  files.set(targets, (files.get(targets) ?? '') + LIVE);
  files.set(
    join(SPEC, 'nightly.yaml'),
    'targets: [replica]\ninformational: [mock]\nconsumers: [wharf]\nrequireGate: false\ntimeZone: America/Denver\n' +
      'notify:\n  - http: { url: http://127.0.0.1:9/nights, secret: FUZZ_HOOK }\n',
  );
  return files;
}
