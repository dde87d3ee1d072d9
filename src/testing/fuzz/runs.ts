import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, parseJson, type Json } from '../../json.js';
import type { Random } from '../egress/random.js';
import { conform, temporaryFolder } from '../conform.js';
import { recordedFile, RECORDINGS } from '../recorded.js';
import { OUT, SPEC, type Bench } from './bench.js';
import { boats } from './boats.js';
import { drawForm, written } from './form.js';
import { broken } from './structure.js';
import { writeTree } from './tree.js';

/** Run files, tickets and records of nights, as the program has written them, broken. */
export async function openRuns(): Promise<Bench> {
  const files: Map<string, string> = await boats();
  await using folder = await temporaryFolder();
  await writeTree(folder.path, files);
  const around = ['--spec-dir', join(folder.path, SPEC), '--out', join(folder.path, OUT), '--quiet'];
  const env = { BOATS_KEY: 'key-for-tests' };
  await conform(['nightly', '--target', 'replica', '--notify', 'none', ...around], { env });
  await conform(['ticket', '--run', recordedFile('shop'), ...around], { env });
  const made = join(folder.path, OUT);
  await rm(join(made, 'latest', 'report.html'), { force: true });
  for (const entry of await readdir(made, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(join(OUT, file.slice(made.length + 1)), await readFile(file, 'utf8'));
  }
  const records = [...files].filter(([name]) => /^out\/(?:nights|tickets)\/.*\.json$/.test(name));
  const own = [...files].filter(([name]) => /^out\/runs\//.test(name));
  const recordings = await Promise.all(RECORDINGS.map((name) => readFile(recordedFile(name), 'utf8')));
  const runs = [...own.map(([, text]) => text), ...recordings].flatMap((text) => parseJson(text) ?? []);
  const latest = join(OUT, 'latest', 'replica.json');
  const ofRun = [
    [
      'report',
      '--run',
      latest,
      '--format',
      'html',
      '--format',
      'md',
      '--format',
      'junit',
      '--format',
      'sarif',
    ],
    ['report', '--run', latest, '--template', 'readiness', '--template', 'start-here'],
    ['drift', latest, own[0]?.[0] ?? latest],
    ['gate', '--consumer', 'wharf', '--run', latest],
    ['ticket', '--run', latest],
    ['merge', latest, latest],
    ['generate', '--observed', latest, '--into', join(OUT, 'generated')],
  ];
  return {
    files,
    draw: (random) => {
      const isRecord = random.next() < 0.25;
      const [name, text] = isRecord ? random.pick(records) : [random.pick(own.map(([file]) => file)), ''];
      const whole = isRecord ? (parseJson(text) ?? null) : few(random.pick(runs), random);
      const { tree, by } = broken(whole, random);
      const form = drawForm(random, false);
      const inFolder = [['history'], ['drift'], ['ticket'], ['gate', '--consumer', 'wharf']];
      const commands = isRecord ? [...inFolder, ['ticket', '--run', recordedFile('shop')]] : inFolder;
      if (isRecord && random.next() < 0.2)
        commands.push(['nightly', '--target', 'replica', '--notify', 'none']);
      if (isRecord || random.next() < 0.3) return { tree, form, by, file: name, commands };
      return { tree, form, by, file: latest, commands: ofRun };
    },
    bytes: written,
  };
}

/** A run with a few of its operations. */
function few(run: Json, random: Random): Json {
  const operations = isObject(run) ? run['operations'] : undefined;
  if (!isObject(run) || !Array.isArray(operations) || operations.length === 0) return run;
  const count = 1 + Math.floor(random.next() * 3);
  return { ...run, operations: Array.from({ length: count }, () => random.pick(operations)) };
}
