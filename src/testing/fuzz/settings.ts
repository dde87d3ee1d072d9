import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package.js';
import { SPEC, type Bench } from './bench.js';
import { boats } from './boats.js';
import { aliased, drawForm, treeOfYaml, written } from './form.js';
import { broken } from './structure.js';

const CHECKS = `all:
  on: [all]
  off: [http/latency]
  severity: { auth/challenge: error, list/total-agrees: warning, read/large-id: 'off' }
  latency: { most: 1500, operations: { GET /boats: 5000 } }
  waivers:
    - { check: list/page-size, operation: GET /boats, until: 2027-01-01, reason: asked for, ticket: T-1 }
`;
const EXPECTED = `operations:
  GET /boats: { outcome: works }
  GET /tides: { outcome: unrouted, cause: route-missing }
`;

/** Every file of a spec folder but the contract, broken. */
export async function openSettings(): Promise<Bench> {
  const files = await boats();
  files.set(join(SPEC, 'checks.yaml'), CHECKS);
  files.set(join(SPEC, 'expected', 'live.yaml'), EXPECTED);
  const vendors = ['negatives.yaml', 'nightly.yaml', 'samples.yaml', 'targets.yaml', 'support.yaml'];
  const more = await Promise.all(vendors.map((name) => readFile(join(PACKAGE_ROOT, SPEC, name), 'utf8')));
  const settings = [
    ...[...files].filter(([name]) => !name.endsWith('openapi.yaml')),
    ...vendors.map((name, index): [string, string] => [join(SPEC, name), more[index] ?? '']),
  ].map(([name, text]) => ({ name, tree: treeOfYaml(text) }));
  return {
    files,
    draw: (random) => {
      const { name, tree: whole } = random.pick(settings);
      const { tree, by } = broken(whole, random);
      const withAlias = random.next() < 0.1;
      const commands = [
        ['doctor', '--offline'],
        ['check', '--target', 'replica', '--plan'],
        ...(/worlds|signatures|samples/.test(name)
          ? [['check', '--target', 'replica', '--no-checks', 'all']]
          : []),
        ...(name.includes('consumers') ? [['gate', '--consumer', 'wharf']] : []),
        ...(name.includes('nightly') ? [['nightly', '--target', 'replica', '--notify', 'none']] : []),
      ];
      return {
        tree: withAlias ? aliased(tree, random) : tree,
        form: drawForm(random, true),
        by: [...by, ...(withAlias ? ['aliases'] : []), name],
        file: name,
        commands,
      };
    },
    bytes: written,
  };
}
