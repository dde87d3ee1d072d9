// The nights of agencies over files, in one process, without queue and database: what bench/fleet.js compares a worker with.
// node bench/bare-nights.js JOB.json, with { specDir, out, concurrency, agencies: [{ name, env }] }; it prints how many ended well.
import console from 'node:console';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { systemClock } from '../dist/src/clock.js';
import { conform } from '../dist/src/testing/conform.js';

/** @type {{ specDir: string, out: string, concurrency: number, agencies: { name: string, env: Record<string, string> }[] }} */
const { specDir, out, concurrency, agencies } = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'));
const left = [...agencies];
let passed = 0;
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const args = ['nightly', '--spec-dir', specDir, '--out', join(out, next.name), '--target', 'open'];
      const { code, err } = await conform([...args, '--notify', 'none', '--quiet'], {
        env: next.env,
        clock: systemClock,
      });
      if (code === 0 || code === 1) passed += 1;
      else console.error(err);
    }
  }),
);
console.log(passed);
