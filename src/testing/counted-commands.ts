// Prints what commands do, as counted work, on contracts of 50, 100 and 200 operations whose schemas all refer to one another: by
// command the three counts, as JSON. A process of its own, so that all of the program is loaded while it is counted.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startCounting } from './counted-work.js';

const counter = await startCounting('file:');
const { conform, PLAIN_CHECK, temporaryFolder } = await import('./conform.js');
const { largeContract, startLarge, writeLargeSpec } = await import('./large-contract.js');

await using server = await startLarge();
await using folder = await temporaryFolder();

/** Counts each command on a contract of a size, in an order in which each finds what it reads. */
async function countAll(size: number): Promise<Record<string, number>> {
  const at = (name: string) => join(folder.path, `${name}-${size}`);
  const contract = largeContract(size, 'all');
  await writeLargeSpec(at('json'), contract, server.url);
  await writeLargeSpec(at('yaml'), contract, server.url, 'yaml');
  const count = (args: readonly string[], form: 'json' | 'yaml' = 'json') =>
    counter.count(async () => {
      const { code, err } = await conform([...args, '--spec-dir', at(form), '--out', at('out')]);
      if (code !== 0 && code !== 1) throw new Error(`conform ${args.join(' ')} ended with ${code}: ${err}`);
    });
  const before = {
    contract: await count(['check', '--contract']),
    'contract in YAML': await count(['check', '--contract'], 'yaml'),
    plan: await count(['check', '--target', 'live', '--plan']),
    check: await count([...PLAIN_CHECK, '--target', 'live']),
  };
  const [name = ''] = (await readdir(join(at('out'), 'runs'))).filter((file) => file.endsWith('.json'));
  const run = join(at('out'), 'runs', name);
  return {
    ...before,
    report: await count(['report', '--run', run]),
    drift: await count(['drift', run, run]),
    gate: await count(['gate', '--consumer', 'large', '--run', run]),
    coverage: await count(['coverage', '--json']),
    ticket: await count(['ticket', '--run', run]),
    history: await count(['history']),
  };
}

// What is done once in a process, and how V8 has compiled it, is no part of what is compared.
await countAll(10);
const [once, twice, fourfold] = [await countAll(50), await countAll(100), await countAll(200)];
const counts = Object.keys(once).map((name) => [name, [once[name], twice[name], fourfold[name]]] as const);
process.stdout.write(JSON.stringify(Object.fromEntries(counts)));
